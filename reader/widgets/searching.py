"""The find pane as it searches: beside the keys, the newest query first, and nothing shown that is out of date."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content
from textual.worker import Worker

from annotations.errors import PostilError
from reader.headlines import half_typed, more_to_come, no_hits, results_line
from reader.messages import Said, Target
from reader.showing import drawn, shown
from reader.widgets.library_list import LibraryList

if TYPE_CHECKING:
    from textual.widgets import Input

    from index.query import QueryError
    from index.search import Results, Sort
    from reader.asking import Asked, Only
    from reader.commands import Command
    from reader.found import Group
    from reader.glyphs import Glyphs
    from reader.session import Session

__all__ = ["Searching"]

_SECONDS = 0.006
"""How long a search looks on while one types; what was found by then is shown, and said to be partial.  Ranking it,
cutting snippets and drawing take several times as long."""

_LONGER = 1.0
"""How long it goes on then for the rest."""

_LINES = 3
"""What was found has at least so many lines; as many hits as fill the list are asked for first.  Going down asks for
twice as many each time."""

_FEW = 8
"""How many are asked for however low the list is."""

_SOON = 8
"""How near the end of what is listed the rest is asked for."""

_AT_ONCE = 2
"""How many searches may be under way: the newest need not wait for one that is out of date."""

_CLOSER = 0.3
"""Seconds after which words that were found nowhere are taken for finished, and looked at for mistakes."""

_QUIET = 1.0
"""Seconds without a search after which memory is given back."""


class Searching(LibraryList, part=True):
    """A search begins with the key that asks for it, in a thread; no key waits for it but those about its results."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self._asked: Asked | None = None
        self._answered: Asked | None = None
        self._results: Results | None = None
        self._search: Worker[None] | None = None
        self._under_way = 0
        self._waits = False
        self._stepped = False
        self._quiet = 0
        self.groups: list[Group] = []
        self.only: Only = ""
        self.sort: Sort = "relevance"
        self.furniture = True

    @property
    def found_something(self) -> bool:
        """Whether results are listed, not the library."""
        return self._results is not None

    @property
    def results(self) -> Results | None:
        """What is listed, if it was searched for."""
        return self._results

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types; what was searched for last time, only once the library has been read."""
        if self._known or event.value != self._remembered:
            self.look()

    def refresh_list(self) -> None:
        """Show again what is listed, after something changed; the chosen item stays."""
        if self._results is None:
            self.list_library(again=True)
        else:
            self.look(again=True)

    def look(self, *, again: bool = False) -> None:
        """Search for what the box holds; without a word in it, list the library.  `again`: as far as it was listed."""
        query = self.box.value.strip()
        self._stepped = again and self._stepped
        if query:
            most = self._asked.most if again and self._asked else max(self.listing.size.height // _LINES, _FEW)
            self._ask(query, most)
        else:
            listed, self._results, self.groups = self._results is None, None, []
            self._asked = self._answered = None
            self.list_library(again=listed)

    def _ask(self, query: str, most: int, *, typing: bool = True, seconds: float | None = _SECONDS) -> None:
        from reader.asking import Asked

        self._asked = Asked(
            query=query,
            only=self.only,
            sort=self.sort,
            furniture=self.furniture,
            typing=typing,
            most=most,
            seconds=seconds,
        )
        self._waits = True
        self._go_on()

    @property
    def searching(self) -> bool:
        """Whether what is asked for has not been answered yet."""
        return self._asked is not self._answered

    def _go_on(self) -> None:
        if self._waits and self._asked and self._under_way < _AT_ONCE:
            self._waits = False
            self._under_way += 1
            self._search = self.run_worker(self._answer(self._asked), group="search")

    async def _answer(self, asked: Asked) -> None:
        try:
            if asked.seconds == _LONGER:
                await drawn(self)  # beside a search, drawing what was found so far takes twice as long
            if asked is self._asked:
                await self._look_up(asked)
        finally:
            self._under_way -= 1
        self._go_on()
        self._rest()

    async def _look_up(self, asked: Asked) -> None:
        from reader.asking import answer

        found: Results | PostilError
        try:
            found = await asyncio.to_thread(answer, self._session, asked, lambda: asked is self._asked)
        except PostilError as error:
            found = error
        if asked is not self._asked or not self.is_attached:
            return
        self._answered = asked
        if isinstance(found, PostilError):
            self._refuse(asked, found)
        else:
            self._show(found)

    def _rest(self) -> None:
        """Give memory back when nobody has searched for a while."""
        self._quiet += 1
        at = self._quiet

        def rest() -> None:
            if at == self._quiet:
                self.run_worker(asyncio.to_thread(self._session.rest), group="memory")

        self.set_timer(_QUIET, rest)

    def _refuse(self, asked: Asked, problem: PostilError) -> None:
        from index.search import Results

        self._results, self.groups = Results(query=asked.query, total=0, partial=False, hits=()), []
        self._fill([], 1, again=False)
        self._say("", Content.styled("This cannot be searched for.\n\n", "bold") + shown(str(problem)))

    def _show(self, results: Results) -> None:
        from reader.found import grouped, items_of

        again = self._results is not None and self._results.query == results.query
        self._results, self.groups = results, grouped(results.hits)
        self._say(self._about_results(results), "" if results.hits else self._nothing(results))
        items = items_of(self.groups, results.query, self._signs, lambda path: path == self._open)
        self._fill(items, 1, again=again)
        if self._asked and self._asked.typing and not results.hits and not results.late:
            self._look_closer_soon(self._asked)
        if results.late and self._asked and self._asked.seconds == _SECONDS:
            self._ask(self._asked.query, self._asked.most, typing=self._asked.typing, seconds=_LONGER)
        if self._asked and self._asked.seconds is None:
            self.post_message(Said("searched to the end" if not results.late else "the search was cut short"))

    def _about_results(self, results: Results) -> str:
        how = [self.sort] * (self.sort != "relevance") + ["without furniture"] * (not self.furniture)
        return results_line(results, self._session.catalog, self.only, how, self._signs.dot)

    def _nothing(self, results: Results) -> Content:
        from index.grammar import FIELDS

        last = results.query.rsplit(maxsplit=1)[-1].lstrip("-(")
        if self.unfinished and last.endswith(":") and last[:-1] in FIELDS:
            return half_typed(last)
        if results.late:
            return more_to_come(results.query)
        return no_hits(results.query, len(self._session.catalog.paths), results.meant)

    # Going on

    def awaited(self, command: Command) -> Worker[None] | None:
        """The search for what was typed; keys that are about its results wait for it."""
        return self._under_way_now() if command.verb in ("step", "page", "open", "done", "like") else None

    def _under_way_now(self) -> Worker[None] | None:
        """The search for what is asked for now, until it is answered."""
        return self._search if self.searching and self._search and not self._search.is_finished else None

    def do_step(self, count: int) -> None:
        """Choose another item; typing goes on."""
        self._stepped = True
        self.listing.step(count)
        self._ask_for_more()

    def do_page(self, count: int) -> None:
        """Choose an item a page away."""
        self._stepped = True
        self.listing.page(count)
        self._ask_for_more()

    def _ask_for_more(self) -> None:
        """Ask for more hits before one comes to the end of those that are listed."""
        if self._results and self._asked and not self.searching and self.listing.at > len(self.listing) - _SOON:
            self.list_more()

    @property
    def lists_all(self) -> bool:
        """Whether all that was found is listed."""
        results, asked = self._results, self._asked
        return results is None or asked is None or (len(results.hits) < asked.most and not results.late)

    def list_more(self) -> Worker[None] | None:
        """List more hits, if there may be any; gives the search for them."""
        if self._asked is None or self.lists_all:
            return None
        self._asked = replace(self._asked, most=self._asked.most * 2)
        self._waits = True
        self._go_on()
        return self._search

    def choose_article(self, path: str) -> None:
        """Choose in the list what was found in that article."""
        for group in self.groups:
            if group.path == path:
                self.listing.choose(Target(path, None if group.article else group.annotations[0].id))

    @property
    def unfinished(self) -> bool:
        """Whether what is listed was found for words that may go on."""
        return self._asked is not None and self._asked.typing

    def look_closer(self) -> None:
        """Take the query for finished; what is misspelt in it is noticed then."""
        if self._asked:
            self._ask(self._asked.query, self._asked.most, typing=False)

    def _look_closer_soon(self, asked: Asked) -> None:
        """Do so when nobody goes on typing."""

        def look() -> None:
            if asked is self._asked and self._mistake(asked.query) is None:
                self.look_closer()

        self.set_timer(_CLOSER, look)

    def _mistake(self, query: str) -> QueryError | None:
        """What is wrong with a query that is finished."""
        from index.query import QueryError, parse

        try:
            parse(query)
        except QueryError as error:
            return error
        return None

    def search_to_the_end(self) -> None:
        """Search again, for as long as it takes."""
        if self._asked:
            self._ask(self._asked.query, self._asked.most, seconds=None)
            self._say_about(f"{self.said}{self._signs.ellipsis}")
