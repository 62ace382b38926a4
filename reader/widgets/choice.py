"""A field with a few fixed answers on one line: arrows, a letter or a click choose one."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.showing import DIM, shown

__all__ = ["Choice"]


class Choice(Widget, can_focus=True):
    """One of `options`, or none of them (the empty string) where `optional`."""

    DEFAULT_CSS = """
    Choice { height: 1; width: 1fr; }
    """

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another answer was chosen."""

    def watch_value(self) -> None:
        """Say so."""
        self.post_message(self.Changed())

    def __init__(self, options: Sequence[str], value: str = "", *, optional: bool = True, name: str = "") -> None:
        super().__init__(name=name)
        self._options = tuple(options) if not value or value in options else (value, *options)
        self._cycle = ("", *self._options) if optional else self._options
        self.set_reactive(Choice.value, value)

    def render(self) -> Content:
        """All answers, the chosen one marked; the marks differ without colour too.  What has no room shows as `…`."""
        first, last = self._first(), len(self._options)
        before = Content.styled("…", DIM) if first else Content("")
        while True:
            after = Content.styled("…", DIM) if last < len(self._options) else Content("")
            line = before + Content("").join(self._answer(one) for one in self._options[first:last]) + after
            if line.cell_length <= self.size.width or last <= first + 1:
                return line
            last -= 1

    def _answer(self, option: str) -> Content:
        chosen = option == self.value
        style = ("reverse bold" if self.has_focus else "bold underline") if chosen else DIM
        return shown(f" {option} ", style)

    def _first(self) -> int:
        """Where to begin so that the chosen answer is in view."""
        if self.value not in self._options:
            return 0
        cells = [self._answer(option).cell_length for option in self._options[: self._options.index(self.value) + 1]]
        return next(
            at for at in range(len(cells)) if sum(cells[at:]) + 2 * bool(at) <= self.size.width or at == len(cells) - 1
        )

    def on_focus(self) -> None:
        """A focused field looks different."""
        self.refresh()

    def on_blur(self) -> None:
        """And not any more."""
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Arrows go round; a letter goes to the next answer that begins with it; nothing else is for this field."""
        if event.key in ("left", "right"):
            self._turn(1 if event.key == "right" else -1)
        elif event.key in ("backspace", "delete") and "" in self._cycle:
            self.value = ""
        elif event.is_printable and event.character:
            self._letter(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def _turn(self, count: int) -> None:
        at = self._cycle.index(self.value) if self.value in self._cycle else 0
        self.value = self._cycle[(at + count) % len(self._cycle)]

    def _letter(self, letter: str) -> None:
        if letter == " ":
            self._turn(1)
            return
        at = self._cycle.index(self.value) if self.value in self._cycle else 0
        later = (*self._cycle[at + 1 :], *self._cycle[: at + 1])
        self.value = next((one for one in later if one.startswith(letter.lower())), self.value)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked on."""
        first = self._first()
        x = int(first > 0)
        for option in self._options[first:]:
            cells = self._answer(option).cell_length
            if x <= event.x < x + cells:
                self.value = option
                break
            x += cells
