"""The catalog's entries by path: each a line, as it is written down, until somebody asks for it.

A hundred thousand entries would take seconds to make and ten times the memory of their lines.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

from index.entry import Entry, entry_from, entry_record

if TYPE_CHECKING:
    from index.inside import Stamp
    from index.scan import File

__all__ = ["Entries"]

_RACY_NS = 2_000_000_000
"""A file that changed this shortly before it was read may change again and look the same: the coarsest clock that
file systems have, in nanoseconds.  It is read once more."""

_HEAD = b"postil catalog 1"
_NOTABLE, _PLAIN = b"!", b"-"
_FIRST = ("path", "size", "mtime_ns", "ctime_ns", "sidecar", "read_ns")
"""Fields that stand before the others, so that they can be told without making an entry."""


class Entries(Mapping[str, Entry]):
    """What is known, never changed in place.

    Attributes:
        notable: the entries of which more is known than of any article: with annotations, or with something amiss.
    """

    def __init__(self, lines: dict[str, bytes] | None = None, known: Mapping[str, Entry] | None = None) -> None:
        """Of lines by path; `known` are entries that may be among them."""
        self._lines = lines or {}
        known = known or {}
        marked = (path for path, line in self._lines.items() if line.startswith(_NOTABLE))
        self.notable = {path: known.get(path) or self[path] for path in marked}

    @classmethod
    def read(cls, data: bytes, version: int) -> Entries:
        """The entries in a file; none when it is damaged, or of another version.

        Raises:
            ValueError: it is whole, and was written by something else.
        """
        head, _, body = data.partition(b"\n")
        if head != b"%b %d %d" % (_HEAD, version, crc32(body)):
            return cls()
        pairs = (line.partition(b"\t") for line in body.split(b"\n") if line)
        return cls({_path(name): line for name, _, line in pairs})

    def written(self, version: int) -> bytes:
        """They as a file has them."""
        body = b"".join(b"%b\t%b\n" % (json.dumps(path).encode(), line) for path, line in self._lines.items())
        return b"%b %d %d\n%b" % (_HEAD, version, crc32(body), body)

    def __getitem__(self, path: str) -> Entry:
        return _entry(path, self._lines[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, path: object) -> bool:
        return path in self._lines

    def same(self, other: Entries) -> bool:
        """Whether nothing differs, not even when a file was read."""
        return self._lines == other._lines

    @cached_property
    def skipped(self) -> dict[str, Entry]:
        """The files that are no articles after all."""
        return {path: entry for path, entry in self.notable.items() if entry.skipped}

    @cached_property
    def refused(self) -> tuple[Entry, ...]:
        """The articles whose annotations, or some of them, cannot be read, in the order of paths."""
        return tuple(sorted((one for one in self.notable.values() if one.refused), key=lambda one: one.path))

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The articles' paths, in order."""
        return tuple(sorted(self._lines.keys() - self.skipped.keys()))

    def stamps(self) -> dict[str, str]:
        """By path, what the search index is to hold of each article that is searched."""
        stamps = ((path, line.split(b"\t", 2)[1]) for path, line in self._lines.items())
        return {path: stamp.decode() for path, stamp in stamps if stamp}

    def is_fresh(self, file: File) -> bool:
        """Whether an entry still says what is in the file and its sidecar."""
        line = self._lines.get(file.path)
        if line is None:
            return False
        _, _, stamps, read, _ = line.split(b"\t", 4)
        changed = max(file.mtime_ns, file.sidecar[1] if file.sidecar else 0)
        return stamps == _stamps(file.stamp, file.sidecar) and int(read) - changed > _RACY_NS

    def of(self, files: Iterable[File], more: Mapping[str, Entry]) -> Entries:
        """Those of the files that are known here, and more."""
        lines = {file.path: line for file in files if (line := self._lines.get(file.path))}
        lines.update((path, _line(entry)) for path, entry in more.items())
        return Entries(lines, {**self.notable, **more})

    def since(self, before: Entries) -> dict[str, Entry]:
        """What is other here than it was before."""
        return {path: self[path] for path, line in self._lines.items() if before._lines.get(path) is not line}

    def differing(self, other: Entries) -> list[str]:
        """The paths that both have, with something else there."""
        theirs = other._lines
        return [path for path, line in self._lines.items() if path in theirs and theirs[path] != line]

    def changed(self, path: str, entry: Entry | None) -> Entries:
        """With another entry for that path, or without one."""
        new = Entries()
        new._lines, new.notable = dict(self._lines), dict(self.notable)
        new._lines.pop(path, None)
        new.notable.pop(path, None)
        if entry is not None:
            new._lines[path] = _line(entry)
            if _is_notable(entry):
                new.notable[path] = entry
        if "paths" in self.__dict__ and _has(self.paths, path) == (entry is not None and not entry.skipped):
            new.__dict__["paths"] = self.paths  # sorting a hundred thousand takes its time
        return new


def _has(paths: tuple[str, ...], path: str) -> bool:
    at = bisect_left(paths, path)
    return at < len(paths) and paths[at] == path


def _is_notable(entry: Entry) -> bool:
    return bool(entry.annotations or entry.skipped or entry.problem)


def _path(name: bytes) -> str:
    if b"\\" in name:
        path: str = json.loads(name)
        return path
    return name[1:-1].decode("ascii")


def _stamps(own: Stamp, sidecar: Stamp | None) -> bytes:
    return b" ".join(b"%d" % number for number in (*own, *(sidecar or ())))


def _line(entry: Entry) -> bytes:
    rest = {name: value for name, value in entry_record(entry).items() if name not in _FIRST}
    fields = (
        _NOTABLE if _is_notable(entry) else _PLAIN,
        b"" if entry.skipped else entry.stamp.encode(),
        _stamps((entry.size, entry.mtime_ns, entry.ctime_ns), entry.sidecar),
        b"%d" % entry.read_ns,
        json.dumps(rest, separators=(",", ":")).encode(),
    )
    return b"\t".join(fields)


def _entry(path: str, line: bytes) -> Entry:
    _, _, stamps, read, rest = line.split(b"\t", 4)
    numbers = [int(one) for one in stamps.split()]
    first = dict(zip(_FIRST, (path, *numbers[:3], numbers[3:] or None, int(read)), strict=True))
    return entry_from({name: value for name, value in first.items() if value is not None} | json.loads(rest))
