"""Runs every benchmark, or those named on the command line, and prints the table."""

from __future__ import annotations

import sys

from benchmarks import cold_start, pane

_ALL = {"cold_start": cold_start, "pane": pane}


def main() -> None:
    for name in sys.argv[1:] or _ALL:
        for line in _ALL[name].lines():
            print(line, flush=True)


if __name__ == "__main__":
    main()
