"""Searching a library: its index kept up to date with its catalog, queries understood, hits shown.

Trouble with the index itself is never the person's: what is damaged is thrown away and made again, and while the index
cannot be written, searching goes on with what it holds.  Much work is done in a process of its own, little at once.
"""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from annotations.codebook import load_codebook
from annotations.durable import explained
from annotations.errors import InputError, PostilError
from annotations.model import CONFIG_NAME
from annotations.names import fold_name
from index.aliases import asks_for_people, names_of, with_aliases
from index.cache import cache_folder
from index.nodes import And, Node, Text, leaves
from index.query import parse
from index.search import Annotated, Results, Stats, Updated, Wanted
from index.shown import hit
from index.spelling import mended as corrected
from index.store import index_folder
from index.update import Progress, bring_up_to_date, outdated
from index.worker import WorkerError, work

if TYPE_CHECKING:
    from annotations.codebook import Person
    from index.catalog import Catalog, Changes
    from index.library import Library
    from index.search import SearchBackend

__all__ = ["Search"]

T = TypeVar("T")

_NO_DAMAGE = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
}
_MANY = 50
_LARGE = 1_000_000
"""More articles than so many, or a larger one in bytes, are indexed in a process of their own."""

_REPAIR_SECONDS = 2.0
"""How long a search waits for an index that was damaged to be made anew, before it answers from what there is."""


class Search:
    """The search of one library.  Its methods may be called from any thread.

    Args:
        library: whose articles to index.
        catalog: what is known of its files; refreshed by the caller before an update.
        engine: makes the index that lies in a folder.
    """

    def __init__(
        self, library: Library, catalog: Catalog, engine: Callable[[Path], SearchBackend] | None = None
    ) -> None:
        self._library = library
        self._catalog = catalog
        self._engine = engine
        self._writing = threading.RLock()
        self._merging: threading.Thread | None = None
        self._read: tuple[object, Sequence[Person]] = None, ()
        self._behind = False  # made anew, and not done yet
        self._mended = False

    @property
    def folder(self) -> Path:
        """Where the index is.

        Raises:
            InputError: there is no place for it.
        """
        return index_folder(cache_folder(self._library.root), self._library.root)

    def update(
        self,
        changes: Changes | None = None,  # noqa: ARG002 - the index knows what it holds, and compares for itself
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Updated:
        """Index what changed in the library, after its catalog was refreshed; never raises for the index's own trouble.

        Args:
            changes: what the catalog noticed; the index compares for itself, so None is as good.
            progress: called with how many articles are done, and of how many.
            cancelled: asked now and then; what is done by then is kept.
        """
        return self._updated(lambda: self._write(progress=progress, cancelled=cancelled))

    def update_one(self, path: str) -> Updated:
        """Index one article again, with its annotations, after it was saved and the catalog updated."""
        return self._updated(lambda: self._write(only=(path,)))

    def rebuild(self, *, progress: Progress | None = None) -> Updated:
        """Throw the index away and make it anew."""

        def anew() -> int:
            self._index.rebuild()
            return self._write(progress=progress)

        return self._updated(anew)

    def search(self, query: str, wanted: Wanted) -> Results:
        """What matches a query in the language of `docs/search.md`.

        Raises:
            QueryError: the query does not parse.
            InputError: there can be no index here; says why.
        """
        until = None if wanted.seconds is None else time.monotonic() + wanted.seconds
        return self._sound(lambda: self._results(query, wanted, until))

    def complete(self, prefix: str, most: int) -> tuple[str, ...]:
        """The words of the library that begin so, those of most articles first."""
        return self._sound(lambda: self._index.complete(prefix, most))

    def stats(self) -> Stats:
        """What the index holds, and where it is."""
        return self._sound(self._index.stats)

    def rest(self) -> None:
        """Hold no more memory than there must be; the next search takes what it needs."""
        if "_index" in vars(self):
            self._index.rest()

    def close(self) -> None:
        """Let go of the index's files; the next call opens them again."""
        if "_index" in vars(self):
            self._index.close()

    @cached_property
    def _index(self) -> SearchBackend:
        from index.engine.backend import WhooshBackend

        return (self._engine or WhooshBackend)(self.folder)

    # Searching

    def _results(self, query: str, wanted: Wanted, until: float | None) -> Results:
        typed = _meant(query, wanted)
        known = self._people(typed)
        node = with_aliases(typed, names_of(known))
        people = [frozenset(fold_name(name) for name in (one.name, *one.aliases)) for one in known]
        answer = self._index.search(node, wanted, people=people, until=until)
        sought = leaves(node)
        mended = ""
        if not answer.total and not answer.late and not wanted.typing and (right := self._index.suggest(typed)):
            mended = corrected(query, right)
            if not self._index.search(
                _meant(mended, wanted), replace(wanted, limit=0), people=people, until=until
            ).total:
                mended = ""
        return Results(
            query,
            answer.total,
            answer.late or self._behind or not self._catalog.complete,
            tuple(hit(score, shown.whole(), sought, furniture=wanted.furniture) for score, shown in answer.best),
            late=answer.late,
            articles=answer.articles,
            facets=answer.facets,
            meant=mended,
        )

    def _people(self, node: Node) -> Sequence[Person]:
        """Who is known by which names, if the query has a name; read again only when the file is another."""
        if not asks_for_people(node):
            return ()
        path = self._library.root / CONFIG_NAME
        try:
            state = path.stat()
            stamp = state.st_mtime_ns, state.st_ctime_ns, state.st_size
            if stamp != self._read[0]:
                self._read = stamp, load_codebook(path).people
        except (OSError, PostilError):
            return ()  # `postil check` says what is wrong with it
        return self._read[1]

    # Writing, and what happens when the index is damaged

    def _updated(self, work: Callable[[], int]) -> Updated:
        with self._writing:
            try:
                done = self._sound(work)
                self._behind = False
                return Updated(done)
            except OSError as error:
                return Updated(problem=explained(error, self.folder))
            except PostilError as problem:
                return Updated(problem=problem)
            except WorkerError:
                return Updated(problem=InputError("the search index could not be brought up to date", path=self.folder))

    def _write(
        self,
        *,
        only: Collection[str] | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> int:
        with self._writing:
            todo = outdated(self._index, self._stamps(only), only)
            if len(todo) > _MANY or any(self._large(path) for path, stamp in todo if stamp):
                with suppress(BlockingIOError, ChildProcessError):  # no process to be had: slowly, then
                    return work(self._library.root, self.folder, todo, progress=progress, cancelled=cancelled)
            done = bring_up_to_date(self._index, todo, self._library.open, progress=progress, cancelled=cancelled)
            self._tidy()
            return done

    def _stamps(self, only: Collection[str] | None = None) -> dict[str, str]:
        """Of each article that is searched, what the index is to hold of it."""
        if only is None:
            return self._catalog.stamps
        return {entry.path: entry.stamp for entry in map(self._catalog.get, only) if entry and entry.stamp}

    def _large(self, path: str) -> bool:
        entry = self._catalog.get(path)
        return entry is not None and entry.size > _LARGE

    def _tidy(self) -> None:
        """Merge what many small commits left, beside the work."""
        if self._merging and self._merging.is_alive():
            return
        if self._index.crowded():
            self._merging = threading.Thread(target=self._merge, daemon=True)
            self._merging.start()

    def _merge(self) -> None:
        with suppress(PostilError, OSError, WorkerError):  # another time
            work(self._library.root, self.folder, [])

    def _sound(self, work: Callable[[], T]) -> T:
        """Do it; if that fails, on the index opened afresh (another process may have made it anew), then on a new one.

        Damage shows as any error at all: an index out of range, a short file, a checksum.  So would a mistake of this
        program's, and for that the index is not made anew again and again.
        """
        for repair in (self._index.close, self._make_anew):
            try:
                return work()
            except (PostilError, WorkerError):
                raise
            except Exception as error:
                if isinstance(error, OSError) and error.errno in _NO_DAMAGE:
                    raise
                if repair == self._make_anew and self._mended and not _is_damage(error):
                    raise
            repair()
        return work()

    def _make_anew(self) -> None:
        """A new index, as far as a moment suffices; the rest comes beside."""
        with self._writing:
            self._mended = True
            self._index.rebuild()
            until = time.monotonic() + _REPAIR_SECONDS
            todo = outdated(self._index, self._stamps(None))
            done = bring_up_to_date(self._index, todo, self._library.open, cancelled=lambda: time.monotonic() > until)
            if done < len(todo):
                self._behind = True
                threading.Thread(target=self.update, daemon=True).start()


def _is_damage(error: Exception) -> bool:
    """Whether it tells of the files themselves."""
    from index.engine.arrays import DamageError

    return isinstance(error, (DamageError, OSError))


def _meant(query: str, wanted: Wanted) -> Node:
    """The query with what is wanted beside it."""
    among = wanted.among
    node = parse(query, typing=wanted.typing) if query.strip() or among is None else And(())
    if among is None:
        return node
    kept = _annotated(among)
    return And((*kept, node) if node != And(()) else kept)


def _annotated(among: Annotated) -> tuple[Text, ...]:
    """What all those annotations have that nothing else has."""
    kept = {"result": "annotation"} | ({"path": among.path} if among.path else {})
    return tuple(Text((value,), value, name, quoted=True) for name, value in kept.items())
