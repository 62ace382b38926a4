"""The folder of an index: which segments it has now, and how that changes.

It is a Whoosh index: its names of files, its generations, its locks, its readers.  But the record of what an index
consists of is JSON, not a pickle, so that nothing that lies in the folder is ever run.  A new segment is written beside
the others under a name that nobody reads; the lock is held only to take it in.
"""

from __future__ import annotations

import json
import os
import time
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.util import random_name
from whoosh.util.filelock import try_for

from annotations.frozen import frozen
from index.engine.arrays import ArrayFile, DamageError
from index.engine.batch import Batch
from index.engine.codec import ArraySegment, make_schema
from index.engine.merge import Merged, merge, worth_merging
from index.engine.segments import Segment

__all__ = ["ArrayIndex", "State"]

_NAME = "MAIN"
_PART = ".part"
_TRIES = 10
_MANY = 64
_VERSION = 1


@frozen
class State:
    """What the index is at one moment; a later one is another state.

    Attributes:
        generation: counts the states.
        segments: in the order of their documents.
        names: of the segments.
    """

    generation: int
    segments: tuple[Segment, ...]
    names: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many documents, deleted ones too: what scores are computed from."""
        return sum(segment.size for segment in self.segments)

    @property
    def length(self) -> int:
        """The sum of their lengths."""
        return sum(segment.total_length for segment in self.segments)


class ArrayIndex(FileIndex):  # type: ignore[misc]
    """The index in a folder that exists, made anew where there is none.  One may be used by several threads.

    Args:
        folder: where.
        patience: how many seconds to wait for others that write.
    """

    def __init__(self, folder: Path, patience: float = 2.0) -> None:
        self.folder = folder
        self._patience = patience
        self.storage = FileStorage(os.fspath(folder))
        self.indexname = _NAME
        self._schema = make_schema()
        self._files: dict[str, ArrayFile] = {}
        self._state: State | None = None
        if self.latest_generation() < 0:
            with self._locked():
                if self.latest_generation() < 0:
                    self._write([], time.time_ns() // 1_000_000)  # not one that it had before it was thrown away
        self._read_toc()

    def state(self) -> State:
        """The index as it is now.

        Raises:
            DamageError: it cannot be read.
            OSError: likewise.
        """
        before = self._state
        if before is None or before.generation != self.latest_generation():
            self._state = self._opened()
        return self._state  # type: ignore[return-value]

    def batch(self) -> Batch:
        """A new, empty batch of documents."""
        return Batch(self._part())

    def commit(self, batch: Batch | None = None, gone: Collection[str] = ()) -> None:
        """Take in a batch, and forget all documents of owners that are gone, or that have new ones in the batch.

        Raises:
            LockError: somebody else is writing, and does not get done.
            OSError: the disk is full, or the like; the index is as it was.
        """
        try:
            if batch is not None and batch.size:
                batch.finish()
            with self._locked():
                self._take_in(batch, {*gone, *(batch.owners if batch else ())})
        finally:
            if batch is not None:
                batch.drop()

    def crowded(self) -> bool:
        """Whether it is time to merge."""
        return bool(worth_merging(self._read_toc().segments))

    def merge(self) -> bool:
        """Make fewer segments of many, if it is time for that; searching and writing go on meanwhile."""
        busy = self.lock("MERGELOCK")
        if not busy.acquire():
            return False
        try:
            before = {segment.segid: segment for segment in self._read_toc().segments}
            chosen = worth_merging(list(before.values()))
            if not chosen:
                return False
            files = {segment.segid: ArrayFile(segment.file(self.folder)) for segment in chosen}
            merged = merge([segment.opened(files[segment.segid]) for segment in chosen], self._part())
            try:
                self._put_in_place(chosen, merged)
            finally:
                merged.path.unlink(missing_ok=True)
        finally:
            busy.release()
        return True

    def _take_in(self, batch: Batch | None, owners: Collection[str]) -> None:
        toc = self._read_toc()
        segments = [self._less(segment, owners) for segment in toc.segments] if owners else toc.segments
        segments = [segment for segment in segments if segment.deleted_count() < segment.size]
        if batch is not None and batch.size:
            segments.append(self._taken(batch.path, batch.size, batch.dead()))
        self._write(segments, toc.generation + 1)

    def _put_in_place(self, chosen: Sequence[ArraySegment], merged: Merged) -> None:
        with self._locked():
            toc = self._read_toc()
            now = {segment.segid: segment for segment in toc.segments}
            if any(segment.segid not in now for segment in chosen):
                return  # the index was made anew meanwhile
            dead = np.concatenate(
                [
                    places[np.setdiff1d(now[segment.segid].dead, segment.dead)]
                    for segment, places in zip(chosen, merged.places, strict=True)
                ]
            )
            new = self._taken(merged.path, merged.size, dead)
            names = {segment.segid for segment in chosen}
            rest = [segment for segment in toc.segments if segment.segid not in names]
            at = next(at for at, segment in enumerate(toc.segments) if segment.segid in names)
            self._write([*rest[:at], *([new] if new.size > len(dead) else ()), *rest[at:]], toc.generation + 1)

    def _less(self, segment: ArraySegment, owners: Collection[str]) -> ArraySegment:
        """The segment without the documents of those owners."""
        opened = Segment(self._file(segment))
        terms = [owner.encode("utf-8", "replace") for owner in owners]
        if len(terms) > _MANY:
            numbers = {term: number for number, term in enumerate(opened.listed("owner"))}
            spans = [range(numbers[term], numbers[term] + 1) for term in terms if term in numbers]
        else:
            spans = [span for term in terms if (span := opened.find("owner", term))]
        return segment.without(np.concatenate([opened.docs("owner", span) for span in spans])) if spans else segment

    def _taken(self, part: Path, size: int, dead: NDArray[np.uint32]) -> ArraySegment:
        """The file of a new segment under the name that it is to have."""
        segment = ArraySegment(_NAME, size, dead=np.sort(dead))
        part.rename(segment.file(self.folder))
        return segment

    def _part(self) -> Path:
        return self.folder / f".{os.getpid()}-{random_name(12)}{_PART}"

    def _opened(self) -> State:
        for tries in range(_TRIES):
            toc = self._read_toc()
            try:
                segments = tuple(segment.opened(self._file(segment)) for segment in toc.segments)
            except FileNotFoundError:  # merged away between the two looks
                if tries == _TRIES - 1:
                    raise
                time.sleep(0.02)
                continue
            names = tuple(segment.segid for segment in toc.segments)
            self._files = {name: segment.file for name, segment in zip(names, segments, strict=True)}
            return State(toc.generation, segments, names)
        raise AssertionError

    def _file(self, segment: ArraySegment) -> ArrayFile:
        file = self._files.get(segment.segid) or ArrayFile(segment.file(self.folder))
        if file.facts["size"] != segment.size:
            raise DamageError(file.path)
        self._files[segment.segid] = file
        return file

    # What Whoosh keeps as a pickle

    def _read_toc(self) -> TOC:
        for tries in range(_TRIES):
            generation = self.latest_generation()
            try:
                return TOC(self._schema, self._listed(generation), generation)
            except FileNotFoundError:  # there is a newer one by now
                if tries == _TRIES - 1:
                    raise
        raise AssertionError

    def _listed(self, generation: int) -> list[ArraySegment]:
        check, _, record = (self.folder / _record(generation)).read_bytes().partition(b"\n")
        if check != b"%08x" % crc32(record):
            raise DamageError(self.folder)
        return [
            ArraySegment(_NAME, size, name, np.frombuffer(b64decode(dead), "<u4"))
            for name, size, dead in json.loads(record)["segments"]
        ]

    def _write(self, segments: Sequence[ArraySegment], generation: int) -> None:
        listed = [
            (segment.segid, segment.size, b64encode(segment.dead.astype("<u4").tobytes()).decode())
            for segment in segments
        ]
        record = json.dumps({"version": _VERSION, "segments": listed}).encode()
        part = self._part()
        try:
            part.write_bytes(b"%08x\n" % crc32(record) + record)
            part.rename(self.folder / _record(generation))
        finally:
            part.unlink(missing_ok=True)
        clean_files(self.storage, _NAME, generation, segments)
        self._sweep()

    def _sweep(self) -> None:
        """Remove what processes left half-written that are no more."""
        for path in self.folder.glob(f".*{_PART}"):
            with suppress(ValueError, OSError):
                os.kill(int(path.name[1:].partition("-")[0]), 0)
                continue
            path.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self.lock("WRITELOCK")
        if not try_for(lock.acquire, timeout=self._patience, delay=0.01):
            raise LockError
        try:
            yield
        finally:
            lock.release()


def _record(generation: int) -> str:
    """The name that Whoosh looks for."""
    return f"_{_NAME}_{generation}.toc"
