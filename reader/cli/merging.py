"""Commands that merge sidecars: `merge` for a person, `merge-driver` for git."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.durable import explained, write_atomically
from annotations.errors import InputError
from reader.cli.command import Command, count
from reader.cli.output import note, print_json, say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from annotations.merge import Conflict
    from annotations.merge_files import MergedFile

__all__ = ["COMMANDS", "drive"]

_LEFT = 10
"""The exit status that tells git's wrapper: written, and something is left to decide."""


def _three_files(parser: ArgumentParser) -> None:
    parser.add_argument("base", metavar="BASE", help="the sidecar both sides began with")
    parser.add_argument("ours", metavar="OURS", help="our sidecar")
    parser.add_argument("theirs", metavar="THEIRS", help="their sidecar")


def _driver_arguments(parser: ArgumentParser) -> None:
    _three_files(parser)
    parser.add_argument("--marker-size", type=count, default=7, metavar="N", help="how long conflict markers are")
    parser.add_argument("--path", default="", metavar="P", help="the sidecar's path in the repository")


def _driver(args: Namespace) -> int:
    return drive(args.base, args.ours, args.theirs, args.marker_size, args.path)


def drive(base: str, ours: str, theirs: str, marker_size: int, path: str) -> int:
    """Merge as git asks for it: the result takes the place of `ours`; gives the exit status for git's wrapper.

    Raises:
        InputError: a file cannot be read, or the result cannot be written.
    """
    merged = _merged((base, ours, theirs), path or ours, marker_size)
    write_atomically(Path(ours).absolute(), merged.data)
    _tell(merged, path or ours)
    return 0 if merged.clean else _LEFT


def _merge_arguments(parser: ArgumentParser) -> None:
    _three_files(parser)
    parser.add_argument("--out", metavar="FILE", help="write the merged sidecar there instead of printing it")
    parser.add_argument("--json", action="store_true", help="print what was merged and what is left, as JSON")


def _merge(args: Namespace) -> int:
    merged = _merged((args.base, args.ours, args.theirs), args.out or args.ours)
    if args.out:
        write_atomically(Path(args.out).absolute(), merged.data)
    if args.json:
        print_json(
            {
                "clean": merged.clean,
                "refused": merged.refused,
                "remarks": list(merged.remarks),
                "conflicts": [_shape(one) for one in merged.conflicts],
                "merged": merged.data.decode(errors="replace"),
            }
        )
    else:
        if not args.out:
            say(merged.data.decode(errors="replace").rstrip("\n"), keep="\n")
        _tell(merged, args.out or args.ours)
    return 0 if merged.clean else 1


def _merged(files: tuple[str, str, str], path: str, marker_size: int = 0) -> MergedFile:
    from annotations.merge_files import MARKER_SIZE, merge_files

    base, ours, theirs = (_read(Path(one)) for one in files)
    return merge_files(base, ours, theirs, Path(path), marker_size=marker_size or MARKER_SIZE)


def _read(path: Path) -> bytes:
    if str(path) == os.devnull:
        return b""
    try:
        if not path.is_file():
            raise InputError("there is no such file", path=path)
        return path.read_bytes()
    except OSError as error:
        raise explained(error, path) from error


def _tell(merged: MergedFile, path: str) -> None:
    """Say what a person has to know, on stderr."""
    for remark in merged.remarks:
        note(f"{path}: {remark}")
    if merged.refused:
        note(f"{merged.refused}; both sides stand in the file between conflict markers")
    for one in merged.conflicts:
        what = f"deleted by {one.side}, changed by the other side" if one.side else "changed on both sides"
        note(f"{path}: {one.annotation or 'the article'}: {one.field}: {what}")
    if merged.conflicts:
        note("`postil resolve` decides: ours is what stands in the file, theirs beside it under `conflicts:`")


def _shape(one: Conflict) -> dict[str, object]:
    sides = {"base": one.base, "ours": one.ours, "theirs": one.theirs}
    return {"annotation": one.annotation, "field": one.field, **sides, "deleted_by": one.side}


COMMANDS: dict[str, Command] = {
    "merge": (_merge_arguments, _merge),
    "merge-driver": (_driver_arguments, _driver),
}
