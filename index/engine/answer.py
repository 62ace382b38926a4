"""The answer to a query from one state of the index."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from index.engine.facets import facet
from index.engine.found import Clock, Found, LateError, Nothing, marked
from index.engine.meaning import Meaning
from index.engine.order import first
from index.engine.spelling import mended
from index.engine.terms import zoned
from index.nodes import Node, Text, texts
from index.search import Answer
from index.words import stem

if TYPE_CHECKING:
    from index.engine.found import Sought
    from index.engine.meaning import People
    from index.engine.segments import Segment
    from index.engine.snapshot import Snapshot
    from index.search import Facet, Wanted

__all__ = ["answer", "mend"]

_NOTHING = Nothing().found(0, None)
_SPELLED = {"", "title", "body", "byline", "note", "speaker", "affiliation"}
"""Fields whose words are worth mending."""


def answer(
    snapshot: Snapshot, node: Node, wanted: Wanted, *, people: People = (), until: float | None = None
) -> Answer:
    """Run a query.

    Args:
        snapshot: of the index.
        node: the query; of what is wanted, `query`, `typing` and `among` are in it already.
        wanted: what to give back.
        people: whose aliases `speaker:` folds.
        until: when to stop, as `time.monotonic` counts; what was found by then is the answer.
    """
    clock = Clock(until, wanted.still)
    sought = Meaning(snapshot, clock, people, furniture=wanted.furniture).of(node)
    found = _found(snapshot, sought, clock)
    total = sum(len(one.docs) for one in found)
    best = first(snapshot, found, wanted.limit, None if wanted.among else wanted.sort)
    articles = sum(int(snapshot.articles(at)[one.docs].sum()) for at, one in enumerate(found))
    return Answer(
        total=total,
        articles=articles,
        best=tuple((one.score, snapshot.segments[one.at].shown(one.document)) for one in best),
        facets=_facets(snapshot, found, wanted.facets, clock),
        late=clock.late,
    )


def mend(snapshot: Snapshot, node: Node) -> dict[str, str]:
    """The words of a query that stand nowhere, each with the nearest that does; empty unless all of them have one."""
    found = {}
    for word in dict.fromkeys(word for text in texts(node) if text.field in _SPELLED for word in _whole(text)):
        if not any(_stands(segment, word) for segment in snapshot.segments):
            found[word] = mended(snapshot, word)
    return found if all(found.values()) else {}


def _whole(text: Text) -> tuple[str, ...]:
    return text.words[: len(text.words) - text.prefix]


def _stands(segment: Segment, word: str) -> bool:
    return bool(zoned(segment, "words", word) or zoned(segment, "stems", stem(word)))


def _found(snapshot: Snapshot, sought: Sought, clock: Clock) -> list[Found]:
    """What is found in each segment; nothing in those that time did not suffice for, but for the first.

    A segment is taken to need as long as the one before: they have about one size, or grow.
    """
    found, took = [], 0.0
    for at, segment in enumerate(snapshot.segments):
        one = _NOTHING
        if at == 0 or not clock.passed(ahead=took):
            begun = time.monotonic()
            with suppress(LateError):
                one = sought.found(at, None)
            if snapshot.large:
                segment.file.rest()
            took = time.monotonic() - begun
        if segment.alive is not None:
            alive = segment.alive[one.docs]
            one = Found(one.docs[alive], one.scores[alive])
        found.append(one)
    return found


def _facets(snapshot: Snapshot, found: Sequence[Found], names: Sequence[str], clock: Clock) -> tuple[Facet, ...]:
    if not names:
        return ()
    matches = [marked(one.docs, segment.size) for segment, one in zip(snapshot.segments, found, strict=True)]
    return tuple(facet(snapshot, matches, name) for name in names if not clock.passed())
