"""A line spread out to one character a cell, so that one regular expression can break it into rows.

What is one cell wide stands for itself; what is wider is followed by fillers; a cluster of several code points is a
stand-in.  Breaking is then as quick for Chinese or accented text as for plain, but for the clusters themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from annotations.patterns import pattern
from reader.layout.cells import ACCENTS, SIMPLE, WIDE, clusters, is_cjk

if TYPE_CHECKING:
    from reader.layout.flow import Joint

__all__ = ["Spread", "may_break", "spread", "wrap_spread"]

_CHUNK = 1 << 12  # how much of a line to spread out at a time: a few milliseconds at worst

_NEVER_FIRST = (
    "、。，．・：；？！）」』】》〉〕］｝〙〗”’…‥ー々ゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ%,.:;?!)]}»›·％"
)
_NEVER_LAST = "（「『【《〈〔［｛〘〖“‘([{«‹＄￥$£"
# Stand-ins, of Unicode's private use: a text that has them itself has them stood in for.
_CJK, _HALF, _OTHER, _AFTER_CJK, _AFTER = "\ue010\ue011\ue012\ue013\ue014"
_FIRST_ODD = pattern(f"[^{SIMPLE} ]")
_ODD = pattern(f"(?:[^{SIMPLE} ]+[{SIMPLE}]?)+")
_RUNS = pattern(f"[{WIDE}]+|[^{WIDE}]+")
_IS_WIDE = pattern(f"[{WIDE}]")
_PICTURES = "\U0001f300-\U0001f3fa\U0001f400-\U0001f64f\U0001f900-\U0001f9ff"
_SAFE = pattern(f" |[{SIMPLE}{ACCENTS}](?=[{SIMPLE} ])|[{_PICTURES}](?=[{_PICTURES} ])")
_ACCENTED = pattern(f"(?:[{SIMPLE}][{ACCENTS}]*)+")
_LETTER = pattern(f"([^{ACCENTS}])[{ACCENTS}]*")


class Spread(NamedTuple):
    """Cells, and where in the text they come from.

    Attributes:
        cells: one character a cell.
        at: the cells in which a run starts.
        offsets: the offset of each run.
        per: how many cells a code point of it takes.
    """

    cells: str
    at: Sequence[int]
    offsets: Sequence[int]
    per: Sequence[int]

    def offset(self, cell: int) -> int:
        """The offset of the grapheme that starts in a cell."""
        run = bisect_right(self.at, cell) - 1
        return self.offsets[run] + (cell - self.at[run]) // self.per[run]


def wrap_spread(
    text: str, start: int, end: int, widths: tuple[int, int], joints: Sequence[Joint], *, simple: bool
) -> Iterator[int]:
    """Starts of a paragraph's rows: chunk by chunk, each from the row on that the chunk before could not finish."""
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
    row = _row_pattern(first).match(cells)
    if row and row.end() < len(cells):
        yield from (found.start() for found in _row_pattern(others).finditer(cells, row.end()))


def _cut(text: str, at: int, end: int, joints: Sequence[Joint]) -> int:
    """Where a chunk may end: with no grapheme cut, and no joint."""
    if at >= end:
        return end
    cut = _safe_cut(text, at, end)
    index = bisect_left(joints, (cut,)) - 1
    return max(cut, joints[index].end) if index >= 0 else cut


def spread(text: str, start: int, end: int, joints: Sequence[Joint] = (), *, simple: bool = False) -> Spread:
    """`text[start:end]`, which holds no tab and no line feed but in `joints`, cell by cell.

    Args:
        text: any string.
        start: a grapheme edge.
        end: another.
        joints: line feeds that are drawn as blanks, in order.
        simple: whether clusters whose width terminals disagree about are drawn as plain characters.
    """
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    cell = 0
    for offset, drawn, per in _parts(text, start, end, joints, simple=simple):
        runs.append((cell, offset, per))
        parts.append(drawn)
        cell += len(drawn)
    at, offsets, per_run = zip(*runs, strict=True) if runs else ((0,), (start,), (1,))
    return Spread("".join(parts), at, offsets, per_run)


def _safe_cut(text: str, start: int, end: int) -> int:
    """The first offset from `start` on at which no grapheme is cut, whatever stands around it; else `end`."""
    found = _SAFE.search(text, start, end)
    return found.end() if found else end


@lru_cache(maxsize=16)
def _row_pattern(width: int) -> re.Pattern[str]:
    """One row of spread text: what fits and ends where it may, or blanks alone, or as much of a word as fits."""
    never_first, never_last = re.escape(_NEVER_FIRST), re.escape(_NEVER_LAST)
    fillers = _AFTER_CJK + _AFTER
    may_end = rf"(?<! )(?<![{never_last}])(?<![{never_last}][{fillers}])"
    after_cjk = rf"(?<=[{_AFTER_CJK}{_HALF}])(?![ {fillers}{never_first}])"
    before_cjk = rf"(?=[{WIDE}{_CJK}{_HALF}])(?![{never_first}])"
    fits = rf".{{1,{width}}}(?:(?<! )(?: +|\Z)|{may_end}(?:{after_cjk}|{before_cjk}))"
    return re.compile(rf"{fits}| +|.{{1,{width}}}(?![{fillers}])|.[{fillers}]* *", re.DOTALL)


def may_break(last: str, first: str) -> bool:
    """Whether a row may end with `last` and the next start with `first`: around CJK, with its rules of punctuation."""
    return (is_cjk(last) or is_cjk(first)) and last not in _NEVER_LAST and first not in _NEVER_FIRST


def _parts(text: str, start: int, end: int, joints: Sequence[Joint], *, simple: bool) -> Iterator[tuple[int, str, int]]:
    at = start
    for joint in joints:
        yield from _between(text, at, joint.start, simple=simple)
        if joint.cells:
            yield joint.start, " ", 1
        at = joint.end
    yield from _between(text, at, end, simple=simple)


def _between(text: str, start: int, end: int, *, simple: bool) -> Iterator[tuple[int, str, int]]:
    """Offset, cells and cells per code point of each run."""
    at = start
    while odd := _FIRST_ODD.search(text, at, end):
        first = odd.start()
        if first > at and text[first - 1] != " ":
            first -= 1
        yield from _plain_runs(text, at, first)
        at = _end_of_odd(text, odd.start(), end)
        if _ACCENTED.fullmatch(text, first, at):
            yield from _letters(text, first, at)
            continue
        for cluster in clusters(text, first, at, simple=simple):
            yield cluster.start, _stand_in(text[cluster.start], cluster.cells), cluster.cells
    yield from _plain_runs(text, at, end)


def _end_of_odd(text: str, start: int, end: int) -> int:
    found = _ODD.match(text, start, end)
    return found.end() if found else end


def _letters(text: str, start: int, end: int) -> Iterator[tuple[int, str, int]]:
    """Simple characters with accents on them: by far the most frequent clusters, so not sought out one by one."""
    for letter in _LETTER.finditer(text, start, end):
        wide = _IS_WIDE.match(letter[1])
        yield letter.start(), letter[1] + _AFTER_CJK * bool(wide), 2 if wide else 1


def _plain_runs(text: str, start: int, end: int) -> Iterator[tuple[int, str, int]]:
    for run in _RUNS.finditer(text, start, end):
        if _IS_WIDE.match(run[0]):
            yield run.start(), _AFTER_CJK.join(run[0]) + _AFTER_CJK, 2
        else:
            yield run.start(), run[0], 1


def _stand_in(first: str, cells: int) -> str:
    """As many characters as a cluster has cells; of its first code point what matters for breaking."""
    cjk = is_cjk(first)
    if first in _NEVER_FIRST or first in _NEVER_LAST:
        head = first
    else:
        head = (_HALF if cells == 1 else _CJK) if cjk else _OTHER
    return head + (_AFTER_CJK if cjk else _AFTER) * (cells - 1)
