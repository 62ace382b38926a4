"""A scroll bar that is drawn as what it is: a column of cells, of which most are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from reader.showing import filtered

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.widget import Widget
else:
    Widget = object  # Textual takes the styles of a widget from the first of its bases that is one

__all__ = ["Bar", "Barred"]


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


class Barred(Widget):
    """A widget with such a bar."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """Its own; Textual makes it when it is first asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = Bar(name="vertical")
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)  # noqa: SLF001 - there is no public way to
        return self._vertical_scrollbar
