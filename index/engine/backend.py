"""The search backend on Whoosh: one index in a folder, one state of it kept open until there is a newer one."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from whoosh.index import LockError

from annotations.durable import explained
from index.engine.answer import answer, mend
from index.engine.folder import ArrayIndex
from index.engine.snapshot import Snapshot
from index.engine.spelling import complete
from index.search import Answer, BusyError, People, Stats, Wanted
from index.store import VERSION, private_folder, wipe

if TYPE_CHECKING:
    from index.documents import Document
    from index.engine.batch import Batch
    from index.engine.folder import State
    from index.engine.segments import Segment
    from index.nodes import Node

__all__ = ["WhooshBackend"]

_FIRST = 100_000
_WORDS = 6_000_000
_GROWTH = 4
"""A batch is committed at so many words: the first soon, to have something to search, the last as memory allows."""


class WhooshBackend:
    """`SearchBackend` on Whoosh; see there for what the methods promise.

    Args:
        folder: for the index; made when there is none.
        patience: how many seconds to wait for others that write.
    """

    def __init__(self, folder: Path, patience: float = 2.0) -> None:
        self.folder = folder
        self._patience = patience
        self._index: ArrayIndex | None = None
        self._snapshot: tuple[State, Snapshot] | None = None
        self._batch: Batch | None = None
        self._gone: set[str] = set()
        self._bound = _FIRST
        self._reading = threading.RLock()
        self._writing = threading.RLock()  # always taken first

    def add_many(self, documents: Iterable[Document]) -> None:
        """Add documents; each takes the place of what its owner had before."""
        with self._writing:
            for document in documents:
                if self._batch and self._batch.weight > self._bound and document.owner not in self._batch.owners:
                    self.commit()
                    self._bound = min(self._bound * _GROWTH, _WORDS)
                if self._batch is None:
                    self._batch = self._opened().batch()
                self._batch.add(document)

    def update(self, owner: str, documents: Iterable[Document]) -> None:
        """Replace all that an owner has."""
        with self._writing:
            self.delete(owner)
            self.add_many(documents)

    def delete(self, owner: str) -> None:
        """Remove all that an owner has."""
        with self._writing:
            self._gone.add(owner)
            if self._batch is not None:
                self._batch.delete(owner)

    def commit(self) -> None:
        """Have found what was added, and no longer what was deleted."""
        with self._writing:
            batch, gone = self._batch, self._gone
            self._batch, self._gone = None, set()
            if batch is None and not gone:
                return
            try:
                self._opened().commit(batch, gone)
            except LockError as error:
                raise BusyError from error

    def cancel(self) -> None:
        """Forget what was added, updated and deleted since the last commit."""
        with self._writing:
            if self._batch is not None:
                self._batch.drop()
            self._batch, self._gone = None, set()

    def crowded(self) -> bool:
        """Whether it is time to `merge`."""
        return self._opened().crowded()

    def merge(self) -> None:
        """Make fewer segments of many; searching and writing go on meanwhile."""
        with suppress(LockError):  # another time
            self._opened().merge()

    def stamps(self, owners: Iterable[str] | None = None) -> Iterator[str]:
        """The stamps of the documents that have one: of those owners, or of all."""
        wanted = None if owners is None else [owner.encode("utf-8", "replace") for owner in owners]
        for segment in self._state().segments:
            for document in _documents(segment, wanted):
                if stamp := segment.stamp(document):
                    yield stamp.decode("utf-8", "surrogatepass")

    def search(self, node: Node, wanted: Wanted, *, people: People = (), until: float | None = None) -> Answer:
        """What matches a query."""
        return answer(self._current(), node, wanted, people=people, until=until)

    def complete(self, prefix: str, most: int) -> tuple[str, ...]:
        """The words that begin so and stand in most documents, most first."""
        return complete(self._current(), prefix, most)

    def suggest(self, node: Node) -> Mapping[str, str]:
        """The words of a query that stand nowhere, each with the nearest that does; empty unless all have one."""
        return mend(self._current(), node)

    def rebuild(self) -> None:
        """Throw all of it away."""
        with self._writing, self._reading:
            self.close()
            try:
                wipe(self.folder)
            except OSError as error:
                raise explained(error, self.folder) from error

    def stats(self) -> Stats:
        """What the index holds, and where it is."""
        counts = dict.fromkeys(("article", "annotation"), 0)
        segments = self._state().segments
        for segment in segments:
            for result in counts:
                docs = segment.docs("values", segment.find("values", f"result\x1f{result}".encode()))
                counts[result] += len(docs) if segment.alive is None else int(segment.alive[docs].sum())
        size = sum(entry.stat().st_size for entry in os.scandir(self.folder))
        return Stats(counts["article"], counts["annotation"], str(self.folder), size, len(segments), VERSION)

    def rest(self) -> None:
        """Hold no more memory than there must be; the next search takes what it needs."""
        with self._reading:
            for segment in self._snapshot[0].segments if self._snapshot else ():
                segment.file.rest()

    def close(self) -> None:
        """Let go of the index's files; the next call opens them again."""
        with self._writing, self._reading:
            self.cancel()
            self._index = self._snapshot = None

    def __del__(self) -> None:
        with suppress(Exception):  # at the end of the program there may be nothing left to close with
            self.close()

    def _opened(self) -> ArrayIndex:
        with self._reading:
            if self._index is None:
                self._index = ArrayIndex(private_folder(self.folder), self._patience)
            return self._index

    def _state(self) -> State:
        with self._reading:
            return self._opened().state()

    def _current(self) -> Snapshot:
        with self._reading:
            state = self._state()
            if self._snapshot is None or self._snapshot[0] is not state:
                self._snapshot = state, Snapshot(state.segments)
            return self._snapshot[1]


def _documents(segment: Segment, owners: Iterable[bytes] | None) -> Iterable[int]:
    """The documents of those owners that are not deleted; of all, those that have a stamp."""
    if owners is None:
        docs = np.flatnonzero(np.diff(segment.number_column("stamp")))
    else:
        spans = [segment.find("owner", owner) for owner in owners]
        docs = np.concatenate([np.empty(0, np.uint32), *(segment.docs("owner", span) for span in spans)])
    left: list[int] = (docs if segment.alive is None else docs[segment.alive[docs]]).tolist()
    return left
