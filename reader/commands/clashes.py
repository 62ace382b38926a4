"""Keys that would mean two things: who works where, and which keys stand in each other's way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.commands.command import Command

__all__ = ["Clash", "clashes"]

Clash = tuple[str, str, str]
"""A key, and the ids of two commands that it would mean; the second is not reached."""

_READING = ("pane", "article", "screen")


def clashes(commands: Iterable[Command], keys_of: Callable[[Command], tuple[str, ...]]) -> Iterator[Clash]:
    """Pairs of commands that can be meant at the same time and have a key in common, or one that begins the other's."""
    for one, other in combinations(commands, 2):
        if _together(one, other):
            for key in keys_of(one):
                for second in keys_of(other):
                    if key == second or key.startswith(f"{second}~") or second.startswith(f"{key}~"):
                        yield key if len(key) <= len(second) else second, one.id, other.id


def _together(one: Command, other: Command) -> bool:
    if one.when and other.when and one.when != other.when:
        return False
    return one.by == other.by or (one.by in _READING and other.by in _READING) or "screen" in (one.by, other.by)
