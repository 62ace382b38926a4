"""Passages kept by where they lie, so that a row is drawn by looking at its neighbours alone.

With ten thousand marks on an article, adding one or drawing a row still touches a handful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from annotations.frozen import frozen

__all__ = ["Buckets", "Mark", "Span"]

_SHIFT = 8  # a bucket is 256 code points: a few rows


@frozen
class Mark:
    """An annotation as the pane knows it.

    Attributes:
        id: of the annotation.
        start: offset of its passage's first code point.
        end: offset after its last one.
        kind: highlight, note, question or claim.
        status: of the work on a claim, or empty.
        state: how its anchor was placed.
    """

    id: str
    start: int
    end: int
    kind: str
    status: str = ""
    state: str = "same"


@frozen
class Span:
    """A stretch of text and nothing else, such as a search hit."""

    start: int
    end: int


class _Lying(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_T = TypeVar("_T", bound=_Lying)


class Buckets(Generic[_T]):
    """Passages of one text, by the stretches of it that they touch.  Equal passages are held once."""

    def __init__(self, passages: Iterable[_T] = ()) -> None:
        self._held: defaultdict[int, dict[_T, None]] = defaultdict(dict)
        for passage in passages:
            self.add(passage)

    def add(self, passage: _T) -> None:
        """Hold a passage."""
        for bucket in _touched(passage.start, passage.end):
            self._held[bucket][passage] = None

    def remove(self, passage: _T) -> None:
        """Let go of a passage that is held."""
        for bucket in _touched(passage.start, passage.end):
            del self._held[bucket][passage]

    def over(self, start: int, end: int) -> list[_T]:
        """The passages that share a code point with `start` to `end`; by start, the longer first."""
        found = {
            passage: None
            for bucket in _touched(start, end)
            for passage in self._held.get(bucket, ())
            if passage.start < end and start < passage.end
        }
        return sorted(found, key=lambda passage: (passage.start, -passage.end))


def _touched(start: int, end: int) -> Iterator[int]:
    return iter(range(start >> _SHIFT, ((max(end, start + 1) - 1) >> _SHIFT) + 1))
