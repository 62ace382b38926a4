"""One state of the index, as evaluating a query needs it: its segments, and what holds of all of them together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from math import log
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from index.engine.found import Found
    from index.engine.segments import Segment

__all__ = ["Counts", "Docs", "Mask", "Numbers", "Scores", "Snapshot"]

Docs: TypeAlias = NDArray[np.intp]
Counts: TypeAlias = NDArray[np.unsignedinteger[Any]]
Mask: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.float64]
Scores: TypeAlias = NDArray[np.float64]

_LARGE = 100 << 20
"""How many bytes of files are too many to be left in memory; to map them again takes a search a millisecond or two."""

_MOST_KEPT = 1 << 18
"""How many documents in all are kept with what was found: 16 bytes each."""

_B = 0.75
_K1 = 1.2


class Snapshot:
    """All segments, and BM25 over them as Whoosh's `BM25F` has it.

    Args:
        segments: in order.

    Attributes:
        documents: how many there are, deleted ones too, for until a segment is merged they count.
        large: whether its files are too long to be left in memory from one search to the next.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.large = sum(len(one.file.data) for one in segments) > _LARGE
        self.documents = sum(one.size for one in segments)
        self._average = sum(one.total_length for one in segments) / (self.documents or 1) or 1.0
        self._norms: dict[int, Numbers] = {}
        self._masks: dict[tuple[int, bytes], Mask] = {}
        self._kept: dict[Hashable, Found] = {}  # the one that was asked for last is the last
        self._keeping = threading.Lock()

    def idf(self, count: float) -> float:
        """What a term is worth that stands in so many documents."""
        return log(max(self.documents, 1) / (count + 1)) + 1

    def kept(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """What `make` gives, or gave the last time, for what is long and often asked for again."""
        with self._keeping:
            found = self._kept.pop(key, None)
        if found is None:
            found = make()
        with self._keeping:
            self._kept[key] = found
            while sum(len(one.docs) for one in self._kept.values()) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return found

    def scores(self, at: int, docs: Docs, times: Numbers) -> Scores:
        """What it is worth, with an idf of one, to stand so many times in those documents of a segment."""
        if at not in self._norms:
            lengths = self.segments[at].lengths.astype(np.float64)
            self._norms[at] = _K1 * ((1 - _B) + _B * lengths / self._average)
        return times * (_K1 + 1) / (times + self._norms[at][docs])

    def everything(self, at: int) -> Mask:
        """The documents of a segment that are articles or annotations, deleted ones too."""
        return self._results(at, b"result\x1f")

    def articles(self, at: int) -> Mask:
        """The documents of a segment that are articles, deleted ones too."""
        return self._results(at, b"result\x1farticle")

    def _results(self, at: int, low: bytes) -> Mask:
        if (at, low) not in self._masks:
            segment = self.segments[at]
            mask = np.zeros(segment.size, np.bool_)
            mask[segment.docs("values", segment.span("values", low, low + b"\xff"))] = True
            self._masks[at, low] = mask
        return self._masks[at, low]
