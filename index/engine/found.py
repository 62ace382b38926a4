"""What parts of a query find in one segment, and how AND, OR and NOT put it together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import numpy as np

if TYPE_CHECKING:
    from index.engine.snapshot import Counts, Docs, Mask, Numbers, Scores, Snapshot

__all__ = ["All", "Clock", "Everything", "Found", "LateError", "Nothing", "Some", "Sought", "is_many", "summed"]

T = TypeVar("T")

_SPARSE = 16
"""Where there are so many documents for each entry, sorting the entries beats an array as long as the segment."""

_SHORT = 1 << 14
"""A segment of no more documents is short: an array as long as it is made sooner than a few entries are sorted."""


class LateError(Exception):
    """Time ran out in the middle of something that is of no use by halves."""


class Clock:
    """When to stop.

    Args:
        until: as `time.monotonic` counts; None is never.
        still: whether the answer is waited for.

    Attributes:
        late: whether something was left out because time ran out.
    """

    def __init__(self, until: float | None, still: Callable[[], bool] = lambda: True) -> None:
        self.until = until
        self.still = still
        self.late = False

    def passed(self, ahead: float = 0.0) -> bool:
        """Whether it is time, or will be before what takes so many seconds is done; whoever asks stops."""
        if (self.until is not None and time.monotonic() + ahead > self.until) or not self.still():
            self.late = True
        return self.late

    def while_time(self, several: Iterable[T]) -> Iterator[T]:
        """The first of them, and the others as long as there is time."""
        for turn, one in enumerate(several):
            if turn and self.passed():
                return
            yield one


class Found(NamedTuple):
    """Documents of one segment, rising, and what each scores."""

    docs: Docs
    scores: Scores


class Sought(Protocol):
    """Part of a query, ready to be looked for in every segment."""

    def size(self, at: int) -> int:
        """About how many postings of segment `at` it has to look at, to find the cheapest first."""

    def found(self, at: int, among: Mask | None) -> Found:
        """Its documents in segment `at`, deleted ones too; of those of `among` only, where that is given."""


def is_many(count: int, size: int) -> bool:
    """Whether so many entries are best put in an array as long as the segment."""
    return count * _SPARSE > size


def summed(several: Iterable[tuple[Docs | Counts, Numbers | Counts]], count: int, size: int) -> Found:
    """The sum of the values of each document; documents with nothing are left out.

    Args:
        several: documents in any order, some of them perhaps several times, and the value of each entry.
        count: how many entries there are, or fewer.
        size: how many documents there are in the segment.
    """
    if size <= _SHORT or is_many(count, size):
        sums = np.zeros(size)
        for docs, values in several:
            if size <= _SHORT or is_many(len(docs), size):
                sums += np.bincount(docs, values, size)
            else:
                np.add.at(sums, docs, values)
        found = (sums != 0).nonzero()[0]  # many times as quick as to look for the numbers themselves
        return Found(found, sums[found])
    pieces = list(several)
    entries = np.concatenate([np.empty(0, np.intp), *(docs for docs, _ in pieces)])
    if not len(entries):
        return Found(entries, np.empty(0))
    turn = np.argsort(entries, kind="stable")
    entries = entries[turn]
    first = np.flatnonzero(np.concatenate(([True], entries[1:] != entries[:-1])))
    sums = np.add.reduceat(np.concatenate([values for _, values in pieces])[turn], first)
    found = np.flatnonzero(sums)
    return Found(entries[first[found]], sums[found])


def marked(docs: Docs, size: int) -> Mask:
    """The documents as a mask."""
    mask = np.zeros(size, np.bool_)
    mask[docs] = True
    return mask


class Nothing:
    """Finds nothing."""

    def size(self, _at: int) -> int:
        """See `Sought`."""
        return 0

    def found(self, _at: int, _among: Mask | None) -> Found:
        """See `Sought`."""
        return Found(np.empty(0, np.intp), np.empty(0))


class Everything:
    """Finds every article and annotation, all of them as good."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def size(self, at: int) -> int:
        """See `Sought`."""
        return self.snapshot.segments[at].size

    def found(self, at: int, among: Mask | None) -> Found:
        """See `Sought`."""
        mask = self.snapshot.everything(at)
        docs = np.flatnonzero(mask if among is None else mask & among)
        return Found(docs, np.ones(len(docs)))


class All:
    """What is in all of some parts and in none of others: the rarest first, the rest only among what that found.

    Args:
        snapshot: the index.
        clock: looked at before each part.
        wanted: at least one.
        unwanted: they add nothing to the score.
    """

    def __init__(self, snapshot: Snapshot, clock: Clock, wanted: Sequence[Sought], unwanted: Sequence[Sought]) -> None:
        self.snapshot = snapshot
        self.clock = clock
        self.wanted = wanted
        self.unwanted = unwanted

    def size(self, at: int) -> int:
        """See `Sought`."""
        return min(part.size(at) for part in self.wanted)

    def found(self, at: int, among: Mask | None) -> Found:
        """See `Sought`."""
        size = self.snapshot.segments[at].size
        first, *rest = sorted(self.wanted, key=lambda part: part.size(at))
        docs, scores = first.found(at, among)
        for part in rest:
            if not len(docs):
                break
            self._look()
            more = part.found(at, marked(docs, size))
            both = marked(more.docs, size)[docs]
            docs, scores = more.docs, scores[both] + more.scores
        for part in self.unwanted:
            if not len(docs):
                break
            self._look()
            mask = marked(docs, size)
            left = ~marked(part.found(at, mask).docs, size)[docs]
            self._look()  # what was cut short excludes too little
            docs, scores = docs[left], scores[left]
        return Found(docs, scores)

    def _look(self) -> None:
        if self.clock.passed():
            raise LateError


class Some:
    """What is in any of some parts; when time runs out, in those that were looked for by then."""

    def __init__(self, snapshot: Snapshot, clock: Clock, parts: Sequence[Sought]) -> None:
        self.snapshot = snapshot
        self.clock = clock
        self.parts = parts

    def size(self, at: int) -> int:
        """See `Sought`."""
        return sum(part.size(at) for part in self.parts)

    def found(self, at: int, among: Mask | None) -> Found:
        """See `Sought`."""
        size = self.snapshot.segments[at].size
        mask, sums = np.zeros(size, np.bool_), np.zeros(size)
        for number, part in enumerate(self.parts):
            if number and self.clock.passed():
                break
            docs, scores = part.found(at, among)
            mask[docs] = True
            sums[docs] += scores
        docs = np.flatnonzero(mask)
        return Found(docs, sums[docs])
