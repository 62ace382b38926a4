"""A program in a real terminal of its own: bytes go in as they would from a keyboard, a screen can be read."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

COMMAND = (sys.executable, "-m", "reader.cli")
_PATIENCE = 60.0
_LAST_WORDS = 2.0
_WHOLE_FRAMES = b"2026"
"""The mode in which a program says where what it draws at once begins and ends: so no half is ever read."""
_MODE = re.compile(rb"\x1b\[\?(\d+)\$p")
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?\d+\$p")


class Terminal:
    """Runs a program in `folder`."""

    def __init__(self, arguments: Sequence[str], folder: Path, *, columns: int = 120, rows: int = 40) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.drawn = b""
        self._open = True
        self._pid, self._end = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir(folder)
            environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
            environment["PYTHONFAULTHANDLER"] = "1"  # see _given_up
            os.execve(arguments[0], list(arguments), environment)  # noqa: S606 - a pty's child has no shell

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pid:
            os.killpg(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._end)

    @property
    def pid(self) -> int:
        """The program's number, to send it a signal."""
        return self._pid

    @property
    def text(self) -> str:
        """What the screen shows now."""
        return "\n".join(self._screen.display)

    @property
    def _drawing(self) -> bool:
        """Whether what was drawn at last is not whole yet."""
        return self._open and self.drawn.rfind(b"\x1b[?2026h") > self.drawn.rfind(b"\x1b[?2026l")

    def write(self, keys: str) -> None:
        """Type all of this at once."""
        os.write(self._end, keys.encode(errors="surrogateescape"))

    def close(self) -> None:
        """Close the window; the program is told nothing but what the system tells it."""
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, self._end)
        os.close(nothing)

    def until(self, seen: Callable[[], bool]) -> None:
        """Read until that is so."""
        until = time.monotonic() + _PATIENCE
        while self._drawing or not seen():
            assert time.monotonic() < until, self._given_up()
            assert self._read(0.1) or self._open or seen(), self.text

    def until_shown(self, words: str) -> None:
        """Read until the screen shows these words."""
        self.until(lambda: words in self.text)

    def status(self) -> int:
        """Wait for the program's end; gives its exit status, and prints its last words if it failed."""
        self.until(lambda: not self._open)
        until = time.monotonic() + _PATIENCE
        while not (waited := os.waitpid(self._pid, os.WNOHANG))[0]:
            assert time.monotonic() < until, "it does not end"
            time.sleep(0.01)
        self._pid, ended = 0, waited[1]
        status = os.waitstatus_to_exitcode(ended)
        if status:
            sys.stdout.write(self.text.strip() + "\n")
        return status

    def _given_up(self) -> str:
        """What the screen shows, the last that was drawn, and where every thread of the program stands."""
        shown, drawn = self.text, self.drawn
        if self._pid:
            os.kill(self._pid, signal.SIGABRT)
            until = time.monotonic() + _LAST_WORDS
            while self._open and time.monotonic() < until:
                self._read(0.1)
        stacks = self.drawn[len(drawn) :].decode(errors="replace")
        return f"{shown}\n{drawn[-1000:]!r}\n{stacks}"

    def _read(self, seconds: float) -> bool:
        if not self._open or not select.select([self._end], [], [], seconds)[0]:
            return False
        try:
            drawn = os.read(self._end, 1 << 16)
        except OSError:  # how Linux says that the other end was closed
            drawn = b""
        self._open = bool(drawn)
        self.drawn += drawn
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", drawn))
        for asked in _MODE.finditer(drawn):
            os.write(self._end, b"\x1b[?%b;%d$y" % (asked[1], 2 if asked[1] == _WHOLE_FRAMES else 0))
        return bool(drawn)
