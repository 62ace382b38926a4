"""Building an index: processor time over the stock engine's for the same words, the same answers, and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from math import inf, isclose
from statistics import median
from typing import Any

from benchmarks.asked import Asker, sampled
from benchmarks.commands import POSTIL
from benchmarks.engines import Tantivy
from benchmarks.shelves import Shelves, name_of
from benchmarks.stock import Stock
from benchmarks.table import Line
from index.query import parse
from index.search import Wanted

__all__ = ["STOCK_UP_TO", "answers", "lines", "whole"]

STOCK_UP_TO = 10_000
"""The stock engine takes half an hour of a hundred thousand."""

_ROUNDS = 5
_QUERIES = 60
_MEGABYTES = 1024.0


def lines(shelves: Shelves, size: int) -> Iterator[Line]:
    """Documents of that many articles into each engine, in turns."""
    with_stock = size <= STOCK_UP_TO
    engines = ("ours", "stock", "FTS5", "tantivy") if with_stock else ("ours", "FTS5", "tantivy")
    runs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(_ROUNDS):
        for engine in engines:
            try:
                runs[engine].append(_built(engine, shelves, size))
            except OSError as error:
                print(f"{engine} is left out: {error}", file=sys.stderr)
    ours = median(one["cpu"] for one in runs["ours"])
    for engine in engines[1:]:
        if theirs := [one["cpu"] for one in runs[engine]]:
            bar = 0.5 if engine == "stock" else inf
            measured = f"{ours:.2f} / {median(theirs):.2f} s CPU"
            yield Line(f"{name_of(size)}: build over {engine}", ours / median(theirs), bar, measured)
    last = runs["ours"][-1]
    measured = f"{last['peak']:.0f} MB, {size / ours:,.0f} articles/s"
    yield Line(f"{name_of(size)}: memory while building, over 1 GB", last["peak"] / _MEGABYTES, 1.0, measured)
    text = sum(len(one.text.encode()) for one in shelves.records(size))
    yield Line(f"{name_of(size)}: index over text", last["bytes"] / text, inf, f"{last['bytes'] / 1e6:.0f} MB")


def _built(engine: str, shelves: Shelves, size: int) -> dict[str, Any]:
    folder = shelves.folder / f"built-{size}" / engine
    if engine == "tantivy":
        other = Tantivy(folder)
        used = other.make(shelves.records(size))
        other.close()
        return {"cpu": used}
    command = [sys.executable, "-m", "benchmarks.build_alone", engine, str(shelves.documents_file(size)), str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def answers(shelves: Shelves, size: int) -> Iterator[Line]:
    """Whether the twenty best and their scores are those of the stock engine, query by query."""
    from index.engine.backend import WhooshBackend

    built = shelves.folder / f"built-{size}"
    stock = Stock(built / "stock")
    backend = WhooshBackend(built / "ours" / "whoosh" / "index")
    asker = Asker(sampled(one.text for one in shelves.records(size)), [""], seed=5)
    others = found = 0
    for text in _queries(asker):
        ours = [score for score, _ in backend.search(parse(text), Wanted(limit=20)).best]
        theirs = [score for score, _ in stock.best(text, 20)]
        found += bool(theirs)
        others += not _same(ours, theirs)
    measured = f"{others} of {_QUERIES} queries, {found} found something"
    yield Line(f"{name_of(size)}: other scores among the best 20 than stock's", others, 0, measured)


def _queries(asker: Asker) -> Iterator[str]:
    for number in range(_QUERIES):
        kind = ("common word", "medium word", "rare word", "two words, AND", "three words, OR")[number % 5]
        words = asker.queries(kind, 1)[0].words
        yield (" OR " if "OR" in kind else " ").join(words) + (
            f" -{asker.word((0.05, 0.2))}" if number % 10 == 8 else ""
        )


def _same(ours: list[float], theirs: list[float]) -> bool:
    return len(ours) == len(theirs) and all(
        isclose(one, other, rel_tol=1e-5) for one, other in zip(ours, theirs, strict=True)
    )


def whole(shelves: Shelves, size: int) -> Iterator[Line]:
    """`postil index` on the library, as a person calls it: reading, labelling and indexing."""
    root = shelves.library(size)
    command = [*POSTIL, "--library", str(root), "index", "--rebuild"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(status, command)
    seconds, cpu = time.perf_counter() - begun, used.ru_utime + used.ru_stime
    measured = f"{seconds:.0f} s, {cpu:.0f} s CPU, {size / cpu:,.0f}/s"
    peak = used.ru_maxrss / 1024
    yield Line(f"{name_of(size)}: postil index --rebuild, ms of CPU an article", cpu * 1000 / size, inf, measured)
    yield Line(f"{name_of(size)}: its largest process, over 1 GB", peak / _MEGABYTES, 1.0, f"{peak:.0f} MB")
