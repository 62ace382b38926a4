"""One segment of the index as arrays: what evaluating a query reads, without copying.

A term is a word and, last, the letter of the zone it stands in; terms are sorted by their bytes, and their postings
follow each other in that order.  So all zones of a word, and all words with one beginning, are one slice.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

from index.search import Shown

if TYPE_CHECKING:
    from index.engine.arrays import ArrayFile

__all__ = ["FIELDS", "NUMBERS", "SCORED", "Segment", "packed", "ranks", "unpacked"]

FIELDS = {
    "owner": ("docs",),
    "stems": ("docs", "freqs"),
    "values": ("docs",),
    "words": ("docs", "freqs", "positions"),
}
"""What each field's postings hold."""

SCORED = "stems"
"""The field whose length in a document counts for its score."""

NUMBERS = ("published_first", "published_last")
"""What every document has one number of, as it says."""

_LENGTHS = np.array([byte_to_length(code) for code in range(256)], np.float32)
_LONG = 500
"""A text of more code points is not in what is shown until it is asked for."""

_DECODER = json.JSONDecoder()

_MILE = 64
_ZONES = 32
"""No word has more terms than so many, one for each zone."""


class _Terms(Sequence[bytes]):
    """The terms of one field, in order."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._data = file.data
        self._start, _ = file.extent(f"{field}.terms")
        self._ends = file.view(f"{field}.ends")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: Any) -> Any:
        return self._data[self._start + self._ends[number] : self._start + self._ends[number + 1]]

    def zone(self, number: int) -> int:
        """The last byte of one of them."""
        last: int = self._data[self._start + self._ends[number + 1] - 1]
        return last

    def place(self, term: bytes) -> int:
        """The number of the first that is not before this one."""
        after = bisect_left(self._milestones, term)
        return bisect_left(self, term, max(0, (after - 1) * _MILE), min(after * _MILE, len(self)))

    @cached_property
    def _milestones(self) -> list[bytes]:
        # Single terms are slow to get at; a search among a few of them in a list saves two looks in three.
        return [self[number] for number in range(0, len(self), _MILE)]

    def listed(self) -> list[bytes]:
        """All of them."""
        ends = self._ends.tolist()
        blob = self._data[self._start : self._start + ends[-1]]
        return [blob[start:end] for start, end in pairwise(ends)]


class Segment:
    """One segment.  Cheap to make, and never changes but for `alive`, which belongs to the state of the index.

    Args:
        file: what it was written to.
        alive: which of its documents are not deleted; None when all are there.

    Attributes:
        size: how many documents, deleted ones too.
        total_length: the sum of all documents' lengths before they were rounded, deleted ones too.
    """

    def __init__(self, file: ArrayFile, alive: NDArray[np.bool_] | None = None) -> None:
        self.file = file
        self.alive = alive
        self.size: int = file.facts["size"]
        self.total_length: int = file.facts["length"]
        self._terms: dict[str, _Terms] = {}
        self._starts: dict[str, memoryview] = {}

    def terms(self, field: str) -> Sequence[bytes]:
        """All terms of a field, in order, for bisection."""
        return self._terms_of(field)

    def listed(self, field: str) -> list[bytes]:
        """All terms of a field, as a list."""
        return self._terms_of(field).listed()

    def span(self, field: str, low: bytes, high: bytes) -> range:
        """The numbers of the field's terms with `low <= term < high`."""
        terms = self._terms_of(field)
        start = terms.place(low)
        near = min(start + _ZONES, len(terms))
        end = bisect_left(terms, high, start, near)
        return range(start, end if end < near else terms.place(high))

    def find(self, field: str, term: bytes) -> range:
        """The number of exactly that term, or nothing."""
        terms = self._terms_of(field)
        at = terms.place(term)
        return range(at, at + (at < len(terms) and terms[at] == term))

    def term(self, field: str, number: int) -> bytes:
        """One term."""
        return self.terms(field)[number]

    def few(self, field: str, numbers: range) -> list[tuple[int, int]]:
        """Of each of those terms its zone and its count; of many these are sooner had as arrays."""
        terms, starts = self._terms_of(field), self._offsets(f"{field}.starts")
        return [(terms.zone(number), starts[number + 1] - starts[number]) for number in numbers]

    def postings(self, field: str, numbers: range) -> int:
        """How many postings those terms have together."""
        run = self._run(f"{field}.starts", numbers)
        return int(run.stop - run.start)

    def counts(self, field: str, numbers: range) -> NDArray[np.uint32]:
        """In how many documents each of those terms stands, deleted ones too."""
        starts: NDArray[np.uint32] = self.file.array(f"{field}.starts")
        return starts[numbers.start + 1 : numbers.stop + 1] - starts[numbers.start : numbers.stop]

    def docs(self, field: str, numbers: range) -> NDArray[np.uint32]:
        """The documents of all those terms, one term's after the other's, each rising."""
        return self.file.array(f"{field}.docs")[self._run(f"{field}.starts", numbers)]

    def freqs(self, field: str, numbers: range) -> NDArray[np.unsignedinteger[Any]]:
        """How often the term stands in each of `docs`."""
        return self.file.array(f"{field}.freqs")[self._run(f"{field}.starts", numbers)]

    def positions(self, field: str, numbers: range) -> NDArray[np.uint32]:
        """Where it stands there: rising, document after document, as many as `freqs` says of each."""
        return self.file.array(f"{field}.positions")[self._run(f"{field}.places", numbers)]

    def number_column(self, name: str) -> NDArray[Any]:
        """One number for each document (or whatever else there is an array of), in place."""
        return self.file.array(name)

    @cached_property
    def lengths(self) -> NDArray[np.float32]:
        """How many stems each document has, rounded as Whoosh's scoring rounds them."""
        lengths: NDArray[np.float32] = _LENGTHS[self.file.array("lengths")]
        return lengths

    def order(self, document: int) -> bytes:
        """Where the document stands among equals."""
        return self.text_column("order", document)

    def title(self, document: int) -> bytes:
        """Its title as it is sorted."""
        return self.text_column("title", document)

    def stamp(self, document: int) -> bytes:
        """What it was made from."""
        return self.text_column("stamp", document)

    def shown(self, document: int) -> Shown:
        """What a result shows of it."""
        return unpacked(self.text_column("shown", document), lambda: self.text_column("text", document))

    def text_column(self, name: str, document: int) -> bytes:
        """Some bytes for each document."""
        start, end = self._offsets(name)[document : document + 2]
        return self.file.read(start, end)

    def _terms_of(self, field: str) -> _Terms:
        if field not in self._terms:
            self._terms[field] = _Terms(self.file, field)
        return self._terms[field]

    def _run(self, name: str, numbers: range) -> slice:
        starts = self._offsets(name)
        return slice(starts[numbers.start], starts[numbers.stop])

    def _offsets(self, name: str) -> memoryview:
        if name not in self._starts:
            self._starts[name] = self.file.view(name)
        return self._starts[name]


def packed(shown: Sequence[object]) -> tuple[bytes, bytes]:
    """What a result shows, as bytes: a record in JSON, and the long text in it, if there is one, by itself.

    The text is compressed, and the record says at its front which of its fields it is.  Lone surrogates are kept.
    """
    at = next((at for at, one in enumerate(shown) if isinstance(one, str) and len(one) > _LONG), None)
    text = "" if at is None else shown[at]
    record = json.dumps([at, *("" if number == at else one for number, one in enumerate(shown))], separators=(",", ":"))
    return record.encode(), zlib.compress(str(text).encode("utf-8", "surrogatepass"), 1) if text else b""


def unpacked(record: bytes, text: Callable[[], bytes]) -> Shown:
    """The same again; `text` is called when the text is asked for."""
    (at, *fields), _ = _DECODER.raw_decode(record.decode("ascii"))
    if at is None:
        return Shown(fields)
    return Shown(fields, at, lambda: zlib.decompress(text()).decode("utf-8", "surrogatepass"))


def ranks(keys: Sequence[Any]) -> NDArray[np.uint32]:
    """The place of each among all when they are sorted."""
    found = np.empty(len(keys), np.uint32)
    found[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys), dtype=np.uint32)
    return found
