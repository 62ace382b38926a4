"""Writing a file so that it is the old one or the new one, whatever happens; and taking turns at it.

The write is temp file in the same folder, fsync, rename, fsync of the folder.  The lock lives in the person's
private state folder, so that a library never holds lock files and a hostile one cannot plant them.
"""

from __future__ import annotations

import errno
import fcntl
import os
import random
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotations.errors import InputError

__all__ = ["TEMP_PREFIX", "explained", "lock", "real_target", "sync", "write_atomically"]

TEMP_PREFIX = ".postil-tmp-"
_LOCK_SECONDS = 5.0
_POLL_SECONDS = 0.01
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_CAUSES = {
    errno.ENOSPC: ("the disk is full", "free some space, then save again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space, then save again"),
    errno.EFBIG: ("the file would be larger than is allowed here", "raise the limit (ulimit -f), then save again"),
    errno.EROFS: ("the file system is read-only", "make it writable or work on a copy of the library"),
    errno.EACCES: ("permission denied", "check the owner and mode of the file and of its folder"),
    errno.EPERM: ("permission denied", "check the owner and mode of the file and of its folder"),
    errno.EIO: ("the disk reported an error", "check the disk; save again, or elsewhere"),
    errno.ENOENT: ("its folder is gone", "bring the folder back, then save again"),
}


class _FsyncError(Exception):
    """The data of a temp file may be lost although a second fsync would report success."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.cause = cause


def explained(error: OSError, path: Path) -> InputError:
    """The system's error about `path`, as one that says what happened and what to do."""
    what, hint = _CAUSES.get(error.errno or 0, (error.strerror or str(error), ""))
    return InputError(what, path=path, hint=hint)


def write_atomically(path: Path, data: bytes, *, inside: Path | None = None) -> None:
    """Replace the file at `path` by `data`, durably: after the return it survives a power cut.

    A new file gets the mode that the umask gives, an old one keeps its mode.

    Args:
        path: the file; its folder must exist.
        data: all of its new content.
        inside: the root that a symbolic link at `path` may point into (its target is replaced, the link stays);
            without it links are refused.

    Raises:
        InputError: the file could not be written.  What stood there before still does, but for one case that the
            message names: the new file is in place and the disk did not confirm it.
    """
    target = real_target(path, inside)
    try:
        mode = _mode(target)
        _replace(target, data, mode)
    except OSError as error:
        raise explained(error, path) from error
    _sync_folder(target.parent, path)


def sync(path: Path) -> None:
    """Make sure that the file at `path`, written by somebody else, survives a power cut.

    Raises:
        InputError: the disk did not confirm it.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise explained(error, path) from error
    _sync_folder(path.parent, path)


def real_target(path: Path, inside: Path | None) -> Path:
    """The file that reading or writing `path` is about: itself, or what a link at `path` names inside of `inside`.

    Raises:
        InputError: `path` is a link that leads out of `inside` (any link, without it), or not a regular file.
    """
    try:
        target = _followed(path, inside) if path.is_symlink() else path
        if target.exists() and not target.is_file():
            raise InputError("this is not a regular file", path=path, hint="move it out of the way")
    except OSError as error:
        raise explained(error, path) from error
    return target


def _followed(link: Path, inside: Path | None) -> Path:
    try:
        target = link.resolve(strict=True)
    except (FileNotFoundError, RuntimeError) as error:  # RuntimeError: a loop of links
        raise InputError("this link leads nowhere", path=link, hint="remove it") from error
    if inside is None or not target.is_relative_to(inside.resolve()):
        raise InputError("this is a link out of the library", path=link, hint="put the file itself in its place")
    return target


def _mode(target: Path) -> int | None:
    """The old file's mode; nothing for a new one.  A read-only file is refused, for rename would replace it."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    try:
        _replace_once(target, data, mode)
    except _FsyncError:  # the pages of that temp file are not to be trusted any more: once more, with a new one
        try:
            _replace_once(target, data, mode)
        except _FsyncError as again:
            raise again.cause from again


def _replace_once(target: Path, data: bytes, mode: int | None) -> None:
    temp = target.with_name(f"{TEMP_PREFIX}{os.urandom(8).hex()}")
    handle = os.open(temp, _CREATE, 0o666 if mode is None else 0o600)
    try:
        try:
            _fill(handle, data, mode)
        finally:
            os.close(handle)
        os.rename(temp, target)  # noqa: PTH104 - one spelling for all system calls of a save
    except BaseException:  # whatever it is, it goes on up: only what was begun is cleared away
        with suppress(OSError):
            os.unlink(temp)  # noqa: PTH108 - as above
        raise


def _fill(handle: int, data: bytes, mode: int | None) -> None:
    if mode is not None:
        os.fchmod(handle, mode)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    try:
        os.fsync(handle)
    except OSError as error:
        raise _FsyncError(error) from error


def _sync_folder(folder: Path, path: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system that cannot sync folders has no need to
            raise InputError(
                "written, but the disk did not confirm it", path=path, hint="check the disk, then save again"
            ) from error


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the turn to change `path`, against all processes and threads of this person.

    Raises:
        InputError: somebody else kept it for five seconds; the message says who.
    """
    file = _lock_file(path)
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise explained(error, file) from error
    try:
        _wait(handle, path)
        with suppress(OSError):  # a full disk may keep the name from others, not the turn from us
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{Path(sys.argv[0]).name or 'python'} (process {os.getpid()})".encode(), 0)
        yield
    finally:
        with suppress(OSError):
            os.close(handle)  # lets go of the lock; the file stays, for removing it would let two hold the turn


def _wait(handle: int, path: Path) -> None:
    deadline = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                who = os.pread(handle, 200, 0).decode("utf-8", "replace") or "another program"
                raise InputError(
                    f"{who} is writing this file", path=path, hint="wait for it or close it, then save again"
                ) from error
            time.sleep(random.uniform(0.1, 1) * _POLL_SECONDS)  # noqa: S311 - only so that waiters do not march in step
        except OSError as error:
            raise explained(error, path) from error
        else:
            return


def _lock_file(path: Path) -> Path:
    import hashlib

    import platformdirs

    state = platformdirs.user_state_path("postil")
    folder = state / "locks"
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = folder.stat().st_uid
    except OSError as error:
        raise explained(error, folder) from error
    if owner != os.getuid():
        raise InputError("this folder belongs to somebody else", path=folder, hint="remove it or take it over")
    return folder / f"{hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]}.lock"
