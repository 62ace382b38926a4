"""Bringing the index up to date: only what changed is read, and doing it twice changes nothing.

For every article the index keeps a stamp of the files it was made from.  What is to be done is the difference to the
stamps of the files now, so it does not matter what happened in between: a crash, another process, a full disk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from annotations.errors import PostilError
from annotations.frozen import frozen
from index.documents import (
    Document,
    annotation_document,
    article_document,
    article_owner,
    article_stamp,
    ledger_document,
    sidecar_owner,
)
from index.schema import posted

if TYPE_CHECKING:
    from whoosh.index import FileIndex
    from whoosh.reading import IndexReader
    from whoosh.writing import SegmentWriter

    from annotations.anchor import Placed
    from index.article import Article

__all__ = ["Known", "Openable", "Progress", "bring_up_to_date", "known"]

BATCH = 1000
MOST_SEGMENTS = 20
LOCK_SECONDS = 2.0
_MEGABYTES = 128

Progress = Callable[[int, int], None]
"""Called with how many articles are done, and of how many."""


class Openable(Protocol):
    """What indexing needs of an opened article."""

    @property
    def article(self) -> Article:
        """The article, corrections applied."""

    @property
    def placed(self) -> Sequence[Placed]:
        """Its annotations, each with its place in the text."""


@frozen
class Known:
    """What an index holds.

    Attributes:
        files: for each path the stamp of the files it was indexed from.
        articles: for each path the stamp of its article's document.
    """

    files: dict[str, str]
    articles: dict[str, str]


def known(reader: IndexReader) -> Known:
    """What the index holds, by its own record."""
    files: dict[str, str] = {}
    articles: dict[str, str] = {}
    for leaf, _ in reader.leaf_readers():
        if not leaf.has_column("stamp"):
            continue
        stamps, orders = leaf.column_reader("stamp"), leaf.column_reader("order")
        for document in leaf.all_doc_ids():
            stamp, bar, path = bytes(stamps[document]).partition(b"\x00")
            if bar:
                files[path.decode("utf-8", "surrogatepass")] = stamp.decode()
            elif stamp:
                articles[bytes(orders[document]).decode("utf-8", "surrogatepass")] = stamp.decode()
    return Known(files, articles)


def bring_up_to_date(
    index: FileIndex,
    stamps: Mapping[str, str],
    open_article: Callable[[str], Openable],
    *,
    only: Collection[str] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Index what changed, forget what is gone.

    Args:
        index: the index.
        stamps: for each path that belongs in it, what changes when its article or sidecar does.
        open_article: reads one; when it raises a `PostilError`, the article is left out until its stamp changes.
        only: look at these paths and no others.
        progress: told after each article.
        cancelled: asked before each article; what is done by then is kept.

    Returns:
        How many articles were written or removed.

    Raises:
        whoosh.index.LockError: another process is at it.
        OSError: the disk is full, or the like; the index is as it was after the last full batch.
    """
    with index.reader() as reader:
        before = known(reader)
    paths = stamps.keys() | before.files.keys() if only is None else set(only)
    todo = sorted(path for path in paths if stamps.get(path) != before.files.get(path))
    work, done, stopped = iter(todo), 0, False
    while not stopped and (batch := list(islice(work, BATCH))):
        writer = _writer(index)
        try:
            for path in batch:
                if cancelled and cancelled():
                    stopped = True
                    break
                _replace(writer, path, stamps.get(path), before, open_article)
                done += 1
                if progress:
                    progress(done, len(todo))
            _commit(writer)
        except BaseException:  # whatever it is, it goes on up: only what was begun is cleared away
            _give_up(writer)
            raise
    return done


def _writer(index: FileIndex) -> SegmentWriter:
    # Compound segments are copied into memory whenever they are opened; loose ones are mapped.
    return index.writer(timeout=LOCK_SECONDS, delay=0.05, limitmb=_MEGABYTES, compound=False)


def _commit(writer: SegmentWriter) -> None:
    writer.commit(merge=False, optimize=len(writer.segments) >= MOST_SEGMENTS)


def _give_up(writer: SegmentWriter) -> None:
    if not writer.is_closed:
        writer.cancel()


def _replace(
    writer: SegmentWriter, path: str, stamp: str | None, before: Known, open_article: Callable[[str], Openable]
) -> None:
    """Write what the index is to hold of one path; nothing if it has no stamp."""
    if path in before.files:
        writer.delete_by_term("owner", sidecar_owner(path))
    opened = None if stamp is None else _opened(path, open_article)
    fresh = opened is not None and before.articles.get(path) == article_stamp(opened.article, opened.placed)
    if path in before.articles and not fresh:
        writer.delete_by_term("owner", article_owner(path))
    for document in _documents(path, stamp, opened, with_article=not fresh):
        writer.add_document(**posted(document))


def _opened(path: str, open_article: Callable[[str], Openable]) -> Openable | None:
    try:
        return open_article(path)
    except PostilError:
        return None  # the library list says what is wrong with it


def _documents(path: str, stamp: str | None, opened: Openable | None, *, with_article: bool) -> Iterator[Document]:
    if opened is not None:
        if with_article:
            yield article_document(opened.article, opened.placed)
        for placed in opened.placed:
            yield annotation_document(opened.article, placed)
    if stamp is not None:
        yield ledger_document(path, stamp)
