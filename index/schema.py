"""The shape of the Whoosh index: its fields, and the one letter in front of every term that says where the word stands.

Each word of a document is a term of `words` (as printed, with positions, for phrases and prefixes) and of `stems`
(without positions, for single words).  A term is a zone letter and the word: a zone is the label of the block the
word stands in, or a field such as the title.  So `in:related` and `title:` are ordinary terms, a phrase may run from
one block into the next because positions count through the text, and the text is indexed once.

Whoosh pickles the schema into the index: whatever changes here, or in how words are found, needs a new `VERSION`.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, STORED, FieldType, Schema
from whoosh.formats import Existence, Format, Frequency
from whoosh.system import pack_uint

from index.documents import Document, runs
from index.words import stem

__all__ = [
    "VERSION",
    "Posting",
    "exact",
    "make_schema",
    "pack",
    "posted",
]

VERSION = 3

Posting: TypeAlias = tuple[bytes, int, float, bytes]
"""A term, how often it stands in the document, its weight, and its packed positions if the field has them."""


class PackedPositions(Format):  # type: ignore[misc]
    """Positions of a term in a document as the bytes of an array of 32-bit numbers."""

    def decode_positions(self, value: bytes) -> Sequence[int]:
        """The positions, rising."""
        positions = array("I")
        positions.frombytes(value)
        return positions

    def decode_frequency(self, value: bytes) -> int:
        """How many there are."""
        return len(value) // array("I").itemsize

    def decode_weight(self, value: bytes) -> float:
        """The same, as a weight."""
        return float(self.decode_frequency(value))


class Analysed(FieldType):  # type: ignore[misc]
    """A field whose value is its postings, ready made: no analyzer of Whoosh's ever runs."""

    def __init__(self, form: Format, *, scorable: bool) -> None:
        super().__init__(form, None, scorable=scorable)

    def index(self, value: Iterable[Posting], **_options: object) -> Iterable[Posting]:
        """The postings as they are."""
        return value


def make_schema() -> Schema:
    """A document is an article, an annotation, or the record of what is indexed of an article's sidecar.

    `owner` names what a document is replaced with, `values` what it equals (a kind, a whole tag, …), `stamp` what it
    was made from, `order` where it stands among equals, `shown` all that a result needs.
    """
    return Schema(
        owner=ID(),
        words=Analysed(PackedPositions(), scorable=False),
        stems=Analysed(Frequency(), scorable=True),
        values=Analysed(Existence(), scorable=False),
        stamp=COLUMN(VarBytesColumn()),
        order=COLUMN(VarBytesColumn()),
        shown=STORED(),
    )


def pack(text: str) -> bytes:
    """A term's bytes; what is no Unicode scalar value becomes a question mark."""
    return text.encode("utf-8", "replace")


def posted(document: Document) -> dict[str, object]:
    """A document as Whoosh takes it."""
    positions: defaultdict[str, list[int]] = defaultdict(list)
    stems: defaultdict[str, int] = defaultdict(int)
    for zone, words, first in runs(document):
        for at, word in enumerate(words, first):
            positions[zone + word].append(at)
            stems[zone + stem(word)] += 1
    return {
        "owner": document.owner,
        "words": [(pack(term), len(at), float(len(at)), array("I", at).tobytes()) for term, at in positions.items()],
        "stems": [(pack(term), count, float(count), pack_uint(count)) for term, count in stems.items()],
        "values": [(pack(exact(field, value)), 1, 1.0, b"") for field, value in document.values],
        "stamp": document.stamp.encode("utf-8", "surrogatepass"),
        "order": document.order.encode("utf-8", "surrogatepass"),
        "shown": document.shown,
    }


def exact(field: str, value: str) -> str:
    """The term of `values` for a field's whole value."""
    return f"{field}\x1f{value}"
