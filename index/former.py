"""The texts that an article's annotations were made on: from the cache where they are kept, else from git's history.

They are looked for only where annotations were made on another text than the present one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from annotations.anchor import Placed, place
from annotations.errors import InputError
from index.cache import cache_folder, file_name, put

if TYPE_CHECKING:
    from pathlib import Path

    from annotations.archive import Archive
    from annotations.history import Versions
    from annotations.model import Annotation

__all__ = ["SECONDS", "SECONDS_AT_A_PROMPT", "Former", "archive", "remember"]

SECONDS = 2.0
"""How long the history of an article is searched when it is opened."""
SECONDS_AT_A_PROMPT = 10.0
"""The same where nobody waits with a key pressed."""
_MOST = 2000  # articles whose versions are known


def archive(root: Path) -> Archive:
    """The texts that are kept for the library at `root`.

    Raises:
        InputError: the cache cannot be used.
    """
    from annotations.archive import Archive

    return Archive(cache_folder(root) / "texts")


def remember(root: Path, text: str) -> None:
    """Keep a text that was annotated; a cache that cannot be written is done without."""
    with suppress(OSError, InputError):
        archive(root).put(text)


class Former:
    """Places annotations on one article in its present text, with the texts they were made on.

    Args:
        root: of the library.
        path: of the article, from there.
        text: its canonical text.
        fingerprint: of that.
        seconds: how long its history may be searched.
    """

    __slots__ = ("_fingerprint", "_path", "_root", "_seconds", "_text", "_texts", "_why")

    def __init__(self, root: Path, path: str, text: str, fingerprint: str, seconds: float = SECONDS) -> None:
        self._root = root
        self._path = path
        self._text = text
        self._fingerprint = fingerprint
        self._seconds = seconds
        self._texts: dict[str, str] = {}
        self._why: dict[str, str] = {}

    def place(self, annotations: Iterable[Annotation]) -> tuple[Placed, ...]:
        """Where each of them stands, in the order given; one whose former text may yet be found says why it was not."""
        given = tuple(annotations)
        names = {one.position.text for one in given} - {self._fingerprint, *self._texts, *self._why}
        if names:
            self._look_for(names)
        placed = place(self._text, given, self._texts)
        return tuple(map(self._explained, placed)) if any(self._why.values()) else placed

    def text(self, fingerprint: str) -> str | None:
        """The text of that fingerprint, if an annotation that was placed was made on it, and it was found."""
        return self._text if fingerprint == self._fingerprint else self._texts.get(fingerprint)

    def _explained(self, placed: Placed) -> Placed:
        why = self._why.get(placed.annotation.position.text)
        return replace(placed, reason="; ".join(filter(None, (placed.reason, why)))) if why else placed

    def _look_for(self, names: set[str]) -> None:
        with suppress(InputError):
            kept = archive(self._root)
            self._texts |= {name: text for name in names if (text := kept.get(name)) is not None}
        missing, why = names - self._texts.keys(), ""
        if missing:
            why = self._search_history(missing)
        self._why |= dict.fromkeys(names - self._texts.keys(), why)

    def _search_history(self, names: set[str]) -> str:
        """Take those texts from git that it has; says why it may have others."""
        from annotations.git import Git

        try:
            git = Git.at(self._root)
        except InputError as error:
            return f"its history cannot be read ({error.what})"
        if git is None:
            return ""
        from annotations.history import find

        path = (self._root / self._path).relative_to(git.top).as_posix()
        known = self._known()
        found = find(git, path, names, known, seconds=self._seconds)
        self._texts |= found.texts
        for text in found.texts.values():
            remember(self._root, text)
        if found.versions != known:
            self._learn(found.versions)
        return found.cut

    def _known(self) -> Versions:
        """What was learnt of the article's history before."""
        from annotations.history import Versions

        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, InputError):
            found: Any = json.loads(self._file().read_bytes())
            return Versions(
                tip=str(found["tip"]),
                blobs=tuple(map(str, found["blobs"])),
                cut=str(found["cut"]),
                seconds=float(found["seconds"]),
                prints={str(blob): str(mark) for blob, mark in found["prints"].items()},
            )
        return Versions()

    def _learn(self, versions: Versions) -> None:
        with suppress(OSError, InputError):
            put(self._file(), json.dumps(asdict(versions), separators=(",", ":")).encode(), most=_MOST)

    def _file(self) -> Path:
        return cache_folder(self._root) / "versions" / f"{file_name(self._path)}.json"
