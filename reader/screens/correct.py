"""Correcting what is known about an article: its title, its date, and what the line under the cursor is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from annotations.errors import UsageError
from annotations.frozen import frozen
from index.article import Article, Label
from index.corrections import CORRECTABLE, set_value
from reader.showing import DIM, shown
from reader.widgets.choice import Choice
from reader.widgets.field import Field

__all__ = ["Correct", "Corrected", "LineUnder"]

_FIELDS = tuple(key for key in CORRECTABLE if key != "tags")
_AUTOMATIC = "automatic"
_LABEL = "line"


@frozen
class LineUnder:
    """The line under the cursor: its words, what the file says it is, and what a person said instead."""

    words: str
    found: Label | None
    said: Label | None


@frozen
class Corrected:
    """What a person changed.

    Attributes:
        values: by key; an empty one goes back to what the file says.
        label: of the line under the cursor; empty goes back to automatic, None when it was left as it is.
    """

    values: dict[str, str]
    label: Label | Literal[""] | None = None


class Correct(ModalScreen[Corrected | None]):
    """A small form; the article's file is never changed, corrections go beside it.

    Args:
        article: as it is known now.
        line: the one under the cursor.
        typed: what was typed before, by key, if it was left in the middle.
        changed: told what is typed now, whenever that changes.
    """

    DEFAULT_CSS = """
    Correct { align: center middle; background: $background 60%; }
    Correct > VerticalScroll {
        width: 84; max-width: 100%; height: auto; max-height: 100%; scrollbar-size-vertical: 1;
        padding: 1 2; background: $panel; border: solid $primary;
    }
    Correct Horizontal { height: auto; }
    Correct .label { width: 12; color: $foreground 60%; }
    Correct Input { background: $background; &:focus { background: $primary 20%; background-tint: transparent; } }
    Correct .wrong { height: auto; padding-left: 12; color: $error; display: none; }
    Correct .quiet { height: auto; margin-bottom: 1; }
    Correct .found { height: auto; padding-left: 12; }
    Correct .line { height: auto; max-height: 3; margin-top: 1; }
    Correct .hint { height: auto; margin-top: 1; }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        Binding("escape", "dismiss(None)", show=False),
        Binding("enter,ctrl+s", "submit", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        article: Article,
        line: LineUnder,
        typed: dict[str, str] | None = None,
        changed: Callable[[dict[str, str]], None] | None = None,
    ) -> None:
        super().__init__()
        self._article = article
        self._line = line
        self._typed = typed or {}
        self._changed = changed
        self._told: dict[str, str] = {}
        self._wrong = {key: Static(classes="wrong") for key in _FIELDS}
        label = self._typed.get(_LABEL) or str(line.said or _AUTOMATIC)
        self._label = Choice((_AUTOMATIC, *Label), label, optional=False)

    def compose(self) -> ComposeResult:
        """A row for each key, and one for the line."""
        with VerticalScroll(can_focus=False):
            yield Static(Content("What is known of this article. ") + Content.styled("The file stays as it is.", DIM),
                         classes="quiet")  # fmt: skip
            for key in _FIELDS:
                with Horizontal():
                    yield Static(Content(key), classes="label")
                    yield Field(self._first(key), placeholder=_hint(key), compact=True, name=key)
                yield self._wrong[key]
            yield from self._about_line()
            yield Static(Content.styled("enter saves · tab next · esc leaves it · empty: as the file says", DIM),
                         classes="hint")  # fmt: skip

    def _about_line(self) -> Iterator[Static | Horizontal]:
        if not self._line.words:
            yield Static(Content.styled("No line is under the cursor: stand on one to say what it is.", DIM),
                         classes="line")  # fmt: skip
            return
        yield Static(shown(f"“{self._line.words}”", DIM), classes="line")
        yield Horizontal(Static(Content("this line is"), classes="label"), self._label)
        found = f"automatic: {self._line.found or 'nothing'}. Arrows or a letter choose another."
        yield Static(Content.styled(found, DIM), classes="found")

    def on_input_submitted(self) -> None:
        """Enter in any field."""
        self.action_submit()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong may be right now."""
        if self._wrong[event.input.name or ""].display:
            self._check(event.input)
        self._tell()

    def on_choice_changed(self) -> None:
        """The line is to be something else."""
        self._tell()

    def on_mount(self) -> None:
        """Nothing was typed yet."""
        self._told = self._now()

    def _tell(self) -> None:
        now = self._now()
        if self._changed and now != self._told:
            self._told = now
            self._changed(now)

    def _now(self) -> dict[str, str]:
        return {**{one.name or "": one.value for one in self.query(Input)}, _LABEL: self._label.value}

    def _first(self, key: str) -> str:
        return self._typed.get(key, _known(self._article, key))

    def action_submit(self) -> None:
        """Close with what was changed; what is wrong says why, and is gone to."""
        wrong = [field for field in self.query(Input) if not self._check(field)]
        if wrong:
            wrong[0].focus()
            return
        now = {field.name or "": field.value.strip() for field in self.query(Input)}
        values = {key: value for key, value in now.items() if value != _known(self._article, key)}
        label = self._label.value
        if label == str(self._line.said or _AUTOMATIC):
            self.dismiss(Corrected(values))
        else:
            self.dismiss(Corrected(values, "" if label == _AUTOMATIC else Label(label)))

    def _check(self, field: Input) -> bool:
        """Whether the field holds something that can be; says below it why not."""
        key = field.name or ""
        said = self._wrong[key]
        said.display = False
        try:
            set_value({}, key, field.value)
        except UsageError as error:
            said.update(shown(str(error)))
            said.display = True
        return not said.display


def _known(article: Article, key: str) -> str:
    if key == "title" and article.title_from in ("first-sentence", "file-name"):
        return ""
    return getattr(article, key) or ""


def _hint(key: str) -> str:
    return {"published": "unknown; as 2018-04-30 or 2018-04", "title": "none in the file"}.get(key, "unknown")
