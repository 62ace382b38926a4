"""How the marks of a row are told apart: by kind, status and state, darker where they overlap, with edges.

Edges are drawn in the blanks around a passage, so that no letter moves; only for passages that overlap, and for the
current one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from annotations.anchor import State
from annotations.frozen import frozen
from annotations.model import KINDS
from reader.glyphs import ASCII, UNICODE

if TYPE_CHECKING:
    from reader.layout import Mark, Row

__all__ = ["ASCII_SIGNS", "SIGNS", "Edges", "Layer", "Signs", "edges", "known_kind", "mark_layers"]

_DONE = {"settled": "settled", "dropped": "void", "not-checkable": "void"}


@frozen
class Signs:
    """What marks are drawn with.

    Attributes:
        kinds: by kind, in the gutter, where a passage starts.
        statuses: by status of a claim, beside or below its kind.
        differs: by itself in place of the kind, where the words of a passage changed.
        bar: down the rest of a passage.
        current_bar: down the passage of the current mark.
        begins: in the blank before a passage.
        ends: in the blank after one.
        meets: in the blank between two.
    """

    kinds: Mapping[str, str]
    statuses: Mapping[str, str]
    differs: str
    bar: str
    current_bar: str
    begins: str
    ends: str
    meets: str


SIGNS = Signs(UNICODE.kinds, UNICODE.statuses, UNICODE.differs, "│", "┃", "▕", "▏", "│")
ASCII_SIGNS = Signs(ASCII.kinds, ASCII.statuses, ASCII.differs, "|", "!", "[", "]", "|")


@frozen
class Layer:
    """A stretch of text and the part of a page that it is drawn as."""

    start: int
    end: int
    name: str


@frozen
class Edges:
    """Where passages begin and end in a row.

    Attributes:
        signs: by offset of a blank, what is drawn in its place.
        layers: the styles of these, and of letters and quotation marks of another passage that stand where a blank
            would; what is of no passage looks as it always does.
        first: the part of the page for an edge before the row's first cell, or empty.
    """

    signs: Mapping[int, str]
    layers: Sequence[Layer]
    first: str = ""


def known_kind(mark: Mark) -> str:
    """The kind a mark is drawn as: a sidecar may name one that there is not, which is shown as a note."""
    return mark.kind if mark.kind in KINDS else "note"


def mark_layers(marks: Sequence[Mark], current: str | None) -> Iterator[Layer]:
    """The styles of passages: kinds, what has become of claims, where two or more overlap, and the current one."""
    for mark in marks:
        yield Layer(mark.start, mark.end, f"pane--{known_kind(mark)}")
        if mark.kind == "claim" and mark.status in _DONE:
            yield Layer(mark.start, mark.end, f"pane--{_DONE[mark.status]}")
        if mark.state == State.EDITED:
            yield Layer(mark.start, mark.end, "pane--edited")
    if len(marks) > 1:
        yield from _overlaps(marks)
    yield from (Layer(mark.start, mark.end, "pane--current") for mark in marks if mark.id == current)


def edges(row: Row, marks: Sequence[Mark], current: str | None, signs: Signs) -> Edges:
    """The edges of the passages that need them."""
    found: dict[int, str] = {}
    layers: list[Layer] = []
    first = ""
    for mark in _edged(marks, current):
        name = f"pane--edge-{known_kind(mark)}"
        if mark.start == row.start and row.indent == 0:
            first = name
        sides = ((mark.start - 1, signs.begins), (mark.end, signs.ends))
        for at, sign in sides:
            if row.start <= at < row.end:
                start = row.floor(at)
                drawn = row.draw(start, row.ceiling(start + 1))
                if len(drawn) == 1 and drawn.isspace():
                    found[start] = signs.meets if found.get(start, sign) != sign else sign
                if start in found or any(one.start <= at < one.end for one in marks):
                    layers.append(Layer(start, start + 1, name))
    return Edges(found, layers, first)


def _edged(marks: Sequence[Mark], current: str | None) -> Iterator[Mark]:
    for mark in marks:
        others = (one for one in marks if one is not mark)
        if mark.id == current or any(one.start < mark.end and mark.start < one.end for one in others):
            yield mark


def _overlaps(marks: Sequence[Mark]) -> Iterator[Layer]:
    cuts = sorted({offset for mark in marks for offset in (mark.start, mark.end)})
    for start, end in pairwise(cuts):
        depth = sum(mark.start <= start and end <= mark.end for mark in marks)
        if depth > 1:
            yield Layer(start, end, "pane--overlap" if depth == 2 else "pane--overlaps")
