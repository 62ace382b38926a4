"""A scroll view that keeps the rows it has drawn, and draws again only those it is told to."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style as RichStyle
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from reader.parts import Parted
from reader.showing import filtered
from reader.widgets.bar import Barred

__all__ = ["Sheet"]

_LOOKS = {
    "pane--title": "bold $primary",
    "pane--heading": "bold",
    "pane--caption": "italic $foreground 70%",
    "pane--furniture": "$foreground 50%",
    "pane--fold": "italic $foreground 50%",
    "pane--highlight": "underline on $warning 22%",
    "pane--note": "underline",
    "pane--question": "underline italic $primary",
    "pane--claim": "underline bold $accent",
    "pane--settled": "not bold $success",
    "pane--void": "not bold $foreground 55%",
    "pane--edited": "not underline italic on $error 14%",
    "pane--overlap": "on $foreground 16%",
    "pane--overlaps": "on $foreground 26%",
    "pane--current": "on $accent 20%",
    "pane--edge-highlight": "bold $warning",
    "pane--edge-note": "bold $secondary",
    "pane--edge-question": "bold $primary",
    "pane--edge-claim": "bold $accent",
    "pane--current-hit": "bold underline $background on $accent",
    "pane--label": "bold not reverse not underline $background on $accent",
    "pane--hit": "bold $background on $success",
    "pane--cursor": "on $foreground 10%",
    "pane--selection": "$background on $primary",
    "pane--caret": "reverse",
    "pane--grip": "bold underline $background on $accent",
    "pane--gutter": "$foreground 60%",
    "pane--gutter-highlight": "$warning",
    "pane--gutter-note": "$secondary",
    "pane--gutter-question": "$primary",
    "pane--gutter-claim": "$accent",
    "pane--gutter-current": "bold",
    "pane--gutter-more": "bold $foreground",
    "pane--rail-mark": "$accent",
    "pane--rail-hit": "bold $success",
    "pane--rail-current": "bold $foreground",
}
"""How each part of a page looks.  As component classes they would be styled anew whenever the pane is, all of them."""


class Sheet(Parted, Barred, ScrollView, part=True):
    """Rows of styled text; `Page` says what the rows are."""

    ALLOW_SELECT: ClassVar[bool] = False
    can_focus = True

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name=name, id=id, classes=classes)
        self._strips: LRUCache[int, Strip] = LRUCache(1024)
        self._styles: dict[tuple[str, ...], RichStyle] = {}
        self._sized: tuple[Size, Size] | None = None

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Lay out for another size before anything is drawn, and draw no scroll bar for a size that is the same."""
        if self._sized == (size, self.virtual_size):
            return False
        updated = super()._size_updated(size, virtual_size, container_size, layout)
        self._fit()
        self._scroll_update(self.virtual_size)
        self._sized = size, self.virtual_size
        return updated

    def notify_style_update(self) -> None:
        """Forgets what was drawn in the old colours."""
        self._styles.clear()
        self._strips.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in a part of the window, laid out for its width."""
        self._fit()
        return filtered(self, [self.render_line(y).crop(*crop.column_span) for y in crop.line_range])

    def render_line(self, y: int) -> Strip:
        """The row at `y` of the window."""
        number = self.scroll_offset.y + y
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._draw(number)
        return strip

    def _fit(self) -> None:
        """Lays out anew if the width is another."""
        raise NotImplementedError

    def _draw(self, number: int) -> Strip:
        """Draws a row, or a blank one below the last."""
        raise NotImplementedError

    def _style(self, names: tuple[str, ...]) -> RichStyle:
        """The style of these parts laid one over the other on the widget's own."""
        if (found := self._styles.get(names)) is None:
            style = self.visual_style
            for name in names:
                style += Style.parse(_LOOKS[name])
            found = self._styles[names] = style.rich_style
        return found

    def _forget_drawn(self) -> None:
        self._strips.clear()
        self.refresh()

    def _redraw_rows(self, first: int, last: int) -> None:
        """Draws these rows anew, and no others."""
        height, top = self.size.height, self.scroll_offset.y
        if last - first > height:
            self._forget_drawn()
            return
        for row in range(first, last + 1):
            self._strips.discard(row)
        first, last = max(first, top), min(last, top + height - 1)
        if first <= last:
            self.refresh_lines(first, last - first + 1)
