"""Seeds: short runs of characters by which many passages are found in one pass over a text.

Method: as in W. J. Kent's BLAT (2002), the text is cut into seeds that do not overlap, of which those are kept that any
of the passages has at any place; so each copy of a passage that is twice as long as a seed has one that begins where a
seed of the text does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate, islice
from math import ceil, log2

from annotations.fold import Folded, starts
from annotations.words import bits

__all__ = ["Seeds"]

_LONGEST = 16  # characters of a seed
_PLACES = 256  # of a passage that have a seed, about
_NONE = 1 << 40  # places: no seed has so many


class Seeds:
    """The seeds of some passages in a folded text."""

    def __init__(self, folded: Folded, passages: Iterable[str]) -> None:
        self._folded = folded
        self._passages = frozenset(passages)

    @cached_property
    def size(self) -> int:
        """How long a seed is: so many characters as hardly stand in the text twice by chance."""
        text = self._folded.text
        return min(_LONGEST, ceil(1.2 * log2(len(text) + 2) / max(bits(text), 1.0)))

    def of(self, passage: str) -> Iterator[tuple[int, list[int]]]:
        """The seeds of a passage: where they begin in it, and where they stand in the text."""
        size, places = self.size, self._places
        return ((at, places.get(passage[at : at + size], [])) for at in self._begins(passage))

    def find(self, phrase: str, most: int) -> tuple[int, ...]:
        """Where the folded text has a phrase out of one of the passages, in order; `most` of these places at most."""
        if len(phrase) < 2 * self.size:
            return tuple(islice(starts(self._folded, phrase), most))
        size, places, wanted = self.size, self._places, self._wanted
        ours = [phrase[at : at + size] for at in range(min(len(phrase) - size + 1, 2 * _PLACES))]
        cost = list(accumulate((len(places.get(one, ())) if one in wanted else _NONE for one in ours), initial=0))
        first = min(range(len(ours) - size + 1), key=lambda at: cost[at + size] - cost[at])
        if cost[first + size] - cost[first] >= _NONE:
            return tuple(islice(starts(self._folded, phrase), most))
        begins = (place - at for at in range(first, first + size) for place in places.get(ours[at], ()))
        found = (at for at in begins if at >= 0 and self._folded.text.startswith(phrase, at))
        return tuple(sorted(islice(found, most)))

    def _begins(self, passage: str) -> Iterator[int]:
        """Where in a passage its seeds begin: everywhere; in a long one at every place of some stretches."""
        size, last = self.size, len(passage) - self.size
        apart = size * ceil(max(1, len(passage)) / _PLACES)
        return (at for first in range(0, last + 1, apart) for at in range(first, min(first + size, last + 1)))

    @cached_property
    def _wanted(self) -> frozenset[str]:
        size = self.size
        return frozenset(one[at : at + size] for one in self._passages for at in self._begins(one))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where the wanted seeds stand in the text."""
        size, text, wanted = self.size, self._folded.text, self._wanted
        found: dict[str, list[int]] = {}
        for at in [at for at in range(0, len(text) - size + 1, size) if text[at : at + size] in wanted]:
            found.setdefault(text[at : at + size], []).append(at)
        return found
