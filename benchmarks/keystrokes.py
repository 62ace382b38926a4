"""Searching as one types, in the real program: from a key to the results on screen, and how often they are partial."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import pyte

from annotations.frozen import frozen
from benchmarks.asked import Asker, sampled
from benchmarks.commands import POSTIL
from benchmarks.shelves import Shelves, name_of
from benchmarks.table import Line
from benchmarks.terminal import Terminal
from index.search import Wanted
from reader.session import Session

__all__ = ["lines"]

_COLUMNS, _ROWS = 120, 40
_QUIET = 0.4  # seconds without a byte: all that a key was to bring is there
_BOX, _LIST = 1, 4  # the row of the search box, and the first that is the list's whatever is said above it
_BARS: Final = {1000: 0.050, 10_000: 0.070, 100_000: 0.050}
_WHOLE_UP_TO = 10_000  # articles; of more the first results are to be there by then, and the rest may follow
_ECHO = 0.050
_DEADLINE = 0.150
_QUERIES = 8


@frozen
class _Key:
    """Seconds from a key until something of it was on screen; None when nothing changed there."""

    echo: float | None
    first: float | None
    last: float | None


def lines(shelves: Shelves, size: int) -> Iterator[Line]:
    """Two words typed letter by letter, again and again."""
    asker = Asker(sampled(one.text for one in shelves.records(size)), [""], seed=8)
    typed = [f"{asker.word((0.01, 0.4), 4)} {asker.word((0.002, 0.1), 4)}" for _ in range(_QUERIES)]
    keys = list(_pressed(shelves.library(size), typed))
    firsts, lasts, echoes = (
        [at for one in keys if (at := getattr(one, name)) is not None] for name in ("first", "last", "echo")
    )
    name, bar = name_of(size), _BARS[size]
    yield _line(f"{name}: key to first results painted, p95 over {bar * 1000:.0f} ms", firsts, bar, len(keys))
    whole = _line(f"{name}: key to last results painted, p95 over {bar * 1000:.0f} ms", lasts, bar, len(keys))
    yield replace(whole, bar=inf) if size > _WHOLE_UP_TO else whole
    yield _line(f"{name}: key to the letter in the box, p95 over {_ECHO * 1000:.0f} ms", echoes, _ECHO, len(keys))
    yield _partial(shelves.library(size), typed, name)


def _line(what: str, seconds: Sequence[float], bar: float, keys: int) -> Line:
    worst = quantiles(seconds, n=20)[-1]
    measured = f"p50 {median(seconds) * 1000:.0f}, p95 {worst * 1000:.0f} ms, {len(seconds)} of {keys}"
    return Line(what, worst / bar, 1.0, measured)


def _pressed(library: Path, typed: Sequence[str]) -> Iterator[_Key]:
    with Terminal([*POSTIL, "--library", str(library)], _COLUMNS, _ROWS) as terminal:
        terminal.until(library.name.encode())
        terminal.settle(5.0)
        screen = _Screen()
        for key in (b"f", b"\x15"):  # to the box, if one is not there already, and all is read and drawn
            for _, drawn in terminal.drawn(key, 2.0):
                screen.feed(drawn)
        for query in typed:
            for letter in query:
                yield screen.pressed(terminal, letter.encode())
            for _, drawn in terminal.drawn(b"\x15", 1.0):
                screen.feed(drawn)


class _Screen:
    """What is on the screen, as a terminal shows it."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(_COLUMNS, _ROWS)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, drawn: bytes) -> None:
        """Draw it."""
        self._stream.feed(drawn)

    def pressed(self, terminal: Terminal, key: bytes) -> _Key:
        """Press a key; everything is drawn here after it has been timed, since that takes long."""
        chunks = list(terminal.drawn(key, _QUIET))
        before, echo, changes = self._shown(), None, list[float]()
        for at, drawn in chunks:
            self.feed(drawn)
            now = self._shown()
            if now[0] != before[0] and echo is None:
                echo = at
            if now[1] != before[1]:
                changes.append(at)
            before = now
        return _Key(echo, changes[0] if changes else None, changes[-1] if changes else None)

    def _shown(self) -> tuple[str, list[str]]:
        rows = self._screen.display
        return rows[_BOX], rows[_LIST:-1]


def _partial(library: Path, typed: Sequence[str], name: str) -> Line:
    """How often a search that is cut off after the deadline has not seen everything."""
    session = Session.start(library)
    session.look_up(typed[0][:3], Wanted(typing=True))
    took, late = [], 0
    states = [query[: end + 1] for query in typed for end in range(len(query))]
    for state in states:
        begun = time.perf_counter()
        found = session.look_up(state, Wanted(typing=True, seconds=_DEADLINE, limit=100))
        took.append(time.perf_counter() - begun)
        late += found.late
    session.close()
    measured = f"{late} of {len(states)}; max {max(took) * 1000:.0f} ms"
    return Line(f"{name}: share of partial answers at a deadline of 150 ms", late / len(states), 1.0, measured)
