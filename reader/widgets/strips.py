"""From a row of the layout to what Textual draws: its text cut where a style starts or ends, and its gutter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from rich.segment import Segment
from rich.style import Style

from annotations.frozen import frozen
from annotations.model import KINDS
from reader.glyphs import ASCII, UNICODE

if TYPE_CHECKING:
    from reader.layout import Mark, Row

__all__ = ["ASCII_SIGNS", "GUTTER", "LANES", "SIGNS", "Layer", "Signs", "Styling", "gutter", "known_kind", "segments"]

GUTTER = 4
LANES = 3
_ORDER = (2, 0, 1)  # the lanes as they stand from left to right, so that a single mark is not at the very edge

Styling: TypeAlias = Callable[[tuple[str, ...]], Style]
"""The style of a text that lies in these parts of a page, the last on top."""


@frozen
class Signs:
    """What the gutter is drawn with.

    Attributes:
        kinds: by kind, where a passage starts.
        bar: down the rest of a passage.
        current_bar: down the passage of the current mark.
    """

    kinds: Mapping[str, str]
    bar: str
    current_bar: str


SIGNS = Signs(UNICODE.kinds, "│", "┃")
ASCII_SIGNS = Signs(ASCII.kinds, "|", "!")


@frozen
class Layer:
    """A stretch of text and the part of a page that it is drawn as."""

    start: int
    end: int
    name: str


def segments(row: Row, layers: Sequence[Layer], styling: Styling) -> Iterator[Segment]:
    """The row's text, layer upon layer, each widened to whole graphemes."""
    over = [
        Layer(row.floor(layer.start), row.ceiling(layer.end), layer.name)
        for layer in layers
        if layer.start < row.end and row.start < layer.end
    ]
    cuts = {row.start, row.end, *(layer.start for layer in over), *(layer.end for layer in over)}
    for start, end in pairwise(sorted(cuts)):
        names = tuple(layer.name for layer in over if layer.start <= start and end <= layer.end)
        yield Segment(row.draw(start, end), styling(names))


def gutter(
    row: Row, lanes: Mapping[int, Mark], current: str | None, signs: Signs, styling: Styling
) -> Iterator[Segment]:
    """Left of the text: where a passage starts the glyph of its kind, and a bar as far as it goes."""
    for lane in _ORDER:
        mark = lanes.get(lane)
        if mark is None:
            yield Segment(" ", styling(()))
        else:
            yield Segment(_sign(row, mark, current, signs), styling(_gutter_names(mark, current)))
    yield Segment(" ", styling(()))


def known_kind(mark: Mark) -> str:
    """The kind a mark is drawn as: a sidecar may name one that there is not, which is shown as a note."""
    return mark.kind if mark.kind in KINDS else "note"


def _sign(row: Row, mark: Mark, current: str | None, signs: Signs) -> str:
    if row.start <= mark.start:
        return signs.kinds[known_kind(mark)]
    return signs.current_bar if mark.id == current else signs.bar


def _gutter_names(mark: Mark, current: str | None) -> tuple[str, ...]:
    names = ("pane--gutter", f"pane--gutter-{known_kind(mark)}")
    return (*names, "pane--gutter-current") if mark.id == current else names
