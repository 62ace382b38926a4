"""A widget that is one line of the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from reader.parts import Parted
from reader.showing import strip

__all__ = ["Line"]


class Line(Parted, Widget, part=True):
    """Draws what `render` gives."""

    ALLOW_SELECT: ClassVar[bool] = False

    def render(self) -> Content:
        """What stands on the line."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """The line."""
        del y
        return strip(self, self.render(), self.size.width)
