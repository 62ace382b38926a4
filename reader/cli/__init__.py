"""The command line.  A command imports what it needs when it runs, so that `--help` and `--version` stay quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from reader.cli.edge import guarded

TYPE_CHECKING = False  # typing is not imported here, as in `parser`
if TYPE_CHECKING:
    from typing import Any

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run `postil` with these arguments, by default the process's own; returns the exit status, never raises."""
    return guarded(lambda: _run(sys.argv[1:] if argv is None else list(argv)))


def _run(argv: list[str]) -> int:
    if plain := _plain(argv):
        from reader.cli.opening import open_reader

        return open_reader(plain, "")
    match argv:
        case ["merge-driver", base, ours, theirs, "--marker-size", size, "--path", path] if size.isdecimal():
            from reader.cli.merging import drive

            return drive(base, ours, theirs, int(size), path)  # as git calls it, for each file: a parser takes longer
    from reader.cli.parser import run

    return run(argv)


def _plain(argv: list[str]) -> Any:
    """What needs no parser, or None: to open the reader on a library, here or in the folder that is named."""
    if argv and not (len(argv) == 2 and argv[0] == "--library" and not argv[1].startswith("-")):
        return None
    from types import SimpleNamespace

    return SimpleNamespace(library=argv[1] if argv else None, author=None, command=[])
