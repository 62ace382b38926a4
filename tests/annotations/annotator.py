"""Annotates until it is done or dies, and prints the id of each annotation that is saved: run as a script."""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotations import durable
from annotations.errors import InputError
from annotations.model import Annotation, Position, Quote, new_id
from annotations.store import load, save

CALLS = ("open", "ftruncate", "pwrite", "write", "fchmod", "fsync", "close", "rename", "unlink")


class Calls:
    """`os`, but the call with that number does something else first, or instead.

    Attributes:
        made: names of the calls made so far.
    """

    def __init__(self, number: int, instead: Callable[[str], None]) -> None:
        self.made: list[str] = []
        self._number = number
        self._instead = instead

    def __getattr__(self, name: str) -> Any:
        call = getattr(os, name)
        if name not in CALLS:
            return call

        def counted(*arguments: Any) -> Any:
            self.made.append(name)
            if len(self.made) == self._number:
                if name == "close":  # also a failing close gives the handle back
                    call(*arguments)
                self._instead(name)
            return call(*arguments)

        return counted


def annotation(author: str, number: int) -> Annotation:
    place = Position(start=number, end=number + 5, text="bb43ca9ffecd61b1")
    return Annotation(
        id=new_id(), author=author, kind="note", note=f"number {number}", quote=Quote(exact="words"), position=place
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sidecar", type=Path)
    parser.add_argument("author")
    parser.add_argument("count", type=int)
    parser.add_argument("--keep", action="store_true", help="go on from what the last save gave, without loading")
    parser.add_argument("--die-at", type=int, default=0, metavar="N", help="SIGKILL at the Nth system call of a save")
    parser.add_argument("--limit", type=int, help="bytes that a file may have")
    options = parser.parse_args()
    if options.limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (options.limit, options.limit))
    if options.die_at:
        calls = Calls(options.die_at, lambda _: os.kill(os.getpid(), signal.SIGKILL))
        setattr(durable, "os", calls)  # noqa: B010 - the module does not mean to have its `os` changed
    loaded = load(options.sidecar)
    for number in range(options.count):
        made = annotation(options.author, number)
        try:
            saved = save(loaded, loaded.sidecar.put(made))
        except InputError as error:
            sys.exit(str(error))
        print(made.id, flush=True)  # noqa: T201 - this is what it is for
        loaded = saved.loaded if options.keep else load(options.sidecar)


if __name__ == "__main__":
    main()
