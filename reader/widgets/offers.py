"""What a field offers, numbered, over what stands below it: nothing moves while one chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.showing import DIM, columns, fit, shown

if TYPE_CHECKING:
    from textual.geometry import Size

    from reader.vocabulary import Offer

__all__ = ["Offers"]

_ROOMY = 70
"""Cells from which on there is room for a few more words."""


class Offers(Widget):
    """A list, one offer a line with what is known of it, or side by side where the offers are single words."""

    DEFAULT_CSS = """
    Offers {
        overlay: screen; constrain: none inside; display: none;
        width: 100%; height: auto; background: $primary 15%; color: $foreground;
    }
    """

    offers: reactive[Sequence[Offer]] = reactive[Sequence["Offer"]]((), layout=True)
    at: reactive[int] = reactive(-1)
    taken: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())

    def __init__(self, take: Callable[[int], object], *, across: bool = False) -> None:
        super().__init__()
        self._take = take
        self._across = across
        self._spots: list[list[tuple[int, int, int]]] = []

    def watch_offers(self, offers: Sequence[Offer]) -> None:
        """Nothing offered, nothing shown."""
        self.display = bool(offers)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """All of it."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        self._spots = []
        for number, offer in enumerate(self.offers, 1):
            one = self._entry(number, offer, width)
            if not (self._across and lines and lines[-1].cell_length + one.cell_length <= width):
                lines.append(Content(""))
                self._spots.append([])
            start = lines[-1].cell_length
            lines[-1] = fit(lines[-1] + one, width)
            self._spots[-1].append((start, lines[-1].cell_length, number))
        return lines

    def _entry(self, number: int, offer: Offer, width: int) -> Content:
        chosen, taken = number - 1 == self.at, offer.text in self.taken
        key = Content.styled(f" {number} ", "reverse bold" if chosen else "bold $primary")
        name = key + shown(offer.text, "bold" if chosen or not self._across else "underline" if taken else "")
        if self._across:
            return name + Content("  ")
        here = ("in this article " if width >= _ROOMY else "here ") if offer.here else ""
        return columns(name + shown(f"  {offer.affiliation}", DIM), Content.styled(here, DIM), width)

    def on_click(self, event: events.Click) -> None:
        """Take what was clicked on."""
        event.stop()
        spots = self._spots[event.y] if event.y < len(self._spots) else []
        for start, end, number in spots:
            if start <= event.x < end:
                self._take(number)
