"""Looking for a passage in a text by its words and its context.

Words that stand there unchanged are found at once.  Changed ones are found by seeds, short runs of characters that
passage and text have in common: seeds that agree on where the passage would begin vote for a window, and the likeliest
windows are laid beside the passage word by word (the way of W. J. Kent's BLAT, 2002).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from math import ceil, log2

from annotations.align import Alignment
from annotations.fold import Folded, starts
from annotations.frozen import frozen
from annotations.words import bits, solid

__all__ = ["MANY", "Find", "Sought", "Text"]

MANY = 100
"""More copies of a passage than that are not told apart."""

_NEAR = 16  # characters of context that narrow down too many copies
_WINDOWS = 4  # that are compared
_SEEDS = 256  # of a passage that vote
_COMMON = 50  # a seed that stands more often says nothing
_DENSE = 1_000_000  # characters up to which seeds are looked for at every place of a text


@frozen
class Sought:
    """A passage and its context, folded and without blanks at their ends."""

    exact: str
    prefix: str
    suffix: str


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
        self._wholes = {_whole(one) for one in passages}
        self._copies: dict[str, tuple[int, ...]] = {}

    def exact(self, passage: Sought) -> list[Find]:
        """The places that have the words of a passage, in order; of more than `MANY` those with some context."""
        size = len(passage.exact)
        copies: Iterable[int] = self._starts(passage.exact)
        if len(self._starts(passage.exact)) > MANY:
            copies = self._beside_context(passage) or copies
        return [Find(at, at + size, 1.0, self._context(passage, at, at + size)) for at in copies]

    def similar(self, passage: Sought) -> list[Find]:
        """The places that are like a passage and its context, the likest first."""
        whole, start = _whole(passage), len(passage.prefix) + bool(passage.prefix)
        end = start + len(passage.exact)
        around = solid(passage.prefix) + solid(passage.suffix)
        found: list[Find] = []
        for first, last in self._windows(whole):
            alignment = Alignment(whole, self.folded.text[first:last])
            carried = alignment.carry(start, end)
            if carried is None or any(
                one.start < first + carried.end and first + carried.start < one.end for one in found
            ):
                continue
            beside = alignment.kept(0, start) + alignment.kept(end, len(whole))
            context = beside / around if around else 0.0
            found.append(Find(first + carried.start, first + carried.end, carried.kept, context))
        return sorted(found, key=lambda one: -one.score)

    def _starts(self, words: str) -> tuple[int, ...]:
        """Where the text has these words, `MANY` times and once more at most."""
        if words not in self._copies:
            self._copies[words] = tuple(islice(starts(self.folded, words), MANY + 1))
        return self._copies[words]

    def _beside_context(self, passage: Sought) -> list[int]:
        """The copies that have the nearest of their context before or behind them; none when these are many, too."""
        before, behind = passage.prefix[-_NEAR:], passage.suffix[:_NEAR]
        found: set[int] = set()
        for blank in ("", " "):
            if before:
                found.update(at + len(before + blank) for at in self._starts(before + blank + passage.exact))
            if behind:
                found.update(self._starts(passage.exact + blank + behind))
        return sorted(found) if len(found) <= MANY else []

    def _context(self, passage: Sought, start: int, end: int) -> float:
        """How much of the context, from the passage outwards, stands beside a place."""
        prefix, suffix, text = passage.prefix, passage.suffix, self.folded.text
        if not prefix and not suffix:
            return 1.0
        before = text[max(0, start - len(prefix) - 1) : start].rstrip()
        behind = text[end : end + len(suffix) + 1].lstrip()
        return (_shared(before[::-1], prefix[::-1]) + _shared(behind, suffix)) / (len(prefix) + len(suffix))

    def _windows(self, whole: str) -> Iterator[tuple[int, int]]:
        """The stretches of the text that have most seeds in common with a passage, the likeliest first."""
        step = max(len(whole) // 4, _NEAR)
        votes: Counter[int] = Counter()
        for at in _places(whole, self._size):
            places = self._seeds.get(whole[at : at + self._size], ())
            if len(places) <= _COMMON:
                votes.update({(place - at) // step for place in places})
        both = {at: votes[at] + votes[at + 1] for one in tuple(votes) for at in (one - 1, one)}
        taken: list[int] = []
        for at in sorted(both, key=lambda one: (-both[one], one)):
            if all(abs(at - one) > 1 for one in taken):
                taken.append(at)
                start = at * step - len(whole) // 2
                yield max(0, start), min(len(self.folded.text), start + 2 * step + 2 * len(whole))
            if len(taken) == _WINDOWS:
                return

    @cached_property
    def _size(self) -> int:
        """How long a seed is: as many characters as hardly stand in the text twice by chance."""
        text = self.folded.text
        return min(_NEAR, ceil(1.2 * log2(len(text) + 2) / max(bits(text), 1.0)))

    @cached_property
    def _seeds(self) -> dict[str, list[int]]:
        """Where the seeds of all passages stand in the text."""
        size, text = self._size, self.folded.text
        wanted = {whole[at : at + size] for whole in self._wholes for at in _places(whole, size)}
        found: dict[str, list[int]] = {}
        for at in range(0, len(text) - size + 1, 1 if len(text) <= _DENSE else size):
            seed = text[at : at + size]
            if seed in wanted:
                found.setdefault(seed, []).append(at)
        return found


def _whole(passage: Sought) -> str:
    """A passage in its context."""
    return " ".join(filter(None, (passage.prefix, passage.exact, passage.suffix)))


def _places(whole: str, size: int) -> range:
    """Where in a passage its seeds begin."""
    return range(0, len(whole) - size + 1, max(1, len(whole) // _SEEDS))


def _shared(one: str, other: str) -> int:
    """How many characters two texts share from their start."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (mine, yours) in enumerate(pairs) if mine != yours), min(len(one), len(other)))
