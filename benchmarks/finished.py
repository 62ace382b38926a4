"""Finished queries, kind by kind: this program's search beside SQLite's, tantivy, and a scan of all files."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from benchmarks.asked import BAR, KINDS, Asked, Asker, sampled
from benchmarks.engines import Engine, Fts5, Ours, Scan, Tantivy
from benchmarks.shelves import Shelves, name_of
from benchmarks.table import Line
from reader.session import Session

__all__ = ["lines"]

_QUERIES, _SCANS = 40, 5
_BARS: Final = {
    ("phrase", 10_000): 4.7,
    ("phrase", 100_000): 7.2,
    ("two words, AND", 10_000): 2.2,
    ("two words, AND", 100_000): 3.5,
    ("word and dates", 10_000): 8.8,
    ("word and dates", 100_000): 6.8,
}
"""Half of what a stock Whoosh of the same make had taken over SQLite's, where that was too much."""

Times = dict[str, list[float]]


def lines(shelves: Shelves, size: int) -> Iterator[Line]:
    """All kinds, each over SQLite's, and the median of those ratios."""
    session = Session.start(shelves.library(size))
    engines: dict[str, Engine] = {"ours": Ours(session), "FTS5": _fts5(shelves, size)}
    for name, make in (("tantivy", _tantivy), ("scan", _scan)):
        try:
            engines[name] = make(shelves, size)
        except OSError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    records = list(zip(range(20_000), shelves.records(size), strict=False))
    outlets = [name for name, _ in Counter(one.outlet for _, one in records if one.outlet).most_common(5)]
    texts = sampled(one.text for _, one in records if one.outlet)
    del records
    ratios = []
    for kind in KINDS:
        asker = Asker(texts, outlets, seed=size)
        warm, *queries = asker.queries(kind, _QUERIES + 1)
        times = _measured(engines, warm, queries)
        if times["FTS5"]:
            ratios.append(median(times["ours"]) / median(times["FTS5"]))
        yield from _lines(kind, size, times)
    what = f"{name_of(size)}: median of the kinds, over FTS5"
    yield Line(what, median(ratios), BAR[size], f"{len(ratios)} kinds")
    session.close()
    for engine in engines.values():
        if isinstance(engine, Tantivy):
            engine.close()


def _measured(engines: dict[str, Engine], warm: Asked, queries: Sequence[Asked]) -> Times:
    """How long each took for each query that it can express, asked in turns."""
    times: Times = {name: [] for name in engines}
    for number, asked in enumerate([warm, *queries]):
        for name, engine in engines.items():
            if name == "scan" and number > _SCANS:
                continue
            answer = engine.ask(asked)
            if answer and number:
                times[name].append(answer.seconds)
    return times


def _lines(kind: str, size: int, times: Times) -> Iterator[Line]:
    ours = times["ours"]
    for name, theirs in times.items():
        if name != "ours" and theirs:
            bar = {"FTS5": _BARS.get((kind, size), inf), "scan": 1.0}.get(name, inf)
            measured = f"{_shown(ours)} | {_shown(theirs)} ms"
            yield Line(f"{name_of(size)}: {kind}, over {name}", median(ours) / median(theirs), bar, measured)


def _shown(seconds: Sequence[float]) -> str:
    """The median, and what one in twenty is over."""
    if len(seconds) < 2:
        return "-"
    return f"{median(seconds) * 1000:.2f}/{quantiles(seconds, n=20)[-1] * 1000:.1f}"


def _fts5(shelves: Shelves, size: int) -> Fts5:
    file = shelves.folder / f"fts5-{size}.db"
    return Fts5(file) if file.exists() else Fts5.make(file, shelves.records(size))


def _tantivy(shelves: Shelves, size: int) -> Tantivy:
    folder = shelves.folder / f"tantivy-{size}"
    full = folder.exists()
    engine = Tantivy(folder)
    if not full:
        engine.make(shelves.records(size))
    return engine


def _scan(shelves: Shelves, size: int) -> Scan:
    return Scan(Path(shelves.library(size)))
