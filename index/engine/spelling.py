"""Words of the index that are nearly, or go on from, what was typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.engine.terms import beginning, spelled, zoned

if TYPE_CHECKING:
    from index.engine.segments import Segment
    from index.engine.snapshot import Snapshot

__all__ = ["complete", "mended", "near_words"]

_FAR = 100


def near_words(segment: Segment, word: str, edits: int) -> list[str]:
    """The segment's words that are at most so many edits away, and begin with the same letter.

    An edit is a letter left out, added or changed, or two neighbours swapped.
    """
    numbers = beginning(segment, "words", word[:1])
    if not numbers:
        return []
    blob, ends = spelled(segment, "words", numbers)
    points = np.frombuffer(blob.tobytes().decode("utf-8").encode("utf-32-le"), np.uint32)
    if len(points) < len(blob):
        ends = np.concatenate(([0], ((blob & 0xC0) != 0x80).cumsum()))[ends]
    lengths = np.diff(ends) - 1  # without the zone
    likely = (abs(lengths - len(word)) <= edits).nonzero()[0]
    columns = np.arange(len(word) + edits)
    places = np.minimum(ends[likely][:, None] + columns, len(points) - 1)
    letters = np.where(columns < lengths[likely][:, None], points[places], 0).T
    near = likely[_distances(word, letters, lengths[likely], edits) <= edits]
    found = (segment.term("words", numbers[int(number)])[:-1].decode() for number in near)
    return list(dict.fromkeys(found))


def _distances(word: str, letters: NDArray[np.uint32], lengths: NDArray[np.int64], edits: int) -> NDArray[np.int8]:
    """How many edits each of many words is away from one; any number above `edits` where it is more.

    Args:
        word: the one.
        letters: of the many, the first letter of each, the second of each, …; 0 after a word's end.
        lengths: theirs.
        edits: how many are of interest.
    """
    count = letters.shape[1]
    far = np.full(count, _FAR, np.int8)
    before: dict[int, NDArray[np.int8]] = {}
    row = {column: np.full(count, column, np.int8) for column in range(edits + 1)}
    wanted = [ord(letter) for letter in word]
    for at, letter in enumerate(wanted, 1):
        above, row = row, {}
        for column in range(max(0, at - edits), min(len(letters), at + edits) + 1):
            if column == 0:
                row[column] = np.full(count, at, np.int8)
                continue
            changed = above[column - 1] + (letters[column - 1] != letter)
            cost = np.minimum(changed, np.minimum(above.get(column, far), row.get(column - 1, far)) + np.int8(1))
            if at > 1 and column > 1 and column - 2 in before:
                swapped = (letters[column - 1] == wanted[at - 2]) & (letters[column - 2] == letter)
                cost = np.where(swapped, np.minimum(cost, before[column - 2] + np.int8(1)), cost)
            row[column] = cost
        before = above
    found = far
    for column, cost in row.items():
        found = np.where(lengths == column, cost, found)
    return found


def count(snapshot: Snapshot, word: str) -> int:
    """In how many documents the word stands as printed, counting one for each zone."""
    return sum(int(segment.counts("words", zoned(segment, "words", word)).sum()) for segment in snapshot.segments)


def mended(snapshot: Snapshot, word: str) -> str:
    """The most frequent word of the index that is one edit away, or else two; empty when there is none."""
    for edits in (1, 2)[: max(0, (len(word) - 1) // 2)]:
        near = {one for segment in snapshot.segments for one in near_words(segment, word, edits)}
        if near:
            return min(near, key=lambda one: (-count(snapshot, one), one))
    return ""


def complete(snapshot: Snapshot, prefix: str, most: int) -> tuple[str, ...]:
    """The words that begin so and stand in most documents, most first."""
    likely = {word for segment in snapshot.segments for word in _frequent(segment, prefix, 4 * most)}
    counts = Counter({word: count(snapshot, word) for word in likely})
    return tuple(sorted(counts, key=lambda word: (-counts[word], word))[:most])


def _frequent(segment: Segment, prefix: str, most: int) -> Iterator[str]:
    numbers = beginning(segment, "words", prefix)
    counts = segment.counts("words", numbers)
    order = np.argpartition(counts, -most)[-most:] if len(counts) > most else range(len(counts))
    for number in order:
        yield segment.term("words", numbers[int(number)])[:-1].decode()
