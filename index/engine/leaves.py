"""The parts of a query that need no positions: words by their stem, words as printed, values, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.engine.found import Found, is_many, summed
from index.engine.terms import Slice, slices
from index.zones import ZONES

if TYPE_CHECKING:
    from index.engine.segments import Segment
    from index.engine.snapshot import Counts, Docs, Mask, Numbers, Snapshot

__all__ = ["Days", "Entries", "Forms", "Stems", "Values", "entries", "pieces", "spread"]

_AT_ONCE = 1 << 16
"""How many postings are worked on together.  Arrays of many more are had from the system and given back each time, and
clearing their memory takes longer than the work."""

_LONG = 4
"""How many postings for each document make it worth to keep their sum: one letter, or two frequent ones."""


class Entries(NamedTuple):
    """Postings of one segment.

    Attributes:
        docs: the document of each, rising for each term but not over all.
        times: how often the term stands in it.
        factors: what the term counts; one number where it is the same for all.
    """

    docs: Docs
    times: Counts
    factors: Numbers


def entries(segment: Segment, field: str, parts: Sequence[Slice], among: Mask | None) -> Iterator[Entries]:
    """The postings of those terms in documents of `among`, a bounded number at once."""
    for part in parts:
        for piece in pieces(segment, field, part):
            docs = segment.docs(field, piece.numbers).astype(np.intp)
            times, factors = segment.freqs(field, piece.numbers), spread(segment, field, piece)
            if among is not None:
                kept = among[docs].nonzero()[0]
                docs, times = docs[kept], times[kept]
                factors = factors[kept] if len(factors) > 1 else factors
            yield Entries(docs, times, factors)


def spread(segment: Segment, field: str, part: Slice) -> Numbers:
    """What each posting counts; one number where there is but one term."""
    numbers, factors = part
    return np.repeat(factors, segment.counts(field, numbers)) if len(numbers) > 1 else factors


def pieces(segment: Segment, field: str, part: Slice) -> Iterator[Slice]:
    """The same terms in slices that have a bounded number of postings, unless a single term has more."""
    numbers, factors = part
    if len(numbers) <= 32:
        yield part
        return
    before = segment.counts(field, numbers).cumsum(dtype=np.int64)
    first = 0
    while first < len(numbers):
        done = int(before[first - 1]) if first else 0
        last = max(first + 1, int(before.searchsorted(done + _AT_ONCE, "right")))
        yield Slice(numbers[first:last], factors[first:last])
        first = last


class Stems:
    """A word by its stem, scored as BM25F has it: in each zone it is a term of its own.

    Args:
        snapshot: the index.
        spans: of each segment, the terms of the stem.
        table: what a term counts by its zone.
    """

    def __init__(self, snapshot: Snapshot, spans: Sequence[range], table: Numbers) -> None:
        self.snapshot = snapshot
        terms = [segment.few("stems", numbers) for segment, numbers in zip(snapshot.segments, spans, strict=True)]
        self.sizes = [sum(count for _, count in some) for some in terms]
        counts = Counter[int]()
        for zone, count in chain.from_iterable(terms):
            counts[zone] += count
        worth = {zone: float(table[zone]) * snapshot.idf(count) for zone, count in counts.items()}
        self.parts = [
            [Slice(numbers, np.array([worth[zone] for zone, _ in some]))] if numbers else []
            for numbers, some in zip(spans, terms, strict=True)
        ]

    def size(self, at: int) -> int:
        """See `Sought`."""
        return self.sizes[at]

    def found(self, at: int, among: Mask | None) -> Found:
        """See `Sought`."""
        segment = self.snapshot.segments[at]
        scored = [
            (some.docs, some.factors * self.snapshot.scores(at, some.docs, some.times.astype(np.float64)))
            for some in entries(segment, "stems", self.parts[at], among)
        ]
        return summed(scored, sum(len(docs) for docs, _ in scored), segment.size)


class Forms:
    """Words as printed, taken for one word that stands wherever one of them does.

    Args:
        snapshot: the index.
        spans: of each segment, the terms of the words.
        table: what a term counts by its zone.
    """

    def __init__(self, snapshot: Snapshot, spans: Sequence[Sequence[range]], table: Numbers) -> None:
        self.snapshot = snapshot
        self.spans = spans
        self.table = table
        self._parts: dict[int, list[Slice]] = {}
        everywhere = np.count_nonzero(table) == len(ZONES)
        self.sizes = [self._postings(at, everywhere=everywhere) for at in range(len(spans))]

    def _postings(self, at: int, *, everywhere: bool) -> int:
        segment = self.snapshot.segments[at]
        if everywhere:
            return sum(segment.postings("words", numbers) for numbers in self.spans[at])
        return sum(int(segment.counts("words", part.numbers)[part.factors > 0].sum()) for part in self.parts(at))

    def parts(self, at: int) -> list[Slice]:
        """The terms in segment `at`; of one letter it takes a millisecond to look at all."""
        if at not in self._parts:
            self._parts[at] = slices(self.snapshot.segments[at], "words", self.spans[at], self.table)
        return self._parts[at]

    def size(self, at: int) -> int:
        """See `Sought`."""
        return self.sizes[at]

    def found(self, at: int, among: Mask | None) -> Found:
        """See `Sought`."""
        segment = self.snapshot.segments[at]
        if is_many(self.sizes[at], segment.size):
            docs, times = self._all(at)
            if among is not None:  # which is quicker than to look at each posting
                kept = among[docs]
                docs, times = docs[kept], times[kept]
        else:
            several = entries(segment, "words", self.parts(at), among)
            weighed = ((some.docs, some.factors * some.times) for some in several)
            docs, times = summed(weighed, self.sizes[at], segment.size)
        idf = self.snapshot.idf(min(sum(self.sizes), self.snapshot.documents))
        return Found(docs, idf * self.snapshot.scores(at, docs, times))

    def _all(self, at: int) -> Found:
        """The documents that have one of the words, and how often, each time counted by where it stands."""
        segment, parts, count = self.snapshot.segments[at], self.parts(at), self.sizes[at]

        def add_up() -> Found:
            return summed((one for part in parts for one in _weighed(segment, part)), count, segment.size)

        if len(parts) > 1 or count < _LONG * segment.size:
            return add_up()
        return self.snapshot.kept((at, parts[0].numbers, self.table.tobytes()), add_up)


def _weighed(segment: Segment, part: Slice) -> Iterator[tuple[Docs | Counts, Numbers | Counts]]:
    """The documents of all postings of those terms, and how often the term stands there times what it counts.

    Most terms count one.  It is quickest to take all for such, and to add what the others count more, or less.
    """
    counts = segment.counts("words", part.numbers).astype(np.int64)
    usual = float(2 * counts[part.factors == 1].sum() > counts.sum())
    if usual:
        for piece in pieces(segment, "words", part):
            yield segment.docs("words", piece.numbers), segment.freqs("words", piece.numbers)
    others = (part.factors != usual).nonzero()[0]
    count = counts[others]
    entry = np.arange(count.sum()) + np.repeat((counts.cumsum() - counts)[others] - (count.cumsum() - count), count)
    times = segment.freqs("words", part.numbers)[entry]
    yield segment.docs("words", part.numbers)[entry], times * np.repeat(part.factors[others] - usual, count)


class Values:
    """Whatever has one of some values; all of them as good.

    Args:
        snapshot: the index.
        spans: of each segment, the terms of the values.
    """

    def __init__(self, snapshot: Snapshot, spans: Sequence[Sequence[range]]) -> None:
        self.snapshot = snapshot
        self.spans = spans

    def size(self, at: int) -> int:
        """See `Sought`."""
        segment = self.snapshot.segments[at]
        return sum(int(segment.counts("values", numbers).sum()) for numbers in self.spans[at])

    def found(self, at: int, among: Mask | None) -> Found:
        """See `Sought`."""
        segment = self.snapshot.segments[at]
        mask = np.zeros(segment.size, np.bool_)
        for numbers in self.spans[at]:
            mask[segment.docs("values", numbers)] = True
        if among is not None:
            mask &= among
        docs = mask.nonzero()[0]
        return Found(docs, np.ones(len(docs)))


class Days:
    """Whatever was published on one of some days, or at no known date; all of it as good.

    Args:
        snapshot: the index.
        first: the first of the days, as yyyymmdd; 0 for no known date.
        last: the last of them, likewise.
    """

    def __init__(self, snapshot: Snapshot, first: int, last: int) -> None:
        self.snapshot = snapshot
        self.first = first
        self.last = last

    def size(self, at: int) -> int:
        """See `Sought`."""
        return self.snapshot.segments[at].size

    def found(self, at: int, among: Mask | None) -> Found:
        """See `Sought`."""
        segment = self.snapshot.segments[at]
        mask = self.snapshot.everything(at) if among is None else among
        docs = mask.nonzero()[0]
        begins, ends = (segment.number_column(f"published_{name}")[docs] for name in ("first", "last"))
        docs = docs[(begins <= self.last) & (ends >= self.first) & ((begins > 0) | (self.last == 0))]
        return Found(docs, np.ones(len(docs)))
