"""The box that one types a search into."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from reader.widgets.field import Field

__all__ = ["SearchBox"]

_PLACEHOLDERS = ("Search: words, speaker:, tag:", "words, speaker:, tag:", "Search")
"""What the box says while it is empty: as much as it has room for."""


class SearchBox(Field):
    """The box.  `?` where a word would begin shows what can be typed; a slash that was meant to go to it is no text."""

    virtual_size = Reactive(Size(0, 0))
    """How much the box holds; by itself Textual would lay out the whole screen anew with every letter."""

    def __init__(self, value: str, room: int) -> None:
        super().__init__(value, placeholder=_placeholder(room), compact=True, select_on_focus=False)

    def say_what(self, room: int) -> None:
        """Say while it is empty what it takes, in so many cells; nothing is laid out anew for that."""
        self.set_reactive(Input.placeholder, _placeholder(room))
        self.refresh()

    async def on_key(self, event: events.Key) -> None:
        """Leave those two out of the text; every other character is text, `q` too."""
        begins = not self.value[: self.cursor_position].strip() or self.value[self.cursor_position - 1].isspace()
        if not (begins if event.character == "?" else event.character == "/" and not self.value):
            return
        event.stop()
        event.prevent_default()
        if event.character == "?":
            await self.app.run_action("screen.run('screen.help')")


def _placeholder(room: int) -> str:
    return next((one for one in _PLACEHOLDERS if len(one) <= room), _PLACEHOLDERS[-1])
