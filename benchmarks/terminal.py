"""A program in a real terminal: a pty of a known size that answers what Textual asks, read byte by byte."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

__all__ = ["Terminal"]

_MODE = re.compile(rb"\x1b\[\?(\d+)\$p")
_SYNCHRONIZED = b"2026"  # the one mode this terminal says it knows
_QUIET = 0.06  # seconds without a byte: the paint is over
_PATIENCE = 60.0


class Terminal:
    """Runs a program; `until` and `press` say how many seconds a paint took.

    Args:
        command: its arguments, the program first.
        columns: width in cells.
        rows: height in cells.
    """

    def __init__(self, command: Sequence[str], columns: int = 100, rows: int = 40) -> None:
        self._started = time.perf_counter()
        self._pid, self._screen = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"})  # noqa: S606 - a pty's child has no shell
        self._seen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._screen)

    def until(self, words: bytes) -> float:
        """Seconds from the start of the program until `words` are drawn."""
        while words not in self._seen:
            assert time.perf_counter() - self._started < _PATIENCE, self._seen[-2000:]
            self._read(1.0)
        return time.perf_counter() - self._started

    def settle(self, seconds: float) -> None:
        """Reads until nothing was drawn for so long."""
        while self._read(seconds):
            pass

    def press(self, key: bytes) -> float:
        """Seconds from a key to the last byte of what it draws; it must draw something."""
        self.settle(_QUIET)
        begun = latest = time.perf_counter()
        os.write(self._screen, key)
        drawn = 0
        while size := self._read(_QUIET if drawn else 5.0):
            drawn += size
            latest = time.perf_counter()
        assert drawn, f"nothing was drawn for {key!r}"
        return latest - begun

    def _read(self, seconds: float) -> int:
        """Takes what is drawn, if anything is within so many seconds; answers questions in it."""
        if not select.select([self._screen], [], [], seconds)[0]:
            return 0
        drawn = os.read(self._screen, 1 << 16)
        self._seen = (self._seen + drawn)[-(1 << 18) :]
        for asked in _MODE.finditer(drawn):
            os.write(self._screen, b"\x1b[?%b;%d$y" % (asked[1], 2 if asked[1] == _SYNCHRONIZED else 0))
        return len(drawn)
