"""A screen to which comes back what the person was writing when the program ended."""

from __future__ import annotations

from contextlib import suppress

from textual.worker import WorkerError, get_current_worker

from reader.messages import Target
from reader.screens.leaping import Leaping
from reader.typeahead import HOLDING

__all__ = ["Returning"]


class Returning(Leaping, part=True):
    """Reads the journal once the first article is there, and opens the form that was open."""

    def bring_back(self, *, asked: str) -> None:
        """Bring back what was left unsaved; `asked` is the article that the person asked for, if any."""
        self.article.run_worker(self._bring_back(asked), group=HOLDING)  # opening an article does not end it

    async def _bring_back(self, asked: str) -> None:
        mine = get_current_worker()
        first = [one for one in self.workers if one.group == HOLDING and one is not mine]
        with suppress(WorkerError):
            await self.workers.wait_for_complete(first)
        await self.article.take_over(asked=asked)
        await self._bring_form()

    def on_screen_resume(self) -> None:
        """What stood over the screen is gone: the form may come now."""
        if self.article.owed:
            self.run_worker(self._bring_form(), group=HOLDING)

    async def _bring_form(self) -> None:
        owed = self.article.owed
        if owed and self.is_current:
            await self._open(Target(owed))
            self.article.bring()
