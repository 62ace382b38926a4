"""Reading a file of the library and nothing else: never through a link, never a device, never outside the root."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

from annotations.errors import InputError

__all__ = [
    "INDEX_LIMIT",
    "LIST_LIMIT",
    "OPEN_LIMIT",
    "Stamp",
    "describe_special",
    "read_inside",
    "stamp_of",
    "stat_inside",
]

LIST_LIMIT = 5_000_000
"""Bytes; a larger article is listed under its file's name, and read only to be opened or indexed."""
INDEX_LIMIT = 20_000_000
"""Bytes; a larger article is not searched."""
OPEN_LIMIT = 200_000_000
"""Bytes; a larger file is skipped, and never opened."""

Stamp: TypeAlias = tuple[int, int, int]
"""Of a file: size in bytes, and when its bytes and its state last changed, in nanoseconds."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_KINDS = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def describe_special(mode: int) -> str:
    """What a file is when it is no regular one ("a FIFO"); empty when it is."""
    return "" if stat.S_ISREG(mode) else next((name for test, name in _KINDS if test(mode)), "something unknown")


def stamp_of(state: os.stat_result) -> Stamp:
    """What tells that a file changed, without reading it."""
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns


def stat_inside(root: Path, path: str) -> os.stat_result:
    """The state of the regular file at `path`, which is not opened for it.

    Raises:
        InputError: it is gone, not a regular file, or reached through a link.
    """
    with ExitStack() as stack:
        try:
            return _stat(path, *_folder_of(root, path, stack))
        except OSError as error:
            raise _explained(error, path) from error


def read_inside(root: Path, path: str, *, limit: int) -> bytes:
    """All bytes of the regular file at `path`.

    Each folder on the way is opened from the one above it and none may be a link, so nothing that is swapped
    meanwhile leads out.  A FIFO or a device is told by its state, before it would be opened.

    Args:
        root: the library's root.
        path: from the root, with forward slashes.
        limit: bytes; a larger file is refused.

    Raises:
        InputError: it is gone, unreadable, too large, not a regular file, or reached through a link.
    """
    with ExitStack() as stack:
        try:
            folder, name = _folder_of(root, path, stack)
            _stat(path, folder, name)
            handle = os.open(name, _FILE, dir_fd=folder)
            with open(handle, "rb") as file:  # noqa: PTH123 - what was checked is what is read
                if special := describe_special(os.fstat(handle).st_mode):
                    raise InputError(f"{special}, not a file", path=path)
                data = file.read(limit + 1)
        except OSError as error:
            raise _explained(error, path) from error
    if len(data) > limit:
        raise InputError(f"larger than {limit // 1_000_000} MB", path=path, hint="split it into articles")
    return data


def _folder_of(root: Path, path: str, stack: ExitStack) -> tuple[int, str]:
    """The open folder that the file stands in, and the file's name there."""
    *folders, name = path.split("/")
    if not name or any(part in {"", ".", ".."} for part in (*folders, name)) or "\0" in path:
        raise InputError("not a path inside the library", path=path)
    here = _opened(os.open(root, _FOLDER & ~os.O_NOFOLLOW), stack)
    for part in folders:
        here = _opened(os.open(part, _FOLDER, dir_fd=here), stack)
    return here, name


def _opened(handle: int, stack: ExitStack) -> int:
    stack.callback(os.close, handle)
    return handle


def _stat(path: str, folder: int, name: str) -> os.stat_result:
    state = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if special := describe_special(state.st_mode):
        raise InputError(f"{special}, not a file", path=path)
    return state


def _explained(error: OSError, path: str) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("the file is gone", path=path, hint="it may have been moved or deleted")
    why = (error.strerror or type(error).__name__).lower()
    return InputError(f"cannot be read: {why}", path=path)
