"""Runs every benchmark, or those named on the command line, and prints the table; exits 1 when a bar is missed.

`peers` and `search` run only when they are named: they install other programs, and take long.  What follows `search` is
its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from benchmarks import cold_start, pane, peers, program, review, saving, search
from benchmarks.home import private_home
from benchmarks.table import HEADING, Line
from benchmarks.terminal import TerminalError

_ALL = {"cold_start": cold_start, "pane": pane, "program": program, "saving": saving, "review": review}
_NAMED = {**_ALL, "peers": peers, "search": search}


def main(names: list[str]) -> int:
    if names[:1] == ["search"]:
        return _print(lambda: search.lines(names[1:]))
    unknown = [name for name in names if name not in _NAMED]
    if unknown:
        print(f"no benchmark is called {unknown[0]!r}: there are {', '.join(_NAMED)}", file=sys.stderr)
        return 2
    return _print(lambda: (line for name in names or _ALL for line in _NAMED[name].lines()))


def _print(lines: Callable[[], Iterator[Line]]) -> int:
    """Prints lines as they are measured, in a home of their own; the exit status."""
    print(HEADING, flush=True)
    missed = 0
    try:
        with private_home():
            for line in lines():
                print(line, flush=True)
                missed += not line.met
    except TerminalError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 3
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
