"""Where the margin's cards go: level with their lines where there is room, moved aside where there is not."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["pack"]


def pack(wants: Sequence[int], heights: Sequence[int], height: int, current: int | None = None) -> list[int | None]:
    """The row at which each card begins, or None for one that has no room.

    All cards are placed if all have room.  The current one stands at its row as long as the others can be above and
    below it; where there is too little room it stays, and those nearest to it.  Cards never overlap and keep their
    order.

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
    tall = [min(one, height) if at == first else one for at, one in enumerate(heights)]
    kept = _kept(tall, height, first)
    before, after = [at for at in kept if at < first], [at for at in kept if at > first]
    above, below = sum(tall[at] for at in before), sum(tall[at] for at in after)
    rows[first] = ceiling = max(above, min(wants[first], height - tall[first] - below))
    floor = ceiling + tall[first]
    for at in reversed(before):
        above -= tall[at]
        rows[at] = ceiling = max(above, min(wants[at], ceiling - tall[at]))
    for at in after:
        rows[at] = row = max(floor, min(wants[at], height - below))
        below -= tall[at]
        floor = row + tall[at]
    return rows


def _kept(tall: Sequence[int], height: int, first: int) -> list[int]:
    """Those that have room together, in order: the first to be placed, then the nearest to it."""
    kept, free = [], height
    for at in sorted(range(len(tall)), key=lambda at: abs(at - first)):
        if at == first or tall[at] <= free:
            kept.append(at)
            free -= tall[at]
    return sorted(kept)
