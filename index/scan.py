"""A walk over a library's folder: which files are its articles, which are not and why, which sidecars have none.

Nothing is opened but folders; the state of a file is enough.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.git import Git
from annotations.model import CONFIG_NAME, SIDECAR_SUFFIX
from index.formats import is_article
from index.inside import OPEN_LIMIT, Stamp, describe_special, stamp_of

__all__ = ["File", "Scan", "Skipped", "Stray", "scan"]


@frozen
class File:
    """An article's file.

    Attributes:
        path: from the library's root, with forward slashes.
        size: in bytes.
        mtime_ns: when its bytes last changed.
        ctime_ns: when its state last changed; tells of a change that left the other time alone.
        sidecar: the stamp of its sidecar; None when it has none.
    """

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    sidecar: Stamp | None = None

    @property
    def stamp(self) -> Stamp:
        """What tells that the file changed, without reading it."""
        return self.size, self.mtime_ns, self.ctime_ns


_FORBIDDEN = "cannot be read: permission denied"
_NO_NAME = "its name is not UTF-8; rename it"
_NOWHERE = "a link to nowhere"


@frozen
class Skipped:
    """What looks like an article, or may hold some, and is left out; a folder's path ends with a slash.

    Attributes:
        path: from the library's root.
        why: the reason.
        amiss: it cannot be read as it is; False for what is left out on purpose, as a hidden file.
    """

    path: str
    why: str
    amiss: bool = False


@frozen
class Stray:
    """A sidecar whose article is gone.

    Attributes:
        path: of the sidecar.
        follows: the article without a sidecar that has the text it was made for, or None.
    """

    path: str
    follows: str | None = None


@frozen
class Scan:
    """What a walk found, each in the order of paths; `strays` do not say yet what they follow.

    `folders` are those it went through, from the root (empty) on, the others with a slash at the end.
    """

    files: tuple[File, ...]
    skipped: tuple[Skipped, ...]
    strays: tuple[Stray, ...]
    folders: tuple[str, ...] = ()

    @property
    def sidecars(self) -> dict[str, str]:
        """The sidecars, from the root, each with the path of its article; empty for one whose article is gone."""
        beside = {f"{one.path}{SIDECAR_SUFFIX}": one.path for one in self.files if one.sidecar is not None}
        return beside | {one.path: "" for one in self.strays}


_Found: TypeAlias = File | Skipped | tuple[str, Stamp] | str
"""What a walk comes by: files, what is skipped, sidecars with their stamps, folders."""


def scan(root: Path) -> Scan:
    """Walk the library at `root`.

    Hidden files, what git ignores, links, special files and libraries inside this one are skipped, and said so.
    A folder that cannot be read is skipped too; the root itself must be readable.

    Raises:
        InputError: the root cannot be read.
    """
    files: list[File] = []
    skipped: list[Skipped] = []
    sidecars: dict[str, Stamp] = {}
    folders: list[str] = []
    for found in _walk(root, "", _ignored(root)):
        if isinstance(found, Skipped):
            skipped.append(found)
        elif isinstance(found, File):
            files.append(found)
        elif isinstance(found, str):
            folders.append(found)
        else:
            sidecars[found[0]] = found[1]
    articles = {file.path for file in files} | {one.path for one in skipped}
    strays = [Stray(path) for path in sidecars if path.removesuffix(SIDECAR_SUFFIX) not in articles]
    return Scan(
        files=tuple(sorted((_with_sidecar(file, sidecars) for file in files), key=lambda file: file.path)),
        skipped=tuple(sorted(skipped, key=lambda one: one.path)),
        strays=tuple(sorted(strays, key=lambda stray: stray.path)),
        folders=tuple(folders),
    )


def _with_sidecar(file: File, sidecars: Mapping[str, Stamp]) -> File:
    sidecar = sidecars.get(file.path + SIDECAR_SUFFIX)
    return File(file.path, file.size, file.mtime_ns, file.ctime_ns, sidecar) if sidecar else file


def _ignored(root: Path) -> frozenset[str]:
    """What git ignores; nothing when git has nothing to say, or refuses the repository: reading goes on without it."""
    try:
        git = Git.at(root)
        return frozenset(git.ignored(root)) if git else frozenset()
    except InputError:
        return frozenset()


def _walk(root: Path, under: str, ignored: frozenset[str]) -> Iterator[_Found]:
    """Everything in the folder `under` (empty, or ending with a slash) and below, and that folder itself."""
    try:
        with os.scandir(root / under) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        why = f"cannot be read: {(error.strerror or 'unknown').lower()}"
        if not under:
            raise InputError(why, path=root) from error
        yield Skipped(under, why, amiss=True)
        return
    if under and any(entry.name == CONFIG_NAME for entry in found):
        yield Skipped(under, "a library of its own")
        return
    yield under
    for entry in found:
        path = under + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(root, path, entry.name, ignored)
        elif entry.name.endswith(SIDECAR_SUFFIX):
            yield from _sidecar(path, entry)
        elif is_article(entry.name) or (entry.is_symlink() and entry.is_dir()):
            yield _article(root, path, entry, ignored)


def _folder(root: Path, path: str, name: str, ignored: frozenset[str]) -> Iterator[_Found]:
    if name == ".git":
        return
    if why := _unwanted(f"{path}/", name, ignored):
        yield _skipped(f"{path}/", why)
    else:
        if is_article(name):
            yield Skipped(f"{path}/", "a folder, not an article; what is in it is listed")
        yield from _walk(root, f"{path}/", ignored)


def _sidecar(path: str, entry: os.DirEntry[str]) -> Iterator[tuple[str, Stamp]]:
    """The sidecar with its stamp: of the file that a link leads to, if it is one."""
    if is_article(path.removesuffix(SIDECAR_SUFFIX)) and not entry.name.startswith(".") and _is_unicode(path):
        try:
            yield path, stamp_of(entry.stat())
        except OSError:  # a link to nowhere; opening the article says so
            yield path, (0, 0, 0)


def _article(root: Path, path: str, entry: os.DirEntry[str], ignored: frozenset[str]) -> File | Skipped:
    try:
        state = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Skipped(path, f"cannot be read: {(error.strerror or 'unknown').lower()}", amiss=True)
    why = _why_not(root, path, entry, state, ignored)
    return _skipped(path, why) if why else File(path, *stamp_of(state))


def _skipped(path: str, why: str) -> Skipped:
    return Skipped(path, why, amiss=why in (_FORBIDDEN, _NO_NAME, _NOWHERE))


def _why_not(root: Path, path: str, entry: os.DirEntry[str], state: os.stat_result, ignored: frozenset[str]) -> str:
    """Why a file with an article's name is none; empty when it is one."""
    if why := _unwanted(path, entry.name, ignored):
        return why
    if entry.is_symlink():
        return _where_it_leads(root, entry)
    if special := describe_special(state.st_mode):
        return f"{special}, not a file"
    if state.st_size > OPEN_LIMIT:
        return f"larger than {OPEN_LIMIT // 1_000_000} MB"
    return "" if os.access(entry.path, os.R_OK) else _FORBIDDEN


def _unwanted(path: str, name: str, ignored: frozenset[str]) -> str:
    """Why a file or folder (its path with a slash at the end) is left out for its name alone; empty when it is not."""
    if name.startswith("."):
        return "hidden"
    if path in ignored:
        return "ignored by git"
    return "" if _is_unicode(name) else _NO_NAME


def _where_it_leads(root: Path, entry: os.DirEntry[str]) -> str:
    target = Path(os.path.realpath(entry.path))
    if not target.is_relative_to(os.path.realpath(root)):
        return "a link out of the library"
    return "a link; what it leads to is listed in its own place" if target.exists() else _NOWHERE


def _is_unicode(name: str) -> bool:
    """Whether a name is text; the bytes of one that is not UTF-8 are lone surrogates here."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
