"""Runs every benchmark, or those named on the command line, and prints the table; exits 1 when a bar is missed.

`peers` runs only when it is named: it installs other programs, and measures those.
"""

from __future__ import annotations

import sys

from benchmarks import cold_start, pane, peers, program, review, saving
from benchmarks.home import private_home
from benchmarks.table import HEADING
from benchmarks.terminal import TerminalError

_ALL = {"cold_start": cold_start, "pane": pane, "program": program, "saving": saving, "review": review}
_NAMED = {**_ALL, "peers": peers}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in _NAMED]
    if unknown:
        print(f"no benchmark is called {unknown[0]!r}: there are {', '.join(_NAMED)}", file=sys.stderr)
        return 2
    print(HEADING, flush=True)
    missed = 0
    try:
        with private_home():
            for line in (line for name in names or _ALL for line in _NAMED[name].lines()):
                print(line, flush=True)
                missed += not line.met
    except TerminalError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 3
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
