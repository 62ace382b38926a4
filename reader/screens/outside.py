"""The open article, changed from outside: by the person's own editor, by git, by another postil.

What was changed is shown at once, at the place where one was.  While that would take something away from the person,
a form, a selection, a question, it waits until they are done.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from annotations.errors import PostilError
from index.catalog import Changes
from reader.amiss import short
from reader.messages import Said
from reader.screens.library import LibraryScreen
from reader.session import News
from reader.typeahead import HOLDING

if TYPE_CHECKING:
    from reader.commands import Command
    from reader.desk import Desk
    from reader.glyphs import Glyphs
    from reader.session import Session

__all__ = ["Outside"]


class Outside(LibraryScreen, part=True):
    """A library screen whose open article is what the disk has."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self._waiting = ""

    # What became of it

    async def compare(self, changes: Changes, *, asked: bool) -> None:
        """See what became of the open article, if anything did."""
        path, renamed = self.article.path, dict(changes.renamed)
        if path in {*changes.added, *changes.changed, *changes.removed, *renamed} or self._waiting == path or asked:
            news, why = await asyncio.to_thread(self._session.news, path)
            if path == self.article.path:
                await self._take_up(news, f"is now called {renamed[path]}" if path in renamed else f"is gone ({why})")

    async def _take_up(self, news: News, gone: str) -> None:
        path = self.article.path
        if news is News.NONE:
            self._waiting = ""
        elif news is News.GONE:
            self.footer.say(f"{path} {gone}; its text stays here until you leave it", loud=True)
        elif busy := self._busy():
            self._waiting = path
            self.footer.say(f"{path} was changed on disk: it is shown as it is now when {busy}", loud=True)
        elif path in self._session.unsaved:
            self._waiting = ""
            self.article.do_save()  # which brings both together, and says what came of it
        else:
            await self._read_again(news)

    def _busy(self) -> str:
        """What has to end before another text or other marks can be shown; nothing, when they can."""
        if self.article.form is not None:
            return "the form is closed"
        if self.article.pane.selection is not None:
            return "the selection ends"
        return "this is answered" if self.app.screen is not self else ""

    async def _read_again(self, news: News) -> None:
        path, before = self.article.path, self.article.desk.article
        try:
            desk = await asyncio.to_thread(self._session.open, path)
        except PostilError as error:
            self.footer.say(str(error), loud=True)
            return
        self._waiting = ""
        if desk.article != before:
            self.article.show_again()
        self.article.show_marks()
        if desk.problem:
            self.footer.say(f"nothing is lost, e opens it: {short(desk.problem)}", loud=True)
        elif news is News.TEXT:
            self.footer.say("changed on disk and read again: marks are placed anew")
        else:
            self.footer.say("annotations were changed on disk: shown as they are now")

    def catch_up(self) -> None:
        """Show what was kept waiting, if nothing is in its way any more."""
        if self._waiting and self._waiting == self.article.path and not self._busy():
            self._waiting = ""
            self.run_worker(self.compare(Changes(), asked=True), group="refresh")

    def on_screen_resume(self) -> None:
        """The question over this screen was answered."""
        self.catch_up()

    # The person's own editor

    def why_not(self, command: Command) -> str:
        """An editor wants an article that stays open meanwhile."""
        if command.verb == "editor" and not self.article.path:
            return "no article is open: enter opens one"
        if command.verb == "editor" and self.article.form is not None:
            return "a form is open: enter saves, esc keeps a draft"
        return super().why_not(command)

    def do_editor(self) -> None:
        """Open the sidecar, or the article, in the person's editor, if they have one."""
        from reader.editor import editor
        from reader.screens.ask import Answer, Ask

        try:
            editor()
        except PostilError as error:
            self.footer.say(str(error), loud=True)
            return
        answers = (Answer("s", "its annotations (the sidecar)", "sidecar"), Answer("a", "the article", "article"))
        question = f"Open what of {self.article.path} in your editor? postil itself never writes an article."
        self.app.push_screen(Ask(question, answers, otherwise="nothing"), self._asked_for)

    def _asked_for(self, which: str | None) -> None:
        if which:
            self.run_worker(self._edit(which), group=HOLDING)

    async def _edit(self, which: str) -> None:
        from reader.editor import edit_file

        await self.article.settle()
        desk, path = self.article.desk, self.article.path
        file = desk.loaded.path if which == "sidecar" else self._session.library.root / path
        if not file.exists():
            nothing = "no annotations yet, so there is no sidecar: h highlights, and makes one"
            self.post_message(Said(nothing if which == "sidecar" else f"{path} is gone"))
            return
        line = _line_of_mark(desk, self.article.pane.current) if which == "sidecar" else self._line_of_cursor()
        before = file.stat()
        if not await edit_file(self.app, file, line):
            return
        await self.compare(Changes(), asked=True)
        if file.exists() and file.stat().st_mtime_ns == before.st_mtime_ns:
            self.footer.say("left as it was")
        self.call_after_refresh(self.look_at_library)

    def _line_of_cursor(self) -> int:
        return self.article.desk.article.text.count("\n", 0, self.article.pane.cursor) + 1


def _line_of_mark(desk: Desk, annotation_id: str | None) -> int | None:
    """The line (from 1) where a sidecar has the record, or the mistake for which it was refused."""
    if desk.problem:
        return desk.problem.line
    name = (annotation_id or "").encode()
    lines = (desk.loaded.data or b"").splitlines() if name else ()
    return next((at for at, line in enumerate(lines, 1) if line.split()[-2:] == [b"id:", name]), None)
