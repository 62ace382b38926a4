"""From a row of the layout to what Textual draws: its text cut where a style starts or ends, and its gutter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from rich.segment import Segment
from rich.style import Style

from annotations.anchor import State
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
    row: Row, lanes: Mapping[int, Mark], styling: Styling, *, above: int, current: str | None, signs: Signs, hidden: int
) -> Iterator[Segment]:
    """Left of the text: where a passage starts the glyph of its kind, below that a claim's status, and then a bar.

    Where the words of a passage changed, a sign for that stands in the place of its kind.

    In a passage of one row the status stands beside the kind, if no other passage runs there.  Of more marks than
    there is room for the leftmost cell says how many.

    Args:
        row: the row.
        lanes: what runs beside it.
        styling: how parts look.
        above: where the row above starts.
        current: the id of the mark that stands out.
        signs: what to draw with.
        hidden: how many marks have no lane.
    """
    for lane in _ORDER:
        mark = lanes.get(lane)
        if hidden and lane == _ORDER[0]:
            yield Segment(str(hidden) if hidden <= _MANY else "+", styling(("pane--gutter", "pane--gutter-more")))
        elif mark:
            yield Segment(_sign(row, mark, above, current, signs), styling(_gutter_names(mark, current)))
        elif lane == 1 and (alone := lanes.get(0)) and row.start <= alone.start and alone.end <= row.end:
            yield Segment(_status(alone, signs) or " ", styling(_gutter_names(alone, current)))
        else:
            yield Segment(" ", styling(()))


def _sign(row: Row, mark: Mark, above: int, current: str | None, signs: Signs) -> str:
    if row.start <= mark.start:
        if mark.state == State.EDITED:
            return signs.differs
        return signs.kinds[known_kind(mark)]
    bar = signs.current_bar if mark.id == current else signs.bar
    return (above <= mark.start and _status(mark, signs)) or bar


def _status(mark: Mark, signs: Signs) -> str:
    """The sign of what has become of a claim; none for a new one."""
    return signs.statuses.get(mark.status, "") if mark.kind == "claim" and mark.status != "new" else ""


def _gutter_names(mark: Mark, current: str | None) -> tuple[str, ...]:
    names = ("pane--gutter", f"pane--gutter-{known_kind(mark)}")
    return (*names, "pane--gutter-current") if mark.id == current else names
