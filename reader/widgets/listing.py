"""A list of items of a few lines each, drawn line by line: as quick with a hundred thousand items as with ten."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, overload

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotations.frozen import frozen, late
from reader.showing import filtered, strip
from reader.widgets.bar import Barred

if TYPE_CHECKING:
    from reader.messages import Target

__all__ = ["Item", "Items", "Listing"]


@frozen
class Item:
    """One thing to choose.

    Attributes:
        key: where it leads; also tells it apart when the list is filled anew.
        draw: its lines for a width in cells; more than it has rows are cut, what they leave is air.
        heading: whether it stands over others and cannot be chosen itself.
        rows: how many there are for it; 0 for as many as the list has for each.
    """

    key: Target
    draw: Callable[[int], Sequence[Content]]
    heading: bool = False
    rows: int = 0


class Items(Sequence[Item]):
    """Items that are made when they are looked at, none of them a heading, all of the same height.

    `make` makes the one of a number, `number_of` says which one has a key.
    """

    def __init__(self, count: int, make: Callable[[int], Item], number_of: Callable[[Target], int | None]) -> None:
        self._count = count
        self._make = make
        self.number_of = number_of

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            return [self._make(one) for one in range(*at.indices(self._count))]
        if not 0 <= at < self._count:
            raise IndexError(at)
        return self._make(at)


class Listing(Barred, ScrollView, can_focus=True):
    """Items, one of them chosen; the chosen one stays in place when the list comes back."""

    ALLOW_SELECT: ClassVar[bool] = False
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

    @late
    class Opened(Message):
        """The item was asked for: Enter, or a click on it."""

        item: Item

    def __init__(self, *, name: str | None = None) -> None:
        super().__init__(name=name)
        self._items: Sequence[Item] = ()
        self._tops: Sequence[int] = (0,)
        self._at = 0
        self._drawn: dict[int, Sequence[Content]] = {}
        self._width = 0

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

    @property
    def at(self) -> int:
        """The number of the chosen item."""
        return self._at

    def fill(
        self, items: Sequence[Item], rows: int, *, key: Target | None = None, at: int = 0, again: bool = False
    ) -> None:
        """Show these items, `rows` lines each if they do not say otherwise, the one of that key or number chosen.

        What is filled in `again` stays where it is, as far as the chosen item is still there.
        """
        before, above = self.chosen, self.scroll_offset.y - self._tops[self._at]
        if again and before and key is None:
            key = before.key
        self._items, self._tops = items, _tops(items, rows)
        found = self._number_of(key)
        self._at = self._choosable(min(at, len(items) - 1) if found is None else found, 1) if items else 0
        self._measure()
        kept = again and found is not None
        self.scroll_to(y=max(above + self._tops[self._at], 0) if kept else 0, animate=False, force=True)
        self._show_chosen()
        self.refresh()

    def choose(self, key: Target) -> None:
        """Choose the item of that key, if there is one."""
        found = self._number_of(key)
        self.step((self._at if found is None else found) - self._at)

    def _number_of(self, key: Target | None) -> int | None:
        if isinstance(self._items, Items):
            return self._items.number_of(key) if key else None
        return next((at for at, item in enumerate(self._items) if item.key == key and not item.heading), None)

    def step(self, count: int) -> None:
        """Choose the item that many places on; the list's ends hold."""
        if self._items:
            self._at = self._choosable(max(0, min(len(self._items) - 1, self._at + count)), 1 if count > 0 else -1)
            self._show_chosen()
            self.refresh()

    def _choosable(self, at: int, way: int) -> int:
        """The item of that number, or the nearest one that can be chosen, first that way, then the other."""
        after = range(at, len(self._items)) if way > 0 else range(at, -1, -1)
        before = range(at, -1, -1) if way > 0 else range(at, len(self._items))
        return next((one for way in (after, before) for one in way if not self._items[one].heading), at)

    def page(self, count: int) -> None:
        """Choose an item that many pages on."""
        if self._items:
            top = self._tops[self._at] + count * max(self.size.height - self._height(self._at), 1)
            at = max(0, min(bisect_right(self._tops, top) - 1, len(self._items) - 1))
            self.step((at - self._at) or (1 if count > 0 else -1))

    def _height(self, at: int) -> int:
        return self._tops[at + 1] - self._tops[at]

    def _measure(self) -> None:
        size = Size(self.scrollable_content_region.width, self._tops[-1])
        if self.is_attached and self.show_vertical_scrollbar == (size.height > self.container_size.height > 0):
            self.set_reactive(Listing.virtual_size, size)
            self._scroll_update(size)  # by itself Textual would lay out the whole screen anew
        else:
            self.virtual_size = size

    def _show_chosen(self) -> None:
        if not self._items:
            return
        top, height = self._tops[self._at], self.scrollable_content_region.height
        if top < self.scroll_offset.y:
            headed = self._at > 0 and self._items[self._at - 1].heading
            self.scroll_to(y=self._tops[self._at - 1] if headed else top, animate=False, force=True)
        elif self._tops[self._at + 1] > self.scroll_offset.y + height:
            self.scroll_to(y=self._tops[self._at + 1] - height, animate=False, force=True)

    def on_resize(self) -> None:
        """Lines are made for the width there is."""
        self._measure()
        self._show_chosen()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Each item is drawn once, however many lines it has; there is no border for Textual to draw around it."""
        self._drawn.clear()
        self._width = self.scrollable_content_region.width
        return filtered(self, [self.render_line(y).crop(*crop.column_span) for y in crop.line_range])

    def render_line(self, y: int) -> Strip:
        """One line of the item that stands there."""
        width, y = self._width, y + self.scroll_offset.y
        if y >= self._tops[-1]:
            return Strip.blank(width, self.rich_style)
        at = bisect_right(self._tops, y) - 1
        line = y - self._tops[at]
        drawn = self._drawn.get(at)
        if drawn is None:
            drawn = self._drawn[at] = self._items[at].draw(width)
        content = drawn[line] if line < len(drawn) else Content("")
        chosen = at == self._at and line < max(self._height(at) - 1, len(drawn))
        style = self.get_visual_style("listing--chosen") if chosen else self.visual_style
        return strip(self, content, width, style)

    def on_click(self, event: events.Click) -> None:
        """Choose and open what was clicked on."""
        at = bisect_right(self._tops, event.y + self.scroll_offset.y) - 1
        if at < len(self._items) and not self._items[at].heading:
            self._at = at
            self.refresh()
            self.post_message(self.Opened(self._items[at]))


def _tops(items: Sequence[Item], rows: int) -> Sequence[int]:
    """The line that each item begins on, and the one after the last."""
    if isinstance(items, Items) or not any(item.rows for item in items):
        return range(0, (len(items) + 1) * rows, rows)
    return list(accumulate((item.rows or rows for item in items), initial=0))
