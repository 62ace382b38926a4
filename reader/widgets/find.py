"""The left pane: a search box, and under it the library, or what was found in it as one types."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import Worker

from annotations.errors import PostilError
from reader.commands import Command, bindings
from reader.entries import ENTRY_ROWS, HIT_ROWS, entry_lines, hit_lines, skipped_lines, stray_lines
from reader.headlines import library_line, no_articles, no_hits, results_line
from reader.messages import FollowAsked, Left, OpenArticle, Said, Situation, StopAsked, Target
from reader.readings import DONE, STATES, Readings
from reader.showing import shown
from reader.typeahead import HOLDING
from reader.widgets.commanded import Commanded
from reader.widgets.even import Even
from reader.widgets.listing import Item, Listing

if TYPE_CHECKING:
    from index.entry import Entry
    from index.scan import Stray
    from index.search import Hit, Results
    from reader.glyphs import Glyphs
    from reader.session import Session
    from reader.widgets.search_box import SearchBox

__all__ = ["FindPane"]

_PAUSE = 0.04
"""Seconds without a key before a search begins: a word typed quickly is searched once."""

_LIMIT = 100

_SECONDS = 0.5
"""How long a search may take before what it found by then is shown, and said to be partial; it goes on behind."""

_OF_THE_LIST = ("step", "page", "open", "done")
"""Verbs that are about the list of what was typed."""

_AROUND = 7
"""Cells of the pane that the box cannot have: border, padding, sign, cursor."""


class FindPane(Even, Vertical, Commanded):
    """Search box, a line about what is listed, the list; in the list's place, what to do when it is empty."""

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
        super().__init__()
        self._session = session
        self._signs = signs
        self._open = ""
        self._results: Results | None = None
        self._search: Worker[None] | None = None
        self.readings = Readings()
        self._only = ""
        self._remembered = ""
        self._answered = True
        self._known = False
        self._progress = ""
        self._stopped = ""
        self._strays: dict[str, Stray] = {}
        self.teaching = self.said = ""
        self.listing = Listing()
        self._row = Horizontal(classes="box")
        self._sign = Static(Content(f"{signs.search} Search"))
        self._about = Static(classes="about")
        self._teach = Static(classes="teach")

    def compose(self) -> ComposeResult:
        """Box, line, list."""
        with self._row:
            yield self._sign
        yield self._about
        yield self._teach
        yield self.listing

    def begin(self, readings: Readings, query: str) -> None:
        """Go on from last time: how far one was with the articles, and what was searched for.

        The search itself waits until the library has been read; what is typed takes its place.
        """
        self.readings, self._remembered = readings, query

    def on_mount(self) -> None:
        """Begin with what is known of the library."""
        self.list_library()
        self.run_worker(self._put_box_when_drawn(), group=HOLDING)

    @cached_property
    def box(self) -> SearchBox:
        """The box; it is put in its place when the first screen has been drawn, or when it is wanted."""
        from reader.widgets.search_box import SearchBox

        return SearchBox(self._remembered, self.outer_size.width - _AROUND)

    def on_resize(self) -> None:
        """Say in the empty box what there is room for."""
        if "box" in self.__dict__:
            self.box.say_what(self.outer_size.width - _AROUND)

    @property
    def wanted(self) -> str:
        """What is in the box, or will be."""
        return self.box.value if "box" in self.__dict__ else self._remembered

    def enter(self) -> None:
        """Go to the box."""
        self._put_box()
        self.screen.set_focus(self.box)

    def enter_list(self) -> None:
        """Go to the list; to the box while there is nothing to choose."""
        if len(self.listing):
            self.screen.set_focus(self.listing)
        else:
            self.enter()

    def _put_box(self) -> None:
        if not self.box.is_attached:
            self._sign.update(Content(self._signs.search))
            self._sign.styles.width = 2
            self._row.mount(self.box)
            self.box.select_all()

    async def _put_box_when_drawn(self) -> None:
        drawn = asyncio.Event()
        self.call_after_refresh(drawn.set)
        await drawn.wait()
        self._put_box()

    # What is listed

    def list_library(self) -> None:
        """List the library's articles, as the catalog has them now."""
        entries = [entry for entry in self._session.catalog.entries if not entry.skipped]
        again = self._results is None
        self._results = None
        listed = [one for one in entries if self._only in ("", self.readings.of(one.path))]
        self._say(
            self._about_library(entries),
            ""
            if listed or not self._known
            else no_articles(str(self._session.library.root), self._only if entries else ""),
        )
        leftovers = () if self._only else self._leftovers()
        self._fill([*(self._entry_item(entry) for entry in listed), *leftovers], ENTRY_ROWS, again=again)

    def _about_library(self, entries: Sequence[Entry]) -> str:
        about = "" if self._known else "reading the library"
        if entries:
            about = library_line(entries, self.readings, self._only, self._signs.dot)
        return self._progress or f" {self._signs.dot} ".join(filter(None, (about, self._stopped)))

    def _leftovers(self) -> Iterator[Item]:
        """What lies in the library and is no article: annotations that lost theirs, files that cannot be read."""
        self._strays = {stray.path: stray for stray in self._session.strays}
        for stray in self._strays.values():
            yield Item(Target(stray.path), partial(stray_lines, stray))
        for one in self._session.catalog.skipped:
            if not one.path.endswith("/"):
                yield Item(Target(one.path), partial(skipped_lines, one))

    def refresh_list(self) -> None:
        """Show again what is listed, after something changed; the chosen item stays."""
        if self._results is None:
            self.list_library()
        else:
            self.look()

    def indexed(self, *, changed: bool, stopped: bool) -> None:
        """The library has been read, or that was stopped: what is listed may have changed."""
        said, self._progress = self._progress or self._stopped, ""
        self._stopped = "stopped before the end: f5 goes on" if stopped else ""
        strays = {stray.path: stray for stray in self._session.strays}
        first, self._known = not self._known, True
        if first and self.wanted:
            self.look()
        elif first or changed or stopped or said or strays != self._strays:
            self.refresh_list()

    def indexing(self, what: str, done: int, total: int) -> None:
        """Say how far reading the library is, and how to stop it."""
        self._progress = f"{what}: {done} of {total} (esc stops)"
        if self._results is None:
            self._about.update(Content(self._progress))

    def point_at(self, path: str) -> None:
        """Show which article is open."""
        self._open = path
        self.readings.begin(path)
        if self._results is None:
            self.listing.choose(Target(path))
        self._read_on()

    def _read_on(self) -> None:
        """Show how far one is now; what is listed stays, whatever it was listed for."""
        if self._results is None and self.is_attached:
            self._say_about(self._about_library(self._session.catalog.entries))
        self.listing.refresh()

    def _entry_item(self, entry: Entry) -> Item:
        return Item(
            Target(entry.path),
            lambda width: entry_lines(
                entry, width, self._signs, self.readings.of(entry.path), open_=entry.path == self._open
            ),
        )

    def _hit_item(self, hit: Hit, query: str) -> Item:
        passage = None if hit.start is None or hit.end is None else (hit.start, hit.end)
        return Item(
            Target(hit.path, hit.id, passage, query),
            lambda width: hit_lines(hit, width, self._signs, self._speaker, open_=hit.path == self._open),
        )

    def _fill(self, items: Sequence[Item], rows: int, *, again: bool) -> None:
        chosen = self.listing.chosen if again else None
        key = chosen.key if chosen else Target(self._open) if self._results is None else None
        self.listing.display = bool(items)
        self.listing.fill(items, rows, key=key, again=again)
        self.post_message(Situation())

    def _speaker(self, hit: Hit) -> str:
        return hit.speaker or hit.kind or ""

    # Searching

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types; what was searched for last time, only once the library has been read."""
        if self._known or event.value != self._remembered:
            self.look()

    def look(self) -> None:
        """Search for what the box holds; without a word in it, list the library."""
        query = self.box.value.strip()
        if self._search:
            self._search.cancel()
        self._answered = not query
        if query:
            self._search = self.run_worker(self._look(query), group="search", exclusive=True)
        else:
            self.list_library()

    @property
    def _searching(self) -> bool:
        return self._search is not None and not self._search.is_finished and not self._answered

    async def _look(self, query: str) -> None:
        from index.search import Results, Wanted

        await asyncio.sleep(_PAUSE)
        try:
            wanted = Wanted(limit=_LIMIT, typing=True, seconds=_SECONDS)
            results = await asyncio.to_thread(self._session.look_up, query, wanted)
            if results.late:
                self._show(results)
                results = await asyncio.to_thread(self._session.look_up, query, replace(wanted, seconds=None))
        except PostilError as error:
            self._results, self._answered = Results(query=query, total=0, partial=False, hits=()), True
            self._fill([], HIT_ROWS, again=False)
            self._say("", Content.styled("This cannot be searched for.\n\n", "bold") + shown(str(error)))
            return
        self._show(results)
        from reader.memory import give_back

        await asyncio.to_thread(give_back)

    def _show(self, results: Results) -> None:
        again = self._results is not None and self._results.query == results.query
        self._results, self._answered = results, True
        about = results_line(results, self._session.catalog, self._signs.dot)
        self._say(about, "" if results.hits else no_hits(results.query, len(self._session.catalog.entries)))
        self._fill([self._hit_item(hit, results.query) for hit in results.hits], HIT_ROWS, again=again)

    def _say_about(self, text: str) -> None:
        self.said = text
        self._about.update(Content(text))

    # Being empty

    def _say(self, about: str, teach: Content | str) -> None:
        self._say_about(about)
        self._teach.display = bool(teach)
        content = teach if isinstance(teach, Content) else Content(teach)
        self.teaching = content.plain
        self._teach.update(content)

    # Commands

    def awaited(self, command: Command) -> Worker[None] | None:
        """The search for what was typed."""
        return self._search if self._searching and command.verb in _OF_THE_LIST else None

    def why_not(self, command: Command) -> str:
        """Nothing can be chosen in an empty list, and there is not always somewhere to go back to."""
        if command.id == "find.leave" and not self.box.value and not self._open and not self._progress:
            return "no article is open to go back to"
        if command.verb == "narrow" and self.box.value:
            return "this is for the list of articles: esc empties the box"
        if command.verb == "done" and self._session.catalog.get(self._chosen_path) is None:
            return "no article is chosen"
        if command.id == "find.open" and self._searching:
            return ""
        if command.id in ("find.next", "find.previous", "find.open") and not len(self.listing):
            return (
                "the list is empty" if not self.box.value else "nothing found: change the words, or esc to start over"
            )
        return ""

    def do_box(self) -> None:
        """Go to the search box; what is typed there takes the place of what it holds."""
        self.enter()
        self.box.select_all()

    def do_narrow(self) -> None:
        """List the articles of one state only; of the next one each time, then all again."""
        states = ("", *STATES)
        self._only = states[(states.index(self._only) + 1) % len(states)]
        self.list_library()

    def do_done(self) -> None:
        """Mark the chosen article done, or unread again."""
        self.turn(self._chosen_path)

    @property
    def _chosen_path(self) -> str:
        return self.listing.chosen.key.path if self.listing.chosen else ""

    def turn(self, path: str) -> None:
        """Mark an article done, or unread again."""
        state = self.readings.turn(path)
        self._read_on()
        self.post_message(Said(f"{state}: D marks it {'unread again' if state == DONE else 'done'}"))

    def do_step(self, count: int) -> None:
        """Choose another item; typing goes on."""
        self.listing.step(count)

    def do_page(self, count: int) -> None:
        """Choose an item a page away."""
        self.listing.page(count)

    def do_open(self) -> None:
        """Open the chosen item."""
        if self.listing.chosen:
            self._open_item(self.listing.chosen)

    def _open_item(self, item: Item) -> None:
        stray = self._strays.get(item.key.path)
        self.post_message(FollowAsked(stray) if stray else OpenArticle(item.key))

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
