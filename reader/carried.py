"""Keeping one's place in a text that was changed: where an offset in the old text is in the new one."""

from __future__ import annotations

__all__ = ["carried"]


def carried(before: str, after: str, offset: int) -> int:
    """The offset in `after` of what stood at `offset` in `before`; the nearest there is, where that was changed."""
    if before == after:
        return offset
    same_before = _common(before, after)
    if offset <= same_before:
        return offset
    room = min(len(before), len(after)) - same_before
    same_behind = _common_behind(before, after, room)
    if offset >= len(before) - same_behind:
        return offset + len(after) - len(before)
    return min(offset, len(after) - same_behind)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike; by halves, as comparing slices is quick at any length."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_behind(one: str, other: str, most: int) -> int:
    """How many characters, at most `most`, two texts end with alike."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low
