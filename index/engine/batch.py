"""Documents on their way into the index: their words are collected as numbers, and sorted all at once.

A Python loop over postings is what makes indexing slow.  Here a word costs one look into a dict; which document it
stands in, how often and where comes out of one sort of integers: the term's rank above, the word's turn below.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import length_to_byte

from index.documents import runs
from index.engine.arrays import ArraySink
from index.engine.segments import FIELDS, SCORED, packed, ranks
from index.words import stem

if TYPE_CHECKING:
    from index.documents import Document

__all__ = ["Batch", "put_bytes", "put_ranks", "starts"]

_BYTES = ("order", "stamp", "title")
"""What every document has some bytes of, as it says."""

Numbers: TypeAlias = NDArray[Any]


class _Terms:
    """Terms of one field in the order they came, by number, and which stood where."""

    def __init__(self) -> None:
        self._next: Callable[[], int] = count().__next__
        self._zones: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(self._next))
        self.seen = array("I")

    def add(self, zone: str, terms: Sequence[str]) -> None:
        """Note that these stand there, one after the other."""
        self.seen.fromlist(list(map(self._zones[zone].__getitem__, terms)))

    def listed(self) -> tuple[Numbers, list[tuple[str, str]]]:
        """The number of what was seen, each time, and word and zone of each number."""
        pairs = [("", "")] * self._next()
        for zone, vocabulary in self._zones.items():
            for word, number in vocabulary.items():
                pairs[number] = word, zone
        return _numbers(self.seen, np.uint32), pairs


class Batch:
    """Documents that will be one segment.

    Args:
        path: of the file to write; it must not exist.

    Attributes:
        size: how many documents.
        owners: of the documents, each with its documents.
    """

    def __init__(self, path: Path) -> None:
        self._sink = ArraySink(path)
        self.path = path
        self.size = 0
        self.owners: defaultdict[str, list[int]] = defaultdict(list)
        self._dead: set[int] = set()
        self._words = _Terms()
        self._words_before = array("I", [0])  # of each document, how many words came before it
        self._runs = (array("I"), array("I"))  # where a text's words begin among all, and their position there
        self._values = _Terms()
        self._values_before = array("I", [0])
        self._records: list[bytes] = []
        self._texts = array("Q")
        self._bytes: dict[str, list[bytes]] = {name: [] for name in _BYTES}
        self._published = array("i"), array("i")

    @property
    def weight(self) -> int:
        """How much there is to sort, in words."""
        return len(self._words.seen)

    def add(self, document: Document) -> None:
        """Take in a document."""
        for zone, words, at in runs(document):
            if words:
                self._runs[0].append(self.weight)
                self._runs[1].append(at)
                self._words.add(zone, words)
        self._words_before.append(self.weight)
        self._values.add("", [f"{field}\x1f{value}" for field, value in document.values])
        self._values_before.append(len(self._values.seen))
        self.owners[document.owner].append(self.size)
        record, text = packed(document.shown)
        self._records.append(record)
        self._texts.append(self._sink.append(text))
        for name in _BYTES:
            self._bytes[name].append(getattr(document, name).encode("utf-8", "surrogatepass"))
        self._published[0].append(document.published_first)
        self._published[1].append(document.published_last)
        self.size += 1

    def delete(self, owner: str) -> None:
        """Take back what was added of that owner."""
        self._dead.update(self.owners.get(owner, ()))

    def dead(self) -> Numbers:
        """The documents that were taken back."""
        return np.array(sorted(self._dead), np.uint32)

    def finish(self) -> None:
        """Sort it all, and write the segment.

        Raises:
            OSError: the disk is full, or the like.
        """
        with self._sink as sink:
            self._texts.append(sink.append(b""))
            sink.put("text", _numbers(self._texts, np.uint64))
            put_bytes(sink, "shown", self._records)
            for name, texts in self._bytes.items():
                put_bytes(sink, name, texts)
            put_ranks(sink, self._bytes["order"], self._bytes["title"])
            for name, dates in zip(("published_first", "published_last"), self._published, strict=True):
                sink.put(name, _numbers(dates, np.int32))
            self._put_owners(sink)
            self._put_values(sink)
            self._put_words(sink)
            sizes = np.diff(_numbers(self._words_before, np.uint32))
            sink.put("sizes", sizes)
            sink.put("lengths", np.array([length_to_byte(size) for size in sizes.tolist()], np.uint8))
            sink.finish(size=self.size, length=self.weight)

    def drop(self) -> None:
        """Give the batch up, unless its file has another name by now."""
        with suppress(OSError), self._sink:
            self.path.unlink(missing_ok=True)

    def _put_owners(self, sink: ArraySink) -> None:
        numbers = np.repeat(np.arange(len(self.owners)), [len(docs) for docs in self.owners.values()])
        docs = np.fromiter(chain.from_iterable(self.owners.values()), np.uint32, self.size)
        _put_postings(sink, "owner", [_term(owner) for owner in self.owners], numbers, docs)

    def _put_values(self, sink: ArraySink) -> None:
        numbers, words_of = self._values.listed()
        _put_postings(sink, "values", [_term(*one) for one in words_of], numbers, _owned(self._values_before))

    def _put_words(self, sink: ArraySink) -> None:
        numbers, words_of = self._words.listed()
        docs = _owned(self._words_before)
        begun, position = (_numbers(run, np.uint32) for run in self._runs)
        places = np.arange(len(numbers), dtype=np.uint32)
        places += np.repeat(position - begun, np.diff(begun, append=np.uint32(len(numbers))))  # wraps, and back again
        _put_postings(sink, "words", [_term(*one) for one in words_of], numbers, docs, places=places)
        _put_postings(sink, SCORED, [_term(stem(word), zone) for word, zone in words_of], numbers, docs)


def _put_postings(
    sink: ArraySink,
    field: str,
    terms: list[bytes],
    numbers: Numbers,
    docs: Numbers,
    *,
    places: Numbers | None = None,
) -> None:
    """Write the postings of a field, from one entry for each time that a term stands somewhere.

    Args:
        sink: where to.
        field: whose.
        terms: by number; several may be the same.
        numbers: of each entry, that of its term.
        docs: of each entry, which document; never falling among those of one term.
        places: of each entry, which position; rising within a document.
    """
    ordered = sorted(set(terms))
    ranks = {term: at for at, term in enumerate(ordered)}
    keys = np.fromiter(map(ranks.__getitem__, terms), np.uint64, len(terms))[numbers]
    keys <<= np.uint64(32)
    keys |= np.arange(len(numbers), dtype=np.uint64)
    keys.sort()
    turn, rank = keys.astype(np.uint32), (keys >> np.uint64(32)).astype(np.uint32)  # the first keeps the lower half
    del keys
    doc = docs[turn]
    new = np.ones(len(doc), np.bool_)
    new[1:] = (doc[1:] != doc[:-1]) | (rank[1:] != rank[:-1])
    first = np.flatnonzero(new)
    put_bytes(sink, f"{field}.terms", ordered, f"{field}.ends")
    sink.put(f"{field}.starts", starts(np.bincount(rank[first], minlength=len(ordered))))
    sink.put(f"{field}.docs", doc[first])
    if "freqs" in FIELDS[field]:
        freqs = np.diff(first, append=len(doc))
        sink.put(f"{field}.freqs", freqs.astype(np.min_scalar_type(int(freqs.max(initial=0)))))
    if places is not None:
        sink.put(f"{field}.places", starts(np.bincount(rank, minlength=len(ordered))))
        sink.put(f"{field}.positions", places[turn])


def put_bytes(sink: ArraySink, name: str, texts: Sequence[bytes], ends: str = "") -> None:
    """Write some bytes for each number, and where they are: in the file as `name`, or within `name` as `ends`."""
    offsets = starts(np.fromiter(map(len, texts), np.uint64, len(texts)), np.uint64)
    if ends:
        sink.put(name, np.frombuffer(b"".join(texts), np.uint8))
        sink.put(ends, offsets.astype(np.uint32))
    else:
        sink.put(name, offsets + np.uint64(sink.append(b"".join(texts))))


def put_ranks(sink: ArraySink, orders: Sequence[bytes], titles: Sequence[bytes]) -> None:
    """Write where each document stands among all, by its order, and by its title."""
    sink.put("by_order", ranks(orders))
    sink.put("by_title", ranks(list(zip(titles, orders, strict=True))))


def starts(counts: Numbers, kind: type[np.number[Any]] = np.uint32) -> Numbers:
    """Where each run begins when runs of those lengths follow each other, and where the last ends."""
    found = np.zeros(len(counts) + 1, kind)
    np.cumsum(counts, out=found[1:], dtype=kind)
    return found


def _term(word: str, zone: str = "") -> bytes:
    """A term's bytes; what is no Unicode scalar value becomes a question mark."""
    return (word + zone).encode("utf-8", "replace")


def _owned(before: array[int]) -> Numbers:
    """Of each entry, which document it is in, from how many entries came before each document."""
    return np.repeat(np.arange(len(before) - 1, dtype=np.uint32), np.diff(_numbers(before, np.int64)))


def _numbers(values: array[int], kind: type[np.number[Any]]) -> Numbers:
    return np.frombuffer(values, values.typecode).astype(kind, copy=False)
