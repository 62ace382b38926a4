"""The terms of an index that a word stands for: a slice of each segment's terms, and what each of them counts.

A term is a word and the byte of the zone it stands in, which sorts before every letter: all zones of a word are
neighbours, and so are all words with one beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.zones import WEIGHTS

if TYPE_CHECKING:
    from index.engine.segments import Segment
    from index.engine.snapshot import Numbers

__all__ = ["Slice", "beginning", "packed", "spelled", "values_of", "weights", "zoned"]

_AFTER_ZONES = b"\x20"
_AFTER_ALL = b"\xff"


class Slice(NamedTuple):
    """Some terms of one segment that follow each other.

    Attributes:
        numbers: theirs.
        factors: what each counts; nothing for those that are not meant.
    """

    numbers: range
    factors: Numbers


def packed(text: str) -> bytes:
    """A term's bytes; what is no Unicode scalar value becomes a question mark."""
    return text.encode("utf-8", "replace")


@lru_cache(maxsize=64)
def weights(zones: frozenset[str]) -> Numbers:
    """What a term counts by its last byte, where only those zones are meant."""
    table = np.zeros(256)
    for zone in zones:
        table[ord(zone)] = WEIGHTS.get(zone, 1.0)
    table.flags.writeable = False
    return table


def zoned(segment: Segment, field: str, word: str) -> range:
    """The terms of a word, one for each zone it stands in."""
    term = packed(word)
    return segment.span(field, term, term + _AFTER_ZONES)


def beginning(segment: Segment, field: str, text: str) -> range:
    """The terms of all words that begin so."""
    term = packed(text)
    return segment.span(field, term, term + _AFTER_ALL)


def values_of(segment: Segment, field: str, value: str, *, prefix: bool = False) -> range:
    """The terms of `values` for a field's value, whatever its printed form, or for all that begin so."""
    term = packed(f"{field}\x1f{value}")
    return segment.span("values", term, term + (_AFTER_ALL if prefix else _AFTER_ZONES))


def spelled(segment: Segment, field: str, numbers: range) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The bytes of those terms, one after the other, and where each begins and the last ends."""
    ends = segment.file.array(f"{field}.ends")[numbers.start : numbers.stop + 1].astype(np.int64)
    return segment.file.array(f"{field}.terms")[ends[0] : ends[-1]], ends - ends[0]


def _last_bytes(segment: Segment, field: str, numbers: range) -> NDArray[np.uint8]:
    """The last byte of each of those terms: its zone."""
    ends = segment.file.array(f"{field}.ends")[numbers.start + 1 : numbers.stop + 1]
    found: NDArray[np.uint8] = segment.file.array(f"{field}.terms")[ends - 1]
    return found


def slices(segment: Segment, field: str, spans: Iterable[range], table: Numbers) -> list[Slice]:
    """The terms of those spans that count, with what they count."""
    found = []
    for numbers in spans:
        if numbers:
            factors = table[_last_bytes(segment, field, numbers)]
            counting = factors.nonzero()[0]
            if len(counting):
                first, last = int(counting[0]), int(counting[-1]) + 1
                found.append(Slice(numbers[first:last], factors[first:last]))
    return found
