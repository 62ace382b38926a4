"""An index that is there: opening it, its memory, one article more or less, an annotation until it is found."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.asked import Asker, sampled
from benchmarks.shelves import Shelves, name_of
from benchmarks.table import Line
from index.query import parse
from index.search import Wanted
from reader.session import Session

if TYPE_CHECKING:
    from index.engine.backend import WhooshBackend

__all__ = ["lines"]

_ROUNDS = 15
_OPEN, _MEMORY, _CHANGE, _FOUND = 0.050, 60.0, 15.0, 0.100
_WORD = "quinquereme"


def lines(shelves: Shelves, size: int) -> Iterator[Line]:
    """All of these budgets, on a library that is indexed."""
    yield from _alone(shelves, size)
    session = Session.start(shelves.library(size))
    try:
        yield from _changed(session, shelves, size)
        yield _saved(session, size)
    finally:
        session.close()


def _alone(shelves: Shelves, size: int) -> Iterator[Line]:
    asker = Asker(sampled(one.text for one in shelves.records(size)), [""], seed=3)
    kinds = ("medium word", "common word", "rare word", "two words, AND", "medium word", "common word")
    queries = [" ".join(one.words) for kind in kinds for one in asker.queries(kind, 8)]
    command = [sys.executable, "-m", "benchmarks.search_alone", str(shelves.library(size)), *queries]
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    opened = median(told["open"])
    measured = f"{opened * 1000:.1f} ms, first of all {told['first'] * 1000:.0f}"
    yield Line(f"{name_of(size)}: open the index and answer, over 50 ms", opened / _OPEN, 1.0, measured)
    before = f"before {told['memory']:.0f}, {told['anonymous']:.0f} not of files, at most {told['peak']:.0f}"
    measured = f"{told['rest']:.0f} MB; {before}"
    what = f"{name_of(size)}: memory a second after {len(queries)} searches, over 60 MB"
    yield Line(what, told["rest"] / _MEMORY, 1.0, measured)


def _changed(session: Session, shelves: Shelves, size: int) -> Iterator[Line]:
    """One article more, the same with other words, and gone again, each committed and looked for."""
    from index.engine.backend import WhooshBackend

    backend = WhooshBackend(session.search.folder)
    _count(backend, _WORD)
    times: dict[str, list[tuple[float, float]]] = {"add": [], "update": [], "delete": []}
    documents = (one for one in shelves.documents(size) if one.owner.startswith("article"))
    for number, document in enumerate(islice(documents, _ROUNDS)):
        new = replace(document, owner=f"article\x1f'benchmark-{number}.txt'", stamp="")
        other = replace(new, texts=(*new.texts, new.texts[0]._replace(text=_WORD)))
        changes: dict[str, tuple[Callable[[], None], int]] = {
            "add": (partial(backend.add_many, [new]), 0),
            "update": (partial(backend.update, other.owner, [other]), 1),
            "delete": (partial(backend.delete, other.owner), 0),
        }
        for what, (change, found) in changes.items():
            begun, used = time.perf_counter(), time.process_time()
            change()
            backend.commit()
            times[what].append((time.perf_counter() - begun, time.process_time() - used))
            if _count(backend, _WORD) != found:
                raise AssertionError(f"{what}: {_WORD} is found otherwise than {found} times")
    backend.close()
    for what, measured in times.items():
        took, used = (median(seconds) * 1000 for seconds in zip(*measured, strict=True))
        shown = f"{took:.1f} ms, {used:.1f} ms CPU"
        yield Line(f"{name_of(size)}: {what} one article, over 15 ms", took / _CHANGE, 1.0, shown)


def _saved(session: Session, size: int) -> Line:
    """From the call that saves an annotation until a search has found it."""
    path = session.catalog.entries[size // 2].path
    text = session.open(path).article.text
    session.look_up(_WORD, Wanted())
    took = []
    for number in range(_ROUNDS):
        word = f"{_WORD}{number}"
        begun = time.perf_counter()
        made = session.annotate(path, len(text) // 2, len(text) // 2 + 20, "note", note=word)
        found = session.look_up(word, Wanted())
        took.append(time.perf_counter() - begun)
        if not found.hits:
            raise AssertionError("an annotation is not found")
        session.delete(path, made.id)
        session.look_up(word, Wanted())
    seconds = median(took)
    what = f"{name_of(size)}: from saving an annotation until it is found, over 100 ms"
    return Line(what, seconds / _FOUND, 1.0, f"{seconds * 1000:.1f} ms")


def _count(backend: WhooshBackend, word: str) -> int:
    return backend.search(parse(word), Wanted()).total
