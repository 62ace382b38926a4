"""Bringing the index up to date: only what changed is read, and doing it twice changes nothing.

For every article the index keeps a stamp of the files it was made from.  What is to be done is the difference to the
stamps of the files now, so it does not matter what happened in between: a crash, another process, a full disk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from index.documents import (
    Document,
    annotation_document,
    article_document,
    article_owner,
    article_stamp,
    ledger_document,
    sidecar_owner,
)

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.article import Article
    from index.search import SearchBackend

__all__ = ["Openable", "Progress", "Todo", "bring_up_to_date", "outdated"]

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many articles are done, and of how many."""

Todo: TypeAlias = list[tuple[str, str]]
"""Articles to be written, each with the stamp of its files; with an empty one, to be forgotten."""


class Openable(Protocol):
    """What indexing needs of an opened article."""

    @property
    def article(self) -> Article:
        """The article, corrections applied."""

    @property
    def placed(self) -> Sequence[Placed]:
        """Its annotations, each with its place in the text."""


def outdated(index: SearchBackend, stamps: Mapping[str, str], only: Collection[str] | None = None) -> Todo:
    """What the index does not hold as it is now, by its own record; in order of path.

    Args:
        index: the index.
        stamps: for each path that belongs in it, what changes when its article or sidecar does.
        only: look at these paths and no others.
    """
    owners = None if only is None else [sidecar_owner(path) for path in only]
    todo: dict[str, str] = {}
    same = set()
    for record in index.stamps(owners):
        stamp, bar, path = record.partition("\x00")
        if bar and stamps.get(path) == stamp:
            same.add(path)
        elif bar:
            todo[path] = stamps.get(path, "")
    wanted = stamps.keys() if only is None else stamps.keys() & set(only)
    return sorted((todo | {path: stamps[path] for path in wanted if path not in same}).items())


def bring_up_to_date(
    index: SearchBackend,
    todo: Todo,
    open_article: Callable[[str], Openable],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Index what changed, forget what is gone.

    Args:
        index: the index.
        todo: what is outdated.
        open_article: reads one; when that fails, the article is left out until its stamp changes.
        progress: told after each article.
        cancelled: asked before each article; what is done by then is kept.

    Returns:
        How many articles were written or removed.

    Raises:
        BusyError: another process is at it.
        OSError: the disk is full, or the like; the index is as it was after the last commit.
    """
    done = 0
    try:
        for path, stamp in todo:
            if cancelled and cancelled():
                break
            _replace(index, path, stamp, open_article)
            done += 1
            if progress:
                progress(done, len(todo))
        index.commit()
    except BaseException:  # whatever it is, it goes on up: only what was begun is cleared away
        index.cancel()
        raise
    return done


def _replace(index: SearchBackend, path: str, stamp: str, open_article: Callable[[str], Openable]) -> None:
    """Write what the index is to hold of one path; nothing if it has no stamp."""
    opened = _opened(path, open_article) if stamp else None
    held = next(iter(index.stamps([article_owner(path)])), "")
    fresh = opened is not None and held == article_stamp(opened.article, opened.placed)
    if held and not fresh:
        index.delete(article_owner(path))
    index.update(sidecar_owner(path), _documents(path, stamp, opened, with_article=not fresh))


def _opened(path: str, open_article: Callable[[str], Openable]) -> Openable | None:
    try:
        return open_article(path)
    except Exception:  # noqa: BLE001 - whatever it is, it costs this article, and not the others
        return None  # the library list says what is wrong with it


def _documents(path: str, stamp: str, opened: Openable | None, *, with_article: bool) -> Iterator[Document]:
    if opened is not None:
        if with_article:
            yield article_document(opened.article, opened.placed)
        for placed in opened.placed:
            yield annotation_document(opened.article, placed)
    if stamp:
        yield ledger_document(path, stamp)
