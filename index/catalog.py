"""The catalog: what is known of every file of a library, kept in the person's cache so that only changes are read.

A cache, never the truth: missing, damaged, or of another version it is made anew, and nobody is told.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.names import fold_name
from annotations.store import Loaded, sidecar_path
from index.cache import cache_folder
from index.entry import VERSION, Entry, Use, entry_from, entry_record
from index.inside import stat_inside
from index.scan import File, Scan, Skipped, Stray, scan, stamp_of
from index.strays import followed

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.article import Article
    from index.library import Library

__all__ = ["VERSION", "Catalog", "Changes", "Entry", "cache_folder"]

RACY_NS = 2_000_000_000
"""A file that changed this shortly before it was read may change again and look the same: the coarsest clock that
file systems have, in nanoseconds.  It is read once more."""


@frozen
class Changes:
    """What a refresh found, as paths in order; an article that only has another name is in `renamed` alone.

    Attributes:
        added: new articles.
        changed: articles whose text, corrections or annotations are others than before.
        removed: articles that are gone, or no longer readable.
        renamed: pairs of old and new path; the text is the same.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.renamed)


class Catalog:
    """What is known of the files of one library.

    Reading it is safe while another thread refreshes it: a refresh replaces what is known at its end.
    """

    def __init__(self, library: Library, file: Path | None, known: Mapping[str, Entry]) -> None:
        self._library = library
        self._file = file
        self._known = dict(known)
        self._scan = Scan((), (), ())
        self._saved = self._known if known else None
        self._complete: tuple[Mapping[str, Entry], Scan, bool] | None = None
        self._pointing: tuple[Mapping[str, Entry], dict[str, list[tuple[str, str, str]]]] | None = None

    @classmethod
    def load(cls, library: Library) -> Catalog:
        """The catalog of `library` as it was saved last; an empty one when there is none that can be used."""
        try:
            file = cache_folder(library.root) / "catalog.json"
        except InputError:
            return cls(library, None, {})
        return cls(library, file, _load(file))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The articles, in the order of their paths."""
        return tuple(entry for _, entry in sorted(self._known.items()) if not entry.skipped)

    @property
    def paths(self) -> tuple[str, ...]:
        """The articles' paths, in order."""
        return tuple(entry.path for entry in self.entries)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What looks like an article and is none, in the order of paths: by the last walk, and by reading."""
        unread = [Skipped(entry.path, entry.skipped, amiss=True) for entry in self._known.values() if entry.skipped]
        return tuple(sorted((*self._scan.skipped, *unread), key=lambda one: one.path))

    @property
    def refused(self) -> tuple[Entry, ...]:
        """The articles whose annotations, or some of them, cannot be read, in the order of paths."""
        return tuple(sorted((one for one in self._known.values() if one.refused), key=lambda one: one.path))

    @property
    def complete(self) -> bool:
        """Whether all there is could be read, articles and annotations."""
        known, found = self._known, self._scan
        if self._complete is None or self._complete[0] is not known or self._complete[1] is not found:
            amiss = any(one.amiss for one in found.skipped) or any(one.skipped or one.refused for one in known.values())
            self._complete = known, found, not amiss
        return self._complete[2]

    @property
    def strays(self) -> tuple[Stray, ...]:
        """Sidecars whose article was gone at the last walk, and the article that each could follow."""
        alone = {one.path: one.fingerprint for one in self.entries if one.fingerprint and one.sidecar is None}
        return followed(self._library.root, self._scan.strays, alone)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that the last walk went through, from the root (empty) on, the others with a slash at the end."""
        return self._scan.folders

    def is_current(self, path: str) -> bool:
        """Whether nothing tells that the article at `path`, or its sidecar, changed since it was read or saved here."""
        entry = self._known.get(path)
        try:
            file = _file(self._library, path)
        except InputError:
            return entry is None
        if entry is None:
            return any(one.path == path for one in self._scan.skipped)
        return file.stamp == (entry.size, entry.mtime_ns, entry.ctime_ns) and file.sidecar == entry.sidecar

    def get(self, path: str) -> Entry | None:
        """The entry of the article at `path`, or None."""
        entry = self._known.get(path)
        return entry if entry and not entry.skipped else None

    def annotated(self) -> tuple[str, ...]:
        """The paths of the articles that have annotations."""
        return tuple(entry.path for entry in self.entries if entry.annotations)

    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Who is quoted, most often first, each with the affiliation written last.

        Spellings that fold alike are one speaker, named as most annotations name them.
        """
        by_name: dict[str, Counter[str]] = {}
        last: dict[str, Use] = {}
        for name, use in ((name, use) for entry in self.entries for name, use in entry.speakers.items()):
            folded = fold_name(name)
            by_name.setdefault(folded, Counter())[name] += use.count
            if use.affiliation and use.created >= last.get(folded, use).created:
                last[folded] = use
        often = sorted(by_name.items(), key=lambda one: (-one[1].total(), one[0]))
        return tuple((_commonest(names), last.get(folded, Use(0)).affiliation) for folded, names in often)

    def tags(self) -> tuple[str, ...]:
        """Tags in use, most often first."""
        counts: Counter[str] = Counter()
        for entry in self.entries:
            counts.update({tag: use.count for tag, use in entry.used_tags.items()})
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))

    def called(self, annotation_id: str) -> tuple[str, str, str] | None:
        """The article that has the annotation of that id, what to call it, its words; None when no article has it."""
        line = f"\n{annotation_id} "
        for entry in self._known.values():
            if entry.names.startswith(line[1:]) or line in entry.names:
                rest = entry.names[f"\n{entry.names}".index(line) + len(annotation_id) + 1 :]
                name, _, words = rest.partition("\n")[0].partition("\t")
                return entry.path, name, words
        return None

    def pointing_to(self, annotation_id: str) -> tuple[tuple[str, str, str], ...]:
        """The relations that point to that annotation: the article each is kept in, the annotation there, the type."""
        if self._pointing is None or self._pointing[0] is not self._known:
            by_target: dict[str, list[tuple[str, str, str]]] = {}
            for entry in self.entries:
                for source, kind, target in entry.relations:
                    by_target.setdefault(target, []).append((entry.path, source, kind))
            self._pointing = self._known, by_target
        return tuple(self._pointing[1].get(annotation_id, ()))

    def refresh(
        self,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Changes:
        """Walk the library and read what changed since it was read last.

        Args:
            progress: told `(done, total)` after each file that is read.
            cancelled: asked before each; true leaves the rest for the next time.

        Raises:
            InputError: the library's folder cannot be read.
        """
        from index.examine import examine

        found = scan(self._library.root)
        before = self._known
        known = {file.path: before[file.path] for file in found.files if file.path in before}
        todo = [file for file in found.files if not _is_fresh(before.get(file.path), file)]
        for done, file in enumerate(todo, 1):
            if cancelled and cancelled():
                break
            known[file.path] = examine(self._library, file, time.time_ns())
            if progress:
                progress(done, len(todo))
        known |= {
            path: entry for path, entry in self._known.items() if before.get(path) is not entry
        }  # saved meanwhile
        self._known, self._scan = known, found
        return _changes(before, known)

    def saved(self, article: Article, loaded: Loaded, placed: Iterable[Placed]) -> None:
        """Take down what was just saved for an article; nothing is read for it, before the next refresh.

        Args:
            article: as its format has it, without corrections.
            loaded: its sidecar, as the save left it.
            placed: the annotations in it, each in its place.
        """
        from index.examine import entry_of

        known = dict(self._known)
        known.pop(article.path, None)
        with suppress(InputError):  # the article may be gone by now
            known[article.path] = entry_of(_file(self._library, article.path), article, loaded, placed)
        self._known = known

    def save(self) -> None:
        """Write the catalog to the cache if it changed; a cache that cannot be written is done without."""
        if self._file is None or self._known == self._saved:
            return
        record = {"version": VERSION, "entries": [entry_record(entry) for entry in self._known.values()]}
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            beside.write_text(json.dumps(record, separators=(",", ":")), encoding="ascii")
            beside.replace(self._file)
            self._saved = self._known


def _load(file: Path) -> dict[str, Entry]:
    try:
        record: Any = json.loads(file.read_bytes())
        if not isinstance(record, dict) or record.get("version") != VERSION:
            return {}
        entries = [entry_from(one) for one in record["entries"]]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}
    return {entry.path: entry for entry in entries}


def _file(library: Library, path: str) -> File:
    file = File(path, *stamp_of(stat_inside(library.root, path)))
    try:
        return replace(file, sidecar=stamp_of(sidecar_path(library.root / path).stat()))
    except OSError:
        return file


def _is_fresh(entry: Entry | None, file: File) -> bool:
    """Whether an entry still says what is in the file and its sidecar."""
    if entry is None or file.stamp != (entry.size, entry.mtime_ns, entry.ctime_ns) or file.sidecar != entry.sidecar:
        return False
    changed = max(file.mtime_ns, file.sidecar[1] if file.sidecar else 0)
    return entry.read_ns - changed > RACY_NS


def _changes(before: Mapping[str, Entry], now: Mapping[str, Entry]) -> Changes:
    old = {path: entry for path, entry in before.items() if not entry.skipped}
    new = {path: entry for path, entry in now.items() if not entry.skipped}
    both = [path for path in old.keys() & new.keys() if old[path] is not new[path]]
    renamed = _renamed([old[path] for path in old.keys() - new.keys()], [new[path] for path in new.keys() - old.keys()])
    gone, come = {pair[0] for pair in renamed}, {pair[1] for pair in renamed}
    return Changes(
        added=tuple(sorted(new.keys() - old.keys() - come)),
        changed=tuple(sorted(path for path in both if _content(old[path]) != _content(new[path]))),
        removed=tuple(sorted(old.keys() - new.keys() - gone)),
        renamed=renamed,
    )


def _renamed(gone: Iterable[Entry], come: Iterable[Entry]) -> tuple[tuple[str, str], ...]:
    """Pairs of articles with the same text; of several equal ones the first by path goes with the first."""
    by_text: dict[str, list[str]] = {}
    for entry in sorted(gone, key=lambda one: one.path, reverse=True):
        by_text.setdefault(entry.fingerprint, []).append(entry.path)
    waiting = [entry for entry in sorted(come, key=lambda one: one.path) if entry.fingerprint]
    pairs = [(olds.pop(), entry.path) for entry in waiting if (olds := by_text.get(entry.fingerprint))]
    return tuple(sorted(pairs))


def _content(entry: Entry) -> Entry:
    """An entry without the stamps, which may change alone; of an unread file they are all there is."""
    if not entry.fingerprint:
        return replace(entry, read_ns=0)
    return replace(entry, size=0, mtime_ns=0, ctime_ns=0, sidecar=None, read_ns=0)


def _commonest(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))
