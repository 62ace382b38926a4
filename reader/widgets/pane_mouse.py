"""The page under a mouse: drag to select by graphemes, double click for a word, triple click for a paragraph.

Dragging past the edge scrolls, and goes on selecting while the pointer rests there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from textual import events
from textual.geometry import Offset
from textual.timer import Timer

from annotations.frozen import late
from reader.selection import Selection
from reader.widgets.caret import CaretPage
from reader.widgets.pane_messages import MarkPicked
from reader.widgets.strips import GUTTER

if TYPE_CHECKING:
    from reader.motions import Unit

__all__ = ["MousePage"]

_Span: TypeAlias = tuple[int, int]
_FRAME = 1 / 30
_FASTEST = 8  # rows a frame
_UNITS: dict[int, Unit] = {2: "word", 3: "paragraph"}


@late
class _Drag:
    """A button held down.

    Attributes:
        anchor: the grapheme it went down on.
        pointer: where the pointer is, from the window's top left corner.
        moved: whether it has left the cell it went down on.
    """

    anchor: _Span
    pointer: Offset
    moved: bool = False


class MousePage(CaretPage, part=True):
    """Selects by mouse."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name=name, id=id, classes=classes)
        self._drag: _Drag | None = None
        self._dragged = False
        self._scrolling: Timer | None = None

    def grapheme_under(self, pointer: Offset) -> _Span:
        """The grapheme drawn in a cell of the window; beyond a row's end, the empty span there."""
        row = min(max(self.scroll_offset.y + pointer.y, 0), len(self.rows) - 1)
        return self.rows.row(row).grapheme_at(pointer.x - self._margin - GUTTER)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begins what may become a drag."""
        if event.button == 1:
            event.stop()
            pointer = event.get_content_offset_capture(self)
            self._drag = _Drag(self.grapheme_under(pointer), pointer)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extends the selection to the pointer, and scrolls after it when it has left the window."""
        if self._drag is None:
            return
        event.stop()
        pointer = event.get_content_offset_capture(self)
        self._drag.moved = self._drag.moved or pointer != self._drag.pointer
        self._drag.pointer = pointer
        if self._drag.moved:
            self._extend_to_pointer(self._drag)
        if self._rows_beyond(pointer) and self._scrolling is None:
            self._scrolling = self.set_interval(_FRAME, self._scroll_on)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Ends the drag; a button that never left its cell has made a click."""
        if self._drag:
            event.stop()
            self._end_drag()

    def on_click(self, event: events.Click) -> None:
        """Moves the cursor and picks the mark there, or selects a word or a paragraph."""
        if self._dragged or event.button != 1:
            return
        pointer = event.get_content_offset_capture(self)
        unit = _UNITS.get(event.chain)
        if unit is None:
            self.move(self._offset_under(pointer), extend=event.shift)
            self._pick(pointer)
        else:
            self._select_unit(unit, self.grapheme_under(pointer))

    def on_hide(self) -> None:
        """Lets go of the mouse."""
        self._end_drag()

    def on_blur(self, event: events.Blur) -> None:
        """Lets go of the mouse, too."""
        super().on_blur(event)
        self._end_drag()

    def _offset_under(self, pointer: Offset) -> int:
        row = min(max(self.scroll_offset.y + pointer.y, 0), len(self.rows) - 1)
        return self.rows.offset_at(row, pointer.x - self._margin - GUTTER)

    def _select_unit(self, unit: Unit, grapheme: _Span) -> None:
        place = self._motions.at(unit, grapheme[0])
        if place is None or not place[0] <= grapheme[0] < place[1]:
            place = grapheme
        self.select(Selection(place, place))
        self.tell()

    def _pick(self, pointer: Offset) -> None:
        """Tells which mark is under the pointer: the shortest, or the next longer one if that is current already."""
        start, end = self.grapheme_under(pointer)
        if pointer.x < self._margin + GUTTER:
            start, end = self.rows.row_span(self.rows.row_of(start))
        ids = [mark.id for mark in sorted(self._marked.over(start, end), key=lambda mark: mark.end - mark.start)]
        if ids and start < end:
            following = ids.index(self.current) + 1 if self.current in ids else 0
            self.post_message(MarkPicked(self, ids[following % len(ids)]))

    def _extend_to_pointer(self, drag: _Drag) -> None:
        inside = Offset(drag.pointer.x, min(max(drag.pointer.y, 0), self.size.height - 1))
        self.select(Selection(drag.anchor, self.grapheme_under(inside)))

    def _rows_beyond(self, pointer: Offset) -> int:
        """How far the pointer is above the window (negative) or below it."""
        return min(pointer.y, 0) + max(pointer.y - self.size.height + 1, 0)

    def _scroll_on(self) -> None:
        """Scrolls towards the pointer, faster the further away it is, and extends the selection there."""
        rows = self._rows_beyond(self._drag.pointer) if self._drag else 0
        if self._drag and rows:
            self.scroll_to_row(self.scroll_offset.y + min(max(rows, -_FASTEST), _FASTEST))
            self._extend_to_pointer(self._drag)
        else:
            self._stop_scrolling()

    def _end_drag(self) -> None:
        self._stop_scrolling()
        if self._drag is None:
            return
        self.release_mouse()
        self._dragged, self._drag = self._drag.moved, None
        if self._dragged:
            if self.selection and self.selection[0] == self.selection[1]:
                self.select(None)
            self.tell()

    def _stop_scrolling(self) -> None:
        if self._scrolling:
            self._scrolling.stop()
            self._scrolling = None
