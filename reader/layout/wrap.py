"""Where the rows of a text start, for one width: greedy, the way a typewriter would.

A row breaks after spaces and tabs and between CJK characters, never at a no-break space, never inside a grapheme.
Trailing spaces hang over the edge.  A word wider than the row is cut at grapheme edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.layout.cells import ACCENTS, first_unplain, is_accented, is_plain

if TYPE_CHECKING:
    from reader.layout.flow import Joint

__all__ = ["wrap", "wrap_paragraph"]

_STRETCH = 1 << 16  # how much to look over at a time, so that the first rows of a long text come at once


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
        from reader.layout.tabs import wrap_with_tabs

        yield from wrap_with_tabs(text, start, end, width, simple=simple)
    else:
        from reader.layout.spread import wrap_spread

        yield from wrap_spread(text, start, end, (width, width - hang), joints, simple=simple)


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
