"""Relating a mark to another: which way, to which one, and a word about it if need be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import Worker

from annotations.errors import PostilError
from annotations.frozen import frozen
from annotations.model import KINDS, RELATION_TYPES
from annotations.relations import called, gloss, quoted, said
from reader.cards import headline
from reader.messages import Target
from reader.showing import DIM, columns, fit, joined, shown
from reader.typeahead import once_done
from reader.widgets.field import Field
from reader.widgets.listing import Item, Listing

if TYPE_CHECKING:
    from annotations.model import Annotation
    from index.search import Hit
    from reader.glyphs import Glyphs
    from reader.session import Session

__all__ = ["LETTERS", "Relate", "Related"]

LETTERS = dict(zip("scrupdqx", RELATION_TYPES, strict=True))
"""The key for each type: its first letter, or one of its letters where that is taken."""

_ROWS = 3
_AROUND = 9
_LEAST = 15
"""Rows that it takes, even if they cover the passage."""
"""Rows that the screen needs besides the list."""

_LIMIT = 50
_PAUSE = 0.04
"""Seconds without a key before a search begins."""
_SECONDS = 0.5
"""How long a search may take; what it found by then is offered."""


@frozen
class Related:
    """What was chosen.

    Attributes:
        kind: the type of the relation.
        target: the id of the other annotation.
        name: what to call that.
        note: what was said of it.
    """

    kind: str
    target: str
    name: str
    note: str = ""

    @property
    def said(self) -> str:
        """It, in words."""
        return f"{said(self.kind, coming=False)} {self.name}"


class Relate(ModalScreen[Related | None]):
    """Three steps, each one key where nothing needs to be typed: a letter, a target, a note."""

    DEFAULT_CSS = """
    Relate { align: center top; background: $background 30%; }
    Relate.-low { align: center bottom; }
    Relate > Vertical {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; background: $panel; border: solid $primary;
    }
    Relate Static { height: auto; }
    Relate Field { background: $background; }
    Relate .about { color: $foreground 60%; }
    Relate .keys { margin-top: 1; }
    Relate Listing { height: auto; max-height: 24; background: $panel; }
    """
    AUTO_FOCUS = ""  # the first step is a letter, which no field may take

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        Binding("escape", "back", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    def __init__(self, session: Session, path: str, one: Annotation, signs: Glyphs, *, passage: Region) -> None:
        """`passage` is where on the screen its words stand: the dialog leaves them in view."""
        super().__init__()
        self._passage = passage
        self._room = 0
        self._session = session
        self._path = path
        self._one = one
        self._signs = signs
        self._kind = ""
        self._names: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._target = ""
        self._search: Worker[None] | None = None
        self._head = Static(classes="head")
        self.box = Field(placeholder="who said it, or words of it, or tag:…", compact=True, name="box")
        self.note = Field(placeholder="a word about it, or nothing", compact=True, name="note")
        self._about = Static(classes="about")
        self.listing = Listing()
        self.listing.can_focus = False  # it would keep the arrows for scrolling
        self._keys = Static(classes="keys")

    def compose(self) -> ComposeResult:
        """What it is about, what is asked, and the keys."""
        with Vertical():
            yield self._head
            yield self.box
            yield self.note
            yield self._about
            yield self.listing
            yield self._keys

    def on_mount(self) -> None:
        """Ask for the type first, above or below the passage."""
        above, below = self._passage.y, self.app.size.height - self._passage.bottom
        self.set_class(below >= above, "-low")
        self._room = min(max(above, below, _LEAST), self.app.size.height)
        self.query_one(Vertical).styles.max_height = self._room
        self._ask_kind()

    # The type

    def _ask_kind(self) -> None:
        self._kind = ""
        self._show_parts()
        self.set_focus(None)
        self._say_head()
        words = {kind: said(kind, coming=False) for kind in RELATION_TYPES}
        longest = max(map(len, words.values()))
        types = [
            Content.styled(f" {letter} ", "bold $primary")
            + shown(words[kind].ljust(longest + 2))
            + shown(gloss(kind), DIM)
            for letter, kind in LETTERS.items()
        ]
        self._about.update(Content("\n").join(types))
        self._say_keys((" ".join(LETTERS), "chooses how"), ("esc", "back"))

    async def on_key(self, event: events.Key) -> None:
        """Take a letter as long as the type is asked for."""
        if self._kind or event.character not in LETTERS:
            return
        event.stop()
        event.prevent_default()
        self._kind = LETTERS[event.character]
        self._ask_target()

    # The target

    def _ask_target(self) -> None:
        self._target = ""
        self._show_parts(self.box, self.listing)
        self.set_focus(self.box)
        self._say_head()
        self._say_keys(("↑ ↓", "choose"), ("enter", "this one"), ("esc", "back"))
        self.look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types."""
        event.stop()
        if event.input is self.box and self._kind and not self._target:
            self.look()

    def look(self) -> None:
        """Search for what the box holds; without a word in it, offer the latest marks."""
        query = self.box.value.strip()
        if self._search:
            self._search.cancel()
        if query:
            self._search = self.run_worker(self._look(query), group="search", exclusive=True)
            return
        self._search = None
        recent = list(self._recent())
        self._fill(recent, "the latest marks of the articles you had open" if recent else "type to search all marks")

    async def _look(self, query: str) -> None:
        from index.search import Wanted

        await asyncio.sleep(_PAUSE)
        # A parenthesis that is open counts as closed: so what is typed stays together, and its last word may go on.
        whole = f"kind:({' OR '.join(KINDS)}) ({query}"
        try:
            wanted = Wanted(limit=_LIMIT, typing=True, seconds=_SECONDS)
            results = await asyncio.to_thread(self._session.look_up, whole, wanted)
        except PostilError as error:
            self._fill([], str(error))
            return
        items = [self._hit_item(hit) for hit in results.hits if hit.id and hit.id != self._one.id]
        self._fill(items, f"{len(items)} found" if items else "nothing found: fewer words, or another name")

    def _recent(self) -> Iterator[Item]:
        """Marks of the articles that are open or were: claims first, the latest first."""
        found = [
            (one, path)
            for path in self._session.at_hand
            for one in self._session.desk(path).sidecar.annotations
            if one.id != self._one.id
        ]
        found.sort(key=lambda pair: (pair[0].kind == "claim", pair[0].created), reverse=True)
        for one, path in found[:_LIMIT]:
            self._names[one.id], self._words[one.id] = called(one), quoted(one)
            entry = self._session.catalog.get(path)
            where = "" if path == self._path else entry.title if entry else path
            yield Item(Target(path, one.id), partial(self._lines, headline(one, self._signs), one.quote.exact, where))

    def _hit_item(self, hit: Hit) -> Item:
        known = self._session.catalog.called(hit.id or "")
        name = known[1] if known else hit.speaker or hit.kind or ""
        self._names[hit.id or ""], self._words[hit.id or ""] = name, known[2] if known else hit.snippet
        head = shown(self._signs.kinds.get(hit.kind or "", "?"), "bold $accent") + " " + shown(name, "bold")
        where = "" if hit.path == self._path else hit.title
        return Item(Target(hit.path, hit.id), partial(self._lines, head, hit.snippet, where))

    def _lines(self, head: Content, quote: str, where: str, width: int) -> list[Content]:
        words = shown(f"“{' '.join(quote.split())}”", DIM)
        return [columns(head, fit(shown(where, DIM), max(width // 2, 1)), width), Content("  ") + fit(words, width - 2)]

    def _fill(self, items: Sequence[Item], about: str) -> None:
        if not self._kind or self._target:
            return
        self._about.update(shown(about))
        self.listing.display = bool(items)
        self.listing.styles.height = min(len(items) * _ROWS, max(self._room - _AROUND, _ROWS))
        self.listing.fill(items, _ROWS)

    def action_step(self, count: int) -> None:
        """Choose another; typing goes on."""
        self._once_found(lambda: self.listing.step(count))

    def action_page(self, count: int) -> None:
        """Choose one a page away."""
        self._once_found(lambda: self.listing.page(count))

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click takes it."""
        self._take(event.item)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the chosen one; then the note."""
        event.stop()
        if event.input is self.note:
            self.dismiss(Related(self._kind, self._target, self._names[self._target], self.note.value.strip()))
        else:
            self._once_found(lambda: self._take(self.listing.chosen))

    def _once_found(self, act: Callable[[], None]) -> None:
        """Do something with the list when it is that of what was typed."""
        once_done(self, lambda: self._search if self._search and not self._search.is_finished else None, act)

    def _take(self, item: Item | None) -> None:
        if item is None or not item.key.annotation:
            return
        self._target = item.key.annotation
        self._ask_note()

    # The note

    def _ask_note(self) -> None:
        self._show_parts(self.note)
        self.set_focus(self.note)
        self._say_head()
        self._about.update("")
        self._say_keys(("enter", "relate them"), ("esc", "back"))

    # What is said

    def action_back(self) -> None:
        """One step back; from the first, away."""
        if self._target:
            self._ask_target()
        elif self._kind:
            self._ask_kind()
        else:
            self.dismiss(None)

    def _show_parts(self, *parts: Field | Listing) -> None:
        for part in (self.box, self.note, self.listing):
            part.display = part in parts

    def _say_head(self) -> None:
        quote = shown(f" “{' '.join(self._one.quote.exact.split())}”", DIM)
        lines = [fit(headline(self._one, self._signs) + quote, self._width)]
        if self._kind:
            target = shown(f" {self._names[self._target]}", "bold") if self._target else Content(" …")
            lines.append(Content("  ") + shown(said(self._kind, coming=False), "bold $accent") + target)
        if words := self._words.get(self._target, ""):
            lines.append(fit(Content("    ") + shown(f"“{words}”", DIM), self._width))
        self._head.update(Content("\n").join(lines))

    @property
    def _width(self) -> int:
        return max(min(84, self.app.size.width) - 4, 1)

    def _say_keys(self, *keys: tuple[str, str]) -> None:
        line = [Content.assemble((key, "bold $primary"), (f" {label}", DIM)) for key, label in keys]
        self._keys.update(joined(line, "   "))
