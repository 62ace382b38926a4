"""A screen on a library that may change under it: noticing, saying so, and letting the person decide what follows."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.screen import Screen

from annotations.errors import PostilError
from index.catalog import Changes
from reader.messages import FilesChanged, FollowAsked, ReadingLibrary, Said
from reader.watching import Watch, moved
from reader.widgets.commanded import Commanded
from reader.widgets.even import Even
from reader.widgets.find import FindPane
from reader.widgets.footer import Footer
from reader.widgets.sparing import Sparing
from reader.widgets.titlebar import TitleBar
from reader.widgets.wandering import Wandering

if TYPE_CHECKING:
    from textual.widget import Widget

    from index.scan import Stray
    from reader.glyphs import Glyphs
    from reader.session import Session

__all__ = ["LibraryScreen"]

_PATIENCE = 0.2
"""Seconds between two words on how far reading the library is; what takes no longer is not spoken of."""

_REST = 4
_LONGEST_REST = 5.0
"""How long the library is left alone after a look that changes brought: so many times what that took; in seconds."""


class LibraryScreen(Even, Screen[None], Commanded, part=True):
    """Find pane, article and footer, kept true to the disk.  One look at the library at a time."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__()
        self._compositor = Sparing()
        self._session = session
        self.find = FindPane(session, signs)
        self.article = Wandering(session, signs)
        self.footer = Footer()
        self._stop = threading.Event()
        self._looking = False
        self._turn = asyncio.Lock()
        self._changed: set[str] = set()
        self._noticing = False
        self._watch = Watch(session.library.root, self._tell_of, self._tell_of_trouble)

    def _compositor_refresh(self) -> None:
        """Draw all that wants drawing in one frame.  There is no public way to.

        By itself Textual draws what has another size at once, and then anew what asked for it while it was laid out.
        """
        waiting = {widget for widget in self._compositor.visible_widgets if widget._repaint_required}  # noqa: SLF001 - see above
        for widget in waiting:
            widget._repaint_required = False  # noqa: SLF001 - see above
        self._compositor.update_widgets(waiting)
        super()._compositor_refresh()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Nothing here has a tooltip, and what is said is said in the footer: no widgets for either."""

    @on(events.ScreenResume)
    def _styled_once(self, event: events.ScreenResume) -> None:
        """Begin with the styles that everything was just mounted with, instead of working them out twice."""
        event.refresh_styles = self.stack_updates > 0

    def on_mount(self) -> None:
        """Look again whenever the person comes back to the terminal."""
        self.watch(self.app, "app_focus", self._focused, init=False)

    def on_unmount(self) -> None:
        """Leaving does not wait for the library to be read."""
        self._stop.set()
        self._watch.stop()

    def _focused(self, focused: bool) -> None:
        if focused:
            self.look_at_library()

    def look_at_library(self, *, asked: bool = False) -> None:
        """See what changed; `asked` also shows an open article as it is on the disk now."""
        if not self._looking:
            self.run_worker(self._look(asked), group="refresh")

    async def _look(self, asked: bool) -> None:
        async with self._turn:
            changes = await self._refresh()
        unfinished = await asyncio.to_thread(self._unfinished)
        if not self.display:
            return  # the person leaves, and the screen is being taken apart
        for old, new in changes.renamed:
            self.renamed(old, new)
        self.find.indexed(changed=bool(changes), stopped=self._stop.is_set())
        self.query_one(TitleBar).unfinished = unfinished
        if changes:
            self.article.cards.forget()  # relations of other articles lead here
        self._pass_on()
        if asked:
            self.footer.say("stopped: f5 goes on" if self._stop.is_set() else _told(changes))
        if self.article.path:
            await self.compare(changes, asked=asked)
        if self._session.settings.watch and self.is_attached:
            self._watch.follow(self._session.catalog.folders)

    def _unfinished(self) -> str:
        from reader.unfinished import unfinished

        return unfinished(self._session.library.root).told

    async def _refresh(self) -> Changes:
        self._looking = True
        self._stop.clear()
        changes, reading, indexing = Changes(), self._telling("reading the library"), self._telling("indexing")
        try:
            changes = await asyncio.to_thread(self._session.refresh, reading, self._stop.is_set, indexing)
        except PostilError as error:
            self.footer.say(str(error), loud=True)
        finally:
            self._looking = False
        return changes

    # Told of changes

    def _tell_of(self, paths: set[str]) -> None:
        self.post_message(FilesChanged(paths))

    def _tell_of_trouble(self, why: str) -> None:
        self.post_message(Said(f"{why}: what others change is seen when you come back to the terminal, or with f5"))

    def on_files_changed(self, event: FilesChanged) -> None:
        """See whether that is news."""
        self._changed |= event.paths
        if not self._noticing:
            self._noticing = True
            self.run_worker(self._notice(), group="watch")

    async def _notice(self) -> None:
        """Look at the library as often as there is news, and rest in between in proportion to what that takes."""
        try:
            while self._changed:
                paths, self._changed = self._changed, set()
                if await asyncio.to_thread(moved, self._session, paths, self._session.catalog.folders):
                    begun = time.monotonic()
                    await self._look(asked=False)
                    await asyncio.sleep(min((time.monotonic() - begun) * _REST, _LONGEST_REST) if self._changed else 0)
        finally:
            self._noticing = False

    def _telling(self, what: str) -> Callable[[int, int], None]:
        """What tells how far it is, from the thread that does it."""
        told = time.monotonic()

        def tell(done: int, total: int) -> None:
            nonlocal told
            if time.monotonic() - told > _PATIENCE:
                told = time.monotonic()
                self.post_message(ReadingLibrary(what, done, total))

        return tell

    def on_reading_library(self, event: ReadingLibrary) -> None:
        """Say how far it is."""
        if self._looking and not self._stop.is_set():
            self.find.indexing(event.what, event.done, event.total)
            self._pass_on(event.what, event.done, event.total)

    def renamed(self, old: str, new: str) -> None:
        """An article has another path."""

    def _pass_on(self, what: str = "", done: int = 0, total: int = 0) -> None:
        """Tell the list that is open over this screen, if one is; of nothing once the library is read."""
        if not self.is_current:
            self.app.screen.post_message(ReadingLibrary(what, done, total))

    def on_stop_asked(self) -> None:
        """Stop reading; what is done stays."""
        self._stop.set()

    async def compare(self, changes: Changes, *, asked: bool) -> None:
        """See what became of the open article; `asked` also when nothing seems to have."""
        raise NotImplementedError

    # Annotations without an article

    def on_follow_asked(self, event: FollowAsked) -> None:
        """Ask before a sidecar gets another name."""
        from reader.screens.ask import Answer, Ask

        stray = event.stray
        if stray.follows is None:
            text = f"{stray.path} belongs to an article that is gone, and no other has its text. "
            hint = "Bring the article back under its old name; or, if it was edited, name this file after it."
            self.app.push_screen(Ask(text + hint, (), otherwise="back"))
            return
        question = f"The article of {stray.path} is gone. {stray.follows} has its text. Give it these annotations?"
        answers = (Answer("y", "yes, rename the file", "follow"),)
        self.app.push_screen(Ask(question, answers), partial(self._follow_if, stray))

    def _follow_if(self, stray: Stray, answer: str | None) -> None:
        if answer == "follow":
            self.run_worker(self._follow(stray), group="follow")

    async def _follow(self, stray: Stray) -> None:
        try:
            await asyncio.to_thread(self._session.follow, stray)
        except PostilError as error:
            self.footer.say(str(error), loud=True)
            return
        await self._look(asked=False)
        if self.article.path == stray.follows:
            self.article.show_marks()
        self.footer.say(f"these are the annotations of {stray.follows} now")


def _told(changes: Changes) -> str:
    """What a look at the library found."""
    found = {"new": changes.added, "changed": changes.changed, "gone": changes.removed, "renamed": changes.renamed}
    return ", ".join(f"{len(paths)} {what}" for what, paths in found.items() if paths) or "nothing has changed"
