"""The whole program in a terminal, as a person starts it: first paint, keys, marks among many, and doing nothing."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from benchmarks.commands import HELLO, POSTIL
from benchmarks.shelf import LANDMARK, SPEAKER, make_library
from benchmarks.table import Line, side_by_side
from benchmarks.terminal import Terminal
from reader.glyphs import UNICODE

__all__ = ["lines"]

_COLUMNS, _ROWS = 120, 40
_SIZES = {"100 KB": 100_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
_FEW, _MANY = 100, 10_000
_STARTS = 101  # times a start is measured: they differ by half, so that medians of 31 differ by a tenth
_IDLE_SECONDS = 30.0
_IDLE_SHARE = 0.005  # nought per cent, rounded


def lines() -> Iterator[Line]:
    """All budgets of the program as a whole."""
    with tempfile.TemporaryDirectory() as folder:
        shelf = Path(folder)
        libraries = {name: make_library(shelf / str(size), size, _FEW) for name, size in _SIZES.items()}
        for name, bar in (("100 KB", 1.4), ("1 MB", 1.4), ("10 MB", 1.9)):
            yield _first_paint(name, bar, libraries[name])
        yield _keys("postil: line down, 10 MB over 100 KB", 2.0, libraries["10 MB"], libraries["100 KB"], [b"j"])
        yield _keys(
            "postil: page down and up, 10 MB over 100 KB", 2.0, libraries["10 MB"], libraries["100 KB"], [b" ", b"b"]
        )
        yield _resize(libraries["1 MB"])
        many, none = (make_library(shelf / str(marks), 1_000_000, marks) for marks in (_MANY, 0))
        yield _open(many, none)
        yield _keys("postil: line down among 10,000 annotations over among none", 1.5, many, none, [b"j"])
        yield _highlight(many, none)
        yield _memory(libraries["1 MB"])
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
    for _ in range(2):  # the article is resumed: it was open before, and was not written in that very second
        with ExitStack() as stack:
            _at_rest(stack, library)

    def hello() -> float:
        with Terminal(HELLO, _COLUMNS, _ROWS) as terminal:
            return terminal.until(b"hello")

    return side_by_side(
        f"postil: first paint, {name} article resumed, over a bare app",
        bar,
        lambda: _painted(library, SPEAKER.encode()),
        hello,
        _STARTS,
    )


def _keys(what: str, bar: float, one: Path, other: Path, keys: list[bytes]) -> Line:
    with ExitStack() as stack:
        first, second = (_presser(_at_rest(stack, library), keys) for library in (one, other))
        return side_by_side(what, bar, first, second, 60)


def _presser(terminal: Terminal, keys: list[bytes]) -> Callable[[], float]:
    turns = cycle(keys)
    return lambda: terminal.press(next(turns))


def _resize(library: Path) -> Line:
    with ExitStack() as stack:
        hello = stack.enter_context(Terminal(HELLO, _COLUMNS, _ROWS))
        hello.until(b"hello")
        hello.settle(1.0)
        ours, theirs = _sizer(_at_rest(stack, library)), _sizer(hello)
        return side_by_side("postil: another window size, 1 MB article, over a bare app", 2.5, ours, theirs, 20)


def _sizer(terminal: Terminal) -> Callable[[], float]:
    sizes = cycle([(_COLUMNS - 10, _ROWS - 4), (_COLUMNS, _ROWS)])
    return lambda: terminal.resize(*next(sizes))


def _open(many: Path, none: Path) -> Line:
    with ExitStack() as stack:
        for library in (many, none):
            _at_rest(stack, library)
    what = "postil: first paint, 10,000 annotations over none, 1 MB article"
    return side_by_side(what, 1.5, lambda: _painted(many), lambda: _painted(none), 7)


def _painted(library: Path, *words: bytes) -> float:
    with _start(library) as terminal:
        return terminal.until(LANDMARK.encode(), *words)


def _memory(library: Path) -> Line:
    """What the program takes beyond a bare app, less what an index that is searched takes by itself."""
    with ExitStack() as stack:
        hello = stack.enter_context(Terminal(HELLO, _COLUMNS, _ROWS))
        hello.until(b"hello")
        hello.settle(1.0)
        postil = _at_rest(stack, library)
        postil.press(b"f")
        postil.press(b"minister")
        postil.settle(2.0)
        ours, theirs, index = postil.megabytes(), hello.megabytes(), _megabytes_of_index(library)
        more = ours - theirs - index
        return Line(
            "postil: memory over a bare app, index searched, over 15 MB",
            more / 15,
            1.0,
            f"{ours:.0f} - {theirs:.0f} - {index:.0f} MB",
        )


def _megabytes_of_index(library: Path) -> float:
    """What Python grows by when it opens the library's index and searches it."""
    command = [sys.executable, "-m", "benchmarks.index_alone", str(library)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


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
