"""How far a person is with each article: unread, reading, done.  Kept in their own state, never in the library."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["DONE", "READING", "STATES", "UNREAD", "Readings", "readings_from"]

UNREAD, READING, DONE = "unread", "reading", "done"

STATES = (UNREAD, READING, DONE)


@dataclass(slots=True)
class Readings:
    """The states of one library's articles, by path.

    Attributes:
        states: of those that are not unread.
    """

    states: dict[str, str] = field(default_factory=dict)

    def of(self, path: str) -> str:
        """How far one is with that article."""
        return self.states.get(path, UNREAD)

    def begin(self, path: str) -> None:
        """It was opened; what is done stays done."""
        self.states.setdefault(path, READING)

    def turn(self, path: str) -> str:
        """Mark it done, or unread again if it is done; gives what it is now."""
        if self.of(path) == DONE:
            del self.states[path]
        else:
            self.states[path] = DONE
        return self.of(path)

    def rename(self, old: str, new: str) -> None:
        """It has another path."""
        if old in self.states:
            self.states[new] = self.states.pop(old)

    def count(self, paths: Sequence[str]) -> Counter[str]:
        """How many of those articles, in the order of their paths, are in each state."""
        begun = Counter(state for path, state in self.states.items() if _has(paths, path))
        begun[UNREAD] = len(paths) - begun.total()
        return begun


def _has(paths: Sequence[str], path: str) -> bool:
    at = bisect_left(paths, path)
    return at < len(paths) and paths[at] == path


def readings_from(found: object) -> Readings:
    """The readings in what JSON gave; what makes no sense is left out."""
    states = found.get("states") if isinstance(found, dict) else None
    if not isinstance(states, dict):
        return Readings()
    return Readings({path: state for path, state in states.items() if state in (READING, DONE)})
