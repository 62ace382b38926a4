"""What a person does to a library, without a screen.  Both front ends, the reader and the command line, call this.

A `Desk` is one article being worked on: what the disk held when it was last read or written, and what the person
sees now.  The two differ while a save has failed; `Session.flush` offers the edit again.  Methods may be called from
worker threads; writes are done one at a time.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotations import store
from annotations.anchor import describe
from annotations.errors import InputError, NotFoundError
from annotations.model import Annotation, Claim, Record, Reply, Sidecar, new_id
from index.catalog import Catalog, Changes
from index.library import Library
from reader.author import Author, author_found, author_told
from reader.config import Settings, load_settings
from reader.dates import now
from reader.desk import Desk, News
from reader.kept_marks import keep_marks, recall_marks
from reader.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.article import Label
    from index.scan import Stray
    from index.search import Results, Wanted
    from index.searching import Search

__all__ = ["Desk", "News", "Session"]


class Session(Lexicon):
    """A library, who works on it, and the articles being worked on."""

    def __init__(self, library: Library, author: Author | None, settings: Settings) -> None:
        super().__init__(library, Catalog.load(library))
        self.told = author
        self.settings = settings
        self._search: Search | None = None
        self._desks: dict[str, Desk] = {}
        self._stale: set[str] = set()
        self._writing = threading.RLock()
        self._refreshing = threading.Lock()  # never held for a mark: reading a library may take minutes
        self.strays: tuple[Stray, ...] = ()

    @classmethod
    def start(cls, folder: Path, *, author: str | None = None) -> Session:
        """Work on the library at or above `folder`.

        Args:
            folder: where to look for the library.
            author: who annotates, before all other ways of telling.

        Raises:
            InputError: there is no library, or the settings cannot be read.
        """
        library = Library.find(folder)
        settings = load_settings()
        return cls(library, author_told(author, settings), settings)

    @cached_property
    def author(self) -> Author:
        """Who annotates; where it was not told, git is asked when this is first wanted, which takes a moment.

        Raises:
            InputError: git refuses the library's repository.
        """
        return self.told or author_found(self.library.root)

    def forget_codebook(self) -> None:
        """Read the library's people and codes again when they are next asked for."""
        self._codebook = None

    @property
    def search(self) -> Search:
        """The search index, opened on first use: the engine's import is not paid before it is needed."""
        if self._search is None:
            from index.searching import Search

            self._search = Search(self.library, self.catalog)
        return self._search

    def refresh(
        self,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        indexing: Callable[[int, int], None] | None = None,
    ) -> Changes:
        """Notice what changed in the library and bring catalog, index and `strays` up to date.

        Args:
            progress: called with (done, total) files while they are read.
            cancelled: asked now and then; true stops the work with what is done so far, the next call goes on.
            indexing: called with (done, total) articles while they are indexed.
        """
        with self._refreshing:
            changes = self.catalog.refresh(progress, cancelled)
            self.strays = self.catalog.strays
            self.search.update(changes, progress=indexing, cancelled=cancelled)
            self.catalog.save()
            self._keep()
            return changes

    def follow(self, stray: Stray) -> None:
        """Give annotations without an article the name of the one they follow.

        Raises:
            PostilError: it cannot be done; nothing was changed.
        """
        with self._writing:
            self.library.follow(stray)
            if stray.follows:
                self._desks.pop(stray.follows, None)

    def look_up(self, query: str, wanted: Wanted) -> Results:
        """Search, after indexing what was annotated since the last search: a mark costs no indexing by itself.

        Raises:
            UsageError: the query makes no sense; says where.
        """
        if self._refreshing.acquire(blocking=False):  # a refresh under way takes care of them, or the next search does
            try:
                while self._stale:
                    self.search.update_one(self._stale.pop())
            finally:
                self._refreshing.release()
        return self.search.search(query, wanted)

    def rest(self) -> None:
        """Nobody has searched for a while: hold no more memory than there must be."""
        from reader.memory import give_back

        if self._search is not None:
            self._search.rest()
        give_back()

    def close(self) -> None:
        """Keep what is known of the library for next time, and let go of the index; usable again."""
        self._keep()
        self.catalog.save()
        if self._search is not None:
            self._search.close()

    # Articles

    def open(self, path: str) -> Desk:
        """Lay that article out as the disk has it now (`path` from the library's root); unsaved work stays on top.

        Raises:
            InputError: the article is gone or cannot be read.
        """
        with self._writing:
            before = self._desks.get(path)
            if before and before.unsaved:
                return before
            desk = Desk.of(self.library.open(path, before.printed if before else None))
            if before:
                desk.history = before.history
            self._desks[path] = desk
            return desk

    def glance(self, path: str) -> Desk:
        """Lay that article out with its marks as they were seen last; `open` brings the annotations themselves.

        Raises:
            InputError: the article is gone or cannot be read.
        """
        with self._writing:
            desk = self._desks[path] = Desk.of(self.library.glance(path))
            desk.placed = recall_marks(self.library.root, desk.printed)
            return desk

    def desk(self, path: str) -> Desk:
        """The article as it lies on the desk, opened if it was not."""
        return self._desks.get(path) or self.open(path)

    def news(self, path: str) -> tuple[News, str]:
        """What became on disk of an article on a desk; when it is gone, also why it cannot be read."""
        try:
            return self.desk(path).news(self.library.open(path)), ""
        except InputError as error:
            return News.GONE, str(error)

    def find(self, annotation_id: str) -> tuple[str, Annotation]:
        """The article (its path) and the annotation of that id.

        Raises:
            NotFoundError: no article of the library has it.
        """
        for path in self.catalog.annotated():
            likely = path in self._desks or self.library.mentions(path, annotation_id)
            if likely and (found := self.desk(path).sidecar.get(annotation_id)):
                return path, found
        raise NotFoundError(f"no annotation has the id {annotation_id}", hint="`postil search` lists ids with --json")

    def get(self, path: str, annotation_id: str) -> Annotation:
        """The annotation of that id on that article.

        Raises:
            NotFoundError: it is not there.
        """
        found = self.desk(path).sidecar.get(annotation_id)
        if found is None:
            raise NotFoundError(f"no annotation has the id {annotation_id}", path=path)
        return found

    @property
    def at_hand(self) -> tuple[str, ...]:
        """The articles that lie on a desk."""
        return tuple(self._desks)

    @property
    def unsaved(self) -> tuple[str, ...]:
        """The articles that hold work the disk does not."""
        return tuple(path for path, desk in self._desks.items() if desk.unsaved)

    def mine(self, annotation: Annotation) -> bool:
        """Whether the annotation is the working author's own."""
        return annotation.author == self.author.id

    # Changing annotations: each of these saves, and raises PostilError when that fails; the edit stays on the desk.

    def annotate(
        self,
        path: str,
        start: int,
        end: int,
        kind: str = "highlight",
        *,
        tags: tuple[str, ...] = (),
        note: str = "",
        claim: Claim | None = None,
        annotation_id: str = "",
    ) -> Annotation:
        """Annotate a passage (code points, `end` exclusive) as the working author.

        `annotation_id` lets a caller show the mark before it is saved; by default a fresh one is made.
        """
        desk = self.desk(path)
        quote, position = describe(desk.article.text, start, end)
        annotation = Annotation(
            id=annotation_id or new_id(),
            author=self.author.id,
            kind=kind,
            created=now(),
            tags=tags,
            note=note,
            claim=claim if claim or kind != "claim" else Claim(status="new"),
            quote=quote,
            position=position,
        )
        self.change(path, lambda sidecar: sidecar.put(annotation), kind)
        return annotation

    def replace(self, path: str, annotation: Annotation, label: str = "edit") -> None:
        """Put an edited annotation in the place of the one with its id."""
        self.change(path, lambda sidecar: sidecar.put(annotation), label)

    def delete(self, path: str, annotation_id: str) -> None:
        """Delete an annotation; whose it is, and whether to ask first, is the front end's to settle."""
        found = self.get(path, annotation_id)
        self.change(path, lambda sidecar: sidecar.drop(annotation_id), f"delete {found.kind}")

    def reply(self, path: str, annotation_id: str, note: str, *, to: str = "") -> Reply:
        """Answer under an annotation, or `to` a reply there, as the working author."""
        found = self.get(path, annotation_id)
        reply = Reply(id=new_id(), author=self.author.id, created=now(), to=to, note=note)
        self.replace(path, replace(found, replies=(*found.replies, reply)), "reply")
        return reply

    def put_at(self, path: str, annotation_id: str, start: int, end: int) -> None:
        """Say which passage (code points, `end` exclusive) an annotation is about."""
        from annotations.rebase import rebase

        found = self.get(path, annotation_id)
        self.replace(path, rebase(found, self.desk(path).article.text, start, end), f"place {found.kind}")

    def settle(self, path: str, annotation_id: str = "") -> None:
        """Let what stands now be what was decided where a merge could not: of an annotation, or of the article."""
        if annotation_id:
            self.replace(path, replace(self.get(path, annotation_id), conflicts={}), "decision")
            return
        article = self.desk(path).sidecar.article
        self._correct(path, {key: value for key, value in article.items() if key != "conflicts"}, "decision")

    def correct(self, path: str, changes: dict[str, str], line: tuple[int, Label | None] | None = None) -> None:
        """Correct what is known about an article (`title`, `published`, …); an empty value goes back to automatic.

        Args:
            path: the article.
            changes: values by key.
            line: an offset (code points) and what the line there is; None instead of a label goes back to automatic.

        Raises:
            UsageError: a key or value that means nothing.
        """
        from index import corrections

        desk = self.desk(path)
        article, corrected = desk.sidecar.article, [*changes]
        for key, value in changes.items():
            article = corrections.set_value(article, key, value)
        if line is not None:
            article = corrections.set_line(article, desk.article, *line)
            corrected.append(f"line is {line[1] or 'automatic'}")
        self._correct(path, article, f"correct {', '.join(corrected)}")

    def relabel(self, path: str, offset: int, label: Label | None) -> None:
        """Say what the line at `offset` (code points) is; None goes back to automatic."""
        self.correct(path, {}, (offset, label))

    def undo(self, path: str) -> str | None:
        """Take back the last change to that article; says what it was, or None when there is nothing to undo."""
        return self._step(path, self.desk(path).history.undo)

    def redo(self, path: str) -> str | None:
        """Do again what was undone last."""
        return self._step(path, self.desk(path).history.redo)

    def flush(self, path: str) -> None:
        """Save what the disk does not hold yet; nothing to do when it holds all.

        Raises:
            PostilError: it could not be saved; the edit stays on the desk.
        """
        with self._writing:
            desk = self._desks[path]
            if not desk.unsaved:
                return
            desk.loaded = store.save(desk.loaded, desk.sidecar, team=self.known_codebook.team).loaded
            desk.take(desk.loaded.sidecar)
            if any(one.position.text == desk.printed.fingerprint for one in desk.sidecar.annotations):
                self.library.remember(desk.printed)
            self.catalog.saved(desk.printed, desk.loaded, desk.placed)
            self._stale.add(path)

    # Inside

    def change(self, path: str, change: Callable[[Sidecar], Sidecar], label: str) -> None:
        """Change the annotations of that article, so that it can be undone, and save.

        Raises:
            PostilError: it could not be saved; the edit stays on the desk.
        """
        with self._writing:
            desk = self.desk(path)
            desk.require_writable()
            sidecar = change(desk.sidecar)
            desk.history.record(desk.sidecar, sidecar, label)
            desk.take(sidecar)
            self.flush(path)

    def _keep(self) -> None:
        for desk in tuple(self._desks.values()):
            self.library.keep(desk.printed)
            keep_marks(self.library.root, desk)

    def _correct(self, path: str, article: Record, label: str) -> None:
        self.change(path, lambda sidecar: replace(sidecar, article=article), label)

    def _step(self, path: str, step: Callable[[Sidecar], tuple[Sidecar, str] | None]) -> str | None:
        with self._writing:
            desk = self.desk(path)
            stepped = step(desk.sidecar)
            if stepped is None:
                return None
            before, (sidecar, label) = desk.sidecar, stepped
            desk.take(sidecar)
            self.flush(path)
            self.unlearn(before, desk.sidecar)
            return label
