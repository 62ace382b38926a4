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
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

__all__ = ["Terminal", "TerminalError"]

_MODE = re.compile(rb"\x1b\[\?(\d+)\$p")
_SYNCHRONIZED = b"2026"  # the one mode this terminal says it knows
_QUIET = 0.06  # seconds without a byte: the paint is over
_PATIENCE = 60.0
_FRAME_END = b"\x1b[?2026l"
_ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[^\[]")


class TerminalError(Exception):
    """The program ended, or did not draw what it should have."""


class Terminal:
    """Runs a program; `until` and `press` say how many seconds a paint took.

    Args:
        command: its arguments, the program first.
        columns: width in cells.
        rows: height in cells.
    """

    def __init__(self, command: Sequence[str], columns: int = 100, rows: int = 40) -> None:
        self._name = " ".join(command)
        self._started = time.perf_counter()
        self._pid, self._screen = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"})  # noqa: S606 - a pty's child has no shell
        self._seen = self._latest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._screen)

    def until(self, *words: bytes) -> float:
        """Seconds from the start of the program until all of these are drawn."""
        for one in words:
            while one not in self._seen:
                self._read_on(self._started, one)
        return time.perf_counter() - self._started

    def settle(self, seconds: float) -> None:
        """Reads until nothing was drawn for so long."""
        while self._read(seconds):
            pass

    def press(self, key: bytes) -> float:
        """Seconds from a key to the last byte of what it draws; it must draw something."""
        begun = latest = self._type(key)
        while self._read(_QUIET if self._seen else 5.0):
            latest = time.perf_counter()
        if not self._seen:
            raise self._failed(f"drew nothing for {key!r}")
        return latest - begun

    def drawn(self, key: bytes, quiet: float) -> Iterator[tuple[float, bytes]]:
        """All that a key draws, until nothing is for so long: seconds since the key, and the bytes."""
        begun = self._type(key)
        while self._read(quiet):
            yield time.perf_counter() - begun, self._latest

    def resize(self, columns: int, rows: int) -> float:
        """Seconds from another size of the window to the last byte of what that draws."""
        self.settle(_QUIET)
        self._seen = b""
        begun = latest = time.perf_counter()
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        while self._read(0.2 if self._seen else 5.0):  # Textual waits a moment for the size to be the last one
            latest = time.perf_counter()
        if not self._seen:
            raise self._failed("drew nothing for another size")
        return latest - begun

    def frame(self, key: bytes, words: bytes) -> float:
        """Seconds from a key to the end of the first frame that holds `words`, whatever is drawn after it."""
        begun = self._type(key)
        while self._seen.find(_FRAME_END, self._seen.find(words)) < 0 or words not in self._seen:
            self._read_on(begun, words)
        return time.perf_counter() - begun

    def expect(self, words: bytes) -> None:
        """Reads until `words` are drawn, if they were not since the last key."""
        begun = time.perf_counter()
        while words not in self._seen:
            self._read_on(begun, words)

    def megabytes(self) -> float:
        """How much memory the program has in use."""
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{self._pid}/status").read_text())
        if found is None:
            raise self._failed("has ended")
        return int(found[1]) / 1024

    def cpu_seconds(self) -> float:
        """What the program has used of the processor so far."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _type(self, key: bytes) -> float:
        """Presses a key when all is quiet; returns when it did."""
        self.settle(_QUIET)
        self._seen = b""
        os.write(self._screen, key)
        return time.perf_counter()

    def _read_on(self, begun: float, words: bytes) -> None:
        if time.perf_counter() - begun > _PATIENCE:
            raise self._failed(f"did not draw {words.decode()!r} within {_PATIENCE:.0f} seconds")
        self._read(1.0)

    def _failed(self, what: str) -> TerminalError:
        """The error, with the last words that were drawn."""
        drawn = _ESCAPES.sub(b" ", self._seen).decode(errors="replace").split()
        return TerminalError(f"{self._name} {what}; it drew last: {' '.join(drawn)[-600:]}")

    def _read(self, seconds: float) -> int:
        """Takes what is drawn, if anything is within so many seconds; answers questions in it."""
        if not select.select([self._screen], [], [], seconds)[0]:
            return 0
        try:
            drawn = os.read(self._screen, 1 << 16)
        except OSError:  # how Linux says that nobody is at the other end
            drawn = b""
        if not drawn:
            raise self._failed("ended")
        self._latest = drawn
        self._seen = (self._seen + drawn)[-(1 << 18) :]
        for asked in _MODE.finditer(drawn):
            os.write(self._screen, b"\x1b[?%b;%d$y" % (asked[1], 2 if asked[1] == _SYNCHRONIZED else 0))
        return len(drawn)
