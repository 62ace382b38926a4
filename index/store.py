"""Where the search index lives, and the care before it is opened.

Whoever can write an index can have anything found, so it lives in the person's cache folder, never in a library, and is
opened only when nobody else could have written there.  It is a cache: whatever is wrong with it, it is thrown away and
made again; another version of it is another folder.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from annotations.durable import explained, lock
from annotations.errors import InputError

__all__ = ["VERSION", "index_folder", "private_folder", "wipe"]

VERSION = 3
"""What changes in how an index is kept, in what it holds of a document, or in how words are found, needs another."""


def index_folder(cache: Path, root: Path) -> Path:
    """The folder for the index of the library at `root` inside its cache folder; each version has its own.

    Raises:
        InputError: the cache folder lies inside the library.
    """
    folder = cache / "whoosh" / f"v{VERSION}"
    if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        raise InputError(
            "the cache folder lies inside the library, and a search index there could come from somebody else",
            path=folder,
            hint="point XDG_CACHE_HOME elsewhere",
        )
    return folder


def private_folder(folder: Path) -> Path:
    """That folder for an index, emptied first when what is in it might be somebody else's work.

    Raises:
        InputError: there can be no index there; says why.
    """
    try:
        if not _private(folder):
            folder.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with lock(folder.parent):  # of two processes that find nothing, one makes it
                _make(folder)
    except OSError as error:
        raise explained(error, folder) from error
    return folder


def wipe(folder: Path) -> None:
    """Throw the index away, whatever lies there, without following links.

    Raises:
        OSError: it cannot be removed.
    """
    try:
        if stat.S_ISDIR(folder.lstat().st_mode):
            shutil.rmtree(folder)
        else:
            folder.unlink()
    except FileNotFoundError:
        pass


def _make(folder: Path) -> None:
    if not _private(folder):
        wipe(folder.parent)  # with what other versions kept
        folder.parent.mkdir(mode=0o700)  # on its own: `parents` gives the umask's mode to the others
        folder.mkdir(mode=0o700)


def _private(folder: Path) -> bool:
    """Whether the folder and those above it in the cache are ours alone, and all in it is ours."""
    try:
        above = folder.parent.parent, folder.parent, folder
        return all(map(_ours_alone, above)) and all(map(_ours, list(os.scandir(folder))))
    except OSError:
        return False


def _ours_alone(folder: Path) -> bool:
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def _ours(entry: os.DirEntry[str]) -> bool:
    # Its mode is the umask's, and does not matter: nobody else gets into the folder.
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:  # another process of ours is at work
        return True
    # After a crash there may be the folder of Whoosh's temporary files.
    return status.st_uid == os.geteuid() and (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode))
