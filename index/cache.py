"""The folder in the person's cache that belongs to one library: its catalog and its search index.

It never lies in the library: what came with a clone could have anything found, or kept from being found.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from annotations.errors import InputError

try:  # `hashlib` loads OpenSSL too, which takes longer than opening an article does
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["VERSION", "cache_folder", "file_name", "put"]

VERSION = 1
"""The layout of the folder; another one is another folder."""


def cache_folder(root: Path) -> Path:
    """The private folder for what can be made again from the library at `root`, made if need be.

    One that others could have written into is emptied first.

    Raises:
        InputError: it cannot be made, or belongs to somebody else.
    """
    import platformdirs

    base = platformdirs.user_cache_path("postil")
    name = file_name(os.path.realpath(root))
    folder = base
    for folder in (base, base / name, base / name / f"v{VERSION}"):
        try:
            _make_private(folder)
        except OSError as error:
            why = (error.strerror or "unknown").lower()
            raise InputError(
                f"the cache cannot be used: {why}", path=folder, hint="XDG_CACHE_HOME names another"
            ) from error
    return folder


def file_name(owner: str) -> str:
    """What to call the file, or the folder, that is kept for `owner`: 32 hexadecimal digits, its BLAKE2b."""
    return blake2b(owner.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def put(file: Path, data: bytes, *, most: int) -> None:
    """Write one of many files of a kind, whole or not at all; of more than `most`, those written longest ago go.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(mode=0o700, exist_ok=True)
    beside = file.with_suffix(f".{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(file)
    for old in sorted(file.parent.iterdir(), key=lambda one: one.stat().st_mtime_ns)[:-most]:
        old.unlink()


def _make_private(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not folder.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid():
        raise InputError("the cache is not yours", path=folder, hint="remove it, or name another in XDG_CACHE_HOME")
    if state.st_mode & 0o022:
        shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
    elif stat.S_IMODE(state.st_mode) != 0o700:
        folder.chmod(0o700)
