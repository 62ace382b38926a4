"""The pane's scroll bar with marks and hits in it: where in the article they are.

Drawn anew with every scroll, so it looks at no mark: for each cell it asks two sorted lists whether they have an
offset among those of the rows that the cell stands for.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from reader.layout import Layout

__all__ = ["Places", "Rail"]

_SIGNS = {"mark": "╶", "hit": "━", "current": "◀"}
_ASCII_SIGNS = {"mark": "-", "hit": "=", "current": "<"}
_ENOUGH = 0.25


class Places:
    """The offsets of what is worth a sign in the scroll bar."""

    def __init__(self) -> None:
        self.marks: list[int] = []
        self.hits: list[int] = []
        self.current: int | None = None

    def set_marks(self, starts: Iterable[int]) -> None:
        """These marks and no others."""
        self.marks = sorted(starts)

    def add_mark(self, start: int) -> None:
        """One mark more."""
        insort(self.marks, start)

    def remove_mark(self, start: int) -> None:
        """One mark less."""
        at = bisect_left(self.marks, start)
        if at < len(self.marks) and self.marks[at] == start:
            del self.marks[at]

    def set_hits(self, starts: Iterable[int], current: int | None) -> None:
        """These hits and no others, one of which one stands on."""
        self.hits, self.current = sorted(starts), current

    def on(self, layout: Layout, cells: int) -> Iterator[str]:
        """For each cell of a bar `current`, `hit`, `mark` or nothing: the first of these that its rows hold."""
        rows = len(layout)
        for cell in range(cells):
            first, last = (cell, cell + 1) if rows <= cells else (cell * rows // cells, (cell + 1) * rows // cells)
            if first >= rows:
                yield ""
                continue
            start, end = layout.row_span(first)[0], layout.row_span(max(last - 1, first))[1]
            yield self._in(start, max(end, start + 1))

    def _in(self, start: int, end: int) -> str:
        if self.current is not None and start <= self.current < end:
            return "current"
        if _has(self.hits, start, end):
            return "hit"
        return "mark" if _has(self.marks, start, end) else ""


class Rail(NamedTuple):
    """Makes the renderables of one pane's scroll bar, as Textual's `ScrollBarRender` does of all.

    Attributes:
        places: what to show.
        layout: the rows as they are now.
        styling: how a `mark`, a `hit` or the `current` one looks.
        ascii: whether to keep to ASCII.
    """

    places: Places
    layout: Callable[[], Layout]
    styling: Callable[[str], Style]
    ascii: Callable[[], bool]

    def __call__(
        self, *, virtual_size: int, window_size: int, position: float, thickness: int, vertical: bool, style: Style
    ) -> _Bar:
        """What to draw."""
        bar = _Bar(virtual_size, window_size, position, thickness, vertical, style)
        bar.rail = self
        return bar


class _Bar(ScrollBarRender):
    rail: Rail

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The bar, with its signs over it; without any where all is in view."""
        if not 0 < self.window_size < self.virtual_size:
            yield from super().__rich_console__(console, options)
            return
        signs = _ASCII_SIGNS if self.rail.ascii() else _SIGNS
        height = options.height or console.height
        ground = console.get_style(self.style).bgcolor
        for bar in super().__rich_console__(console, options):
            if not isinstance(bar, Segments):
                yield bar
                continue
            parts = list(bar.segments)
            for at, name in enumerate(self.rail.places.on(self.rail.layout(), height)):
                if name and at < len(parts):
                    parts[at] = Segment(signs[name], _over(parts[at].style, self.rail.styling(name), ground))
            yield Segments(parts, new_lines=True)


def _over(under: Style | None, sign: Style, ground: Color | None) -> Style:
    """A sign's style on the bar or beside it, with what the mouse does there."""
    if under is None or not under.reverse or under.color is None:
        return Style(color=sign.color, bgcolor=ground, bold=sign.bold, meta=under.meta if under else None)
    color = max((one for one in (sign.color, ground) if one), key=lambda one: _contrast(one, under.color), default=None)
    if sign.color and _contrast(sign.color, under.color) > _ENOUGH:
        color = sign.color
    return Style(color=color, bgcolor=under.color, bold=sign.bold, meta=under.meta)


def _contrast(one: Color, other: Color | None) -> float:
    """How far apart two colours are in brightness, from 0 to 1."""
    return abs(_brightness(one) - _brightness(other))


def _brightness(color: Color | None) -> float:
    if color is None:
        return 0.0
    red, green, blue = color.get_truecolor()
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255


def _has(offsets: list[int], start: int, end: int) -> bool:
    at = bisect_left(offsets, start)
    return at < len(offsets) and offsets[at] < end
