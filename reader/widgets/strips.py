"""From a row of the layout to what Textual draws: its text cut where a style starts or ends, and its gutter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from rich.segment import Segment
from rich.style import Style

from reader.widgets.passages import Layer, Signs, known_kind

if TYPE_CHECKING:
    from reader.layout import Mark, Row

__all__ = ["GUTTER", "LANES", "Styling", "gutter", "segments"]

GUTTER = 4
LANES = 3
_ORDER = (2, 0, 1)  # the lanes as they stand from left to right, so that a single mark is not at the very edge
_MANY = 9

Styling: TypeAlias = Callable[[tuple[str, ...]], Style]
"""The style of a text that is all these parts of a page, the last on top."""


def segments(row: Row, layers: Sequence[Layer], styling: Styling, signs: Mapping[int, str]) -> Iterator[Segment]:
    """The row's text, layer upon layer, each widened to whole graphemes, with signs in the place of some blanks."""
    over = [
        Layer(row.floor(layer.start), row.ceiling(layer.end), layer.name)
        for layer in layers
        if layer.start < row.end and row.start < layer.end
    ]
    cuts = {row.start, row.end, *(layer.start for layer in over), *(layer.end for layer in over)}
    for start, end in pairwise(sorted(cuts)):
        names = tuple(layer.name for layer in over if layer.start <= start and end <= layer.end)
        yield Segment(signs.get(start) or row.draw(start, end), styling(names))


def gutter(
    row: Row, lanes: Mapping[int, Mark], styling: Styling, *, current: str | None, signs: Signs, hidden: int
) -> Iterator[Segment]:
    """Left of the text: where a passage starts the glyph of its kind, and a bar as far as it goes.

    A claim's status stands beside its kind, where another passage would run, if none does.  Of more marks than there
    is room for the leftmost cell says how many.
    """
    for lane in _ORDER:
        mark = lanes.get(lane)
        if hidden and lane == _ORDER[0]:
            yield Segment(str(hidden) if hidden <= _MANY else "+", styling(("pane--gutter", "pane--gutter-more")))
        elif mark:
            yield Segment(_sign(row, mark, current, signs), styling(_gutter_names(mark, current)))
        elif lane == 1 and (status := _status(row, lanes.get(0), signs)):
            yield Segment(status, styling(_gutter_names(lanes[0], current)))
        else:
            yield Segment(" ", styling(()))


def _sign(row: Row, mark: Mark, current: str | None, signs: Signs) -> str:
    if row.start <= mark.start:
        return signs.kinds[known_kind(mark)]
    return signs.current_bar if mark.id == current else signs.bar


def _status(row: Row, mark: Mark | None, signs: Signs) -> str:
    """The sign of a claim's status where its passage starts; none for a new one."""
    if mark is None or mark.kind != "claim" or mark.status == "new" or row.start > mark.start:
        return ""
    return signs.statuses.get(mark.status, "")


def _gutter_names(mark: Mark, current: str | None) -> tuple[str, ...]:
    names = ("pane--gutter", f"pane--gutter-{known_kind(mark)}")
    return (*names, "pane--gutter-current") if mark.id == current else names
