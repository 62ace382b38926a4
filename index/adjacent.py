"""Words next to each other, as a Whoosh query.

Whoosh's own phrase takes one term for each place; here a place takes several, for a word has a term for every zone it
may stand in, and a prefix has one for every word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whoosh.matching import IntersectionMatcher, Matcher, NullMatcher, UnionMatcher
from whoosh.matching.wrappers import WrappingMatcher
from whoosh.query import Query, Term
from whoosh.reading import IndexReader
from whoosh.searching import Searcher
from whoosh.util import make_binary_tree

__all__ = ["Adjacent"]

_WORTH = 4.0
"""What one word of a phrase adds to the score at most; about a word that is in every twentieth document."""
_SATURATION = 1.2


class Adjacent(Query):  # type: ignore[misc]
    """Matches where, for consecutive positions, one of the terms of each place stands."""

    def __init__(self, places: Sequence[Sequence[Term]]) -> None:
        super().__init__()
        self.places = places

    def matcher(self, searcher: Searcher, context: Any = None) -> Matcher:
        """The matcher over one segment."""
        places = [
            [(found, term.boost) for term in place if (found := term.matcher(searcher, context)).is_active()]
            for place in self.places
        ]
        return _AdjacentMatcher(places) if all(places) else NullMatcher()

    def estimate_size(self, reader: IndexReader) -> int:
        """At most as many documents as the rarest place has."""
        return min(sum(int(term.estimate_size(reader)) for term in place) for place in self.places)

    def estimate_min_size(self, _reader: IndexReader) -> int:
        """Perhaps none."""
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Adjacent) and self.places == other.places

    def __hash__(self) -> int:
        return hash(tuple(tuple(place) for place in self.places))


class _AdjacentMatcher(WrappingMatcher):  # type: ignore[misc]
    """The documents that have a term of every place, less those where they do not follow each other.

    A document's score rises with the number of times they do, ever more slowly, as BM25 has it.
    """

    def __init__(self, places: Sequence[Sequence[tuple[Matcher, float]]]) -> None:
        unions = [make_binary_tree(UnionMatcher, [matcher for matcher, _ in place]) for place in places]
        super().__init__(make_binary_tree(IntersectionMatcher, unions))
        self.places = places
        self.times = 0.0
        self._settle()

    def next(self) -> None:
        self.child.next()
        self._settle()

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name for it
        self.child.skip_to(id)
        self._settle()

    def score(self) -> float:
        return len(self.places) * _WORTH * self.times / (self.times + _SATURATION)

    weight = score

    def max_quality(self) -> float:
        return len(self.places) * _WORTH

    def replace(self, minquality: float = 0) -> Matcher:  # noqa: ARG002 - the places are part of this very matcher
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        return False

    def copy(self) -> Matcher:
        return _AdjacentMatcher([[(matcher.copy(), boost) for matcher, boost in place] for place in self.places])

    def _settle(self) -> None:
        self.times = 0.0
        while self.child.is_active():
            self.times = self._count()
            if self.times:
                break
            self.child.next()

    def _count(self) -> float:
        """How often the places follow each other here, each time counted by what its first term is worth."""
        starts: dict[int, float] = {}
        for at, place in enumerate(self.places):
            here = self._positions(place, at)
            starts = here if at == 0 else {start: worth for start, worth in starts.items() if start in here}
            if not starts:
                break
        return sum(starts.values())

    def _positions(self, place: Sequence[tuple[Matcher, float]], at: int) -> dict[int, float]:
        document = self.child.id()
        return {
            position - at: boost
            for matcher, boost in place
            if matcher.is_active() and matcher.id() == document
            for position in matcher.value_as("positions")
        }
