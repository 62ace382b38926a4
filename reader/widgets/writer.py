"""An article whose record is written: one change after the other, undone and done again, tried again when it failed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.commands import COMMANDS
from reader.messages import Saving
from reader.typeahead import HOLDING
from reader.widgets.article import ArticleView
from reader.writing import Writes

if TYPE_CHECKING:
    from annotations.errors import PostilError
    from reader.glyphs import Glyphs
    from reader.session import Session

__all__ = ["WRITING", "Writer"]

WRITING = "write"
"""The group of the workers that write."""


_TOLD = 5


class Writer(ArticleView, part=True):
    """What is asked for is saved behind; a command about marks waits for what was asked for before it."""

    OF_THE_RECORD = frozenset({"mark", "undo", "redo", "save"})
    """Verbs that are about the marks as they will be when all is written."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self._writes = Writes(self._saving)

    def action_run(self, command_id: str) -> None:
        """Carry out a command; one that is about marks, on the marks as they are after what was asked for before."""
        writing = any(worker.group == WRITING and not worker.is_finished for worker in self.workers)
        if writing and COMMANDS[command_id].verb in self.OF_THE_RECORD:
            self.run_worker(self._run_after_writing(command_id), group=HOLDING)
        else:
            super().action_run(command_id)

    async def _run_after_writing(self, command_id: str) -> None:
        await self._writes.settle()
        super().action_run(command_id)

    def do_undo(self, count: int = 1) -> None:
        """Take back the last changes."""
        self.run_worker(
            self._step(self._session.undo, count, "undone: {}; ctrl+r does it again", "nothing to undo"), group=WRITING
        )

    def do_redo(self, count: int = 1) -> None:
        """Do them again."""
        self.run_worker(
            self._step(self._session.redo, count, "done again: {}; u undoes", "nothing to do again"), group=WRITING
        )

    async def _step(self, step: Callable[[str], str | None], count: int, done: str, nothing: str) -> None:
        labels: list[str] = []
        before = self.desk.article

        def steps() -> None:
            while len(labels) < count and (label := step(self.path)):
                labels.append(label)

        problem = await self._writes.do(steps)
        self._stepped()
        if self.desk.article is before:
            self.show_marks()
        else:
            self.show_again()
        if problem is None:
            rest = self._signs.ellipsis * (len(labels) > _TOLD)
            self._say(done.format(", ".join(labels[:_TOLD]) + rest) if labels else nothing)

    def _stepped(self) -> None:
        """Something was undone or done again."""

    def do_save(self) -> None:
        """Try again to save what is not saved."""
        unsaved = self._session.unsaved
        if not unsaved:
            self._say("everything is saved")
        for path in unsaved:
            self._write(partial(self._session.flush, path), "saved")

    def show_again(self) -> None:
        """Show the article as its desk has it now, from the same place on, also when its text is another."""
        from reader.carried import carried

        kept = partial(carried, self.pane.text, self.desk.article.text)
        top, cursor, current = kept(self.pane.top_offset), kept(self.pane.cursor), self.pane.current
        hits = tuple((kept(start), kept(end)) for start, end in self._hits)
        self.show(self.desk, top=top)
        self._hits = hits
        self.pane.set_hits(hits)
        self.pane.go(cursor)
        self._stand(current)

    def _write(self, change: Callable[[], object], done: str, current: str | None = None) -> None:
        self.run_worker(self._written(change, done, current), group=WRITING)

    async def _written(self, change: Callable[[], object], done: str, current: str | None) -> None:
        problem: PostilError | None = await self._writes.do(change)
        self.show_marks()
        if current:
            self._stand(current)
        if problem is None:
            self._say(done)

    def _saving(self, busy: bool, problem: PostilError | None) -> None:
        self.post_message(Saving(busy, problem))

    async def settle(self) -> None:
        """Wait until all that was asked for has been tried."""
        await self._writes.settle()
