"""Indexing in a process of its own: many articles are read, labelled and indexed there while the reader goes on.

The process is told what to do in one line of JSON and says how far it is, a line each time.  It stops where it is, and
keeps what is done, when its standard input ends: when it is told to, or when whoever started it is gone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from select import select
from typing import IO, TYPE_CHECKING, Any

from index.search import BusyError

if TYPE_CHECKING:
    from index.update import Progress, Todo

__all__ = ["WorkerError", "main", "work"]

_NICE = 10
_SECONDS = 0.1
"""Between two looks whether to stop, and between two words on how far it is."""

_PATIENCE = 60.0
"""How long it waits for others that write: a batch that cannot be committed was for nothing."""

_START = "import sys; sys.path[:] = {path!r}; from index.worker import main; main()"
"""The same modules as here, wherever they are, and nothing from the folder one happens to be in."""


class WorkerError(Exception):
    """The process ended without having done what it was to do."""


def work(
    root: Path,
    folder: Path,
    todo: Todo,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Have those articles indexed, and segments merged if it is time; see `bring_up_to_date`.

    Args:
        root: of the library.
        folder: of the index.
        todo: what is outdated.
        progress: told how many articles are done, and of how many.
        cancelled: asked now and then.

    Raises:
        BusyError: another process is writing the index.
        OSError: the disk is full, or the like; or no process can be started.
        WorkerError: anything else.
    """
    start = _START.format(path=[path for path in sys.path if path])
    with subprocess.Popen(
        [sys.executable, "-I", "-c", start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a key that interrupts the reader is no word to it
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError
        with suppress(BrokenPipeError):
            task = {"root": os.fspath(root), "folder": os.fspath(folder), "todo": todo}
            process.stdin.write(json.dumps(task).encode() + b"\n")
            process.stdin.flush()
        for said in _lines(process.stdout):
            if cancelled and cancelled() and not process.stdin.closed:
                with suppress(BrokenPipeError):
                    process.stdin.close()
            if "end" in said:
                return _end(**said)
            if said and progress:
                progress(said["done"], len(todo))
    raise WorkerError(process.returncode)


def _lines(stdout: IO[bytes]) -> Iterator[dict[str, Any]]:
    """What is said; nothing, now and then, while nothing is."""
    begun = b""
    while True:
        if not select([stdout], [], [], _SECONDS)[0]:
            yield {}
            continue
        data = os.read(stdout.fileno(), 1 << 16)
        if not data:
            return
        *lines, begun = (begun + data).split(b"\n")
        yield from map(json.loads, lines)


def _end(end: str, done: int, number: int = 0) -> int:
    if end == "busy":
        raise BusyError
    if end == "system":
        raise OSError(number, os.strerror(number))
    return done


def main() -> None:
    """Do what standard input says."""
    os.nice(_NICE)
    task = json.loads(sys.stdin.buffer.readline())
    stop = threading.Event()
    threading.Thread(target=_wait, args=(stop,), daemon=True).start()
    try:
        _say(end="done", done=_index(Path(task["root"]), Path(task["folder"]), task["todo"], stop))
    except BusyError:
        _say(end="busy", done=0)
    except OSError as error:
        _say(end="system", done=0, number=error.errno)


def _index(root: Path, folder: Path, todo: Todo, stop: threading.Event) -> int:
    from index.engine.backend import WhooshBackend
    from index.library import Library
    from index.update import bring_up_to_date

    told = time.monotonic()

    def progress(done: int, _: int) -> None:
        nonlocal told
        if time.monotonic() > told + _SECONDS:
            told = time.monotonic()
            _say(done=done)

    index = WhooshBackend(folder, patience=_PATIENCE)
    done = bring_up_to_date(index, todo, Library(root).open, progress=progress, cancelled=stop.is_set)
    if not stop.is_set() and index.crowded():
        index.merge()
    return done


def _wait(stop: threading.Event) -> None:
    """Until standard input ends."""
    sys.stdin.buffer.read()
    stop.set()


def _say(**what: object) -> None:
    with suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()
