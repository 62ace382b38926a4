"""Where the margin's cards go: level with their lines where there is room, moved aside where there is not."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["pack"]


def pack(wants: Sequence[int], heights: Sequence[int], height: int, current: int | None = None) -> list[int | None]:
    """The row at which each card begins, or None for one that has no room.

    The current card stands at its row, whole if it can be; those before it give way upwards and those after it
    downwards.  Cards never overlap and keep their order.

    Args:
        wants: the row each card would like, ascending; may lie outside the margin.
        heights: how many rows each card takes, a blank one after it included.
        height: how many rows there are.
        current: which card comes first, if any.
    """
    rows: list[int | None] = [None] * len(wants)
    if not wants:
        return rows
    first = 0 if current is None else current
    top = max(0, min(wants[first], height - heights[first]))
    rows[first] = top
    ceiling = top
    for at in range(first - 1, -1, -1):
        row = min(wants[at], ceiling - heights[at])
        if row < 0:
            break
        rows[at] = ceiling = row
    floor = top + heights[first]
    for at in range(first + 1, len(wants)):
        row = max(wants[at], floor)
        if row >= height:
            break
        rows[at], floor = row, row + heights[at]
    return rows
