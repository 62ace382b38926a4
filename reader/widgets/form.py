"""What all forms share: a head that names the passage, fields in rows, and three keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from annotations.frozen import late
from reader.commands import Command, bindings
from reader.display import visible
from reader.messages import Said
from reader.showing import DIM, shown
from reader.typeahead import HOLDING
from reader.widgets.commanded import Commanded
from reader.widgets.completing import Completing
from reader.widgets.removable import Removable

if TYPE_CHECKING:
    from reader.drafts import Subject, Values
    from reader.glyphs import Glyphs
    from reader.vocabulary import Vocabulary

__all__ = ["Form", "NoteArea"]


class NoteArea(Removable, TextArea):
    """A few lines of text: Enter saves, as in every field of a form."""

    DEFAULT_CSS = """
    NoteArea { height: 3; width: 1fr; border: none; padding: 0; &:focus { border: none; } }
    """

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn: Textual's own would send what it holds to the terminal as it is."""
        return Text(visible(self.document.get_line(line_index), keep="\t"), end="", no_wrap=True)

    def on_mount(self) -> None:
        """Begin where the text ends: one goes on writing; the cursor does not blink."""
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    class Entered(Message):
        """Enter was pressed."""

    def on_key(self, event: events.Key) -> None:
        """Take Enter away from the text."""
        if event.key == "enter":
            self.post_message(self.Entered())
            event.stop()
            event.prevent_default()


class Form(Vertical, Commanded):
    """A panel under the passage; the passage stays in view above it."""

    DEFAULT_CSS = """
    Form {
        height: auto;
        border-top: solid $primary;
        padding: 0 1;
    }
    Form .row { height: auto; }
    Form .row > .label { width: 12; color: $foreground 60%; }
    Form .row:focus-within > .label { color: $primary; text-style: bold; }
    Form .head { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Form Input { width: 1fr; background: $panel; &:focus { background: $primary 20%; background-tint: transparent; } }
    Form NoteArea { background: $panel; &:focus { background: $primary 20%; background-tint: transparent; } }
    """

    BINDINGS = bindings("form")

    @late
    class Submitted(Message):
        """Save this."""

        values: Values

    @late
    class Closed(Message):
        """The form was left without saving; `draft` is what was filled in, None when nothing was changed."""

        draft: Values | None

    def __init__(self, subject: Subject, values: Values, signs: Glyphs, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._subject = subject
        self._signs = signs
        self._initial = values
        self._at = 0

    def fields(self) -> Iterable[tuple[str, Widget]]:
        """Label and field of each row."""
        raise NotImplementedError

    def typed(self) -> Values:
        """What is filled in now, as it was typed."""
        raise NotImplementedError

    def values(self) -> Values:
        """What is filled in now, with the library's own spellings of names and tags."""
        typed = self.typed()
        tags, claim = self._vocabulary.in_known_words(typed.tags, typed.claim)
        return replace(typed, note=typed.note.rstrip(), tags=tags, claim=claim)

    def head(self) -> Content:
        """What it is for: the kind, and the passage's words."""
        glyph = shown(self._signs.kinds.get(self._subject.kind, self._signs.reply), "bold $accent")
        drafted = Content.styled("  your draft", "$accent") if self._subject.drafted else Content("")
        quote = shown(f"  “{' '.join(self._subject.quote.split())}”", DIM)
        return glyph + f" {self._subject.kind}" + drafted + quote

    def compose(self) -> ComposeResult:
        """Head and rows."""
        yield Static(self.head(), classes="head")
        for label, widget in self.fields():
            with Horizontal(classes="row"):
                yield Static(Content(label), classes="label")
                yield widget
            if isinstance(widget, Completing):
                yield widget.below

    def on_mount(self) -> None:
        """Begin at the first field, or where one was."""
        fields = self._focusable()
        self.screen.set_focus(fields[min(self._at, len(fields) - 1)])

    def do_submit(self) -> None:
        """Save."""
        self.post_message(self.Submitted(self.values()))

    def do_close(self) -> None:
        """Leave, with a draft if something was changed."""
        self.post_message(self.Closed(self.changed()))

    def do_discard(self) -> None:
        """Leave, and keep nothing."""
        if self.changed():
            self.post_message(Said("thrown away"))
        self.post_message(self.Closed(None))

    def changed(self) -> Values | None:
        """What is filled in now, as it was typed; None while nothing was changed."""
        now = self.typed()
        same = replace(now, note=now.note.rstrip()) == self._initial
        return None if same and not self._subject.drafted else now

    def on_descendant_focus(self) -> None:
        """Remember which field one is in."""
        fields = self._focusable()
        here = self.screen.focused
        self._at = fields.index(here) if here in fields else self._at

    @property
    def at(self) -> int:
        """Which field one is in, counted from 0."""
        return self._at

    @at.setter
    def at(self, at: int) -> None:
        self._at = at

    def do_field(self, count: int) -> None:
        """Go to the next field, round and round; a name that is begun is completed, if one only can be meant."""
        fields = self._focusable()
        here = self.screen.focused  # a widget's own `has_focus` lags behind what is typed
        at = fields.index(here) if here in fields else 0
        for one in self.query(Completing):
            if one.input is here:
                one.complete()
        self.screen.set_focus(fields[(at + count) % len(fields)])

    def do_line(self) -> None:
        """Begin a new line of the note."""
        for note in self.query(NoteArea):
            if note.has_focus:
                note.insert("\n")

    def do_editor(self) -> None:
        """Write the note in the person's own editor."""
        self.run_worker(self._edit(), group=HOLDING)

    async def _edit(self) -> None:
        from reader.editor import edit_text

        note = self.query(NoteArea).first()
        after = await edit_text(self.app, note.text)
        self.screen.set_focus(note)
        if after is not None:
            note.text = after
            note.move_cursor(note.document.end)

    def why_not(self, command: Command) -> str:
        """Only the note has lines, and only some forms a note."""
        if command.verb == "editor" and not self.query(NoteArea):
            return "there is no note here to write"
        inside = any(note.has_focus for note in self.query(NoteArea))
        return "only the note has several lines" if command.verb == "line" and not inside else ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a one-line field."""
        event.stop()
        self.do_submit()

    def on_note_area_entered(self) -> None:
        """Enter in the note."""
        self.do_submit()

    def _focusable(self) -> list[Widget]:
        return [one for one in self.query("*").results(Widget) if one.focusable]
