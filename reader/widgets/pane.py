"""The reading pane: an article with a cursor, a selection, marks and hits, for keyboard and mouse.

The screen calls `show`, `set_marks` and `set_hits`, binds keys to the actions, and listens to the messages.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from reader.layout import Mark
from reader.motions import Unit
from reader.widgets import pane_messages
from reader.widgets.pane_mouse import MousePage

__all__ = ["ArticlePane", "Mark"]


class ArticlePane(MousePage):
    """An article to read and to mark.  While selecting every motion extends; otherwise it moves the cursor."""

    Moved: ClassVar[type[pane_messages.Moved]] = pane_messages.Moved
    Selected: ClassVar[type[pane_messages.Selected]] = pane_messages.Selected
    MarkPicked: ClassVar[type[pane_messages.MarkPicked]] = pane_messages.MarkPicked

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name=name, id=id, classes=classes)
        self._goal: int | None = None

    def go(self, offset: int, *, extend: bool = False) -> None:
        """Puts the cursor on the grapheme at `offset`, in view; extends the selection if asked to, or if selecting."""
        self._goal = None
        super().go(offset, extend=extend)

    def action_line(self, count: int, extend: bool = False) -> None:
        """Moves by rows, keeping to the column one started in."""
        goal = self.rows.cell_of(self.cursor) if self._goal is None else self._goal
        row = max(0, self.rows.row_of(self.cursor) + count)
        self.go(self.rows.offset_at(row, goal), extend=extend)
        self._goal = goal

    def action_page(self, count: int, extend: bool = False) -> None:
        """Moves and scrolls by windows."""
        self._scroll_and_move(count * max(1, self.size.height - 2), extend)

    def action_half_page(self, count: int, extend: bool = False) -> None:
        """Moves and scrolls by half windows."""
        self._scroll_and_move(count * max(1, self.size.height // 2), extend)

    def action_edge(self, edge: Literal["start", "end"], extend: bool = False) -> None:
        """Moves to the first or the last sentence; when extending, to the very start or end."""
        self.rows.row_of(len(self.text))
        offset = 0 if edge == "start" else len(self.text)
        if not (extend or self.selecting):
            place = self._motions.after("sentence", -1) if edge == "start" else self._motions.before("sentence", offset)
            offset = place[0] if place else offset
        self.go(offset, extend=extend)
        self.scroll_to_row(0 if edge == "start" else len(self.rows))

    def action_sentence(self, count: int, extend: bool = False) -> None:
        """Moves by sentences; when extending, to the end of this one first."""
        self._move_by("sentence", count, extend)

    def action_paragraph(self, count: int, extend: bool = False) -> None:
        """Moves by paragraphs; when extending, to the end of this one first."""
        self._move_by("paragraph", count, extend)

    def action_word(self, motion: Literal["w", "b", "e"], extend: bool = False) -> None:
        """Moves to the next word's start, to this or the last word's start, or to this or the next word's end.

        When extending `w` takes whole words, as `e` does.
        """
        if motion == "e" and not (extend or self.selecting):
            self._go_to(self._end_of("word"), extend)
        else:
            self._move_by("word", -1 if motion == "b" else 1, extend)

    def action_character(self, count: int, extend: bool = False) -> None:
        """Moves by graphemes."""
        offset = self.cursor
        for _ in range(abs(count)):
            offset = self.grapheme(offset)[1] if count > 0 else self.grapheme(max(offset - 1, 0))[0]
        self.go(offset, extend=extend)

    def action_select(self) -> None:
        """Starts extending the selection, or the grapheme under the cursor; or stops, and keeps what is selected."""
        self._extending = not self._extending
        if self._extending and not self.selection:
            self.go(self.cursor)

    def action_swap(self) -> None:
        """Goes to the other end of the selection."""
        if self._selection:
            self.select(self._selection.swapped())
            self.tell()
            self.show_row(self.rows.row_of(self.cursor))

    def action_cancel(self) -> None:
        """Selects nothing."""
        self.clear_selection()

    def _scroll_and_move(self, rows: int, extend: bool) -> None:
        self.rows.row_span(self.scroll_offset.y + self.size.height + max(rows, 0))
        self.scroll_to_row(self.scroll_offset.y + rows)
        self.action_line(rows, extend)

    def _move_by(self, unit: Unit, count: int, extend: bool) -> None:
        for _ in range(abs(count)):
            if count < 0:
                place = self._motions.before(unit, self.cursor)
                self._go_to(place[0] if place else None, extend)
            elif extend or self.selecting:
                self._go_to(self._end_of(unit), extend)
            else:
                place = self._motions.after(unit, self.cursor)
                self._go_to(place[0] if place else None, extend)

    def _end_of(self, unit: Unit) -> int | None:
        """The last grapheme of the unit under the cursor, or of the next one when that is where the cursor is."""
        for place in (self._motions.at(unit, self.cursor), self._motions.after(unit, self.cursor)):
            if place and (last := self.grapheme(place[1] - 1)[0]) > self.cursor:
                return last
        return None

    def _go_to(self, offset: int | None, extend: bool) -> None:
        if offset is not None:
            self.go(offset, extend=extend)
