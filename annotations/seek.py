"""Looking for a passage in a text by its words and its context.

Words that stand there unchanged are found at once.  Changed ones are found by seeds: those that agree on where the
passage would begin vote for a window, and the likeliest windows are laid beside the passage word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotations.align import Alignment
from annotations.frozen import frozen
from annotations.seeds import Seeds
from annotations.words import shared, solid

if TYPE_CHECKING:
    from annotations.fold import Folded

__all__ = ["MANY", "Find", "Sought", "Text"]

MANY = 50
"""More copies of a passage than that are not told apart."""

_NEAR = 16  # characters of context that narrow down too many copies
_WINDOWS = 4  # that are compared at most
_COMMON = 50  # a seed that stands more often says nothing
_SEEDS = 8  # of so many seeds that could be in a window one is


@frozen
class Sought:
    """A passage and what stood on either side of it, folded; blanks between them belong to the sides."""

    exact: str
    before: str
    behind: str

    @property
    def whole(self) -> str:
        """The passage in its context."""
        return self.before + self.exact + self.behind


@frozen
class Find:
    """A place where a passage may be.

    Attributes:
        start: in the folded text.
        end: exclusive.
        quote: how much of the passage is there, from 0 to 1.
        context: how much of its context is beside it, from 0 to 1.
    """

    start: int
    end: int
    quote: float
    context: float

    @property
    def score(self) -> float:
        """How like the passage it is, from 0 to 1."""
        return 0.6 * self.quote + 0.4 * self.context


class Text:
    """A folded text in which passages are looked for.

    Args:
        folded: the text.
        passages: all that will be looked for; one pass over the text serves them together.
    """

    def __init__(self, folded: Folded, passages: Iterable[Sought]) -> None:
        self.folded = folded
        self._seeds = Seeds(folded, (one.whole for one in passages))
        self._copies: dict[str, tuple[int, ...]] = {}

    def exact(self, passage: Sought) -> list[Find]:
        """The places that have the words of a passage, in order; of more than `MANY` those with some context."""
        size = len(passage.exact)
        copies = self._starts(passage.exact)
        if len(copies) > MANY:
            copies = self._beside_context(passage) or copies
        return [Find(at, at + size, 1.0, self._context(passage, at, at + size)) for at in copies]

    def similar(self, passage: Sought) -> list[Find]:
        """The places that are like a passage and its context, the likest first."""
        whole, start = passage.whole, len(passage.before)
        end = start + len(passage.exact)
        around = solid(passage.before) + solid(passage.behind)
        found: list[Find] = []
        for first, last in self._windows(whole):
            alignment = Alignment(whole, self.folded.text[first:last])
            carried = alignment.carry(start, end)
            if carried:
                beside = alignment.kept(0, start) + alignment.kept(end, len(whole))
                context = beside / around if around else 0.0
                found.append(Find(first + carried.start, first + carried.end, carried.kept, context))
        found.sort(key=lambda one: -one.score)
        return [
            one
            for at, one in enumerate(found)
            if not any(one.start < better.end and better.start < one.end for better in found[:at])
        ]

    def _starts(self, phrase: str) -> tuple[int, ...]:
        """Where the text has a phrase out of a passage, `MANY` times and once more at most."""
        if phrase not in self._copies:
            self._copies[phrase] = self._seeds.find(phrase, MANY + 1)
        return self._copies[phrase]

    def _beside_context(self, passage: Sought) -> tuple[int, ...]:
        """The copies that have the nearest of their context before or behind them; none when these are many, too."""
        before, behind = passage.before[-_NEAR:], passage.behind[:_NEAR]
        found = {at + len(before) for at in self._starts(before + passage.exact)} if before else set()
        if behind:
            found.update(self._starts(passage.exact + behind))
        return tuple(sorted(found)) if len(found) <= MANY else ()

    def _context(self, passage: Sought, start: int, end: int) -> float:
        """How much of the context, from the passage outwards, stands beside a place."""
        before, behind, text = passage.before.strip(), passage.behind.strip(), self.folded.text
        if not before and not behind:
            return 1.0
        left = text[max(0, start - len(before) - 1) : start].rstrip()
        right = text[end : end + len(behind) + 1].lstrip()
        return (shared(left[::-1], before[::-1]) + shared(right, behind)) / (len(before) + len(behind))

    def _windows(self, whole: str) -> Iterator[tuple[int, int]]:
        """The stretches of the text that have most seeds in common with a passage, the likeliest first."""
        step = max(len(whole) // 4, _NEAR)
        votes: Counter[int] = Counter()
        seeds = 0
        for at, places in self._seeds.of(whole):
            seeds += 1
            if len(places) <= _COMMON:
                votes.update({(place - at) // step for place in places})
        least = seeds / self._seeds.size / _SEEDS
        often = [one for one, times in votes.items() if 2 * times >= least]
        both = {at: votes[at] + votes[at + 1] for one in often for at in (one - 1, one)}
        least = max(least, max(both.values(), default=0) / 2)
        likely = sorted((at for at in both if both[at] >= least), key=lambda one: (-both[one], one))
        taken: list[int] = []
        for at in likely:
            if len(taken) < _WINDOWS and all(abs(at - one) > 1 for one in taken):
                taken.append(at)
                start = at * step - len(whole) // 2
                yield max(0, start), min(len(self.folded.text), start + 2 * step + 2 * len(whole))
