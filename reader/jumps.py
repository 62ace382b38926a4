"""Where one has been: places that were left for others, to go back to and forward again."""

from __future__ import annotations

from collections import deque
from typing import Any

from annotations.frozen import frozen

__all__ = ["Jumps", "Spot", "spots_from"]

_KEPT = 100


@frozen
class Spot:
    """A place in the library.

    Attributes:
        path: the article, from the library's root.
        offset: where in its text (code points).
    """

    path: str
    offset: int


class Jumps:
    """Places one after the other, as in a browser: whoever goes elsewhere from the middle forgets what was ahead."""

    def __init__(self) -> None:
        self._behind: deque[Spot] = deque(maxlen=_KEPT)
        self._ahead: deque[Spot] = deque(maxlen=_KEPT)

    def leave(self, spot: Spot) -> None:
        """Remember a place that one is about to leave for another."""
        self._ahead.clear()
        if not self._behind or self._behind[-1] != spot:
            self._behind.append(spot)

    def back(self, here: Spot) -> Spot | None:
        """The place before, of those that are not where one is."""
        return _step(self._behind, self._ahead, here)

    def forward(self, here: Spot) -> Spot | None:
        """The place that one went back from."""
        return _step(self._ahead, self._behind, here)

    def last(self, here: Spot) -> Spot | None:
        """The place left last; where one is takes its place, so that the next time leads here again."""
        there = _step(self._behind, deque(), here)
        if there:
            self._behind.append(here)
        return there


def _step(there: deque[Spot], kept: deque[Spot], here: Spot) -> Spot | None:
    while there:
        spot = there.pop()
        if spot != here:
            kept.append(here)
            return spot
    return None


def spots_from(found: Any) -> dict[str, Spot]:
    """Places by a letter, as they were kept in the state; what cannot be understood is left out."""
    return {
        letter: Spot(spot["path"], spot["offset"])
        for letter, spot in (found.items() if isinstance(found, dict) else ())
        if isinstance(spot, dict)
        and isinstance(spot.get("path"), str)
        and type(spot.get("offset")) is int
        and spot["offset"] >= 0
    }
