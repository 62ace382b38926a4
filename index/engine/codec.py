"""Whoosh's view of our segments: its codec interface over their arrays, so that its own queries and searcher work.

Only reading is here: documents are written by `index.engine.batch`.  Our own searches read the arrays themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.formats import Existence, Format, Frequency
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from index.engine.arrays import ArrayFile
from index.engine.segments import FIELDS, SCORED, Segment

if TYPE_CHECKING:
    from whoosh.filedb.filestore import FileStorage

__all__ = ["ArrayCodec", "ArraySegment", "make_schema"]


class _Positions(Format):  # type: ignore[misc]
    """Positions as the bytes of 32-bit numbers."""

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions, rising."""
        positions: list[int] = np.frombuffer(value, np.uint32).tolist()
        return positions


class _Analysed(FieldType):  # type: ignore[misc]
    """A field of terms that were taken out of the text before."""

    def __init__(self, form: Format, *, scorable: bool) -> None:
        super().__init__(form, None, scorable=scorable)


def make_schema() -> Schema:
    """The fields of an index, as Whoosh knows them."""
    return Schema(
        owner=ID(),
        stems=_Analysed(Frequency(), scorable=True),
        values=_Analysed(Existence(), scorable=False),
        words=_Analysed(_Positions(), scorable=False),
        shown=STORED(),
    )


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What the index knows of a segment: its name, its size, and which of its documents are deleted.

    Args:
        indexname: of the index, as Whoosh has it.
        size: how many documents, deleted ones too.
        segid: its name, or a new one.
        dead: the deleted documents, rising.
    """

    EXT = ".seg"

    def __init__(
        self, indexname: str, size: int, segid: str | None = None, dead: NDArray[np.uint32] | None = None
    ) -> None:
        super().__init__(indexname)
        if segid is not None:
            self.segid = segid
        self.size = size
        self.dead = np.empty(0, np.uint32) if dead is None else dead

    def without(self, documents: NDArray[Any]) -> ArraySegment:
        """The same segment with those documents deleted too."""
        return ArraySegment(self.indexname, self.size, self.segid, np.union1d(self.dead, documents).astype(np.uint32))

    def file(self, folder: Path) -> Path:
        """Where its arrays are."""
        return folder / str(self.make_filename(self.EXT))

    def opened(self, file: ArrayFile) -> Segment:
        """Its arrays, less what is deleted."""
        if not self.deleted_count():
            return Segment(file)
        alive = np.ones(self.size, np.bool_)
        alive[self.dead] = False
        return Segment(file, alive)

    def codec(self) -> ArrayCodec:
        """What reads it for Whoosh."""
        return ArrayCodec()

    def doc_count_all(self) -> int:
        """How many documents, deleted ones too."""
        return self.size

    def deleted_count(self) -> int:
        """How many are deleted."""
        return len(self.dead)

    def deleted_docs(self) -> Iterator[int]:
        """The deleted ones."""
        return iter(self.dead.tolist())

    @cached_property
    def _dead(self) -> frozenset[int]:
        return frozenset(self.dead.tolist())

    def is_deleted(self, docnum: int) -> bool:
        """Whether that one is."""
        return docnum in self._dead


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads segments of arrays for Whoosh."""

    def terms_reader(self, storage: FileStorage, segment: ArraySegment) -> _TermsReader:
        """Its terms and their postings."""
        return _TermsReader(_opened(storage, segment))

    def per_document_reader(self, storage: FileStorage, segment: ArraySegment) -> _DocumentReader:
        """Its documents."""
        return _DocumentReader(_opened(storage, segment), segment)


class _TermsReader(base.TermsReader):  # type: ignore[misc]
    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return bool(self._segment.find(*term))

    def indexed_field_names(self) -> list[str]:
        return list(FIELDS)

    def cursor(self, fieldname: str, fieldobj: FieldType) -> _Cursor:
        return _Cursor(self._segment.terms(fieldname), fieldobj.from_bytes)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from(min(FIELDS), b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for field in sorted(FIELDS):
            if field >= fieldname:
                terms = self._segment.terms(field)
                first = self._segment.span(field, b"", prefix).stop if field == fieldname else 0
                yield from ((field, terms[number]) for number in range(first, len(terms)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        docs, freqs = self._postings(fieldname, text)
        lengths = self._segment.lengths[docs] if fieldname == SCORED else np.zeros(1)
        return TermInfo(
            weight=float(freqs.sum()),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(freqs.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return self.term_info(fieldname, text).weight() if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return int(self._segment.counts(fieldname, self._segment.find(fieldname, text)).sum())

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> ListMatcher:
        docs, freqs = self._postings(fieldname, text)
        values = None
        if "positions" in FIELDS[fieldname]:
            places = self._segment.positions(fieldname, self._segment.find(fieldname, text))
            values = [places[end - freq : end].tobytes() for freq, end in zip(freqs, np.cumsum(freqs), strict=True)]
        return ListMatcher(
            docs.tolist(),
            freqs.astype(float).tolist(),
            values,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def _postings(self, field: str, term: bytes) -> tuple[NDArray[Any], NDArray[Any]]:
        numbers = self._segment.find(field, term)
        if not numbers:
            raise TermNotFound(f"no term {field}:{term!r}")
        docs = self._segment.docs(field, numbers)
        kept = "freqs" in FIELDS[field]
        return docs, self._segment.freqs(field, numbers).astype(np.int64) if kept else np.ones(len(docs), np.int64)


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    def __init__(self, terms: Sequence[bytes], decoded: Callable[[bytes], str]) -> None:
        self._terms, self._decoded, self._at = terms, decoded, 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        from bisect import bisect_left

        self._at = bisect_left(self._terms, string if isinstance(string, bytes) else string.encode())
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return self._decoded(self._terms[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._terms)


class _DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    def __init__(self, arrays: Segment, segment: ArraySegment) -> None:
        self._arrays = arrays
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.size - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._segment.size

    def has_deletions(self) -> bool:
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._arrays.lengths[docnum]) if fieldname == SCORED else default

    def field_length(self, fieldname: str) -> int:
        return self._arrays.total_length if fieldname == SCORED else 0

    def min_field_length(self, fieldname: str) -> int:
        return int(self._arrays.lengths.min(initial=0)) if fieldname == SCORED else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self._arrays.lengths.max(initial=0)) if fieldname == SCORED else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {"shown": self._arrays.shown(docnum).whole()}


def _opened(storage: FileStorage, segment: ArraySegment) -> Segment:
    return segment.opened(ArrayFile(segment.file(Path(storage.folder))))
