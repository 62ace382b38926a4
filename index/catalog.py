"""The catalog: what is known of every file of a library, kept in the person's cache so that only changes are read.

A cache, never the truth: missing, damaged, or of another version it is made anew, and nobody is told.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.names import fold_name
from annotations.store import Loaded, sidecar_path
from index.cache import cache_folder
from index.entries import Entries
from index.entry import VERSION, Entry, Use
from index.inside import stamp_of, stat_inside

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.article import Article
    from index.library import Library
    from index.scan import File, Scan, Skipped, Stray

__all__ = ["VERSION", "Catalog", "Changes", "Entry", "cache_folder"]

_SMALL = 1_000_000
"""Bytes of a catalog that is read in no time."""


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

    def __init__(self, library: Library, file: Path | None) -> None:
        self._library = library
        self._file = file
        self._entries: Entries | None = None
        self._saved: Entries | None = None
        self._reading = threading.Lock()
        self._scan: Scan | None = None
        self._pointing: tuple[Entries, dict[str, list[tuple[str, str, str]]]] | None = None

    @classmethod
    def load(cls, library: Library) -> Catalog:
        """The catalog of `library` as it was saved last; an empty one when there is none that can be used."""
        try:
            return cls(library, cache_folder(library.root) / "catalog")
        except InputError:
            return cls(library, None)

    @property
    def _known(self) -> Entries:
        """What is known; read from the cache when it is first asked for."""
        if self._entries is None:
            with self._reading:
                if self._entries is None:
                    self._entries = self._saved = _load(self._file)
        return self._entries

    @property
    def at_hand(self) -> bool:
        """Whether it can be asked without a wait that one would notice."""
        if self._entries is None and self._file is not None:
            with suppress(OSError):
                return self._file.stat().st_size < _SMALL
        return True

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The articles, in the order of their paths; of many it takes seconds to make them all."""
        return tuple(self._known[path] for path in self.paths)

    @property
    def paths(self) -> tuple[str, ...]:
        """The articles' paths, in order."""
        return self._known.paths

    @property
    def stamps(self) -> dict[str, str]:
        """By path, what the search index is to hold of each article that is searched."""
        return self._known.stamps()

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What looks like an article and is none, in the order of paths: by the last walk, and by reading."""
        walked = self._scan.skipped if self._scan else ()
        if not self._known.skipped:
            return walked
        from index.scan import Skipped

        unread = [Skipped(entry.path, entry.skipped, amiss=True) for entry in self._known.skipped.values()]
        return tuple(sorted((*walked, *unread), key=lambda one: one.path))

    @property
    def refused(self) -> tuple[Entry, ...]:
        """The articles whose annotations, or some of them, cannot be read, in the order of paths."""
        return self._known.refused

    @property
    def complete(self) -> bool:
        """Whether all there is could be read, articles and annotations."""
        known = self._known
        return not (known.refused or known.skipped or any(one.amiss for one in self.skipped))

    @property
    def strays(self) -> tuple[Stray, ...]:
        """Sidecars whose article was gone at the last walk, and the article that each could follow."""
        if self._scan is None or not self._scan.strays:
            return ()
        from index.strays import followed

        alone = {one.path: one.fingerprint for one in self.entries if one.fingerprint and one.sidecar is None}
        return followed(self._library.root, self._scan.strays, alone)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that the last walk went through, from the root (empty) on, the others with a slash at the end."""
        return self._scan.folders if self._scan else ()

    def is_current(self, path: str) -> bool:
        """Whether nothing tells that the article at `path`, or its sidecar, changed since it was read or saved here."""
        entry = self._known.get(path)
        try:
            file = _file(self._library, path)
        except InputError:
            return entry is None
        if entry is None:
            return any(one.path == path for one in self.skipped)
        return file.stamp == (entry.size, entry.mtime_ns, entry.ctime_ns) and file.sidecar == entry.sidecar

    def get(self, path: str) -> Entry | None:
        """The entry of the article at `path`, or None."""
        entry = self._known.get(path)
        return entry if entry and not entry.skipped else None

    def annotated(self) -> tuple[str, ...]:
        """The paths of the articles that have annotations."""
        return tuple(entry.path for entry in self._notable if entry.annotations)

    @property
    def _notable(self) -> list[Entry]:
        """The articles of which more is known than of any, in the order of paths."""
        return sorted((one for one in self._known.notable.values() if not one.skipped), key=lambda one: one.path)

    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Who is quoted, most often first, each with the affiliation written last.

        Spellings that fold alike are one speaker, named as most annotations name them.
        """
        by_name: dict[str, Counter[str]] = {}
        last: dict[str, Use] = {}
        for name, use in ((name, use) for entry in self._notable for name, use in entry.speakers.items()):
            folded = fold_name(name)
            by_name.setdefault(folded, Counter())[name] += use.count
            if use.affiliation and use.created >= last.get(folded, use).created:
                last[folded] = use
        often = sorted(by_name.items(), key=lambda one: (-one[1].total(), one[0]))
        return tuple((_commonest(names), last.get(folded, Use(0)).affiliation) for folded, names in often)

    def tags(self) -> tuple[str, ...]:
        """Tags in use, most often first."""
        counts: Counter[str] = Counter()
        for entry in self._notable:
            counts.update({tag: use.count for tag, use in entry.used_tags.items()})
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))

    def called(self, annotation_id: str) -> tuple[str, str, str] | None:
        """The article that has the annotation of that id, what to call it, its words; None when no article has it."""
        line = f"\n{annotation_id} "
        for entry in self._known.notable.values():
            if entry.names.startswith(line[1:]) or line in entry.names:
                rest = entry.names[f"\n{entry.names}".index(line) + len(annotation_id) + 1 :]
                name, _, words = rest.partition("\n")[0].partition("\t")
                return entry.path, name, words
        return None

    def pointing_to(self, annotation_id: str) -> tuple[tuple[str, str, str], ...]:
        """The relations that point to that annotation: the article each is kept in, the annotation there, the type."""
        if self._pointing is None or self._pointing[0] is not self._known:
            by_target: dict[str, list[tuple[str, str, str]]] = {}
            for entry in self._notable:
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
        from index.scan import scan

        before = self._known
        found = scan(self._library.root)
        todo = [file for file in found.files if not before.is_fresh(file)]
        read: dict[str, Entry] = {}
        for done, file in enumerate(todo, 1):
            if cancelled and cancelled():
                break
            read[file.path] = examine(self._library, file, time.time_ns())
            if progress:
                progress(done, len(todo))
        saved_meanwhile = self._known.since(before)
        known = before.of(found.files, read | saved_meanwhile)
        self._entries, self._scan = known, found
        return _changes(before, known)

    def saved(self, article: Article, loaded: Loaded, placed: Iterable[Placed]) -> None:
        """Take down what was just saved for an article; nothing is read for it, before the next refresh.

        Args:
            article: as its format has it, without corrections.
            loaded: its sidecar, as the save left it.
            placed: the annotations in it, each in its place.
        """
        from index.examine import entry_of

        entry = None
        with suppress(InputError):  # the article may be gone by now
            entry = entry_of(_file(self._library, article.path), article, loaded, placed)
        self._entries = self._known.changed(article.path, entry)

    def save(self) -> None:
        """Write the catalog to the cache if it changed; a cache that cannot be written is done without."""
        known = self._entries
        if self._file is None or known is None or (self._saved is not None and known.same(self._saved)):
            return
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            beside.write_bytes(known.written(VERSION))
            beside.replace(self._file)
            self._saved = known


def _load(file: Path | None) -> Entries:
    try:
        return Entries.read(file.read_bytes(), VERSION) if file else Entries()
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Entries()


def _file(library: Library, path: str) -> File:
    from index.scan import File

    file = File(path, *stamp_of(stat_inside(library.root, path)))
    try:
        return replace(file, sidecar=stamp_of(sidecar_path(library.root / path).stat()))
    except OSError:
        return file


def _changes(before: Entries, now: Entries) -> Changes:
    old, new = before.keys() - before.skipped.keys(), now.keys() - now.skipped.keys()
    both = [path for path in now.differing(before) if path in old and path in new]
    renamed = _renamed([before[path] for path in old - new], [now[path] for path in new - old])
    gone, come = {pair[0] for pair in renamed}, {pair[1] for pair in renamed}
    return Changes(
        added=tuple(sorted(new - old - come)),
        changed=tuple(sorted(path for path in both if _content(before[path]) != _content(now[path]))),
        removed=tuple(sorted(old - new - gone)),
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
