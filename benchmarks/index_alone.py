"""How many megabytes an index that is searched takes by itself: `python -m benchmarks.index_alone LIBRARY`."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from index.search import Wanted
from reader.session import Session

__all__: list[str] = []


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / (1 << 20)


if __name__ == "__main__":
    session = Session.start(Path(sys.argv[1]))
    before = _megabytes()
    session.look_up("minister", Wanted(limit=100))
    print(_megabytes() - before)
