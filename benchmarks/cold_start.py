"""The command line's start: `--version` over a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from benchmarks.commands import POSTIL
from benchmarks.table import Line, side_by_side

__all__ = ["lines"]


def lines() -> Iterator[Line]:
    """The start of `--version` and of `--help`."""
    nothing = [sys.executable, "-c", "pass"]
    for option in ("--version", "--help"):
        yield side_by_side(
            f"postil {option} over python -c pass",
            4.0,
            lambda option=option: _run([*POSTIL, option]),  # type: ignore[misc]
            lambda: _run(nothing),
            15,
        )


def _run(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
