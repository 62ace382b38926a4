"""Fills one engine with documents, by itself: `python -m benchmarks.build_alone ENGINE DOCUMENTS FOLDER`."""

from __future__ import annotations

import gc
import json
import pickle
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.shelves import record

if TYPE_CHECKING:
    from index.documents import Document

__all__: list[str] = []

_BATCH = 10_000

Add = Callable[[list["Document"]], object]


def _ours(folder: Path) -> Add:
    from index.engine.backend import WhooshBackend

    folder.mkdir(parents=True, mode=0o700)
    backend = WhooshBackend(folder / "whoosh" / "index")  # as private as in a cache, or it would be made anew

    def add(documents: list[Document]) -> None:
        backend.add_many(documents)
        backend.commit()

    return add


def _stock(folder: Path) -> Add:
    from benchmarks.stock import Stock

    return Stock.make(folder).add_many


def _fts5(folder: Path) -> Add:
    from benchmarks.engines import Fts5

    folder.mkdir(parents=True)
    return lambda documents: Fts5.make(folder / "fts5.db", (record(one) for one in documents if one.shown))


def _batches(documents: Path, size: int) -> Iterator[list[Document]]:
    with documents.open("rb") as file:
        one_by_one = iter(lambda: pickle.load(file), None)  # noqa: S301 - this very program wrote it
        while batch := list(islice(one_by_one, size)):
            yield batch


def _main(engine: str, documents: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    add = {"ours": _ours, "stock": _stock, "FTS5": _fts5}[engine](folder)
    size = sys.maxsize if engine == "FTS5" else _BATCH  # which is made in one transaction
    used = 0.0
    for batch in _batches(documents, size):
        gc.collect()
        gc.freeze()  # what is given is not what is measured
        begun = time.process_time()
        add(batch)
        used += time.process_time() - begun
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": used, "peak": peak, "bytes": size}))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
