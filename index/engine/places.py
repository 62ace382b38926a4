"""The parts of a query that need positions: phrases, and texts near each other.

Where a word stands is one number, the document above and the position in it below.  The places of a phrase are those
of each of its words moved to its beginning, the same for all of them: an intersection of sorted arrays.  Only
documents that have all the words are looked at, and the rarest word first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engine.found import Found, marked
from index.engine.leaves import Forms, pieces, spread

if TYPE_CHECKING:
    from index.engine.found import Clock
    from index.engine.segments import Segment
    from index.engine.snapshot import Docs, Mask, Numbers, Snapshot
    from index.engine.terms import Slice

__all__ = ["Close", "Phrase", "Places"]

_WORTH = 4.0
"""What one word of a phrase adds to the score at most; about a word that is in every twentieth document."""
_SATURATION = 1.2
_DOCUMENT = np.uint64(32)
_FEW = 32
"""Where a document is sought among so many postings or more, a bisection beats looking at all of them."""
_AT_ONCE = 8192
"""In how many documents positions are looked at together: it bounds the memory, and the time between two looks at the
clock."""


class Places(NamedTuple):
    """Where something stands in documents of one segment.

    Attributes:
        keys: the document, shifted left by 32, and the position; rising.
        factors: what each counts.
    """

    keys: NDArray[np.uint64]
    factors: Numbers


_NOWHERE = Places(np.empty(0, np.uint64), np.empty(0))


class Phrase:
    """Words that follow each other.

    Args:
        snapshot: the index.
        clock: when time runs out, documents that were not looked at are left out.
        words: for each, what may stand there.
    """

    def __init__(self, snapshot: Snapshot, clock: Clock, words: Sequence[Forms]) -> None:
        self.snapshot = snapshot
        self.clock = clock
        self.words = words

    def size(self, at: int) -> int:
        """See `Sought`."""
        # Positions are what takes long; there are some for each posting.
        return 4 * min(word.size(at) for word in self.words)

    def found(self, at: int, among: Mask | None) -> Found:
        """See `Sought`."""
        candidates = self.clock.while_time(self.candidates(at, among))
        return _scored([self.places(at, some) for some in candidates], len(self.words))

    def candidates(self, at: int, among: Mask | None) -> Iterator[Mask]:
        """The documents that have all the words, so many at once that their positions can be held."""
        segment = self.snapshot.segments[at]
        for word in sorted(self.words, key=lambda word: word.size(at)):
            mask = np.zeros(segment.size, np.bool_)
            for piece in _pieces(segment, word.parts(at)):
                entry, _ = _standing(segment, piece, among)
                mask[segment.docs("words", piece.numbers)[entry]] = True
            among = mask
        docs = np.empty(0, np.intp) if among is None else among.nonzero()[0]
        for first in range(0, len(docs), _AT_ONCE):
            yield marked(docs[first : first + _AT_ONCE], segment.size)

    def places(self, at: int, among: Mask) -> Places:
        """Where it begins in those documents, counting what its first word does."""
        size = self.snapshot.segments[at].size
        order = sorted(range(len(self.words)), key=lambda number: self.words[number].size(at))
        keys, factors = _NOWHERE
        for turn, number in enumerate(order):
            other = _places(self.snapshot.segments[at], self.words[number].parts(at), among)
            inside = int(other.keys.searchsorted(np.uint64(number)))  # or it would begin before the first document
            begins, worth = other.keys[inside:] - np.uint64(number), other.factors[inside:]
            if turn == 0:
                keys, factors = begins, worth
            elif len(begins):
                places = begins.searchsorted(keys)
                places[places == len(begins)] = 0
                same = (begins[places] == keys).nonzero()[0]
                keys = keys[same]
                factors = worth[places[same]] if number == 0 else factors[same]
            if not (len(begins) and len(keys)):
                return _NOWHERE
            among = marked(_documents(keys), size)
        return Places(keys, factors)


class Close:
    """Texts near each other, in any order.

    Args:
        snapshot: the index.
        clock: as of a `Phrase`.
        texts: at least two.
        within: how many words at most stand from the end of the text that ends first to the beginning of the one
            that begins last.
    """

    def __init__(self, snapshot: Snapshot, clock: Clock, texts: Sequence[Phrase], within: int) -> None:
        self.snapshot = snapshot
        self.clock = clock
        self.texts = texts
        self.within = within

    def size(self, at: int) -> int:
        """See `Sought`."""
        return min(text.size(at) for text in self.texts)

    def found(self, at: int, among: Mask | None) -> Found:
        """See `Sought`."""
        for text in sorted(self.texts, key=lambda text: text.size(at)):
            mask = np.zeros(self.snapshot.segments[at].size, np.bool_)
            for some in text.candidates(at, among):
                mask |= some
            among = mask
        words = [word for text in self.texts for word in text.words]
        candidates = self.clock.while_time(Phrase(self.snapshot, self.clock, words).candidates(at, among))
        return _scored([self._places(at, some) for some in candidates], len(words))

    def _places(self, at: int, among: Mask) -> Places:
        """Where a text begins that begins last."""
        places = [text.places(at, among) for text in self.texts]
        if not all(len(one.keys) for one in places):
            return _NOWHERE
        keys, factors = _joined(places)
        near = np.append(keys[1:] != keys[:-1], True)  # of texts that begin together, the last sees all of them
        keys, factors = keys[near], factors[near]
        for text, (own, _) in zip(self.texts, places, strict=True):
            before = own.searchsorted(keys, "right").astype(np.intp) - 1
            nearest = own[before]  # of what begins no later, the nearest ends last
            reach = np.uint64(len(text.words) + self.within)
            near = (before >= 0) & (nearest >> _DOCUMENT == keys >> _DOCUMENT) & (nearest + reach >= keys)
            keys, factors = keys[near], factors[near]
        return Places(keys, factors)


def _places(segment: Segment, parts: Sequence[Slice], among: Mask) -> Places:
    """Where one of those terms stands in those documents."""
    found = []
    for piece in _pieces(segment, parts):
        entry, factors = _standing(segment, piece, among)
        if not len(entry):
            continue
        times = segment.freqs("words", piece.numbers)[: entry[-1] + 1]
        ends = times.cumsum(dtype=np.int64)[entry]
        times = times[entry].astype(np.int64)
        total = times.cumsum()
        places = np.arange(total[-1]) + np.repeat(ends - total, times)
        keys = np.repeat(segment.docs("words", piece.numbers)[entry].astype(np.uint64) << _DOCUMENT, times)
        keys |= segment.positions("words", piece.numbers)[places]
        one = Places(keys, np.repeat(factors, times))
        found.append(one if len(piece.numbers) == 1 else _rising(*one))
    return _joined(found)


def _pieces(segment: Segment, parts: Sequence[Slice]) -> Iterator[Slice]:
    return (piece for part in parts for piece in pieces(segment, "words", part))


def _standing(segment: Segment, piece: Slice, among: Mask | None) -> tuple[Docs, Numbers]:
    """Which postings of some terms are of those documents, rising, and what each counts."""
    docs = segment.docs("words", piece.numbers)
    if among is not None:
        sought = among.nonzero()[0].astype(docs.dtype)
        if len(sought) * len(piece.numbers) * _FEW < len(docs):
            return _found(segment, piece, sought)
        kept = among[docs]
    else:
        kept = np.ones(len(docs), np.bool_)
    factors = np.broadcast_to(spread(segment, "words", piece), len(docs))
    if len(piece.numbers) > 1:
        kept &= factors > 0
    entry = kept.nonzero()[0]
    return entry, factors[entry]


def _found(segment: Segment, piece: Slice, sought: NDArray[np.uint32]) -> tuple[Docs, Numbers]:
    """The same for a few documents: a bisection for each, in the postings of each term."""
    docs, start = segment.docs("words", piece.numbers), 0
    entries, factors = [np.empty(0, np.intp)], [np.empty(0)]
    for count, factor in zip(segment.counts("words", piece.numbers).tolist(), piece.factors.tolist(), strict=True):
        if factor and count:
            own = docs[start : start + count]
            near = own.searchsorted(sought)
            near[near == count] = 0
            entry = near[own[near] == sought] + start
            entries.append(entry)
            factors.append(np.full(len(entry), factor))
        start += count
    return np.concatenate(entries), np.concatenate(factors)


def _joined(places: Sequence[Places]) -> Places:
    """All of them, rising."""
    if len(places) < 2:
        return places[0] if places else _NOWHERE
    return _rising(np.concatenate([one.keys for one in places]), np.concatenate([one.factors for one in places]))


def _rising(keys: NDArray[np.uint64], factors: Numbers) -> Places:
    turn = keys.argsort(kind="stable")  # which is quick to merge what rises by stretches
    return Places(keys[turn], factors[turn])


def _documents(keys: NDArray[np.uint64]) -> Docs:
    return (keys >> _DOCUMENT).astype(np.intp)


def _scored(pieces: Sequence[Places], words: int) -> Found:
    """The documents of those places; they score more with each place, ever more slowly, as BM25 has it."""
    docs = np.concatenate([_documents(one.keys) for one in pieces] or [np.empty(0, np.intp)])
    if not len(docs):
        return Found(docs, np.empty(0))
    factors = np.concatenate([one.factors for one in pieces])
    first = np.flatnonzero(np.concatenate(([True], docs[1:] != docs[:-1])))
    times = np.add.reduceat(factors, first)
    return Found(docs[first], words * _WORTH * times / (times + _SATURATION))
