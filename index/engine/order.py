"""The first of what was found, in an order that does not depend on the index's history."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from index.engine.found import Found
    from index.engine.segments import Segment
    from index.engine.snapshot import Docs, Snapshot
    from index.search import Sort

__all__ = ["Best", "first"]


_DIGITS = 9
"""Scores that are the same to so many digits are equal, to what arithmetic can tell."""
_UNKNOWN = 9999_99_99
_RANKS: dict[Sort | None, str] = {"title": "by_title", None: "by_order"}


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
        places = _least(segment, one.docs, keys, limit)
        scored = zip(one.docs[places].tolist(), one.scores[places].tolist(), strict=True)
        likely += zip(keys[places].tolist(), (Best(score, at, document) for document, score in scored), strict=True)

    def place(known: tuple[Any, Best]) -> tuple[bytes, bytes]:
        _, (_, at, document) = known
        segment = snapshot.segments[at]
        return segment.title(document) if sort == "title" else b"", segment.order(document)

    if sort in _RANKS:  # of each segment, and say nothing of another's
        equals = [likely]
    else:
        likely.sort(key=itemgetter(0))
        equals = [list(same) for _, same in groupby(likely, itemgetter(0))]
    placed: list[tuple[Any, Best]] = []
    for several in equals:
        if len(placed) >= limit:
            break
        placed += sorted(several, key=place) if len(several) > 1 else several  # a place has to be read
    return [best for _, best in placed[:limit]]


def _keys(segment: Segment, found: Found, sort: Sort | None) -> NDArray[Any]:
    """What to sort by, least first; ranks are those of the segment."""
    match sort:
        case "relevance":
            return -found.scores.round(_DIGITS)
        case "newest":
            return -segment.number_column("published_last")[found.docs]
        case "oldest":
            dates = segment.number_column("published_first")[found.docs]
            return np.where(dates, dates, _UNKNOWN)
        case _:
            return segment.number_column(_RANKS[sort])[found.docs]


def _least(segment: Segment, docs: Docs, keys: NDArray[Any], limit: int) -> NDArray[np.intp]:
    """Where those stand that are the first `limit` of a segment; some more where keys are equal."""
    if len(keys) <= limit:
        return np.arange(len(keys))
    last = np.partition(keys, limit - 1)[limit - 1] if limit else keys.min()
    before, equal = (keys < last).nonzero()[0], (keys == last).nonzero()[0]
    missing = max(0, limit - len(before))
    if len(equal) > 2 * missing:
        orders = segment.number_column("by_order")[docs[equal]]
        equal = equal[np.argpartition(orders, missing)[:missing]]
    return np.concatenate((before, equal))
