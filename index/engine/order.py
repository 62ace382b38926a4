"""The first of what was found, in an order that does not depend on the index's history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from index.engine.arrays import ArrayFile
    from index.engine.found import Found
    from index.engine.segments import Segment
    from index.engine.snapshot import Docs, Snapshot
    from index.search import Sort

__all__ = ["Best", "first"]


_DIGITS = 9
"""Scores that are the same to so many digits are equal, to what arithmetic can tell."""
_UNKNOWN = 9999_99_99
_KNOWN: WeakKeyDictionary[ArrayFile, dict[str, NDArray[np.uint32]]] = WeakKeyDictionary()
"""What was sorted of which file, once it was needed: it never changes."""


class Best(NamedTuple):
    """One of the first.

    Attributes:
        score: its score.
        at: the number of its segment.
        document: its number there.
    """

    score: float
    at: int
    document: int


def first(snapshot: Snapshot, found: Sequence[Found], limit: int, sort: Sort | None) -> list[Best]:
    """The first of all documents found; equals by path and place.

    Args:
        snapshot: the index.
        found: in each segment.
        limit: how many at most.
        sort: in which order; None is by path and place alone.
    """
    likely: list[tuple[Any, Best]] = []
    for at, one in enumerate(found):
        segment, keys = snapshot.segments[at], _keys(snapshot.segments[at], one, sort)
        places = _least(segment, one.docs, keys, limit, "title" if sort == "title" else "order")
        scored = zip(one.docs[places].tolist(), one.scores[places].tolist(), strict=True)
        likely += zip(keys[places].tolist(), (Best(score, at, document) for document, score in scored), strict=True)
    last = sorted(key for key, _ in likely)[:limit][-1:]

    def place(known: tuple[Any, Best]) -> tuple[Any, bytes]:
        key, (_, at, document) = known
        segment = snapshot.segments[at]
        return segment.title(document) if sort == "title" else key, segment.order(document)

    return [best for _, best in sorted((one for one in likely if [one[0]] <= last), key=place)[:limit]]


def _keys(segment: Segment, found: Found, sort: Sort | None) -> NDArray[Any]:
    """What to sort by, least first."""
    match sort:
        case "relevance":
            return -found.scores.round(_DIGITS)
        case "newest":
            return -segment.number_column("published_last")[found.docs]
        case "oldest":
            dates = segment.number_column("published_first")[found.docs]
            return np.where(dates, dates, _UNKNOWN)
        case "title":
            return segment.number_column("title_key")[found.docs]
        case _:
            return np.zeros(len(found.docs), np.int8)


def _least(segment: Segment, docs: Docs, keys: NDArray[Any], limit: int, among_equals: str) -> NDArray[np.intp]:
    """Where those stand that are the first `limit` of a segment."""
    if len(keys) <= limit:
        return np.arange(len(keys))
    last = np.partition(keys, limit - 1)[limit - 1] if limit else keys.min()
    before, equal = (keys < last).nonzero()[0], (keys == last).nonzero()[0]
    missing = max(0, limit - len(before))
    if len(equal) > 2 * missing:
        ranks = _ranks(segment, among_equals)[docs[equal]]
        equal = equal[np.argpartition(ranks, missing)[:missing]]
    return np.concatenate((before, equal))


def _ranks(segment: Segment, name: str) -> NDArray[np.uint32]:
    """The place of each document of a segment among all of them by `name`, and `order` where that is the same."""
    known = _KNOWN.setdefault(segment.file, {})
    if name not in known:
        texts = [(segment.text_column(name, one), segment.order(one)) for one in range(segment.size)]
        ranks = np.empty(segment.size, np.uint32)
        ranks[sorted(range(segment.size), key=texts.__getitem__)] = np.arange(segment.size, dtype=np.uint32)
        known[name] = ranks
    return known[name]
