"""Correcting what is known about an article: its title, its date, and what the line under the cursor is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from index.article import Article, Label
from index.corrections import CORRECTABLE
from reader.showing import DIM, shown

__all__ = ["Correct", "Corrected"]

_FIELDS = tuple(key for key in CORRECTABLE if key != "tags")


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person changed.

    Attributes:
        values: by key; an empty one goes back to what the file says.
        label: of the line under the cursor; empty goes back to automatic, None when it was left as it is.
    """

    values: dict[str, str]
    label: Label | Literal[""] | None = None


class Correct(ModalScreen[Corrected | None]):
    """A small form; the article's file is never changed, corrections go beside it."""

    DEFAULT_CSS = """
    Correct { align: center middle; background: $background 60%; }
    Correct > Vertical {
        width: 84; max-width: 100%; height: auto; padding: 1 2; background: $panel; border: solid $primary;
    }
    Correct Horizontal { height: auto; }
    Correct .label { width: 12; color: $foreground 60%; }
    Correct Input { background: $background; &:focus { background: $primary 20%; background-tint: transparent; } }
    Correct .quiet { height: auto; margin-bottom: 1; }
    Correct .hint { height: auto; margin-top: 1; }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        Binding("escape", "dismiss(None)", show=False),
        Binding("enter,ctrl+s", "submit", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, article: Article, line: str, label: Label | None) -> None:
        super().__init__()
        self._article = article
        self._line = line
        self._label = label

    def compose(self) -> ComposeResult:
        """A row for each key, and one for the line."""
        with Vertical():
            yield Static(Content("What is known of this article. ") + Content.styled("The file stays as it is.", DIM),
                         classes="quiet")  # fmt: skip
            for key in _FIELDS:
                with Horizontal():
                    yield Static(Content(key), classes="label")
                    yield Input(_known(self._article, key), placeholder=_hint(key), compact=True, name=key)
            with Horizontal():
                yield Static(Content("this line"), classes="label")
                yield Input(self._label or "", placeholder=" ".join(Label), compact=True, name="label")
            yield Static(shown(f"“{self._line}”", DIM), classes="quiet")
            yield Static(Content.styled("a line is one of: " + ", ".join(Label), DIM))
            yield Static(Content.styled("enter saves · tab next · esc leaves it · empty: as the file says", DIM),
                         classes="hint")  # fmt: skip

    def on_input_submitted(self) -> None:
        """Enter in any field."""
        self.action_submit()

    def action_submit(self) -> None:
        """Close with what was changed."""
        now = {field.name or "": field.value.strip() for field in self.query(Input)}
        label = now.pop("label")
        values = {key: value for key, value in now.items() if value != _known(self._article, key)}
        if label and label not in tuple(Label):
            self.query(Input).last().focus()
            return
        if label == (self._label or ""):
            self.dismiss(Corrected(values))
        else:
            self.dismiss(Corrected(values, Label(label) if label else ""))


def _known(article: Article, key: str) -> str:
    if key == "title" and article.title_from in ("first-sentence", "file-name"):
        return ""
    return getattr(article, key) or ""


def _hint(key: str) -> str:
    return {"published": "unknown; as 2018-04-30 or 2018-04", "title": "none in the file"}.get(key, "unknown")
