"""The shape of the Whoosh index: its fields, and the one letter in front of every term that says where the word stands.

Each word of a document is a term of `words` (as printed, with positions, for phrases and prefixes) and of `stems`
(without positions, for single words).  A term is a zone letter and the word: a zone is the label of the block the
word stands in, or a field such as the title.  So `in:related` and `title:` are ordinary terms, a phrase may run from
one block into the next because positions count through the text, and the text is indexed once.

Whoosh pickles the schema into the index: whatever changes here, or in how words are found, needs a new `VERSION`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, STORED, FieldType, Schema
from whoosh.formats import Existence, Format, Frequency
from whoosh.system import pack_uint

from index.article import FURNITURE, Label

__all__ = [
    "BYLINE",
    "LABELS",
    "NOTE",
    "SPEAKER",
    "TAG",
    "TITLE",
    "VERSION",
    "WEIGHTS",
    "ZONES",
    "Posting",
    "exact",
    "existing",
    "make_schema",
    "pack",
    "printed",
    "stemmed",
]

VERSION = 2

LABELS = {label: chr(ord("a") + at) for at, label in enumerate(Label)}
TITLE, BYLINE, TAG, SPEAKER, NOTE = "TBGSN"
ZONES = (*LABELS.values(), TITLE, BYLINE, TAG, SPEAKER, NOTE)
WEIGHTS = {TITLE: 2.0} | {LABELS[label]: 0.5 for label in FURNITURE}
"""What a word counts for the ranking by where it stands; 1 everywhere else."""

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


def printed(term: str, positions: Sequence[int]) -> Posting:
    """The posting of a term of `words`."""
    return pack(term), len(positions), float(len(positions)), array("I", positions).tobytes()


def stemmed(term: str, count: int) -> Posting:
    """The posting of a term of `stems`."""
    return pack(term), count, float(count), pack_uint(count)


def existing(term: str) -> Posting:
    """The posting of a term of `values`."""
    return pack(term), 1, 1.0, b""


def exact(field: str, value: str) -> str:
    """The term of `values` for a field's whole value."""
    return f"{field}\x1f{value}"
