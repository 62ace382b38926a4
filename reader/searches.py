"""Searches to come back to: those that `postil.yaml` keeps under a name, and what was searched for earlier."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.fold import search_fold_str
from annotations.model import CONFIG_NAME
from reader.messages import Target
from reader.screens.pick import Offer
from reader.showing import DIM, columns, fit, shown
from reader.widgets.listing import Item

if TYPE_CHECKING:
    from annotations.codebook import Search
    from reader.session import Session

__all__ = ["Naming", "SearchList"]


class SearchList:
    """The library's searches by name, then the person's own, the latest first."""

    title = "Searches"
    hint = "a word of the name or the query"
    rows = 2
    does = "search"
    slow = False
    page = 0

    def __init__(self, session: Session, earlier: Sequence[str]) -> None:
        self.typed = ""
        self._saved = session.known_codebook.searches
        self._wrong = {one.name: why for one in self._saved if (why := wrong_with(session, one))}
        self._earlier = [*reversed(earlier)]

    def offer(self, typed: str, most: int) -> Offer:
        """Those that hold all that was typed."""
        del most
        words = search_fold_str(typed).split()
        saved = [one for one in self._saved if _has(words, f"{one.name} {one.query}")]
        earlier = [one for one in self._earlier if _has(words, one)]
        items = [Item(Target(one.name, "saved", query=one.query), partial(self._saved_lines, one)) for one in saved]
        items += [Item(Target(one, query=one), partial(_earlier_lines, one), rows=1) for one in earlier]
        teach = "" if items else "No search is kept here yet: ctrl+s in the search box gives one a name."
        return Offer(items, f"{len(saved)} in {CONFIG_NAME}, {len(earlier)} of yours" if items else "", teach)

    def leave(self, typed: str, chosen: Target | None, most: int) -> None:
        """Nothing is kept: the list is another one next time."""

    def _saved_lines(self, one: Search, width: int) -> Sequence[Content]:
        wrong = self._wrong.get(one.name)
        below = shown(f"  {wrong}", "$warning") if wrong else shown(f"  {one.query}", DIM)
        return [columns(shown(one.name, "bold"), shown("saved", DIM), width), fit(below, width)]


class Naming:
    """A name for a search: what is typed, which may be that of one that is there."""

    hint = "a name for it"
    rows = 2
    does = "keep"
    slow = False
    page = 0

    def __init__(self, session: Session, query: str) -> None:
        self.title = f"Keep the search {query}"
        self.typed = ""
        self._query = query
        self._saved = {one.name: one.query for one in session.known_codebook.searches}

    def offer(self, typed: str, most: int) -> Offer:
        """To keep it under what is typed."""
        del most
        name = " ".join(typed.split())
        if not name:
            return Offer((), "", "Type a name and press enter: everybody who works on this library can use it then.")
        return Offer([Item(Target(name, query=self._query), partial(self._lines, name))], "")

    def leave(self, typed: str, chosen: Target | None, most: int) -> None:
        """Nothing is kept: the next search wants a name of its own."""

    def _lines(self, name: str, width: int) -> Sequence[Content]:
        before = self._saved.get(name)
        below = f"  enter puts it in the place of {before}" if before else f"  enter keeps it in {CONFIG_NAME}"
        return [fit(shown(name, "bold"), width), fit(shown(below, "$warning" if before else DIM), width)]


def wrong_with(session: Session, search: Search) -> str:
    """Where and why a saved search makes no sense; empty when it does."""
    from annotations.codebook import search_line
    from annotations.errors import UsageError
    from index.query import parse

    try:
        parse(search.query)
    except UsageError as error:
        return f"{CONFIG_NAME}:{search_line(session.library.root / CONFIG_NAME, search.name)}: {error}"
    return ""


def _earlier_lines(query: str, width: int) -> Sequence[Content]:
    return [fit(shown(query), width)]


def _has(words: Sequence[str], text: str) -> bool:
    folded = search_fold_str(text)
    return all(word in folded for word in words)
