"""The keyboard: counts and chords are put together here, then handed on as the one key that they are bound to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events

from reader.chords import Astray, Begun, Typed, begins, follow
from reader.commands.names import key_name
from reader.messages import Beginning, Said
from reader.typeahead import OneKeyAtATime

if TYPE_CHECKING:
    from textual.app import App
    from textual.binding import ActiveBinding

__all__ = ["Keyboard", "begin_chord", "take_typed"]


class Keyboard(OneKeyAtATime, part=True):
    """An app whose commands may be bound to chords, and take a count typed before them.

    Digits are a count where the widget that has the focus says so with a true `counts`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._begun = Begun()
        self._typed = Typed()

    async def on_event(self, event: events.Event) -> None:
        """A click or a paste has nothing to do with what was begun on the keys."""
        if isinstance(event, events.MouseDown | events.Paste):
            self._drop()
        await super().on_event(event)

    async def let_through(self, event: events.Key | events.Paste) -> None:
        """Put keys together before they are dealt with."""
        self._typed = Typed()
        focus = self.screen.focused
        if isinstance(event, events.Paste) or (focus and focus.check_consume_key(event.key, event.character)):
            self._drop()
            await super().let_through(event)
            return
        bound = self.screen.active_bindings if self._begun.keys or self.may_begin(event.key) else {}
        found = follow(self._begun, event.key, bound, counts=bool(getattr(focus, "counts", False)))
        if isinstance(found, Begun):
            self._begin(found, bound)
            return
        chord = bool(self._begun.keys)
        self._drop()
        if isinstance(found, Astray):
            self.screen.post_message(Said(_astray(found, bound)))
            return
        self._typed = found
        await super().let_through(events.Key(found.key, None) if chord else event)

    def may_begin(self, key: str) -> bool:
        """Whether a chord somewhere begins with that key; to ask what is bound here takes longer than to say no."""
        del key
        return True

    def take_typed(self) -> Typed:
        """The count and the letter that came with the key; they are good for one command."""
        typed, self._typed = self._typed, Typed()
        return typed

    def begin_chord(self, command_id: str) -> None:
        """Wait for the last key of that command's chord, as if the keys before it had been typed."""
        bound = self.screen.active_bindings
        chord = next((key for key, one in bound.items() if one.binding.id == command_id and "~" in key), "")
        self._begin(Begun(0, chord.rpartition("~")[0]), bound)

    def _drop(self) -> None:
        if self._begun:
            self._begin(Begun(), {})

    def _begin(self, begun: Begun, bound: Mapping[str, ActiveBinding]) -> None:
        self._begun = begun
        typed = (str(begun.count) if begun.count else "") + "".join(map(key_name, filter(None, begun.keys.split("~"))))
        follows = begins(begun.keys, bound) if begun.keys else []
        rest = [(chord.removeprefix(f"{begun.keys}~"), bound[chord].binding.id or "") for chord in follows]
        self.screen.post_message(Beginning(typed, tuple(rest)))


def take_typed(app: App[object]) -> Typed:
    """The count and the letter that came with the key, in any app."""
    return app.take_typed() if isinstance(app, Keyboard) else Typed()


def begin_chord(app: App[object], command_id: str) -> None:
    """Wait for the last key of a chord that was asked for without keys."""
    if isinstance(app, Keyboard):
        app.begin_chord(command_id)


def _astray(found: Astray, bound: Mapping[str, ActiveBinding]) -> str:
    rest = [key_name(chord.removeprefix(f"{found.keys}~")) for chord in begins(found.keys, bound)]
    return f"{key_name(found.key)} does not follow {key_name(found.keys)}: it takes {', '.join(rest) or 'nothing here'}"
