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


class Adjacent(Query):  # type: ignore[misc]
    """Matches where, for consecutive positions, one of the terms of each place stands."""

    def __init__(self, places: Sequence[Sequence[Term]]) -> None:
        super().__init__()
        self.places = places

    def matcher(self, searcher: Searcher, context: Any = None) -> Matcher:
        """The matcher over one segment."""
        places = [
            [found for term in place if (found := term.matcher(searcher, context)).is_active()] for place in self.places
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
    """The documents that have a term of every place, less those where they do not follow each other."""

    def __init__(self, places: Sequence[Sequence[Matcher]]) -> None:
        unions = [make_binary_tree(UnionMatcher, place) for place in places]
        super().__init__(make_binary_tree(IntersectionMatcher, unions))
        self.places = places
        self._settle()

    def next(self) -> None:
        self.child.next()
        self._settle()

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name for it
        self.child.skip_to(id)
        self._settle()

    def replace(self, minquality: float = 0) -> Matcher:  # noqa: ARG002 - the places are part of this very matcher
        return self if self.is_active() else NullMatcher()

    def supports_block_quality(self) -> bool:
        return False

    def copy(self) -> Matcher:
        return _AdjacentMatcher([[matcher.copy() for matcher in place] for place in self.places])

    def _settle(self) -> None:
        while self.child.is_active() and not self._follow():
            self.child.next()

    def _follow(self) -> bool:
        document = self.child.id()
        starts: set[int] | None = None
        for at, place in enumerate(self.places):
            here = {
                position - at
                for matcher in place
                if matcher.is_active() and matcher.id() == document
                for position in matcher.value_as("positions")
            }
            starts = here if starts is None else starts & here
            if not starts:
                return False
        return True
