"""The reading pane in a terminal: first paint over a bare Textual app, keys in long articles, marks among many."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from benchmarks.commands import HELLO, PANE
from benchmarks.prose import prose
from benchmarks.table import Line, side_by_side
from benchmarks.terminal import Terminal

__all__ = ["lines"]

_SIZES = {"100 KB": 100_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
_ALTERNATE_SCREEN = b"\x1b[?1049h"


def lines() -> Iterator[Line]:
    """All budgets of the pane."""
    with tempfile.TemporaryDirectory() as folder:
        articles = {name: Path(folder, f"{size}.txt") for name, size in _SIZES.items()}
        for name, path in articles.items():
            path.write_text(prose(_SIZES[name]), encoding="utf-8")
        for name, bar in (("100 KB", 1.5), ("1 MB", 1.5), ("10 MB", 2.0)):
            yield _first_paint(name, articles[name], bar)
        yield _keys("pane: line down, 10 MB over 100 KB", 2.0, articles["10 MB"], articles["100 KB"], [b"j"])
        yield _keys(
            "pane: page down and up, 10 MB over 100 KB", 2.0, articles["10 MB"], articles["100 KB"], [b" ", b"b"]
        )
        yield _marks(articles["100 KB"])


def _first_paint(name: str, article: Path, bar: float) -> Line:
    # The text of the window's last row, less its first and last word, which may be drawn apart.
    last = _window(article)

    def hello() -> float:
        with Terminal(HELLO) as terminal:
            return terminal.until(b"hello")

    def pane() -> float:
        with Terminal([*PANE, str(article), "100"]) as terminal:
            return terminal.until(last)

    return side_by_side(f"pane: first paint, {name} article, over a bare app", bar, pane, hello, 7)


def _window(article: Path) -> bytes:
    """Some words of the row at the bottom of the first window."""
    from reader.layout import Layout
    from reader.widgets.page import MEASURE

    layout = Layout(article.read_text(encoding="utf-8"), width=MEASURE)
    row = next(row for row in map(layout.row, range(39, 30, -1)) if row.limit - row.start > 40)
    return max(row.draw(row.start, row.limit).split(), key=len).encode()


def _presser(stack: ExitStack, article: Path, marks: int, keys: list[bytes]) -> Callable[[], float]:
    terminal = stack.enter_context(Terminal([*PANE, str(article), str(marks)]))
    terminal.until(_ALTERNATE_SCREEN)
    terminal.settle(2.0)
    turns = cycle(keys)
    return lambda: terminal.press(next(turns))


def _keys(what: str, bar: float, long: Path, short: Path, keys: list[bytes]) -> Line:
    with ExitStack() as stack:
        return side_by_side(what, bar, _presser(stack, long, 100, keys), _presser(stack, short, 100, keys), 60)


def _marks(article: Path) -> Line:
    with ExitStack() as stack:
        many, none = (_presser(stack, article, marks, [b"m"]) for marks in (10_000, 0))
        return side_by_side("pane: add a highlight among 10,000 over among none", 1.5, many, none, 60)
