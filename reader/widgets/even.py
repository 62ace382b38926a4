"""Widgets that look the same on every line: one line is drawn, and stands for all.

Textual draws every container line by line, borders and all, and of most nothing is seen but their children.  On the
first screen that was half of the lines there were to draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Region

if TYPE_CHECKING:
    from textual.strip import Strip
    from textual.widget import Widget
else:
    Widget = object  # Textual takes the styles of a widget from the first of its bases that is one

__all__ = ["Columns", "Even", "Rows"]


class Even(Widget):
    """A container without a border above or below."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The same line over and over."""
        return super().render_lines(Region(crop.x, crop.y, crop.width, min(crop.height, 1))) * crop.height


class Columns(Even, Horizontal):
    """Children side by side."""


class Rows(Even, Vertical):
    """Children one over the other."""
