"""Merging three versions of a sidecar's file, as git hands them over: bytes in, bytes out, no clock and no network.

No side is ever lost.  What cannot be decided is data in a valid file; where a side cannot be read at all the result
is plain text that holds both sides whole, between conflict markers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.lines import BOM, comments
from annotations.load import load_sidecar
from annotations.merge import merge
from annotations.model import Sidecar
from annotations.splice import splice_sidecar

if TYPE_CHECKING:
    from annotations.merge import Conflict

__all__ = ["MARKER_SIZE", "MergedFile", "merge_files"]

MARKER_SIZE = 7
"""How many signs a conflict marker is made of, unless git's attributes say otherwise."""


@frozen
class MergedFile:
    """What a merge of files came to.

    Attributes:
        data: the file that holds both sides.
        conflicts: what is left for a person to decide, all of it in the file's own `conflicts:`.
        refused: why the sides could only be put beside each other as text; empty when they were merged.
        remarks: what else a person should know, one sentence each.
    """

    data: bytes
    conflicts: tuple[Conflict, ...] = ()
    refused: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing is left to decide."""
        return not self.conflicts and not self.refused


def merge_files(base: bytes, ours: bytes, theirs: bytes, path: Path, *, marker_size: int = MARKER_SIZE) -> MergedFile:
    """Merge what two sides made of one sidecar.

    Where one side alone wrote, the result is that side's file.  Else it is ours with the difference made in it, line
    by line, so that comments stay.  Whatever stood there, the result has LF line ends, no byte order mark, and one
    line feed at its end.

    Args:
        base: the file both sides began with; empty when each made it anew.
        ours: our file.
        theirs: their file.
        path: the sidecar's, for what is said about it.
        marker_size: how long conflict markers are, should any be needed.
    """
    base, ours, theirs = (_tidy(one) for one in (base, ours, theirs))
    if ours == theirs:
        return MergedFile(ours)
    try:
        mine, yours = _readable(ours, path, "ours"), _readable(theirs, path, "theirs")
        _require_same_damage(mine, yours, path)
    except InputError as error:
        return _side_by_side(ours, theirs, str(error), marker_size)
    if theirs == base:
        return MergedFile(ours)
    if ours == base:
        return MergedFile(theirs)
    before, remarks = _base(base, path)
    both = merge(before, mine, yours)
    try:
        data = _with_heading(splice_sidecar(ours, mine, both.sidecar, path), base, ours, theirs)
    except InputError as error:
        return _side_by_side(ours, theirs, str(error), marker_size)
    return MergedFile(data, both.conflicts, remarks=(*remarks, *_left_out(data, base, theirs)))


def _tidy(data: bytes) -> bytes:
    text = data.removeprefix(BOM).replace(b"\r\n", b"\n").rstrip(b"\n")
    return text + b"\n" if text else b""


def _readable(data: bytes, path: Path, side: str) -> Sidecar:
    try:
        sidecar = load_sidecar(data, path)
    except InputError as error:
        raise InputError(f"{side} cannot be read: {error.what}", path=path, line=error.line) from None
    twice = next((one for one in sidecar.damaged if one.reason.startswith("id: ")), None)
    if twice:
        raise InputError(f"{side} cannot be merged: {twice.reason}", path=path, line=twice.line)
    return sidecar


def _require_same_damage(ours: Sidecar, theirs: Sidecar, path: Path) -> None:
    """Entries that nobody understands can stay where they are, but not be brought from one file into the other."""
    mine, yours = ([(one.author, one.record) for one in side.damaged] for side in (ours, theirs))
    if mine != yours:
        one = next(iter((*ours.damaged, *theirs.damaged)))
        raise InputError(f"an entry that is no annotation differs ({one.reason})", path=path, line=one.line)


def _base(data: bytes, path: Path) -> tuple[Sidecar, tuple[str, ...]]:
    """What both sides began with; an unreadable one counts as empty, which keeps all that either side has."""
    try:
        return load_sidecar(data, path), ()
    except InputError as error:
        said = f"what both sides began with cannot be read ({error.what}): whatever one of them deleted is back"
        return Sidecar(), (said,)


def _with_heading(data: bytes, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """The file with both sides' lines in the block of comments at its head."""
    b, o, t = (_heading(one) for one in (base, ours, theirs))
    kept = [one for one in o if one in t or one not in b] + [one for one in t if one not in o and one not in b]
    return b"".join((*kept, *data.splitlines(keepends=True)[len(o) :]))


def _heading(data: bytes) -> list[bytes]:
    return list(takewhile(lambda line: line.startswith(b"#"), data.splitlines(keepends=True)))


def _left_out(data: bytes, base: bytes, theirs: bytes) -> Iterable[str]:
    """Their comments that have no place in the merged file: it is ours with the differences made in it."""
    here = {one.text for file in (data, base) if b"#" in file for one in comments(file.decode())}
    found = comments(theirs.decode()) if b"#" in theirs else ()
    return [f"their comment at line {one.line + 1} is not in it: {one.text}" for one in found if one.text not in here]


def _side_by_side(ours: bytes, theirs: bytes, why: str, marker_size: int) -> MergedFile:
    """Both sides as text: the lines they begin and end with once, between those each side's own."""
    remarks = []
    if b"\0" in ours + theirs:
        remarks.append("NUL characters are now U+FFFD")
        ours, theirs = (one.replace(b"\0", "\ufffd".encode()) for one in (ours, theirs))
    o, t = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    head = _shared(o, t)
    tail = _shared(o[head:][::-1], t[head:][::-1])
    size = max([marker_size, *(_marker(line) + 1 for line in (*o, *t) if _marker(line) >= marker_size)])
    lines = [
        *o[:head],
        b"<" * size + b" ours\n",
        *o[head : len(o) - tail],
        b"=" * size + b"\n",
        *t[head : len(t) - tail],
        b">" * size + b" theirs\n",
        *o[len(o) - tail :],
    ]
    return MergedFile(b"".join(lines), refused=why, remarks=tuple(remarks))


def _shared(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many lines two files have in common from their start."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def _marker(line: bytes) -> int:
    """How many signs a line begins with that could be taken for a marker."""
    return max(len(line) - len(line.lstrip(sign)) for sign in (b"<", b"=", b">"))
