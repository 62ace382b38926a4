"""An old text laid beside the present one: what of it stands where.

Method: both texts are cut where their content says, not at fixed places, so that an edit changes one piece and no
other (A. Muthitacharoen and others, "A low-bandwidth network file system", 2001).  Pieces that stand once in either are
anchors, and the longest chain of them that is in order is kept, as in patience differencing.  What lies between two
anchors is compared word by word, and only when somebody asks about it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, pairwise
from math import log2
from operator import itemgetter

from annotations.frozen import frozen
from annotations.match import Block, Box, chain, common, joined, once_in_both
from annotations.words import bits, inside_word, shared, solid, words

__all__ = ["Alignment", "Carried"]

_PIECES = (100, 20)  # how long they are about, in characters
_LITTLE = 2_000  # characters that are compared word by word at once
_WORD = 100  # characters; what goes on for longer is no word


@frozen
class Carried:
    """Where a passage came to stand.

    Attributes:
        start: in the new text.
        end: exclusive.
        kept: how much the old words and those there have in common, from 0 to 1.
    """

    start: int
    end: int
    kept: float


class Alignment:
    """What an old and a new folded text have in common, in order."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._fine: dict[int, list[Block]] = {}

    def carry(self, start: int, end: int) -> Carried | None:
        """Where a passage of the old text stands in the new one; None when nothing of it does."""
        before, after = (0, 0), (len(self.old), len(self.new))
        inside: list[Block] = []
        for i, j, size in self._blocks(start - 2, end + 2, side=0):
            low, high = max(i, start), min(i + size, end)
            if low < high:
                inside.append((low, j + low - i, high - low))
            if i < start:
                before = (min(i + size, start), j + min(size, start - i))
            if i + size > end and after[0] == len(self.old):
                after = (max(i, end), j + max(0, end - i))
        kept = sum(solid(self.old[i : i + size]) for i, _, size in inside)
        if not kept:
            return None
        self._put_together(inside)
        (i, begin, _), (k, m, size) = inside[0], inside[-1]
        finish = m + size
        if self._touch(before[0], start) and _instead(self.old[start:i], self.new[before[1] : begin]):
            begin = before[1]
        if self._touch(end, after[0]) and _instead(self.old[k + size : end], self.new[finish : after[1]]):
            finish = after[1]
        begin, finish = begin + self.new.startswith(" ", begin), finish - self.new.endswith(" ", 0, finish)
        whole = solid(self.old[start:end]) + solid(self.new[begin:finish])
        return Carried(begin, finish, 2 * kept / max(1, whole))

    def kept(self, start: int, end: int) -> int:
        """How many characters from `start` to `end` of the old text the new one has there, blanks not counted."""
        touched = self._blocks(start, end, side=0)
        return sum(solid(self.old[max(i, start) : min(i + size, end)]) for i, _, size in touched)

    def inherited(self, start: int, end: int) -> bool:
        """Whether the new text has most of what it says from `start` to `end` from the same place in the old one."""
        touched = self._blocks(start, end, side=1)
        taken = sum(solid(self.new[max(j, start) : min(j + size, end)]) for _, j, size in touched)
        return 2 * taken >= solid(self.new[start:end])

    def _put_together(self, inside: list[Block]) -> None:
        """Let what a passage begins or ends with stand beside the rest of it, where the new text has both together.

        When "… a year." is followed by a new sentence, its full stop may as well be the one that ends that sentence.
        """
        if len(inside) > 1:
            (i, j, size), (k, m, more) = inside[:2]
            if self._touch(i + size, k) and self.new.endswith(self.old[i:k], j, m):
                inside[:2] = [(i, m - (k - i), k - i + more)]
        if len(inside) > 1:
            (i, j, size), (k, _, more) = inside[-2:]
            if self._touch(i + size, k) and self.new.startswith(self.old[i + size : k + more], j + size):
                inside[-2:] = [(i, j, k - i + more)]

    def _touch(self, end: int, start: int) -> bool:
        """Whether nothing stands between two places of the old text but a blank."""
        return start - end <= 1 and not self.old[end:start].strip()

    def _blocks(self, start: int, end: int, *, side: int) -> Iterator[Block]:
        """The common runs that touch a span of the old text (side 0) or the new one (side 1), in order."""
        anchors = self._anchors
        first = max(0, bisect_right(anchors, start, key=itemgetter(side)) - 1)
        last = bisect_left(anchors, end, hi=len(anchors) - 1, key=itemgetter(side))
        for index in range(first, last):
            for block in (anchors[index], *self._between(index)):
                if block[side] < end and block[side] + block[2] > start:
                    yield block

    def _between(self, index: int) -> list[Block]:
        """The common runs between an anchor and the next."""
        if index not in self._fine:
            (i, j, size), (k, m, _) = self._anchors[index : index + 2]
            box = i + size, k, j + size, m
            self._fine[index] = common(self.old, self.new, box) if i + size < k and j + size < m else []
        return self._fine[index]

    @cached_property
    def _anchors(self) -> list[Block]:
        """Long common runs in order, and one of no length at either end of the texts."""
        old, new = self.old, self.new
        start = shared(old, new)
        end = _shared_end(old, new, min(len(old), len(new)) - start)
        first, last = (0, 0, 0), (len(old), len(new), 0)
        blocks = [first, (0, 0, start), (len(old) - end, len(new) - end, end), last]
        for length in _PIECES:
            found = [first]
            for (i, j, size), (k, m, after) in pairwise(blocks):
                box = i + size, k, j + size, m
                if max(box[1] - box[0], box[3] - box[2]) > _LITTLE:
                    found += _pieces_in_common(old, new, box, length)
                found.append((k, m, after))
            blocks = found
        return [first, *filter(itemgetter(2), (_in_words(old, new, one) for one in blocks)), last]


def _pieces_in_common(old: str, new: str, box: Box, length: int) -> list[Block]:
    """Pieces of about a length that stand once on either side of a box, in order, and are there by no chance."""
    a, b, c, d = box
    mark = _mark(old[a:b], length)
    if not mark or c == d:
        return []
    mine, yours = old[a:b].split(mark), new[c:d].split(mark)
    begins, places = ([*accumulate((len(one) + 1 for one in pieces), initial=0)] for pieces in (mine, yours))
    found: list[Block] = []
    for at, to in chain(once_in_both(mine, yours)):
        i, j = a + begins[at], c + places[to]
        size = min(begins[at + 1], b - a, begins[at] + d - j) - begins[at]
        found.append((i, j, size))
    least = 2 * log2((b - a) * (d - c)) / max(bits(old[a:b]), 1)
    return [one for one in joined(found) if one[2] >= least]


def _mark(text: str, length: int) -> str:
    """The character that cuts a text into pieces of about a length; empty when none does."""
    count = Counter(text[:: 1 + len(text) // 10_000])
    wanted = count.total() / length
    best = min(sorted(count), key=lambda one: abs(count[one] - wanted), default="")
    return best if wanted / 4 <= count[best] <= wanted * 4 else ""


def _in_words(old: str, new: str, block: Block) -> Block:
    """A common run without the words at its ends that are others on one side."""
    i, j, size = block
    cut = min(size, _WORD)
    before = next((by for by in range(cut) if not (inside_word(old, i + by) or inside_word(new, j + by))), cut)
    i, j, size = i + before, j + before, size - before
    ends = i + size, j + size
    cut = min(size, _WORD)
    behind = next((by for by in range(cut) if not any(map(inside_word, (old, new), (e - by for e in ends)))), cut)
    return i, j, size - behind


def _shared_end(one: str, other: str, most: int) -> int:
    """How many characters, at most so many, they share from their end."""
    low, high = 0, most
    a, b = len(one), len(other)
    while low < high:
        middle = (low + high + 1) // 2
        same = one[a - middle : a - low] == other[b - middle : b - low]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _instead(lost: str, came: str) -> bool:
    """Whether words that came stand for those that were lost there, and are not something else put beside them."""
    return bool(lost.strip() and came.strip()) and len(words(came)) <= 2 * len(words(lost)) + 3
