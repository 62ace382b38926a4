"""The left pane: a search box, and under it the library, or what was found in it as one types."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.content import Content

from reader.commands import Command, bindings
from reader.messages import FollowAsked, Left, OpenArticle, Said, StopAsked, Target
from reader.showing import shown
from reader.typeahead import once_done
from reader.widgets.searching import Searching

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widgets import Input

    from index.query import QueryError
    from reader.completion import Completion
    from reader.glyphs import Glyphs
    from reader.readings import Readings
    from reader.screens.pick import Source
    from reader.session import Session
    from reader.widgets.listing import Item, Listing

__all__ = ["FindPane"]

_OF_RESULTS = ("only", "sort", "furniture", "facets", "keep")
"""Verbs that are about what was found."""

_NOTHING = "nothing found: change the words, or esc to start over"

_EARLIER = 50
"""How many queries are remembered."""


class FindPane(Searching):
    """The commands of the pane: choosing, opening, and asking for something else."""

    DEFAULT_CSS = """
    FindPane { width: 26vw; min-width: 32; max-width: 40; }
    FindPane .box { height: 1; padding: 0 1; }
    FindPane .box Static { width: auto; color: $primary; }
    FindPane Input { width: 1fr; background: $background; &:focus { background-tint: transparent; } }
    FindPane .about { height: auto; padding: 0 1; color: $foreground 60%; }
    FindPane .teach { height: auto; padding: 1; }
    """

    BINDINGS = bindings("find")

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self.earlier: list[str] = []
        self._pointed_at = ""
        self._completion: Completion | None = None

    def begin(self, readings: Readings, query: str, earlier: list[str]) -> None:
        """Go on from last time: how far one was with the articles, what is searched for, what was `earlier`.

        The search itself waits until the library has been read; what is typed takes its place.
        """
        self.readings, self._remembered, self.earlier = readings, query, earlier

    def holds(self, command: Command) -> bool:
        """Some keys do one thing with what was found and another with the library."""
        return not command.when or (command.when == "found") == bool(self.wanted.strip())

    def why_not(self, command: Command) -> str:
        """Nothing can be chosen in an empty list, and there is not always somewhere to go back to."""
        query = self.wanted.strip()
        if command.id == "find.leave" and not query and not self._open and not self._progress:
            return "no article is open to go back to"
        if command.verb in _OF_RESULTS and not query:
            return "this is for what is searched for: type a word first"
        if command.verb in ("done", "like") and self._session.catalog.get(self._chosen_path) is None:
            return "no article is chosen"
        if command.verb in ("step", "page", "open") and not len(self.listing) and not self.searching:
            if command.verb == "open" and query and self._enter_helps(query):
                return ""
            return _NOTHING if query else "the list is empty"
        return ""

    def _enter_helps(self, query: str) -> bool:
        """Whether Enter can do something where nothing was found."""
        results = self._results
        return bool(results and (results.late or results.meant)) or self.unfinished or bool(self._unpointed(query))

    def _unpointed(self, query: str) -> QueryError | None:
        """A mistake in the query, unless it was pointed at already: then it is left to the person."""
        return self._mistake(query) if query != self._pointed_at else None

    def do_how_to_quit(self) -> None:
        """Stay, and say what letters do in the list."""
        self.post_message(Said("letters are keys in the list: / types in the box, ctrl+q quits"))

    # Typing

    def put(self, query: str) -> None:
        """Search for that."""
        self._put_box()
        self.box.value = query
        self.box.cursor_position = len(query)

    def _point_at(self, mistake: QueryError) -> None:
        """Show in the box where a mistake is, and what can be done."""
        value = self.box.value
        self._pointed_at = value.strip()
        self.box.cursor_position = len(value) - len(value.lstrip()) + mistake.position

        def point() -> None:
            at = max(self.box.cursor_screen_offset.x - self._about.content_region.x, 0)
            hint = Content("\n") + shown(mistake.hint) if mistake.hint else Content("")
            self._put_about(Content(" " * at) + Content.styled("^\n", "bold $error") + shown(mistake.what) + hint)
            self.said = str(mistake)

        self.call_after_refresh(point)

    def do_complete(self) -> None:
        """Complete the word before the cursor; again: the next way to."""
        done = self._completion
        if done and (self.box.value, self.box.cursor_position) == (done.text, done.end):
            self._take(done.next())
        else:
            self.run_worker(self._complete(self.box.value, self.box.cursor_position), group="complete", exclusive=True)

    async def _complete(self, text: str, cursor: int) -> None:
        from reader.completion import complete

        found = await asyncio.to_thread(complete, self._session, text, cursor)
        if (text, cursor) == (self.box.value, self.box.cursor_position):
            if found:
                self._take(found)
            else:
                self.post_message(Said("nothing that is known begins so"))

    def _take(self, completion: Completion) -> None:
        self._completion = completion
        self.box.value = completion.text
        self.box.cursor_position = completion.end
        self.post_message(Said(completion.said(self._signs.dot)))

    # Choosing

    def do_box(self) -> None:
        """Go to the search box; what is typed there takes the place of what it holds."""
        self.enter()
        self.box.select_all()

    def do_open(self) -> None:
        """Open the chosen item; what was typed is first searched for in earnest."""
        if self._stepped or self.listing.has_focus or not self._settle_query():
            self._open_chosen()

    def _settle_query(self) -> bool:
        """Point at a mistake, search to the end, or take what was meant; gives whether there was reason to."""
        query, results = self.box.value.strip(), self._results
        if not query or results is None:
            return False
        if mistake := self._unpointed(query):
            self._point_at(mistake)
        elif results.late:
            self.search_to_the_end()
        elif results.hits:
            return False
        elif results.meant:
            self.put(results.meant)
        elif self.unfinished:
            self.look_closer()
            once_done(self, self._under_way_now, self._say_nothing)
        else:
            return False
        return True

    def _say_nothing(self) -> None:
        """Say that nothing was found, and may not have been meant otherwise."""
        if self._results is not None and not self._results.hits and not self._results.meant:
            self.post_message(Said(_NOTHING))

    def _open_chosen(self) -> None:
        if self.listing.chosen:
            self._open_item(self.listing.chosen)

    def _open_item(self, item: Item) -> None:
        self._remember_query()
        stray = self._strays.get(item.key.path)
        self.post_message(FollowAsked(stray) if stray else OpenArticle(item.key))

    def _remember_query(self) -> None:
        query = self.box.value.strip()
        if query and self._results is not None:
            self.earlier[:] = [*(one for one in self.earlier if one != query), query][-_EARLIER:]

    def do_leave(self) -> None:
        """Empty the box; when it is empty, go back to the article."""
        if self.box.value:
            self.box.value = ""
        elif self._progress:
            self._about.update(Content("stopping"))
            self.post_message(StopAsked())
        else:
            self.post_message(Left())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the box opens the chosen item."""
        event.stop()
        self.action_run("find.open")

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click opens an item."""
        self._open_item(event.item)

    # Asking for something else

    def do_only(self) -> None:
        """List articles and annotations, articles only, annotations only, and all again."""
        from reader.asking import RESULTS

        self.only = RESULTS[(RESULTS.index(self.only) + 1) % len(RESULTS)]
        self.look(again=True)

    def do_sort(self) -> None:
        """The next order."""
        from reader.asking import ORDERS

        self.sort = ORDERS[(ORDERS.index(self.sort) + 1) % len(ORDERS)]
        self.look(again=True)

    def do_furniture(self) -> None:
        """Search page furniture too, or leave it out."""
        self.furniture = not self.furniture
        self.look(again=True)

    def do_like(self) -> None:
        """Search for articles that are like the chosen one."""
        self.look_for_like(self._chosen_path)

    def look_for_like(self, path: str) -> None:
        """Search for articles that are like that one."""
        from reader.asking import quoted

        self.put(f"like:{quoted(path)}")

    def do_facets(self) -> None:
        """List what the matches can be narrowed by."""
        from reader.asking import Asked
        from reader.facets import FacetList

        asked = Asked(query=self.box.value.strip(), only=self.only, furniture=self.furniture)
        self._pick(FacetList(self._session, asked), self._narrow_to)

    def _narrow_to(self, target: Target | None) -> None:
        from reader.asking import narrowed

        if target and target.annotation:
            self.put(narrowed(self.box.value, target.annotation, target.path))
            self.enter()

    def do_searches(self) -> None:
        """List the library's saved searches and what was searched for earlier."""
        from reader.searches import SearchList

        self._pick(SearchList(self._session, self.earlier), self._search_again)

    def _search_again(self, target: Target | None) -> None:
        if target:
            self.put(target.query)
            self.enter()

    def do_keep(self) -> None:
        """Give the search a name in `postil.yaml`."""
        from reader.searches import Naming

        self._pick(Naming(self._session, self.box.value.strip()), self._keep_as)

    def _keep_as(self, target: Target | None) -> None:
        if target:
            self.run_worker(self._save_search(target.path, target.query), group="keep")

    async def _save_search(self, name: str, query: str) -> None:
        from annotations.errors import PostilError

        try:
            await asyncio.to_thread(self._session.save_search, name, query)
        except PostilError as error:
            self.post_message(Said(str(error), loud=True))
        else:
            self.post_message(Said(f"kept in postil.yaml as {name}: ctrl+r lists it"))

    def _pick(self, source: Source, then: Callable[[Target | None], None]) -> None:
        from reader.screens.pick import Pick

        self.app.push_screen(Pick(source, self._signs), then)
