"""A one-line field that may hold foreign text: it keeps every character, and draws a mark for those that could act."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from rich.text import Text
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Input

from reader.display import visible
from reader.widgets.removable import Removable

__all__ = ["Field"]


class Field(Removable, Input):
    """An input; Textual's own sends what it holds to the terminal as it is.

    Its cursor does not blink: that is twice a second something to draw, over ssh too, while nothing happens.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.cursor_blink = False

    def render_line(self, y: int) -> Strip:
        """The line; a sign at its ends where what it holds goes on, unless the cursor is there."""
        line, width = super().render_line(y), self.size.width
        hidden, cursor = self.scroll_offset.x, self.cursor_screen_offset.x - self.content_region.x
        at = [0] * (hidden > 0) + [width - 1] * (Content(visible(self.value)).cell_length - hidden > width)
        for x in at:
            if not (self.has_focus and cursor == x):
                style = next((one.style for one in line.crop(x, x + 1) if one.style), None)
                line = Strip.join([line.crop(0, x), Strip([Segment("…", style)]), line.crop(x + 1)])
        return line

    @property
    def _value(self) -> Text:
        return Text(visible(self.value), no_wrap=True, overflow="ignore", end="")
