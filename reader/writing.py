"""Saving without holding up the keys: one change after the other, each in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from annotations.errors import PostilError

__all__ = ["Writes"]

_FRAME = 0.03
"""Seconds that a change waits, so that the screen has shown it before saving a large file keeps the processor busy."""


class Writes:
    """Changes to the library, carried out in the order they were asked for.

    Args:
        tell: told when saving begins (True, None), is done (False, None) or failed (False, error).
    """

    def __init__(self, tell: Callable[[bool, PostilError | None], None]) -> None:
        self._tell = tell
        self._turn = asyncio.Lock()

    async def do(self, change: Callable[[], object]) -> PostilError | None:
        """Carry a change out when its turn comes; gives the error if it failed."""
        async with self._turn:
            self._tell(True, None)
            try:
                await asyncio.sleep(_FRAME)
                await asyncio.to_thread(change)
            except PostilError as error:
                self._tell(False, error)
                return error
            self._tell(False, None)
            return None

    async def settle(self) -> None:
        """Wait until all that was asked for has been tried."""
        async with self._turn:
            return
