"""Where the rows of a text start, for one width: greedy, the way a typewriter would.

A row breaks after spaces and tabs and between CJK characters, never at a no-break space, never inside a grapheme.
Trailing spaces hang over the edge.  A word wider than the row is cut at grapheme edges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator, Iterator
from functools import lru_cache
from typing import NamedTuple

from reader.layout.cells import after_tab, clusters, first_unplain, is_plain

__all__ = ["wrap"]

_STRETCH = 1 << 16  # how much to look over at a time, so that the first rows of a long text come at once
_TOKEN = re.compile(r" +|\t|[^ \t\n]+")
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）」』】》〉〕］｝〙〗”’…‥ー々ゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ%,.:;?!)]}»›·％"
)
_NEVER_LAST = frozenset("（「『【《〈〔［｛〘〖“‘([{«‹＄￥$£")


class _Piece(NamedTuple):
    """What is not broken unless it is wider than a row."""

    start: int
    end: int
    cells: int


def wrap(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Starts of the rows of `text[start:end]`, lazily and in order.

    Lines of plain characters go through one regular expression (some 80 million characters a second), the others
    word by word, and only words that need it grapheme by grapheme.

    Args:
        text: any string.
        start: the start of a line.
        end: the end of a line, after its line feed if it has one.
        width: in cells, 2 at least.
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
            yield from _wrap_line(text, line, at, width)


def _line_end(text: str, start: int, end: int) -> int:
    found = text.find("\n", start, end)
    return end if found < 0 else found + 1


@lru_cache(maxsize=8)
def _plain_rows(width: int) -> re.Pattern[str]:
    """One row of plain text: what fits and ends with a word, or blanks alone, or as much of a word as fits."""
    fits = rf"[^\n]{{1,{width}}}(?<! )(?: +|(?=\n)|\Z)"
    return re.compile(rf"(?:{fits}| +|[^\n]{{1,{width}}})\n?|\n")


def _wrap_line(text: str, start: int, end: int, width: int) -> Iterator[int]:
    yield start
    column = 0
    for token in _TOKEN.finditer(text, start, end):
        if token[0] == "\t":
            column = after_tab(column)
        elif token[0][0] == " ":
            column += len(token[0])
        else:
            for piece in _pieces(text, *token.span()):
                column = yield from _place(text, piece, column, width)


def _place(text: str, piece: _Piece, column: int, width: int) -> Generator[int, None, int]:
    """Puts a piece on the row at `column`, or on a new one; returns the column after it."""
    if column and column + piece.cells > width:
        yield piece.start
        column = 0
    if piece.cells <= width:
        return column + piece.cells
    for cluster in clusters(text, piece.start, piece.end):
        if column and column + cluster.cells > width:
            yield cluster.start
            column = 0
        column += cluster.cells
    return column


def _pieces(text: str, start: int, end: int) -> Iterator[_Piece]:
    """The pieces of a word: all of it, but for CJK, which breaks almost anywhere."""
    if is_plain(text, start, end):
        yield _Piece(start, end, end - start)
        return
    first, cells, last = start, 0, ""
    for cluster in clusters(text, start, end):
        if cells and _may_break(last, text[cluster.start]):
            yield _Piece(first, cluster.start, cells)
            first, cells = cluster.start, 0
        cells += cluster.cells
        last = text[cluster.start]
    yield _Piece(first, end, cells)


def _may_break(last: str, first: str) -> bool:
    """Whether a row may end with `last` and the next start with `first`: around CJK, with its rules of punctuation."""
    return (_is_cjk(last) or _is_cjk(first)) and last not in _NEVER_LAST and first not in _NEVER_FIRST


def _is_cjk(character: str) -> bool:
    """Whether it is a letter, number or sign of East Asian print, and no emoji."""
    return unicodedata.east_asian_width(character) in "WFH" and unicodedata.category(character)[0] in "LPN"
