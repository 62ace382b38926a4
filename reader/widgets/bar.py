"""A scroll bar that is drawn as what it is: a column of cells, of which most are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from reader.showing import filtered

if TYPE_CHECKING:
    from textual.geometry import Region

__all__ = ["Bar"]


class Bar(ScrollBar):
    """A scroll bar of one cell's width.  Textual's own takes as long as all that is scrolled beside it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """One strip for all cells that are alike."""
        console = self.app.console
        options = console.options.update_dimensions(1, self.size.height)
        drawn = (one for one in console.render(self.render(), options) if one.text != "\n")
        cells = list(Segment.apply_style(drawn, self.visual_style.rich_style))
        alike = list(dict.fromkeys(cells))
        strips = dict(zip(alike, filtered(self, [Strip([cell], 1) for cell in alike]), strict=True))
        return [strips[cell] for cell in cells[crop.y : crop.bottom]]
