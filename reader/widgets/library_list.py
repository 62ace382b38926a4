"""The left pane as far as the library goes: a box to type into, a line about what is listed, the articles."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from reader.entries import ENTRY_ROWS, entry_lines, skipped_lines, stray_lines
from reader.headlines import library_line, no_articles
from reader.messages import Said, Situation, Target
from reader.readings import DONE, STATES, Readings
from reader.typeahead import HOLDING
from reader.widgets.commanded import Commanded
from reader.widgets.even import Even
from reader.widgets.listing import Item, Items, Listing

if TYPE_CHECKING:
    from index.scan import Stray
    from reader.glyphs import Glyphs
    from reader.session import Session
    from reader.widgets.search_box import SearchBox

__all__ = ["LibraryList"]

_READING = "reading the library"

_AROUND = 7
"""Cells of the pane that the box cannot have: border, padding, sign, cursor."""


class LibraryList(Even, Vertical, Commanded, part=True):
    """Search box, a line about what is listed, the list; in the list's place, what to do when it is empty."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__()
        self._session = session
        self._signs = signs
        self._open = ""
        self.readings = Readings()
        self._state = ""
        self._remembered = ""
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

    @property
    def found_something(self) -> bool:
        """Whether results are listed, not the library."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Box, line, list."""
        with self._row:
            yield self._sign
        yield self._about
        yield self.listing

    def on_mount(self) -> None:
        """Begin with what is known of the library."""
        self.list_library()
        self.run_worker(self._put_box_when_drawn(), group=HOLDING)

    # The box

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

    def list_library(self, *, again: bool = False) -> None:
        """List the library's articles, as the catalog has them now; `again` keeps what is chosen."""
        if not self._session.catalog.at_hand:
            self._say_about(_READING)
            self.run_worker(self._list_when_read(), group="list", exclusive=True)
            return
        paths = self._session.catalog.paths
        listed = [one for one in paths if self._state == self.readings.of(one)] if self._state else paths
        self._say(
            self._about_library(),
            ""
            if listed or not self._known
            else no_articles(str(self._session.library.root), self._state if paths else ""),
        )
        leftovers = () if self._state else tuple(self._leftovers())
        self._fill(self._articles(listed, leftovers), ENTRY_ROWS, again=again)

    async def _list_when_read(self) -> None:
        """Read what is known of a large library beside the keys, then list it."""
        await asyncio.to_thread(getattr, self._session.catalog, "paths")
        if not self.found_something:
            self.list_library()

    def _articles(self, paths: Sequence[str], more: Sequence[Item]) -> Items:
        """The articles at those paths, which are in order, and what comes after them."""

        def make(at: int) -> Item:
            return self._entry_item(paths[at]) if at < len(paths) else more[at - len(paths)]

        def number_of(key: Target) -> int | None:
            at = bisect_left(paths, key.path)
            if at < len(paths) and paths[at] == key.path and not key.annotation:
                return at
            return next((number for number, item in enumerate(more, len(paths)) if item.key == key), None)

        return Items(len(paths) + len(more), make, number_of)

    def _about_library(self) -> str:
        catalog = self._session.catalog
        paths = catalog.paths if catalog.at_hand else ()
        about = "" if self._known else _READING
        if paths:
            about = library_line(paths, self.readings, self._state, self._signs.dot)
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
        self.list_library(again=True)

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

    def look(self) -> None:
        """Search for what the box holds; without a word in it, list the library."""
        raise NotImplementedError

    def indexing(self, what: str, done: int, total: int) -> None:
        """Say how far reading the library is, and how to stop it."""
        self._progress = f"{what}: {done:,} of {total:,} (esc stops)"
        if not self.found_something:
            self._put_about(Content(self._progress))

    def point_at(self, path: str) -> None:
        """Show which article is open."""
        self._open = path
        self.readings.begin(path)
        if not self.found_something:
            self.listing.choose(Target(path))
        self._read_on()

    def _read_on(self) -> None:
        """Show how far one is now; what is listed stays, whatever it was listed for."""
        if not self.found_something and self.is_attached:
            self._say_about(self._about_library())
        self.listing.refresh()

    def _entry_item(self, path: str) -> Item:
        return Item(Target(path), partial(self._entry_lines, path))

    def _entry_lines(self, path: str, width: int) -> list[Content]:
        entry = self._session.catalog.get(path)
        if entry is None:  # it went meanwhile, and the list will follow
            return []
        return entry_lines(entry, width, self._signs, self.readings.of(path), open_=path == self._open)

    def _fill(self, items: Sequence[Item], rows: int, *, again: bool) -> None:
        chosen = self.listing.chosen if again else None
        key = chosen.key if chosen else None if self.found_something else Target(self._open)
        self.listing.display = bool(items)
        self.listing.fill(items, rows, key=key, again=again)
        self.post_message(Situation())

    # What is said

    def _say_about(self, text: str) -> None:
        self.said = text
        self._put_about(Content(text))

    def _put_about(self, content: Content) -> None:
        """Say it over the list; only another number of lines has the screen laid out anew."""
        width = self._about.content_size.width
        lines = len(content.wrap(width)) if width and content.plain else 0
        self._about.update(content, layout=lines != self._about.content_size.height)

    def _say(self, about: str, teach: Content | str) -> None:
        self._say_about(about)
        content = teach if isinstance(teach, Content) else Content(teach)
        if bool(content.plain) != self._teach.display or content.plain != self.teaching:
            self.teaching = content.plain
            self._teach.display = bool(content.plain)
            if content.plain and not self._teach.is_attached:
                self.mount(self._teach, after=self._about)
            self._teach.update(content)

    # Commands

    def do_narrow(self) -> None:
        """List the articles of one state only; of the next one each time, then all again."""
        states = ("", *STATES)
        self._state = states[(states.index(self._state) + 1) % len(states)]
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
