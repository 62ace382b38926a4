"""A library: a folder of articles with a `postil.yaml` at its root.  Finding it, walking it, opening what is in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations import store
from annotations.errors import InputError, NotFoundError, PostilError
from annotations.frozen import frozen
from annotations.model import CONFIG_NAME, SIDECAR_SUFFIX, Sidecar
from index import formats
from index.former import SECONDS, Former, remember
from index.inside import INDEX_LIMIT, LIST_LIMIT, OPEN_LIMIT, Stamp, read_inside, stamp_of, stat_inside
from index.kept import keep, recall

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.article import Article
    from index.scan import Scan, Stray

__all__ = [
    "INDEX_LIMIT",
    "LIST_LIMIT",
    "OPEN_LIMIT",
    "READ_ONLY_ABOVE",
    "Library",
    "Opened",
]

READ_ONLY_ABOVE = 20_000_000
"""Bytes; a larger article opens, but nothing can be annotated in it."""


@frozen
class Opened:
    """An article with its annotations.

    Attributes:
        article: as its readers corrected it.
        printed: as its format has it, without corrections.
        loaded: its sidecar; the base of the next save.
        placed: its annotations, each with its place in the text.
        former: what placed them.
        read_only: whether nothing can be annotated: the article is too large, or its sidecar was refused.
        problem: why the sidecar was refused; it is left as it is.
    """

    article: Article
    printed: Article
    loaded: store.Loaded
    placed: tuple[Placed, ...]
    former: Former
    read_only: bool
    problem: PostilError | None = None


@frozen
class Library:
    """The library at `root`, a real path.  Paths of articles are from there, with forward slashes.

    `patience` is how many seconds an article's history is searched for the texts that its annotations were made on.
    """

    root: Path
    patience: float = SECONDS

    @classmethod
    def find(cls, start: Path) -> Library:
        """The library at or above `start`.

        Raises:
            InputError: there is none.
        """
        real = Path(os.path.realpath(start))
        for folder in (real, *real.parents):
            if (folder / CONFIG_NAME).is_file():
                return cls(folder)
        raise InputError("no library here or above", path=start, hint="`postil init` makes one of a folder")

    @classmethod
    def create(cls, folder: Path, team: Sequence[str]) -> Library:
        """Make a library of `folder`, which may hold articles already; `team` are the authors to expect.

        Raises:
            InputError: the folder cannot be written, or is a library.
        """
        from annotations.codebook import new_library

        new_library(folder / CONFIG_NAME, team)
        return cls(Path(os.path.realpath(folder)))

    def scan(self) -> Scan:
        """Walk the library: its articles, what was skipped, and sidecars without an article with what they follow.

        Articles are read only when there are such sidecars, and then those that have no sidecar.
        """
        from index.scan import scan

        found = scan(self.root)
        if not found.strays:
            return found
        from index.strays import followed

        alone = [file.path for file in found.files if file.sidecar is None and file.size <= LIST_LIMIT]
        return replace(found, strays=followed(self.root, found.strays, self._fingerprints(alone)))

    def follow(self, stray: Stray) -> None:
        """Give a stray sidecar the name of the article that it follows.

        Raises:
            NotFoundError: it follows none.
            InputError: that article has a sidecar by now, or the library cannot be written.
        """
        if stray.follows is None:
            raise NotFoundError("no article has the text that it was made for", path=stray.path)
        from index.strays import move_sidecar

        move_sidecar(self.root / stray.path, store.sidecar_path(self.absolute(stray.follows)))

    def absolute(self, path: str) -> Path:
        """Where an article stands on the disk: a regular file inside the library, reached through no link.

        Raises:
            InputError: it is not that, or it is gone.
        """
        stat_inside(self.root, path)
        return self.root / path

    def resolve(self, argument: str, cwd: Path) -> str:
        """The path of the article that a person named, from `cwd` if it exists there, else from the root.

        Raises:
            NotFoundError: there is no such article in the library.
        """
        for base in (cwd, self.root):
            named = base / argument
            if os.path.lexists(named):
                return self._inside(named, argument)
        raise NotFoundError("no such article", path=argument, hint="`postil list` shows what there is")

    def read(self, path: str, *, encoding: str | None = None, stamp: Stamp | None = None) -> Article:
        """The article at `path` as its format has it, without corrections.

        Args:
            path: from the library's root.
            encoding: of its bytes, when they are not to tell.
            stamp: of its file, for a first look: one of which nothing tells that it changed is not looked through.

        Raises:
            InputError: it is gone, unreadable, too large, or no text.
        """
        data = read_inside(self.root, path, limit=OPEN_LIMIT)
        if encoding is None and (kept := recall(self.root, path, data, stamp)):
            return kept
        text = formats.decode(path, data, encoding=encoding)
        canonical = text.encode()
        kept = None if canonical == data and encoding is None else recall(self.root, path, canonical)
        return kept or formats.label(path, text)

    def keep(self, article: Article) -> None:
        """Remember how the article's format labelled it, so that it opens quicker next time."""
        keep(self.root, article)

    def remember(self, article: Article) -> None:
        """Keep its text, as annotations were made on it, for when it is another one."""
        remember(self.root, article.text)

    def former(self, article: Article) -> Former:
        """What places annotations in that article."""
        return Former(self.root, article.path, article.text, article.fingerprint, self.patience)

    def mentions(self, path: str, name: str) -> bool:
        """Whether the sidecar of the article at `path` may hold an annotation of that id: quick, and nothing is parsed.

        True, too, for one that cannot be looked at like this; opening it tells.
        """
        try:
            return name.encode() in read_inside(self.root, f"{path}{SIDECAR_SUFFIX}", limit=OPEN_LIMIT)
        except InputError:
            return True

    def glance(self, path: str) -> Opened:
        """The article at `path` as if it had no sidecar: all that a first screen needs.

        Raises:
            InputError: the article is gone, unreadable, too large, or no text.
        """
        state = stat_inside(self.root, path)
        return self._bare(self.read(path, stamp=stamp_of(state)), state)

    def open(self, path: str, known: Article | None = None) -> Opened:
        """The article at `path` with its annotations.  A sidecar that is refused leaves it readable, and unwritable.

        Args:
            path: from the library's root.
            known: the article as it was read before; if it is the same, that one is given, and not held twice.

        Raises:
            InputError: the article is gone, unreadable, too large, or no text.
        """
        bare = self._bare(self.read(path), stat_inside(self.root, path))
        if known and known == bare.printed:
            bare = replace(bare, article=known, printed=known, former=self.former(known))
        try:
            loaded = store.load(bare.loaded.path, inside=self.root)
        except InputError as error:
            return replace(bare, read_only=True, problem=error)
        article = bare.printed
        if loaded.sidecar.article:
            from index.corrections import correct

            article = correct(article, loaded.sidecar.article)
        return replace(bare, article=article, loaded=loaded, placed=bare.former.place(loaded.sidecar.annotations))

    def _bare(self, article: Article, state: os.stat_result) -> Opened:
        return Opened(
            article=article,
            printed=article,
            loaded=store.Loaded(store.sidecar_path(self.root / article.path), None, Sidecar(), self.root),
            placed=(),
            former=self.former(article),
            read_only=state.st_size > READ_ONLY_ABOVE,
        )

    def _inside(self, named: Path, argument: str) -> str:
        real = Path(os.path.realpath(named.parent), named.name)
        if not real.is_relative_to(self.root):
            raise NotFoundError("not in this library", path=argument, hint=f"the library is {self.root}")
        path = real.relative_to(self.root).as_posix()
        if not formats.is_article(path):
            kinds = " and ".join(formats.SUFFIXES)
            raise NotFoundError("not an article", path=argument, hint=f"articles are {kinds} files")
        return path

    def _fingerprints(self, paths: Iterable[str]) -> dict[str, str]:
        """The fingerprints of those articles that can be read."""
        found = {}
        for path in paths:
            with suppress(PostilError):
                found[path] = self.read(path).fingerprint
        return found
