"""The command line.  A command imports what it needs when it runs, so that `--help` and `--version` stay quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from reader.cli.edge import guarded
from reader.cli.parser import run

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run `postil` with these arguments, by default the process's own; returns the exit status, never raises."""
    return guarded(lambda: run(sys.argv[1:] if argv is None else list(argv)))
