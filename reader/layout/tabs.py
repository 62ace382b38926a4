"""Lines with tabs in them broken into rows: what a tab takes depends on where it stands."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import NamedTuple

from annotations.patterns import pattern
from reader.layout.cells import after_tab, clusters, is_plain
from reader.layout.spread import may_break

__all__ = ["wrap_with_tabs"]

_TOKEN = pattern(r" +|\t|[^ \t\n]+")


class _Piece(NamedTuple):
    """What is not broken unless it is wider than a row."""

    start: int
    end: int
    cells: int


def wrap_with_tabs(text: str, start: int, end: int, width: int, *, simple: bool) -> Iterator[int]:
    """Starts of the rows of a line, from `start` on; for the rest see `wrap_paragraph`."""
    yield start
    column = 0
    for token in _TOKEN.finditer(text, start, end):
        if token[0] == "\t":
            column = after_tab(column)
        elif token[0][0] == " ":
            column += len(token[0])
        else:
            for piece in _pieces(text, *token.span(), simple=simple):
                column = yield from _place(text, piece, column, width, simple=simple)


def _place(text: str, piece: _Piece, column: int, width: int, *, simple: bool) -> Generator[int, None, int]:
    """Puts a piece on the row at `column`, or on a new one; returns the column after it."""
    if column and column + piece.cells > width:
        yield piece.start
        column = 0
    if piece.cells <= width:
        return column + piece.cells
    for cluster in clusters(text, piece.start, piece.end, simple=simple):
        if column and column + cluster.cells > width:
            yield cluster.start
            column = 0
        column += cluster.cells
    return column


def _pieces(text: str, start: int, end: int, *, simple: bool) -> Iterator[_Piece]:
    """The pieces of a word: all of it, but for CJK, which breaks almost anywhere."""
    if is_plain(text, start, end):
        yield _Piece(start, end, end - start)
        return
    first, cells, last = start, 0, ""
    for cluster in clusters(text, start, end, simple=simple):
        if cells and may_break(last, text[cluster.start]):
            yield _Piece(first, cluster.start, cells)
            first, cells = cluster.start, 0
        cells += cluster.cells
        last = text[cluster.start]
    yield _Piece(first, end, cells)
