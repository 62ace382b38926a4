"""What two short stretches of text have in common, word by word.

Method: patience differencing (B. Cohen), over runs of words.  Runs of five, then three, two and one word that stand
exactly once on either side are anchors; the longest chain of them that is in order is kept, and what lies between its
links is compared in the same way.  Where there are no anchors, the longest common runs decide (J. Ratcliff and
D. Metzener, in `difflib`).  In the end words that agree by chance amid others are let go: a run stays where finding it
in one of so many places would be a surprise, as in the statistics of local alignments (S. Karlin, S. Altschul, 1990).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import count, pairwise
from math import log2
from typing import TypeAlias

from annotations.words import spans

__all__ = ["Block", "Box", "chain", "common", "joined", "once_in_both"]

Block: TypeAlias = tuple[int, int, int]
"""Where a common run begins in the old and in the new text, and how long it is."""
Box: TypeAlias = tuple[int, int, int, int]
"""From where to where in the old text, and in the new."""

_Words: TypeAlias = Sequence[str]
_Spans: TypeAlias = Sequence[tuple[int, int]]

_RUNS = (5, 3, 2, 1)
_FEW, _PAIRS = 100, 10_000  # pairs of words: that need no anchors; that can do without
_REACH = (
    50_000  # characters from either end of a stretch; what is further inside of one without anchors is not compared
)


def common(old: str, new: str, box: Box) -> list[Block]:
    """The common runs of `old` and `new` within a box, in characters, in the order of both."""
    a, b, c, d = box
    mine, yours = _ends(old, a, b), _ends(new, c, d)
    left, right = [old[i:j] for i, j in mine], [new[i:j] for i, j in yours]
    return list(_in_characters(_surprising(left, right, _runs(left, right)), mine, yours))


def chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of some pairs, given in the order of their first, that is in the order of the second too.

    Patience sorting (C. Schensted, 1961).
    """
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        place = bisect_left(ends, second)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [second]
        last[place : place + 1] = [index]
    found: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def once_in_both(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Where those elements are, in the old order, that stand once in either."""
    last, there = dict(zip(old, count())), dict(zip(new, count()))
    both = last.keys() & there.keys()
    if not both:
        return []
    first = dict(zip(reversed(old), count(len(old) - 1, -1)))
    begin = dict(zip(reversed(new), count(len(new) - 1, -1)))
    return sorted((last[one], there[one]) for one in both if first[one] == last[one] and begin[one] == there[one])


def _ends(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words of a stretch; of a very long one, those near its ends."""
    if end - start <= 2 * _REACH:
        return spans(text, start, end)
    return spans(text, start, start + _REACH) + spans(text, end - _REACH, end)


def _runs(old: _Words, new: _Words) -> list[Block]:
    """Common runs of words, in the order of both."""
    found: list[Block] = []
    boxes: list[Box] = [(0, len(old), 0, len(new))]
    while boxes:
        a, b, c, d = _trimmed(old, new, boxes.pop(), found)
        if a == b or c == d:
            continue
        pairs = (b - a) * (d - c)
        links = _links(old[a:b], new[c:d]) if pairs > _FEW else []
        if not links and pairs <= _PAIRS:
            blocks = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False).get_matching_blocks()
            found += [(a + i, c + j, size) for i, j, size in blocks if size]
        elif links:
            links = [(a + i, c + j, size) for i, j, size in links]
            found += links
            edges = pairwise([(a, c, 0), *links, (b, d, 0)])
            boxes += [(i + size, k, j + size, m) for (i, j, size), (k, m, _) in edges]
    return joined(sorted(found))


def _trimmed(old: _Words, new: _Words, box: Box, found: list[Block]) -> Box:
    """A box without the words that its sides begin and end with alike, which are `found`."""
    a, b, c, d = box
    size = 0
    while a + size < b and c + size < d and old[a + size] == new[c + size]:
        size += 1
    if size:
        found.append((a, c, size))
        a, c = a + size, c + size
    size = 0
    while a < b - size and c < d - size and old[b - size - 1] == new[d - size - 1]:
        size += 1
    if size:
        found.append((b - size, d - size, size))
    return a, b - size, c, d - size


def _links(old: _Words, new: _Words) -> list[Block]:
    """The longest runs of words that stand once on either side, as far as they are in order."""
    for length in _RUNS:
        mine, yours = ([*zip(*(side[at:] for at in range(length)), strict=False)] for side in (old, new))
        links: list[Block] = []
        for i, j in chain(once_in_both(mine, yours)):
            k, m, size = links[-1] if links else (0, 0, 0)
            if links and i - k == j - m <= size:
                links[-1] = (k, m, i - k + length)
            elif i >= k + size and j >= m + size:
                links.append((i, j, length))
        if links:
            return links
    return []


def _surprising(old: _Words, new: _Words, runs: list[Block]) -> list[Block]:
    """The runs that are no accident where they stand."""
    times = Counter(old)
    times.update(new)
    total = times.total()
    while True:
        kept: list[Block] = []
        for at, (i, j, size) in enumerate(runs):
            k, m, before = kept[-1] if kept else (0, 0, 0)
            a, c = runs[at + 1][:2] if at + 1 < len(runs) else (len(old), len(new))
            places = max(1, a - k - before - size) * max(1, c - m - before - size)
            if size > log2(places) or sum(log2(total / times[word]) for word in old[i : i + size]) >= log2(places):
                kept.append((i, j, size))
        if len(kept) == len(runs):
            return kept
        runs = kept


def joined(runs: Sequence[Block]) -> list[Block]:
    """The same runs, those that follow each other at once made one."""
    joined: list[Block] = []
    for i, j, size in runs:
        k, m, before = joined[-1] if joined else (0, 0, 0)
        if joined and (i, j) == (k + before, m + before):
            joined[-1] = (k, m, before + size)
        else:
            joined.append((i, j, size))
    return joined


def _in_characters(runs: Sequence[Block], old: _Spans, new: _Spans) -> Iterator[Block]:
    """Runs of words as runs of characters; they are parted where one side has a blank and the other has none."""
    for i, j, size in runs:
        start, end = old[i]
        to = new[j][0]
        for (a, b), (c, _) in zip(old[i + 1 : i + size], new[j + 1 : j + size], strict=True):
            if a - start != c - to:
                yield start, to, end - start
                start, to = a, c
            end = b
        yield start, to, end - start
