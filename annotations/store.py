"""Loading a sidecar and saving it: the one way a mark reaches the disk.

A save is lock, re-read, three-way merge when the disk moved on, splice, durable write.  It never overwrites what it
cannot read, and when it raises, the caller still holds the edit and may offer it again.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.durable import explained, lock, real_target, sync, write_atomically
from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.model import SIDECAR_SUFFIX, Sidecar

if TYPE_CHECKING:
    from annotations.merge import Conflict

__all__ = ["Loaded", "Saved", "load", "save", "sidecar_path"]


@frozen
class Loaded:
    """A sidecar as it was read: what a later save compares the disk with.

    Attributes:
        path: of the sidecar.
        data: its bytes; None when there was no file.
        sidecar: what they say.
        inside: the root that a symbolic link at `path` may point into; None allows none.
    """

    path: Path
    data: bytes | None
    sidecar: Sidecar
    inside: Path | None = None


@frozen
class Saved:
    """What a save came to.

    Attributes:
        loaded: the sidecar as it now is on the disk; the base of the next save.
        merged: whether somebody else had written in between, so that it may hold more than was given.
        conflicts: what the merge could not decide; both sides are in the file.
    """

    loaded: Loaded
    merged: bool = False
    conflicts: tuple[Conflict, ...] = ()


def sidecar_path(article: Path) -> Path:
    """Where the annotations on that article are kept."""
    return article.with_name(article.name + SIDECAR_SUFFIX)


def load(path: Path, *, inside: Path | None = None) -> Loaded:
    """Read the sidecar at `path`; where there is none, an empty one that the first save will make.

    Args:
        path: of the sidecar (not of the article).
        inside: the library's root, for a sidecar that is a symbolic link; one that leads out of it is refused.

    Raises:
        InputError: the file cannot be read, or is no sidecar; it is left as it is.
    """
    data = _read(path, inside)
    return Loaded(path, data, _said(data, path), inside)


def save(loaded: Loaded, sidecar: Sidecar, *, team: Sequence[str] = ()) -> Saved:
    """Bring the disk from what was loaded to `sidecar`, keeping what others wrote in between; durable on return.

    Args:
        loaded: what `sidecar` was made from.
        sidecar: what is to be there.
        team: authors whose sections are made, empty, together with a new file.

    Raises:
        InputError: nothing was written (or, said so, it was written and not confirmed by the disk).
    """
    path = loaded.path
    with lock(path):
        data = _read(path, loaded.inside)
        conflicts: tuple[Conflict, ...] = ()
        if data == loaded.data:
            disk, new = loaded.sidecar, sidecar
        else:
            from annotations.merge import merge

            disk = _said(data, path)
            both = merge(loaded.sidecar, sidecar, disk)
            new, conflicts = both.sidecar, both.conflicts
        if data is None:
            new = _with_sections(new, team)
        written = _bytes(data, disk, new, path)
        if written is not None and written != data:
            write_atomically(path, written, inside=loaded.inside)
        elif data is not None and data != loaded.data:
            sync(path)  # somebody wrote just this, and our word that it is durable has to be true all the same
        if new.damaged and written is not None:
            new = _said(written, path)  # which says at which lines they stand now
    return Saved(Loaded(path, written, new, loaded.inside), data != loaded.data, conflicts)


def _bytes(data: bytes | None, disk: Sidecar, new: Sidecar, path: Path) -> bytes | None:
    if new == disk:
        return data
    if data is None:
        from annotations.emit import emit

        return emit(new).encode()
    from annotations.splice import splice_sidecar

    return splice_sidecar(data, disk, new, path)


def _said(data: bytes | None, path: Path) -> Sidecar:
    if data is None:
        return Sidecar()
    from annotations.load import load_sidecar

    return load_sidecar(data, path)


def _with_sections(sidecar: Sidecar, team: Sequence[str]) -> Sidecar:
    return replace(sidecar, sections=dict.fromkeys(team, ()) | sidecar.sections)


def _read(path: Path, inside: Path | None) -> bytes | None:
    target = real_target(path, inside)
    try:
        handle = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as file:  # noqa: PTH123 - a handle, so that what was checked is what is read
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise InputError("this is not a regular file", path=path, hint="move it out of the way")
            from annotations.strict import SIZE_LIMIT

            return file.read(SIZE_LIMIT + 1)  # more is refused by the loader; a huge file need not come in whole
    except FileNotFoundError:
        return None
    except OSError as error:
        raise explained(error, path) from error
