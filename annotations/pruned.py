"""Two versions of a sidecar without what is the same in both, so that only what differs has to be understood."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["pruned"]

# In the usual layout: an author's section, or an annotation with all its deeper and its blank lines.  Whatever else
# looks like one is part of something that both versions would have to have, to the byte, for it to be left out.
_BLOCK = re.compile(rb"^  (?:(?P<annotation>- id: .*\n(?:(?: {4}.*)?\n)*)|(?P<author>[^ #-].*:) *\n)", re.MULTILINE)


def pruned(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    """Both files without the annotations that stand in both, with the same bytes, under the same author.

    A file in which an id is used twice stays whole: which of the two is the damaged one shows only there.
    """
    sides = [[key for key, _, _ in _blocks(data)] for data in (one, other)]
    if any(len({block.partition(b"\n")[0] for _, block in keys}) < len(keys) for keys in sides):
        return one, other
    same = set(sides[0]) & set(sides[1])
    return _without(one, same), _without(other, same)


def _blocks(data: bytes) -> Iterator[tuple[tuple[bytes, bytes], int, int]]:
    author = b""
    for found in _BLOCK.finditer(data):
        if found["author"] is not None:
            author = found["author"]
        else:
            yield (author, found["annotation"].rstrip()), found.start(), found.end()


def _without(data: bytes, same: set[tuple[bytes, bytes]]) -> bytes:
    parts, at = [], 0
    for key, start, end in _blocks(data):
        if key in same:
            parts.append(data[at:start])
            at = end
    return b"".join((*parts, data[at:]))
