"""The search backend on Whoosh: one index in the person's cache folder, one searcher kept open and refreshed.

Loaded when somebody first searches or indexes.  Trouble with the index itself is never the person's: what is damaged
is thrown away and made again, and while the index cannot be written, searching goes on with what it holds.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from whoosh.index import FileIndex, LockError
from whoosh.searching import Searcher

from annotations.codebook import load_codebook
from annotations.durable import explained
from annotations.errors import InputError, PostilError
from annotations.model import CONFIG_NAME
from annotations.names import fold_name
from index.cache import cache_folder
from index.collect import collect
from index.compile import Compiler, People
from index.nodes import And, Node, Text, leaves, texts
from index.query import parse
from index.schema import exact, pack
from index.search import Annotated, Results, Stats, Updated, Wanted
from index.shown import hit
from index.store import index_folder, open_index, wipe
from index.terms import TermLists
from index.update import Progress, bring_up_to_date

if TYPE_CHECKING:
    from index.catalog import Catalog, Changes
    from index.library import Library

__all__ = ["WhooshBackend"]

T = TypeVar("T")

_NO_DAMAGE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE}


class WhooshBackend:
    """`SearchBackend` on Whoosh; see there for what the methods promise.

    Args:
        library: whose articles to index.
        catalog: what is known of its files; refreshed by the caller before an update.
    """

    def __init__(self, library: Library, catalog: Catalog) -> None:
        self._library = library
        self._catalog = catalog
        self._index: FileIndex | None = None
        self._searcher: Searcher | None = None
        self._terms = TermLists()
        self._reading = threading.RLock()  # the searcher and what belongs to it
        self._writing = threading.RLock()  # always taken first

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
        """Index what changed in the library; never raises for the index's own trouble."""
        return self._bring_up_to_date(progress=progress, cancelled=cancelled)

    def update_one(self, path: str) -> Updated:
        """Index one article again, with its annotations."""
        return self._bring_up_to_date(only=(path,))

    def rebuild(self, *, progress: Progress | None = None) -> Updated:
        """Throw the index away and make it anew."""
        with self._writing:
            try:
                self._discard()
            except PostilError as problem:
                return Updated(problem=problem)
            return self._bring_up_to_date(progress=progress)

    def search(self, query: str, wanted: Wanted) -> Results:
        """What matches the query."""
        until = None if wanted.seconds is None else time.monotonic() + wanted.seconds
        among = wanted.among
        node = parse(query, typing=wanted.typing) if query.strip() or among is None else And(())
        if among is not None:
            node = And((*_annotated(among), node) if node != And(()) else _annotated(among))
        return self._sound(lambda: self._answer(query, node, wanted.limit, until, by_place=among is not None))

    def stats(self) -> Stats:
        """What the index holds, and where it is."""
        return self._sound(self._count)

    def close(self) -> None:
        """Let go of the index's files; the next call opens them again."""
        with self._reading:
            if self._searcher is not None:
                with suppress(Exception):  # it may be what is damaged
                    self._searcher.close()
            self._searcher = self._index = None
            self._terms = TermLists()

    def __del__(self) -> None:
        with suppress(Exception):  # at the end of the program there may be nothing left to close with
            self.close()

    def _answer(self, query: str, node: Node, limit: int, until: float | None, *, by_place: bool) -> Results:
        with self._reading:
            searcher = self._fresh()
            compiler = Compiler(searcher.reader(), self._terms, self._people(node))
            found = collect(searcher, compiler.compile(node), limit, until, by_place=by_place)
        wanted = leaves(node)
        hits = tuple(hit(score, shown, wanted) for score, shown in found.best)
        partial = found.late or compiler.cut or self._incomplete()
        return Results(query, found.total, partial, hits, late=found.late, cut=compiler.cut)

    def _incomplete(self) -> bool:
        """Whether there is something that the index cannot hold, because it cannot be read."""
        return bool(self._catalog.refused) or any(one.amiss for one in self._catalog.skipped)

    def _count(self) -> Stats:
        with self._reading:
            reader = self._fresh().reader()
            articles, annotations = (
                sum(1 for _ in reader.postings("values", term).all_ids()) if ("values", term) in reader else 0
                for term in (pack(exact("result", result)) for result in ("article", "annotation"))
            )
        size = sum(entry.stat().st_size for entry in os.scandir(self.folder))
        return Stats(articles, annotations, str(self.folder), size)

    def _people(self, node: Node) -> People:
        if all(leaf.field != "speaker" for leaf in texts(node)):
            return ()
        try:
            people = load_codebook(self._library.root / CONFIG_NAME).people
        except PostilError:
            return ()  # `postil check` says what is wrong with it
        return [frozenset(fold_name(name) for name in (one.name, *one.aliases)) for one in people]

    # The index, its searcher, and what happens when they are damaged

    def _bring_up_to_date(
        self,
        *,
        only: Collection[str] | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Updated:
        def work() -> int:
            return self._write(only=only, progress=progress, cancelled=cancelled)

        with self._writing:
            try:
                return Updated(self._sound(work))
            except LockError:
                hint = "search answers from what is indexed so far"
                return Updated(problem=InputError("another process is updating the search index", hint=hint))
            except OSError as error:
                return Updated(problem=explained(error, self.folder))
            except PostilError as problem:
                return Updated(problem=problem)

    def _write(
        self,
        *,
        only: Collection[str] | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> int:
        stamps = {entry.path: entry.stamp for entry in self._catalog.entries if entry.stamp}
        with self._writing:
            return bring_up_to_date(
                self._opened(), stamps, self._library.open, only=only, progress=progress, cancelled=cancelled
            )

    def _sound(self, work: Callable[[], T]) -> T:
        """Do it; if that fails, on the index opened afresh (another process may have made it anew), then on a new one.

        Damage shows as any error at all: unpickling, assertions, a short file.
        """
        for repair in (self.close, self._make_anew):
            try:
                return work()
            except (LockError, PostilError):
                raise
            except Exception as error:
                if isinstance(error, OSError) and error.errno in _NO_DAMAGE:
                    raise
            repair()
        return work()

    def _make_anew(self) -> None:
        self._discard()
        self._write()

    def _opened(self) -> FileIndex:
        with self._reading:
            if self._index is None:
                self._index = open_index(self.folder)
            return self._index

    def _fresh(self) -> Searcher:
        """The searcher, on the newest state of the index; the caller holds `_reading`."""
        index = self._opened()
        if self._searcher is not None and not self._searcher.up_to_date():
            self._searcher.close()  # its own refresh would leave files of merged segments open
            self._searcher = None
        if self._searcher is None:
            self._searcher = index.searcher()
        return self._searcher

    def _discard(self) -> None:
        with self._writing, self._reading:
            self.close()
            try:
                wipe(self.folder)
            except OSError as error:
                raise explained(error, self.folder) from error


def _annotated(among: Annotated) -> tuple[Text, ...]:
    """What all those annotations have that nothing else has."""
    kept = {"result": "annotation"} | ({"path": among.path} if among.path else {})
    return tuple(Text((value,), value, name, quoted=True) for name, value in kept.items())
