"""How many matches have each value of a field: one pass over the postings of all its values, which lie together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.engine.terms import values_of
from index.search import Facet

if TYPE_CHECKING:
    from index.engine.segments import Segment
    from index.engine.snapshot import Mask, Snapshot

__all__ = ["MOST_VALUES", "facet"]

MOST_VALUES = 100
"""How many values a facet has at most."""


def facet(snapshot: Snapshot, matches: Sequence[Mask], name: str) -> Facet:
    """The counts of a field's values among the matches, each value as it is printed most often.

    Args:
        snapshot: the index.
        matches: of each segment.
        name: of the field.
    """
    counts: Counter[str] = Counter()
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for segment, mask in zip(snapshot.segments, matches, strict=True):
        for value, count in _counted(segment, mask, name):
            folded, _, form = value.partition("\x1f")
            counts[folded] += count
            printed[folded][form or folded] += count
    shown = {value: max(sorted(forms), key=forms.__getitem__) for value, forms in printed.items()}
    most = sorted(counts, key=lambda value: (-counts[value], shown[value]))[:MOST_VALUES]
    return Facet(name, tuple((shown[value], counts[value]) for value in most))


def _counted(segment: Segment, mask: Mask, name: str) -> Iterator[tuple[str, int]]:
    numbers = values_of(segment, name, "", prefix=True)
    before = np.concatenate(([0], mask[segment.docs("values", numbers)].cumsum()))
    ends = np.concatenate(([0], segment.counts("values", numbers).cumsum(dtype=np.int64)))
    counts = np.diff(before[ends])
    for number in counts.nonzero()[0].tolist():
        term = segment.term("values", numbers[number])
        yield term.decode().partition("\x1f")[2], int(counts[number])
