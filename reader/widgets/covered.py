"""Containers that their children cover wholly: they are laid out, and nothing of them is drawn.

Textual draws every container line by line, borders and all, and then nothing of it is seen.  On the first screen
that was two fifths of the lines there were to draw.
"""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

__all__ = ["Columns", "Rows"]


class Columns(Horizontal):
    """Children side by side."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blanks, should anything be seen after all."""
        return _blanks(self, crop)


class Rows(Vertical):
    """Children one over the other."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """As of `Columns`."""
        return _blanks(self, crop)


def _blanks(widget: Widget, crop: Region) -> list[Strip]:
    return [Strip.blank(crop.width, widget.rich_style)] * crop.height
