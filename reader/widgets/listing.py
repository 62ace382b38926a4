"""A list of items of a few lines each, drawn line by line: as quick with ten thousand items as with ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotations.frozen import frozen
from reader.showing import fit, strips

if TYPE_CHECKING:
    from reader.messages import Target

__all__ = ["Item", "Listing"]


@frozen
class Item:
    """One thing to choose.

    Attributes:
        key: where it leads; also tells it apart when the list is filled anew.
        draw: its lines for a width in cells; more than the list's `rows` are cut.
    """

    key: Target
    draw: Callable[[int], Sequence[Content]]


class Listing(ScrollView, can_focus=True):
    """Items of `rows` lines each, one of them chosen; the chosen one stays in place when the list comes back."""

    DEFAULT_CSS = """
    Listing {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        background: $background;
        &:focus { background-tint: transparent; }
    }
    Listing > .listing--chosen { background: $primary 15%; }
    Listing:focus > .listing--chosen { background: $primary 30%; }
    """

    COMPONENT_CLASSES = {"listing--chosen"}  # noqa: RUF012 - Textual's own way to declare them

    @dataclass
    class Opened(Message):
        """The item was asked for: Enter, or a click on it."""

        item: Item

    def __init__(self, *, name: str | None = None) -> None:
        super().__init__(name=name)
        self._items: Sequence[Item] = ()
        self._rows = 1
        self._at = 0

    @property
    def items(self) -> Sequence[Item]:
        """What there is to choose from."""
        return self._items

    @property
    def chosen(self) -> Item | None:
        """The chosen item; nothing when the list is empty."""
        return self._items[self._at] if self._items else None

    def __len__(self) -> int:
        return len(self._items)

    def fill(self, items: Sequence[Item], rows: int, *, key: Target | None = None) -> None:
        """Show these items, `rows` lines each, with the one of that key chosen, or the first."""
        self._items, self._rows = items, rows
        self._at = next((at for at, item in enumerate(items) if item.key == key), 0)
        self._measure()
        self.scroll_to(y=0, animate=False, force=True)
        self._show_chosen()
        self.refresh()

    def choose(self, key: Target) -> None:
        """Choose the item of that key, if there is one."""
        at = next((at for at, item in enumerate(self._items) if item.key == key), self._at)
        self.step(at - self._at)

    def step(self, count: int) -> None:
        """Choose the item that many places on; the list's ends hold."""
        if self._items:
            self._at = max(0, min(len(self._items) - 1, self._at + count))
            self._show_chosen()
            self.refresh()

    def page(self, count: int) -> None:
        """Choose an item that many pages on."""
        self.step(count * max(self.size.height // self._rows - 1, 1))

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._items) * self._rows)

    def _show_chosen(self) -> None:
        top, height = self._at * self._rows, self.scrollable_content_region.height
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)
        elif top + self._rows > self.scroll_offset.y + height:
            self.scroll_to(y=top + self._rows - height, animate=False, force=True)

    def on_resize(self) -> None:
        """Lines are made for the width there is."""
        self._measure()
        self._show_chosen()

    def render_line(self, y: int) -> Strip:
        """One line of the item that stands there."""
        width = self.scrollable_content_region.width
        at, line = divmod(y + self.scroll_offset.y, self._rows)
        if at >= len(self._items):
            return Strip.blank(width, self.rich_style)
        drawn = self._items[at].draw(width)
        content = drawn[line] if line < len(drawn) else Content("")
        chosen = at == self._at and line < self._rows - 1
        style = self.get_visual_style("listing--chosen") if chosen else self.visual_style
        return strips(self, fit(content, width), width, style)[0]

    def on_click(self, event: events.Click) -> None:
        """Choose and open what was clicked on."""
        at = (event.y + self.scroll_offset.y) // self._rows
        if at < len(self._items):
            self._at = at
            self.refresh()
            self.post_message(self.Opened(self._items[at]))
