"""Searching 1,000, 10,000 and 100,000 articles: the index, finished queries, recall, and typing in the real program.

    python -m benchmarks search [--size 1k,10k,100k] [--part build,query,…] [--keep FOLDER] [--also LIBRARY]

Each part prints as it goes.  With a folder to keep, the next run begins with the libraries and indexes of this one; it
is to be thrown away when what an index holds has changed.
"""

from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks import building, finished, keystrokes, one_article, recall
from benchmarks.shelves import SIZES, Shelves
from benchmarks.table import Line

__all__ = ["lines"]

_PARTS: dict[str, Callable[[Shelves, int], Iterator[Line]]] = {
    "build": building.lines,
    "same": building.answers,
    "index": building.whole,
    "one": one_article.lines,
    "query": finished.lines,
    "recall": recall.lines,
    "type": keystrokes.lines,
}


def lines(arguments: Sequence[str] = ()) -> Iterator[Line]:
    """All parts for all sizes, or those that the arguments name."""
    asked = _parser().parse_args(arguments)
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")  # where the index of a library is
        shelves = Shelves(folder)
        for size in asked.size:
            indexed = False
            for part in asked.part:
                if part == "same" and size > building.STOCK_UP_TO:
                    continue
                if not indexed and part not in {"build", "same", "index"}:
                    shelves.indexed(size)
                indexed |= part == "index"
                yield from _PARTS[part](shelves, size)
        if asked.also:
            yield from recall.of("also", asked.also)


def _parser() -> ArgumentParser:
    parser = ArgumentParser("python -m benchmarks search", allow_abbrev=False)
    parser.add_argument("--size", type=_sizes, default=list(SIZES.values()), help=", ".join(SIZES))
    parser.add_argument("--part", type=_parts, default=list(_PARTS), help=", ".join(_PARTS))
    parser.add_argument("--keep", type=_absolute, metavar="FOLDER", help="for libraries and indexes")
    parser.add_argument("--also", type=_absolute, metavar="LIBRARY", help="test the recall of another library too")
    return parser


def _sizes(names: str) -> list[int]:
    return [SIZES[name] for name in names.split(",")]


def _parts(names: str) -> list[str]:
    asked = names.split(",")
    if unknown := set(asked) - _PARTS.keys():
        raise ValueError(unknown)
    return [name for name in _PARTS if name in asked]


def _absolute(name: str) -> Path:
    return Path(name).absolute()
