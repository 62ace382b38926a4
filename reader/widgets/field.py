"""A one-line field that may hold foreign text: it keeps every character, and draws a mark for those that could act."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual.widgets import Input

from reader.display import visible

__all__ = ["Field"]


class Field(Input):
    """An input; Textual's own sends what it holds to the terminal as it is.

    Its cursor does not blink: that is twice a second something to draw, over ssh too, while nothing happens.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.cursor_blink = False

    @property
    def _value(self) -> Text:
        return Text(visible(self.value), no_wrap=True, overflow="ignore", end="")
