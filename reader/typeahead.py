"""Keys one after the other: a key goes where it was meant to go, however fast one types.

By itself Textual sends a key to what has the focus when the key arrives.  What the keys before it will bring about, a
form, an article, another screen, has not happened then, and text would be taken for commands.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.worker import Worker, WorkerError

from reader.parts import Parted

__all__ = ["HOLDING", "OneKeyAtATime", "once_done"]

HOLDING = "holding"
"""The group of those workers that the next key waits for: what they bring is what it is meant for."""

_ROUNDS = 3
"""How far behind a key things may follow: the key itself, a message that it led to, and one that that led to."""

_PATIENCE = 1.0
"""Seconds after which a key stops waiting for a part of the screen: one that hangs does not hold up the rest."""

_STALLED = 0.1
"""Seconds that an alarm is late by when the whole program stood still."""

_LONGEST = 10.0
"""Seconds after which it stops waiting for workers too."""

_LOOK_AGAIN = 0.01


def once_done(node: DOMNode, under_way: Callable[[], Worker[Any] | None], act: Callable[[], None]) -> None:
    """Act now, or when that is done which is under way, and whatever takes its place meanwhile; the next key waits.

    Args:
        node: who acts.
        under_way: gives the worker to wait for, if there is one.
        act: what to do.
    """
    if under_way():
        node.run_worker(_act_later(under_way, act), group=HOLDING)
    else:
        act()


async def _act_later(under_way: Callable[[], Worker[Any] | None], act: Callable[[], None]) -> None:
    while worker := under_way():
        with suppress(WorkerError):
            await worker.wait()
    act()


class OneKeyAtATime(Parted, App[None], part=True):
    """An app that deals with a key only when all is done that the keys before it set off.

    To know that, a call is sent the way a key takes, from the focus up to the app: whatever was sent before it has
    been dealt with when it arrives.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: deque[events.Key | events.Paste] = deque()
        self._since = 0.0
        self._round = 0
        self._alarm: asyncio.TimerHandle | None = None
        self._was_held = False

    async def on_event(self, event: events.Event) -> None:
        """Put what is typed or pasted at the end of the queue; a key that comes back up from a widget is none."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._keys.append(event)
        if len(self._keys) == 1:
            self._since = monotonic()
            self._follow(_ROUNDS)

    async def let_through(self, event: events.Key | events.Paste) -> None:
        """Deal with a key, or what was pasted, now."""
        await super().on_event(event)

    def _follow(self, rounds: int) -> None:
        """Send a call behind everything that is under way."""
        self._round += 1
        place = self._place()
        self._climb(self._round, rounds, place, iter(place.ancestors_with_self))

    def _place(self) -> DOMNode:
        return self.focused or self.screen

    def _climb(self, number: int, rounds: int, place: DOMNode, way: Iterator[DOMNode]) -> None:
        """Take the call one part further up; each has its time, so that a busy machine is not taken for a hang."""
        if number != self._round:
            return
        self._round += 1
        self._was_held = self._was_held or self._held
        if self._alarm:
            self._alarm.cancel()
        for node in way:
            if node.call_later(self._climb, self._round, rounds, place, way):
                self._set_alarm(self._round)
                return
        self._arrived(rounds, place)

    def _set_alarm(self, number: int) -> None:
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(_PATIENCE, self._ring, number, loop.time() + _PATIENCE)

    def _ring(self, number: int, due: float) -> None:
        """Waiting took too long; not so if nothing at all went on meanwhile, this alarm neither."""
        if asyncio.get_running_loop().time() - due > _STALLED:
            self._set_alarm(number)
        else:
            self.call_later(self._late, number)

    def _arrived(self, rounds: int, place: DOMNode) -> None:
        held, self._was_held = self._was_held, False  # what a worker asked for at its end may be behind the call
        if self._place() is not place:
            self._follow(_ROUNDS)
        elif held and monotonic() - self._since < _LONGEST:
            self.set_timer(_LOOK_AGAIN, lambda: self._follow(_ROUNDS))
        elif rounds > 1:
            self._follow(rounds - 1)
        else:
            self.call_later(self._deal, self._round)

    @property
    def _held(self) -> bool:
        return any(worker.group == HOLDING and not worker.is_finished for worker in self.workers)

    async def _late(self, number: int) -> None:
        """Deal with a key that messages kept waiting; one that a worker keeps waiting goes on waiting for that."""
        if number == self._round and self._held and monotonic() - self._since < _LONGEST:
            self._follow(_ROUNDS)
        else:
            await self._deal(number)

    async def _deal(self, number: int) -> None:
        """Let the first key through, unless that was done meanwhile."""
        if number != self._round or not self._keys:
            return
        await self.let_through(self._keys[0])
        self._keys.popleft()
        if self._keys:
            self._since = monotonic()
            self._follow(_ROUNDS)
