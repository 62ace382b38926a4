"""What searching takes in a Python by itself: `python -m benchmarks.search_alone LIBRARY QUERY…`, as JSON.

How long the index takes to open and answer a first query, and how many megabytes it all takes after many queries and at
most while they run: what is resident, mapped files too, over what the list of articles alone took.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from index.search import Wanted
from reader.session import Session

__all__: list[str] = []

_ROUNDS = 9


def _megabytes(which: str) -> float:
    found = re.search(rf"{which}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def _main(root: Path, queries: list[str]) -> None:
    session = Session.start(root)
    _ = session.catalog.complete  # it is read for the list of articles anyway
    before, owned = _megabytes("VmRSS"), _megabytes("RssAnon")
    first = time.perf_counter()
    session.search.search(queries[0], Wanted())
    imported = time.perf_counter() - first
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is that of what follows
    for query in queries:
        session.search.search(query, Wanted(facets=("outlet", "year")))
    after, all_owned = _megabytes("VmRSS"), _megabytes("RssAnon")
    peak = _megabytes("VmHWM")
    session.rest()
    rested = _megabytes("VmRSS")
    opened = []
    for _ in range(_ROUNDS):
        session.search.close()
        begun = time.perf_counter()
        session.search.search(queries[0], Wanted(limit=1))
        opened.append(time.perf_counter() - begun)
    shown = {
        "open": opened,
        "first": imported,
        "memory": after - before,
        "peak": peak - before,
        "rest": rested - before,
        "anonymous": all_owned - owned,
    }
    print(json.dumps(shown))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2:])
