"""Two versions of a sidecar without what is the same in both, so that only what differs has to be understood."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

__all__ = ["pruned"]

# In the usual layout: an author's section, or an annotation with all its deeper and its blank lines.  Whatever else
# looks like one is part of something that both versions would have to have, to the byte, for it to be left out.
_BLOCK = re.compile(rb"^  (?:(?P<annotation>- id: .*\n(?:(?: {4}.*)?\n)*)|(?P<author>[^ #-].*:) *\n)", re.MULTILINE)

_Key: TypeAlias = tuple[bytes, bytes]
"""What tells an annotation from others: its section, and its bytes."""


def pruned(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """Both files without the annotations that stand in both, with the same bytes, under the same author.

    A file in which an id is used twice stays whole: which of the two is the damaged one shows only there.
    """
    sides = [[*_blocks(data)] for data in (one, other)]
    if any(len({block.partition(b"\n")[0] for (_, block), *_ in side}) < len(side) for side in sides):
        return one, other
    same = {key for key, *_ in sides[0]} & {key for key, *_ in sides[1]}
    return _without(one, sides[0], same), _without(other, sides[1], same)


def _blocks(data: bytes) -> Iterator[tuple[_Key, int, int]]:
    author = b""
    for found in _BLOCK.finditer(data):
        if found["author"] is not None:
            author = found["author"]
        else:
            yield (author, found["annotation"].rstrip()), found.start(), found.end()


def _without(data: bytes, blocks: Iterable[tuple[_Key, int, int]], same: Collection[_Key]) -> bytes:
    parts, at = [], 0
    for key, start, end in blocks:
        if key in same:
            parts.append(data[at:start])
            at = end
    return b"".join((*parts, data[at:]))
