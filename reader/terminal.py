"""The terminal that is read from and drawn on, also when it goes away: its window closed, the connection lost."""

from __future__ import annotations

import os
import select
import signal
from codecs import getincrementaldecoder
from typing import Any, cast

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

__all__ = ["Terminal"]

_LOOK_AGAIN = 0.1
"""Seconds after which keys that may begin a longer sequence are taken for what they are."""


class Terminal(LinuxDriver):
    """Textual's driver, for which a terminal that is gone is the program's end.

    The system sends SIGHUP then, but to the session's leader alone; a shell or `make` that leads may wait for us
    instead of passing it on.  So whoever finds the terminal gone sends it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._file = cast("Any", _Drawn(self._file))

    def run_input_thread(self) -> None:
        """Read until told to stop, or until nothing will ever come; Textual's own would go on asking for that."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], _LOOK_AGAIN)[0]:
                typed = _read(self.fileno)
                if not typed:
                    _hang_up()
                    return
                text = decode(typed)  # nothing yet of a character that is only half here
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)


class _Drawn:
    """What is drawn on: a terminal's file, and nothing once that cannot be written any more."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.fileno = file.fileno

    def write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError:
            self._lose()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._lose()

    def _lose(self) -> None:
        """Draw on nothing from now on; what is still to be written would otherwise fail again, up to the very end."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
        _hang_up()


def _read(fileno: int) -> bytes:
    try:
        return os.read(fileno, 1 << 12)
    except OSError:  # as where the program that started us is gone, and the terminal is another's
        return b""


def _hang_up() -> None:
    """Have the program end as it would if the system had told it."""
    os.kill(os.getpid(), signal.SIGHUP)
