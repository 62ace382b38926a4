"""Completing a query: the names of fields, their values as the library has them, words of the index."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from annotations.model import KINDS, STANCES, STATUSES
from annotations.names import begins
from index.article import Label
from index.grammar import FIELDS, ONE_OF, WORDS_OF
from index.search import Wanted
from reader.asking import quoted

if TYPE_CHECKING:
    from reader.session import Session

__all__ = ["Completion", "complete"]

_MOST = 8
_BEGUN = re.compile(r'(?:(?P<field>[^\W\d]\w*):)?(?P<value>"[^"]*|[^\s()":]*)$')
_SECONDS = 0.5
_FIXED = {name: tuple(values.values()) for name, values in ONE_OF.items()} | {
    "kind": KINDS,
    "status": STATUSES,
    "stance": STANCES,
    "in": tuple(Label),
    "result": ("article", "annotation"),
}
"""Values of fields that are the same in every library."""


@frozen
class Completion:
    """Ways to complete what was typed, and the one that was taken.

    Attributes:
        before: what stands before it.
        after: what stands after it.
        ways: what it can be.
        at: the number of the one taken.
    """

    before: str
    after: str
    ways: tuple[str, ...]
    at: int = 0

    @property
    def text(self) -> str:
        """The query with that way taken."""
        return f"{self.before}{self.ways[self.at]}{self.after}"

    @property
    def end(self) -> int:
        """Where in it the cursor is to stand."""
        return len(self.before) + len(self.ways[self.at])

    def next(self) -> Completion:
        """The next way; after the last the first again."""
        return replace(self, at=(self.at + 1) % len(self.ways))

    def said(self, dot: str) -> str:
        """The other ways, those that come next first."""
        others = [*self.ways[self.at + 1 :], *self.ways[: self.at]]
        return f"ctrl+space: {f' {dot} '.join(others)}" if others else ""


def complete(session: Session, text: str, cursor: int) -> Completion | None:
    """How what stands before the cursor can be completed; None when nothing that is known begins so."""
    found = _BEGUN.search(text[:cursor])
    if found is None:
        return None
    field, value = (found["field"] or "").lower(), found["value"]
    if field:
        typed, before = value.lstrip('"'), text[: found.start("value")]
        ways = [quoted(one) for one in _values(session, field, typed)]
    else:
        typed = value.lstrip("-")
        before = text[: cursor - len(typed)]
        ways = [*(f"{one}:" for one in FIELDS if one.startswith(typed.lower())), *_words(session, typed)]
    ways = list(dict.fromkeys(one for one in ways if one != text[len(before) : cursor]))[:_MOST]
    return Completion(before, text[cursor:].removeprefix('"' * value.startswith('"')), tuple(ways)) if ways else None


def _values(session: Session, field: str, typed: str) -> Iterable[str]:
    match field:
        case "tag":
            return session.tags(typed, limit=_MOST)
        case "speaker":
            return [one.name for one in session.speakers(typed, limit=_MOST)]
        case "author":
            return [one for one in session.known_codebook.team if begins(typed, one)]
        case "outlet" | "year":
            counted = session.look_up("result:article", Wanted(limit=1, facets=(field,), seconds=_SECONDS)).facets
            return [value for facet in counted for value, _ in facet.values if begins(typed, value)]
    if field in WORDS_OF:
        return _words(session, typed)
    return [one for one in _FIXED.get(field, ()) if one.startswith(typed.lower())]


def _words(session: Session, typed: str) -> Iterable[str]:
    return session.search.complete(typed, _MOST) if typed else ()
