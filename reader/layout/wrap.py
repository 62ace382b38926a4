"""Where the rows of a text start, for one width: greedy, the way a typewriter would.

A row breaks after spaces and tabs and between CJK characters, never at a no-break space, never inside a grapheme.
Trailing spaces hang over the edge.  A word wider than the row is cut at grapheme edges.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotations.patterns import pattern
from reader.layout.cells import ACCENTS, after_tab, clusters, first_unplain, is_accented, is_plain
from reader.layout.spread import Joint, may_break, row_pattern, safe_cut, spread

__all__ = ["wrap", "wrap_paragraph"]

_STRETCH = 1 << 16  # how much to look over at a time, so that the first rows of a long text come at once
_CHUNK = 1 << 12  # how much of a line to spread out at a time: a few milliseconds at worst
_TOKEN = pattern(r" +|\t|[^ \t\n]+")


class _Piece(NamedTuple):
    """What is not broken unless it is wider than a row."""

    start: int
    end: int
    cells: int


def wrap(text: str, start: int, end: int, width: int, *, simple: bool = False) -> Iterator[int]:
    """Starts of the rows of `text[start:end]`, lazily and in order, every line feed the end of one.

    Lines of plain characters go through one regular expression (some 80 million characters a second), the others
    are spread out to cells first.

    Args:
        text: any string.
        start: the start of a line.
        end: the end of a line, after its line feed if it has one.
        width: in cells, 2 at least.
        simple: whether clusters of disputed width are drawn as plain characters.
    """
    at = start
    while at < end:
        stop = _line_end(text, min(at + _STRETCH, end), end)
        slow = first_unplain(text, at, stop)
        line = stop if slow < 0 else max(at, text.rfind("\n", at, slow) + 1)
        yield from (row.start() for row in _plain_rows(width).finditer(text, at, line))
        at = line
        if slow >= 0:
            at = _line_end(text, slow, end)
            last = at - 1 if text[at - 1] == "\n" else at
            yield from wrap_paragraph(text, line, last, width, simple=simple)


def wrap_paragraph(
    text: str, start: int, end: int, width: int, *, hang: int = 0, joints: Sequence[Joint] = (), simple: bool = False
) -> Iterator[int]:
    """Starts of the rows of a paragraph: one line, or several that are drawn as one.

    Args:
        text: any string.
        start: of the paragraph's first row.
        end: of its last row, before the line feed.
        width: in cells, 2 at least.
        hang: how many cells less the rows after the first have.
        joints: the line feeds inside it, in order.
        simple: whether clusters of disputed width are drawn as plain characters.
    """
    rows = None
    if not joints:
        rows = _plain_rows if is_plain(text, start, end) else _accented_rows if is_accented(text, start, end) else None
    if rows:
        first = rows(width).match(text, start, end)
        yield start
        if first and first.end() < end:
            yield from (row.start() for row in rows(width - hang).finditer(text, first.end(), end))
    elif not joints and text.find("\t", start, end) >= 0:
        yield from _wrap_with_tabs(text, start, end, width, simple=simple)
    else:
        yield from _wrap_spread(text, start, end, (width, width - hang), joints, simple=simple)


def _wrap_spread(
    text: str, start: int, end: int, widths: tuple[int, int], joints: Sequence[Joint], *, simple: bool
) -> Iterator[int]:
    """Chunk by chunk, each from the row on that the chunk before could not finish."""
    yield start
    at, size, width = start, _CHUNK, widths[0]
    while at < end:
        stop = _cut(text, at + size, end, joints)
        inside = joints[bisect_left(joints, (at,)) : bisect_left(joints, (stop,))]
        cells = spread(text, at, stop, inside, simple=simple)
        starts = [cells.offset(cell) for cell in _rows(cells.cells, width, widths[1])]
        if stop < end:
            if not starts:
                size *= 2
                continue
            stop = starts[-1]
        yield from starts
        at, width = stop, widths[1] if starts else width


def _rows(cells: str, first: int, others: int) -> Iterator[int]:
    """The cells in which rows after the first one start."""
    row = row_pattern(first).match(cells)
    if row and row.end() < len(cells):
        yield from (found.start() for found in row_pattern(others).finditer(cells, row.end()))


def _cut(text: str, at: int, end: int, joints: Sequence[Joint]) -> int:
    """Where a chunk may end: with no grapheme cut, and no joint."""
    if at >= end:
        return end
    cut = safe_cut(text, at, end)
    index = bisect_left(joints, (cut,)) - 1
    return max(cut, joints[index].end) if index >= 0 else cut


def _line_end(text: str, start: int, end: int) -> int:
    found = text.find("\n", start, end)
    return end if found < 0 else found + 1


@lru_cache(maxsize=16)
def _plain_rows(width: int) -> re.Pattern[str]:
    """One row of plain text: what fits and ends with a word, or blanks alone, or as much of a word as fits."""
    fits = rf"[^\n]{{1,{width}}}(?<! )(?: +|(?=\n)|\Z)"
    return re.compile(rf"(?:{fits}| +|[^\n]{{1,{width}}})\n?|\n")


@lru_cache(maxsize=16)
def _accented_rows(width: int) -> re.Pattern[str]:
    """One row of letters with accents on them, each letter a cell; otherwise like plain text."""
    letters = rf"(?:[^{ACCENTS}][{ACCENTS}]*){{1,{width}}}"
    return re.compile(rf"{letters}(?<! )(?: +|\Z)| +|{letters}", re.DOTALL)


def _wrap_with_tabs(text: str, start: int, end: int, width: int, *, simple: bool) -> Iterator[int]:
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
