"""All documents that match, counted, and the best of them in an order that does not depend on the index's history."""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from whoosh.query import Query
from whoosh.searching import Searcher

from annotations.frozen import frozen

__all__ = ["Collected", "collect"]

_LOOK = 64
"""How many documents are scored between two looks at the clock."""


class _Scored(NamedTuple):
    score: float
    leaf: Searcher
    document: int


@frozen
class Collected:
    """What a query found.

    Attributes:
        total: how many documents match, or were found in time.
        late: the deadline passed first.
        best: score and shown record of the best ones.
    """

    total: int
    late: bool
    best: tuple[tuple[float, tuple[Any, ...]], ...]


def collect(searcher: Searcher, query: Query, limit: int, until: float | None, *, by_place: bool = False) -> Collected:
    """Run a query.

    Args:
        searcher: of the whole index.
        query: what to run.
        limit: how many documents at most to give back.
        until: when to stop, as `time.monotonic` counts.
        by_place: give back the first ones by path and place instead of the best ones.
    """
    found: list[_Scored] = []
    late = False
    for one in _matches(searcher, query):
        found.append(one)
        if until is not None and len(found) % _LOOK == 0 and time.monotonic() > until:
            late = True
            break
    best = _first(found, limit) if by_place else _best(found, limit)
    return Collected(
        len(found), late, tuple((one.score, tuple(one.leaf.stored_fields(one.document)["shown"])) for one in best)
    )


def _matches(searcher: Searcher, query: Query) -> Iterator[_Scored]:
    context = searcher.context()
    for leaf, _ in searcher.leaf_searchers():
        matcher = query.matcher(leaf, context)
        while matcher.is_active():
            yield _Scored(matcher.score(), leaf, matcher.id())
            matcher.next()


def _best(found: list[_Scored], limit: int) -> list[_Scored]:
    """The highest scores; where they are equal (to what arithmetic can tell), by path and place."""
    top = heapq.nlargest(limit, found, key=attrgetter("score"))
    if not top:
        return []
    least = _rounded(top[-1].score)
    contenders = [one for one in found if _rounded(one.score) >= least]
    orders = _orders(contenders)
    return sorted(contenders, key=lambda one: (-_rounded(one.score), orders[id(one.leaf)][one.document]))[:limit]


def _first(found: list[_Scored], limit: int) -> list[_Scored]:
    """The first ones, by path and place."""
    orders = _orders(found)
    return heapq.nsmallest(limit, found, key=lambda one: orders[id(one.leaf)][one.document])


def _orders(found: list[_Scored]) -> dict[int, Any]:
    return {id(leaf): leaf.reader().column_reader("order") for leaf in {one.leaf for one in found}}


def _rounded(score: float) -> float:
    return round(score, 9)
