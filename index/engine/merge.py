"""Making one segment of several: their arrays are laid end to end and interleaved by term, never posting by posting.

Documents that are deleted are left out.  Terms are gone through in stretches of bounded size, so that the memory it
takes does not grow with the segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from annotations.frozen import frozen
from index.engine.arrays import ArraySink
from index.engine.batch import put_bytes, put_ranks, starts
from index.engine.segments import FIELDS, NUMBERS

if TYPE_CHECKING:
    from index.engine.codec import ArraySegment
    from index.engine.segments import Segment

__all__ = ["MOST_SEGMENTS", "Merged", "merge", "worth_merging"]

MOST_SEGMENTS = 20
_STRETCH = 1 << 21
_WASTE = 0.3
_MUCH = 500
_GROWTH = 2

Numbers: TypeAlias = NDArray[Any]


@frozen
class Merged:
    """A segment made of several.

    Attributes:
        path: of its file.
        size: how many documents it has.
        places: for each of the several, where each of its documents is now; what was deleted is anywhere.
    """

    path: Path
    size: int
    places: tuple[Numbers, ...]


def worth_merging(segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """Which segments to make one of, in their order; none when it is not time.

    Past `MOST_SEGMENTS` it is the smallest ones, up to the first that is much larger than those before it together: so
    a document is written again only a few times.  A segment of which a good part is deleted comes along.
    """
    wasteful = {one.segid for one in segments if one.deleted_count() > max(_MUCH, _WASTE * one.size)}
    if len(segments) <= MOST_SEGMENTS and not wasteful:
        return []
    chosen = set(wasteful)
    if len(segments) > MOST_SEGMENTS:
        together = 0
        for number, one in enumerate(sorted(segments, key=lambda one: one.size)):
            if number > MOST_SEGMENTS // 2 and one.size > _GROWTH * together:
                break
            together += one.size
            chosen.add(one.segid)
    return [one for one in segments if one.segid in chosen]


def merge(segments: Sequence[Segment], path: Path) -> Merged:
    """Write one segment of several.

    Raises:
        OSError: the disk is full, or the like.
    """
    alive = [np.ones(one.size, np.bool_) if one.alive is None else one.alive for one in segments]
    sizes = [int(one.sum()) for one in alive]
    bases = starts(np.array(sizes, np.int64), np.int64)
    places = tuple(np.cumsum(one, dtype=np.int64) - 1 + base for one, base in zip(alive, bases, strict=False))
    try:
        with ArraySink(path) as sink:
            for name in ("text", "shown", "order", "stamp", "title"):
                _put_texts(sink, name, segments, alive)
            left = [(one, at) for one, kept in _both(segments, alive) for at in np.flatnonzero(kept).tolist()]
            put_ranks(sink, [one.order(at) for one, at in left], [one.title(at) for one, at in left])
            for name in (*NUMBERS, "lengths", "sizes"):
                sink.put(name, np.concatenate([one.number_column(name)[kept] for one, kept in _both(segments, alive)]))
            for field in FIELDS:
                _Field(field, segments, alive, places).put(sink)
            length = sum(int(one.number_column("sizes")[kept].sum()) for one, kept in _both(segments, alive))
            sink.finish(size=sum(sizes), length=length)
    except BaseException:  # whatever it is, it goes on up: only what was begun is cleared away
        path.unlink(missing_ok=True)
        raise
    return Merged(path, sum(sizes), places)


def _both(segments: Sequence[Segment], alive: Sequence[Numbers]) -> Iterator[tuple[Segment, Numbers]]:
    return zip(segments, alive, strict=True)


def _put_texts(sink: ArraySink, name: str, segments: Sequence[Segment], alive: Sequence[Numbers]) -> None:
    """Copy some bytes of each document, in as long pieces as there are."""
    first, lengths = None, []
    for one, kept in _both(segments, alive):
        ends = one.number_column(name)
        lengths.append(np.diff(ends)[kept])
        edges = np.flatnonzero(np.diff(kept, prepend=False, append=False))
        for start, stop in edges.reshape(-1, 2).tolist():
            at = sink.append(memoryview(one.file.data)[int(ends[start]) : int(ends[stop])])
            first = at if first is None else first
    sink.put(name, starts(np.concatenate(lengths), np.uint64) + np.uint64(first or 0))


class _Field:
    """The postings of one field in all segments, on their way into one."""

    def __init__(
        self, name: str, segments: Sequence[Segment], alive: Sequence[Numbers], places: Sequence[Numbers]
    ) -> None:
        self._name = name
        self._segments, self._alive, self._places = segments, alive, places
        listed = [one.listed(name) for one in segments]
        terms = sorted(set().union(*listed))
        rank = {term: at for at, term in enumerate(terms)}
        self._ranks = [np.fromiter(map(rank.__getitem__, some), np.int64, len(some)) for some in listed]
        self._terms = terms

    def put(self, sink: ArraySink) -> None:
        """Write them."""
        counts = [self._counts(at, "starts") for at in range(len(self._segments))]
        total = self._total(counts)
        kept = total > 0
        terms = [self._terms[at] for at in np.flatnonzero(kept).tolist()]
        put_bytes(sink, f"{self._name}.terms", terms, f"{self._name}.ends")
        sink.put(f"{self._name}.starts", starts(total[kept]))
        for kind in FIELDS[self._name]:
            if kind == "positions":
                counts = [self._counts(at, "places") for at in range(len(self._segments))]
                total = self._total(counts)
                sink.put(f"{self._name}.places", starts(total[kept]))
            self._put_kind(sink, kind, counts, total)

    def _put_kind(self, sink: ArraySink, kind: str, counts: Sequence[Numbers], total: Numbers) -> None:
        """Write one kind of array, a stretch of terms after the other."""
        name = f"{self._name}.{kind}"
        dtype = np.result_type(*(one.number_column(name) for one in self._segments))
        sink.reserve(name, dtype, int(total.sum()))
        for low, high in _stretches(total):
            free = starts(total[low:high], np.int64)
            out = np.empty(free[-1], dtype)
            for at, ranks in enumerate(self._ranks):
                first, last = np.searchsorted(ranks, (low, high)).tolist()
                runs, here = counts[at][first:last], ranks[first:last] - low
                to = np.repeat(free[here] - starts(runs, np.int64)[:-1], runs)
                to += np.arange(len(to))
                out[to] = self._values(at, kind, range(first, last))
                free[here] += runs
            sink.extend(out)

    def _values(self, at: int, kind: str, numbers: range) -> Numbers:
        """What the postings of those terms have in one segment, less those of deleted documents."""
        segment, alive = self._segments[at], self._alive[at]
        docs = segment.docs(self._name, numbers)
        if kind == "docs":
            places: Numbers = self._places[at][docs if segment.alive is None else docs[alive[docs]]]
            return places
        values: Numbers = getattr(segment, kind)(self._name, numbers)
        if segment.alive is None:
            return values
        kept = alive[docs]
        if kind == "positions":
            kept = np.repeat(kept, segment.freqs(self._name, numbers))
        left: Numbers = values[kept]
        return left

    def _counts(self, at: int, name: str) -> Numbers:
        """How much each term has in one segment, less what deleted documents have."""
        segment = self._segments[at]
        if segment.alive is None:
            whole: Numbers = np.diff(segment.number_column(f"{self._name}.{name}")).astype(np.int64)
            return whole
        ends = segment.number_column(f"{self._name}.starts")
        kept = segment.alive[segment.number_column(f"{self._name}.docs")]
        worth = kept if name == "starts" else kept * segment.number_column(f"{self._name}.freqs")
        left: Numbers = np.diff(starts(worth)[ends]).astype(np.int64)
        return left

    def _total(self, counts: Sequence[Numbers]) -> Numbers:
        total = np.zeros(len(self._terms), np.int64)
        for ranks, some in zip(self._ranks, counts, strict=True):
            total[ranks] += some
        return total


def _stretches(total: Numbers) -> Iterator[tuple[int, int]]:
    """Terms in stretches that have no more than so many postings, or are one term."""
    ends = np.cumsum(total)
    low = 0
    while low < len(ends):
        before = int(ends[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(ends, before + _STRETCH, "right")))
        yield low, high
        low = high
