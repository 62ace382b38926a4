"""Replies as a tree: each under the one that it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.model import Reply

__all__ = ["thread"]


def thread(replies: Sequence[Reply]) -> list[tuple[int, Reply]]:
    """The replies in the order to read them, each with its depth: 0 answers the annotation.

    One whose `to` is not there, or that answers itself in the end, stands at the top: none is left out.
    """
    known = {one.id for one in replies}
    answers: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(replies):
        answers[one.to if one.to in known else ""].append(at)
    found: dict[int, int] = {}
    for at in (*answers[""], *range(len(replies))):
        found |= {below: depth for depth, below in _below(at, replies, answers, found)}
    return [(depth, replies[at]) for at, depth in found.items()]


def _below(
    root: int, replies: Sequence[Reply], answers: dict[str, list[int]], found: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """A reply and those under it, with their depths, but for those that were found before."""
    waiting, seen = [(0, root)], set(found)
    while waiting:
        depth, at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        yield depth, at
        children = answers.get(replies[at].id, ()) if replies[at].id else ()
        waiting += [(depth + 1, child) for child in reversed(children)]
