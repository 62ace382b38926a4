"""The pinned Whoosh as it comes: its own TEXT field and its own codec, fed the same words at the same places."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from whoosh.analysis import Token
from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.query import And, Or, Query, Term

from index.documents import Document, runs
from index.nodes import And as AllOf
from index.nodes import Node, Not, Text
from index.nodes import Or as AnyOf
from index.query import parse
from index.words import stem
from index.zones import WEIGHTS, ZONES

__all__ = ["Stock"]

Placed = tuple[str, int]


class Analysed(str):  # noqa: SLOT000 - it holds the text that it stands for
    """A text as Whoosh takes it that was analysed before: terms with their positions."""

    placed: Iterable[Placed]

    def __new__(cls, placed: Iterable[Placed]) -> Self:
        """The text itself is empty."""
        made = super().__new__(cls)
        made.placed = placed
        return made


class Ready:
    """An analyzer for such texts."""

    def __call__(self, value: Analysed, **_options: object) -> Iterator[Token]:
        """One token for all, as Whoosh's own tokenizers do."""
        token = Token(positions=True, boost=1.0)
        token.boost = 1.0
        for token.text, token.pos in value.placed:
            yield token


class Stock:
    """An index in a folder, on Whoosh alone."""

    def __init__(self, folder: Path) -> None:
        self._index: FileIndex = open_dir(os.fspath(folder))

    @classmethod
    def make(cls, folder: Path) -> Stock:
        """A new one."""
        folder.mkdir(parents=True)
        text = TEXT(analyzer=Ready(), phrase=True)
        schema = Schema(
            owner=ID(),
            words=text,
            stems=TEXT(analyzer=Ready(), phrase=False),
            values=TEXT(analyzer=Ready(), phrase=False),
            published_first=COLUMN(NumericColumn("i")),
            published_last=COLUMN(NumericColumn("i")),
            **{name: COLUMN(VarBytesColumn()) for name in ("title", "stamp", "order")},
            shown=STORED(),
        )
        create_in(os.fspath(folder), schema)
        return cls(folder)

    def add_many(self, documents: Iterable[Document]) -> None:
        """Adds them all, in one commit."""
        writer = self._index.writer()
        for document in documents:
            writer.add_document(**_fields(document))
        writer.commit(merge=False)

    def best(self, query: str, most: int) -> list[tuple[float, str]]:
        """Score and order of the best ones, best first, by Whoosh's own queries, matchers and scoring."""
        with self._index.searcher() as searcher:
            wanted, unwanted = _compiled(parse(query))
            # A mask, because its own AndNot lets a document through now and then that it should not.
            found = searcher.search(wanted, limit=None, mask=unwanted)
            scored = [(hit.score, hit.docnum) for hit in found]
            column = searcher.reader().column_reader("order")
            ranked = sorted((-round(score, 6), column[number].decode(), score) for score, number in scored)
        return [(score, order) for _, order, score in ranked[:most]]


def _fields(document: Document) -> dict[str, Any]:
    placed = [(word, zone, at) for zone, words, first in runs(document) for at, word in enumerate(words, first)]
    return {
        "owner": document.owner,
        "words": Analysed((word + zone, at) for word, zone, at in placed),
        "stems": Analysed((stem(word) + zone, at) for word, zone, at in placed),
        "values": Analysed((f"{field}\x1f{value}", 0) for field, value in document.values),
        "published_first": document.published_first,
        "published_last": document.published_last,
        **{name: getattr(document, name).encode("utf-8", "surrogatepass") for name in ("title", "stamp", "order")},
        "shown": document.shown,
    }


def _compiled(node: Node) -> tuple[Query, Query | None]:
    """The query for words, AND and OR, and for what must not be there."""
    children = node.children if isinstance(node, AllOf) else (node,)
    wanted = [_words(child) for child in children if not isinstance(child, Not)]
    unwanted = [_words(child.child) for child in children if isinstance(child, Not)]
    return And(wanted), Or(unwanted) if unwanted else None


def _words(node: Node) -> Query:
    match node:
        case Text():
            word = stem(node.words[0])
            return Or([Term("stems", word + zone, boost=WEIGHTS.get(zone, 1.0)) for zone in ZONES])
        case AnyOf(children):
            return Or([_words(child) for child in children])
        case _:
            raise NotImplementedError(node)
