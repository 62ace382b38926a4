"""The whole program in a terminal, as a person starts it: first paint, keys, marks among many, and doing nothing."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.commands import HELLO, POSTIL
from benchmarks.shelf import LANDMARK, make_library
from benchmarks.table import Line, side_by_side
from benchmarks.terminal import Terminal
from reader.glyphs import UNICODE

__all__ = ["lines"]

_COLUMNS, _ROWS = 120, 40
_SIZES = {"100 KB": 100_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
_FEW = 12
_IDLE_SECONDS = 10.0
_IDLE_SHARE = 0.005  # nought per cent, rounded


def lines() -> Iterator[Line]:
    """All budgets of the program as a whole."""
    with tempfile.TemporaryDirectory() as folder:
        shelf = Path(folder)
        libraries = {name: make_library(shelf / str(size), size, _FEW) for name, size in _SIZES.items()}
        for name, bar in (("100 KB", 1.5), ("1 MB", 1.5), ("10 MB", 2.0)):
            yield _first_paint(name, bar, libraries[name])
        yield _line_down(libraries["10 MB"], libraries["100 KB"])
        yield _highlight(make_library(shelf / "many", 1_000_000, 10_000), make_library(shelf / "none", 1_000_000, 0))
        yield _idle(libraries["1 MB"])


def _start(library: Path) -> Terminal:
    return Terminal([*POSTIL, "--library", str(library)], _COLUMNS, _ROWS)


def _at_rest(stack: ExitStack, library: Path) -> Terminal:
    """The program on a library, when it has painted and looked for changes."""
    terminal = stack.enter_context(_start(library))
    terminal.until(LANDMARK.encode())
    terminal.settle(3.0)
    return terminal


def _first_paint(name: str, bar: float, library: Path) -> Line:
    with ExitStack() as stack:
        _at_rest(stack, library)  # the article is resumed: it was open before

    def hello() -> float:
        with Terminal(HELLO, _COLUMNS, _ROWS) as terminal:
            return terminal.until(b"hello")

    def postil() -> float:
        with _start(library) as terminal:
            return terminal.until(LANDMARK.encode())

    return side_by_side(f"postil: first paint, {name} article resumed, over a bare app", bar, postil, hello, 11)


def _line_down(long: Path, short: Path) -> Line:
    with ExitStack() as stack:
        first, second = (_at_rest(stack, library) for library in (long, short))
        return side_by_side(
            "postil: line down, 10 MB over 100 KB", 2.0, lambda: first.press(b"j"), lambda: second.press(b"j"), 60
        )


def _highlight(many: Path, none: Path) -> Line:
    with ExitStack() as stack:
        first, second = (_highlighter(_at_rest(stack, library)) for library in (many, none))
        return side_by_side("postil: add a highlight among 10,000 over among none", 1.5, first, second, 15)


def _highlighter(terminal: Terminal) -> Callable[[], float]:
    """Marks the first sentence of another paragraph each time, and then waits until that is saved."""

    def highlight() -> float:
        terminal.press(b"}")
        seconds = terminal.frame(b"h", UNICODE.kinds["highlight"].encode())
        terminal.expect(b"highlighted:")
        terminal.settle(0.3)
        return seconds

    return highlight


def _idle(library: Path) -> Line:
    with ExitStack() as stack:
        terminal = _at_rest(stack, library)
        before, begun = terminal.cpu_seconds(), time.perf_counter()
        time.sleep(_IDLE_SECONDS)
        used, passed = terminal.cpu_seconds() - before, time.perf_counter() - begun
        return Line(
            "postil: share of a core while nothing happens", used / passed, _IDLE_SHARE, f"{used:.2f} / {passed:.2f} s"
        )
