"""A screen that writes down what is to be the same next time, when it changes: the terminal may go away at any time."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from annotations.errors import PostilError
from reader.screens.returning import Returning

__all__ = ["Remembering"]


class Remembering(Returning, part=True):
    """Writes the state beside the keys, one version after the other."""

    _writing: asyncio.Lock | None = None

    def _remember(self) -> None:
        """Bring the state up to date."""
        raise NotImplementedError

    def keep_changes(self) -> None:
        """From now on write down the measure and the theme when they change."""
        self.watch(self.article.pane, "measure", self._measure_set, init=False)
        self.watch(self.app, "theme", self._theme_set, init=False)

    def _measure_set(self, measure: int) -> None:
        self._state.measure = measure
        self._keep_state()

    def _theme_set(self, theme: str) -> None:
        self._state.theme = theme
        self._keep_state()

    def _keep_state(self) -> None:
        """Write down where one is."""
        self._remember()
        self.run_worker(self._write_state(self._state.record()), group="state")

    async def _write_state(self, record: dict[str, object]) -> None:
        from reader.config import write_state

        self._writing = self._writing or asyncio.Lock()
        async with self._writing:
            with suppress(PostilError):  # it is tried again on the way out
                await asyncio.to_thread(write_state, record)
