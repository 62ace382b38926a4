"""Libraries of invented news by size, and what an index is to hold of them, kept for a run or for longer."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

from annotations.errors import PostilError
from benchmarks.corpus import make_corpus
from benchmarks.engines import Record
from index.documents import Document, annotation_document, article_document, article_stamp, ledger_document
from reader.session import Session

__all__ = ["SIZES", "Shelves", "name_of", "record"]

SIZES = {"1k": 1000, "10k": 10_000, "100k": 100_000}


def name_of(size: int) -> str:
    """`10k`."""
    return next(name for name, count in SIZES.items() if count == size)


class Shelves:
    """The libraries and their documents, in one folder; what is there already is used again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def library(self, size: int) -> Path:
        """The folder of the library of so many articles, made if need be."""
        root = self.folder / f"library-{size}"
        if not (root / "postil.yaml").exists():  # it is written last
            make_corpus(root, size)
        return root

    def indexed(self, size: int) -> None:
        """Brings the search index of that library up to date."""
        session = Session.start(self.library(size))
        session.catalog.refresh()
        session.catalog.save()
        if problem := session.search.update().problem:
            raise problem
        session.close()

    def documents(self, size: int) -> Iterator[Document]:
        """All that an index of that library holds, article by article, from a file that is made if need be."""
        path = self.documents_file(size)
        with path.open("rb") as file:
            while document := pickle.load(file):  # noqa: S301 - this very program wrote it
                yield document

    def documents_file(self, size: int) -> Path:
        """Where they are: pickled one after the other, and None at the end."""
        path = self.folder / f"documents-{size}.pickle"
        if not path.exists():
            fresh = path.with_suffix(".fresh")
            with fresh.open("wb") as file:
                for document in _read(self.library(size)):
                    pickle.dump(document, file, pickle.HIGHEST_PROTOCOL)
                pickle.dump(None, file)
            fresh.rename(path)
        return path

    def records(self, size: int) -> Iterator[Record]:
        """The same for engines that are not this program's."""
        return (record(one) for one in self.documents(size) if one.shown)


def record(document: Document) -> Record:
    """What other engines hold of a document."""
    article = document.stamp != ""
    path, title, published, outlet = (document.shown[at] for at in ((0, 1, 4, 5) if article else (0, 1, -2, -1)))
    text = "\n".join(one.text for one in document.texts)
    return Record(path, title, text, outlet, document.published_first if published else 0)


def _read(root: Path) -> Iterator[Document]:
    """Every article and annotation as indexing makes documents of them."""
    session = Session.start(root)
    session.catalog.refresh()
    session.catalog.save()
    for entry in session.catalog.entries:
        try:
            opened = session.library.open(entry.path)
        except PostilError:
            continue
        yield article_document(opened.article, opened.placed)
        for placed in opened.placed:
            yield annotation_document(opened.article, placed)
        yield ledger_document(entry.path, article_stamp(opened.article, opened.placed))
