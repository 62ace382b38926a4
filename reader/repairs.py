"""What is to be repaired after an article changed, in which order, and what a person makes of it.

Nothing is written before somebody asks for it; each change saves, as the session's own do, and can be undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.anchor import State, find_quote
from annotations.repair import needs_repair

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from annotations.model import Quote, Sidecar
    from index.entry import Entry
    from reader.desk import Desk
    from reader.session import Session

__all__ = ["accept", "is_moved", "next_article", "retire", "surroundings", "to_go_through"]

_GAP = 2000
"""Code points between the words before a passage and those after it, up to which what is there now is its place."""

_FEWEST = 3
"""Words that tell a place in the text."""


def to_go_through(desk: Desk) -> tuple[Placed, ...]:
    """What a person has to decide, in the order of the text; behind it what only moved, and may be looked at."""
    wanted = [one for one in desk.placed if needs_repair(one)]
    return (*wanted, *(one for one in desk.placed if is_moved(one, desk)))


def is_moved(placed: Placed, desk: Desk) -> bool:
    """Whether the same words stand elsewhere than the record says.

    Elsewhere is in other surroundings, or at another offset of the very text that its offsets are of.
    """
    if placed.state is not State.SAME:
        return placed.state is State.MOVED
    position = placed.annotation.position
    return position.text == desk.article.fingerprint and (position.start, position.end) != (placed.start, placed.end)


def next_article(session: Session, seen: Collection[str]) -> Entry | None:
    """The next article with something to repair, by path from the last one seen on, round and round."""
    last = max(seen, default="")
    waiting = [one for one in session.catalog.entries if one.repairs and one.path not in seen]
    return min(waiting, key=lambda one: (one.path < last, one.path), default=None)


def accept(session: Session, path: str, found: Iterable[Placed]) -> None:
    """Let the annotations be about the words that stand where they were placed; all of them are one change."""
    from annotations.rebase import rebase

    accepted, text = list(found), session.desk(path).article.text

    def change(sidecar: Sidecar) -> Sidecar:
        for one in accepted:
            known = sidecar.get(one.annotation.id)
            if known and one.start is not None and one.end is not None:
                sidecar = sidecar.put(rebase(known, text, one.start, one.end))
        return sidecar

    what = accepted[0].annotation.kind if len(accepted) == 1 else f"{len(accepted)} marks"
    session.change(path, change, f"accept {what}")


def retire(session: Session, path: str, annotation_id: str) -> None:
    """Say that an annotation's passage is gone: it is kept without one, and no longer counted."""
    from reader.dates import now

    found = session.get(path, annotation_id)
    session.replace(path, replace(found, retired=now()), f"retire {found.kind}")


def surroundings(text: str, quote: Quote) -> tuple[int, int] | None:
    """What stands now between the words that stood before a passage and those after it.

    An empty span where only one of both is there; None where neither is, or where they are in several places.
    """
    before, after = _only(text, quote.prefix, last=True), _only(text, quote.suffix, last=False)
    if before and after and 0 <= after[0] - before[1] <= _GAP:
        gap = text[before[1] : after[0]]
        end = before[1] + len(gap.rstrip())
        return min(after[0] - len(gap.lstrip()), end), end
    if before:
        return before[1], before[1]
    return (after[0], after[0]) if after else None


def _only(text: str, words: str, *, last: bool) -> tuple[int, int] | None:
    """Where the text has these words, if it is in one place; else those of them that are nearest to the passage."""
    found = words.split()
    while len(found) >= _FEWEST:
        places = find_quote(text, " ".join(found))
        if len(places) == 1:
            return places[0]
        if len(places) > 1:
            return None
        found = found[len(found) // 2 :] if last else found[: len(found) // 2]
    return None
