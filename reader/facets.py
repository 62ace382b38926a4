"""What the matches of a query can be narrowed by: outlet, year, speaker, tag, status, each with how many have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.names import begins, fold_name
from index.search import FACETS, Wanted
from reader.headlines import amount
from reader.messages import Target
from reader.screens.pick import Offer
from reader.showing import DIM, columns, shown
from reader.widgets.listing import Item

if TYPE_CHECKING:
    from index.search import Facet, Results
    from reader.asking import Asked
    from reader.session import Session

__all__ = ["FacetList"]

_SECONDS = 5.0
"""How long counting may take before what was counted by then is shown, and said to be partial."""

_ALL = 1_000_000
_MOST = 50
"""How many values of a facet are listed; what is typed finds the others."""


class FacetList:
    """The values and counts of a query's matches; what is picked leads to the value (`path`) of a field."""

    title = "Narrow by"
    hint = "a word of the value"
    rows = 1
    does = "narrow"
    slow = True
    page = 0

    def __init__(self, session: Session, asked: Asked) -> None:
        self.typed = ""
        self._session = session
        self._asked = asked
        self._results: Results | None = None
        self._spelt: dict[str, str] = {}

    def offer(self, typed: str, most: int) -> Offer:
        """The values with a word that begins as typed, counted once.

        Raises:
            PostilError: the query makes no sense.
        """
        del most
        if self._results is None:
            wanted = Wanted(limit=1, typing=True, seconds=_SECONDS, furniture=self._asked.furniture, facets=FACETS)
            self._results = self._session.look_up(self._asked.text, wanted)
            self._spelt = _spellings(self._session)
        items = [item for facet in self._results.facets for item in self._items(facet, typed)]
        about = amount(self._results.total, "result") + " so far" * self._results.late
        none = (
            "No value has a word that begins so." if typed else "No outlet, year, speaker, tag or status to narrow by."
        )
        return Offer(items, about, "" if items else none)

    def leave(self, typed: str, chosen: Target | None, most: int) -> None:
        """Nothing is kept: the counts are others next time."""

    def _items(self, facet: Facet, typed: str) -> Iterator[Item]:
        spelt = [(self._spelt.get(value, value), count) for value, count in facet.values]
        every = [(value, count) for value, count in spelt if begins(typed, value)]
        left = every[:_MOST]
        if left:
            yield Item(Target(facet.name), partial(_heading, facet.name, len(every) - len(left)), heading=True)
        for at, (value, count) in enumerate(left, 1):
            yield Item(Target(value, facet.name), partial(_line, value, count), rows=1 + (at == len(left)))


def _spellings(session: Session) -> dict[str, str]:
    """How the library writes names and tags that the index holds folded."""
    names = [*(name for name, _ in session.catalog.speakers()), *(one.name for one in session.known_codebook.people)]
    return {fold_name(one): one for one in (*session.tags(limit=_ALL), *names)}


def _heading(name: str, more: int, width: int) -> Sequence[Content]:
    rest = shown(f"{more:,} more: type a word of theirs", DIM) if more else Content("")
    return [columns(shown(name, "bold $primary"), rest, width)]


def _line(value: str, count: int, width: int) -> Sequence[Content]:
    return [columns(shown(f"  {value}"), shown(f"{count:,}", DIM), width)]
