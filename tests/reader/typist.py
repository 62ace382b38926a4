"""A pilot that types as a person does: without looking whether the reader has come along."""

from __future__ import annotations

import asyncio
import unicodedata
from time import monotonic
from typing import Any

from textual import events
from textual._wait import wait_for_idle
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from reader.typeahead import OneKeyAtATime

_LOOK_AGAIN = 0.002
_HELD = 2.0
"""Seconds after which a key that waits for a worker is held back on purpose: the test has what it waits for."""

_PATIENCE = 20.0
"""Seconds without a key being taken after which messages that nobody comes to are no reason to wait."""


class Typist(Pilot[None]):
    """Hands all keys over at once and waits after the last; Textual's own waits twice for each key.

    The reader deals with one key at a time whoever types, so what comes of them is the same.
    """

    async def press(self, *keys: str) -> None:
        app = self.app
        assert isinstance(app, OneKeyAtATime)
        for key in keys:
            app.post_message(_event(key))
        await self._wait_for_screen()
        waiting, since = (0, False), monotonic()
        while messages_under_way(app) and app.is_running and not app._exception:
            if waiting != (len(app._keys), app._held):
                waiting, since = (len(app._keys), app._held), monotonic()
            elif monotonic() - since > (_HELD if app._held else _PATIENCE):
                break
            await asyncio.sleep(_LOOK_AGAIN)
        await wait_for_idle(0)
        await app.animator.wait_until_complete()
        await self._wait_for_screen()


def messages_under_way(app: App[Any]) -> bool:
    """Whether a key waits, or anything on any screen was told something, or asked for a call, and has not come to it.

    Who has left comes to nothing more.  That the process is idle says less: on a machine that is busy with
    other things every process looks so.
    """
    if app._exit:
        return False
    nodes = [app, *(node for screen in app.screen_stack for node in screen.walk_children(with_self=True))]
    told = any(node._next_callbacks or node.message_queue_size for node in nodes if node.is_running)
    keys = isinstance(app, OneKeyAtATime) and app._keys
    return told or bool(keys or app.screen._callbacks or app.screen._layout_required)


def _event(key: str) -> events.Key:
    """As Textual makes them for its pilot."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    original = REPLACED_KEYS.get(name, name)
    try:
        return events.Key(name, unicodedata.lookup(_get_unicode_name_from_key(original)))
    except KeyError:
        return events.Key(name, name if len(name) == 1 else None)
