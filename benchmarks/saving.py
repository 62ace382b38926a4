"""Saving one annotation among two hundred, on the disk when it returns, over one strict load of that file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from annotations.emit import emit
from annotations.store import load, save
from benchmarks.prose import prose
from benchmarks.shelf import claim_on, sidecar_on
from benchmarks.table import Line, side_by_side

__all__ = ["lines"]

_MARKS = 200


def lines() -> Iterator[Line]:
    """The budget of a save whose file nobody else wrote to."""
    text = prose(100_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.txt.postil.yaml")
        data = emit(sidecar_on(text, _MARKS)).encode()
        path.write_bytes(data)
        new = claim_on(text, _MARKS, len(text) // 2)

        def saved() -> float:
            path.write_bytes(data)
            loaded = load(path)
            return _seconds(lambda: save(loaded, loaded.sidecar.put(new)))

        def read() -> float:
            path.write_bytes(data)
            return _seconds(lambda: load(path))

        yield side_by_side(f"save one annotation among {_MARKS} over one load of that file", 4.0, saved, read, 31)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
