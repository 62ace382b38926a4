"""The reading pane: an article with a cursor, a selection, marks and hits, for keyboard and mouse.

The screen calls `show`, `set_marks` and `set_hits`, binds keys to the actions, and listens to the messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from reader.layout import Mark
from reader.selection import Selection
from reader.widgets import pane_messages
from reader.widgets.measured import MeasuredPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.motions import Unit

__all__ = ["ArticlePane", "Mark"]


class ArticlePane(MeasuredPage):
    """An article to read and to mark.  While selecting every motion extends; otherwise it moves the cursor."""

    DEFAULT_CSS = """
    ArticlePane { overflow-y: scroll; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    Moved: TypeAlias = pane_messages.Moved
    Selected: TypeAlias = pane_messages.Selected
    MarkPicked: TypeAlias = pane_messages.MarkPicked

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name=name, id=id, classes=classes)
        self._goal: int | None = None

    def go(self, offset: int, *, extend: bool = False) -> None:
        """Puts the cursor on the grapheme at `offset`, in view; extends the selection if asked to, or if selecting."""
        self._goal = None
        super().go(offset, extend=extend)

    def action_line(self, count: int, extend: bool = False) -> None:
        """Moves by rows, keeping to the column one started in."""
        offset = self._offset_below(count)
        goal = self._goal
        self.go(offset, extend=extend)
        self._goal = goal

    def action_page(self, count: int, extend: bool = False) -> None:
        """Moves and scrolls by windows."""
        self._scroll_and_move(count * max(1, self.size.height - 2), extend)

    def action_half_page(self, count: int, extend: bool = False) -> None:
        """Moves and scrolls by half windows."""
        self._scroll_and_move(count * max(1, self.size.height // 2), extend)

    def action_row(self, edge: Literal["start", "end"], extend: bool = False) -> None:
        """Moves to the first or the last character of the row."""
        row = self.rows.at(self.cursor)
        words = self.text[row.start : row.limit]
        if words.strip():
            first, last = row.limit - len(words.lstrip()), row.start + len(words.rstrip()) - 1
            self.go(first if edge == "start" else last, extend=extend)

    def action_edge(self, edge: Literal["start", "end"], extend: bool = False) -> None:
        """Moves to the first or the last character that is not blank; when extending, to the very start or end."""
        offset = 0 if edge == "start" else len(self.text)
        place = self._motions.at("paragraph", offset)
        if place and not (extend or self.selecting):
            offset = place[0] if edge == "start" else place[1] - 1
        self.go(offset, extend=extend)
        self.rows.finish()
        self.scroll_to_row(0 if edge == "start" else len(self.rows))

    def action_sentence(self, count: int, extend: bool = False) -> None:
        """Moves by sentences; when extending, to the end of this one first."""
        self._move_by("sentence", count, extend)

    def action_paragraph(self, count: int, extend: bool = False) -> None:
        """Moves by paragraphs; when extending, to the end of this one first."""
        self._move_by("paragraph", count, extend)

    def action_word(self, count: int, extend: bool = False) -> None:
        """Moves by words; when extending, whole ones come in and go out."""
        self._move_by("word", count, extend)

    def action_word_end(self, count: int, extend: bool = False) -> None:
        """Moves to the end of this or the next word; when extending, as by words."""
        if extend or self.selecting:
            self._move_by("word", count, extend)
            return
        self._go_to(self._repeated(lambda at: self._end_of("word", at), count), extend)

    def action_character(self, count: int, extend: bool = False) -> None:
        """Moves by graphemes."""
        if count > 0:
            self._go_to(self._repeated(lambda at: self.grapheme(at)[1], count), extend)
        else:
            self._go_to(self._repeated(lambda at: self.grapheme(max(at - 1, 0))[0], -count), extend)

    def action_select(self) -> None:
        """Starts extending the selection, or the grapheme under the cursor; or stops, and keeps what is selected."""
        self._extending = not self._extending
        if self._extending:
            if self.selection:
                self.select(self._by_graphemes(self.selection))
            else:
                self.go(self.cursor)

    def action_swap(self) -> None:
        """Goes to the other end of the selection."""
        if self.selection:
            ends = self._by_graphemes(self.selection)
            self.select(Selection(ends.focus, ends.anchor) if self.cursor == ends.focus[0] else ends)
            self.show_row(self.rows.row_of(self.cursor))

    def action_cancel(self) -> None:
        """Selects nothing."""
        self.clear_selection()

    def _by_graphemes(self, span: tuple[int, int]) -> Selection:
        return Selection(self.grapheme(span[0]), self.grapheme(max(span[1] - 1, span[0])))

    def _offset_below(self, rows: int) -> int:
        """The offset so many rows below the cursor, in the column that moving by rows started in."""
        if self._goal is None:
            self._goal = self.rows.cell_of(self.cursor)
        row = self.rows.with_text(max(0, self.rows.row_of(self.cursor) + rows), rows)
        return self.rows.offset_at(row, self._goal)

    def _scroll_and_move(self, rows: int, extend: bool) -> None:
        top = self.scroll_offset.y + rows
        self.rows.row_span(top + self.size.height)
        self.move(self._offset_below(rows), extend=extend)
        self.scroll_to_row(top)

    def _move_by(self, unit: Unit, count: int, extend: bool) -> None:
        anchor = self._selection.anchor[0] if self._selection else self.cursor

        def step(at: int) -> int | None:
            if extend or self.selecting:
                return self._edge(unit, at, anchor, forward=count > 0)
            place = self._motions.before(unit, at) if count < 0 else self._motions.after(unit, at)
            return place[0] if place else None

        self._go_to(self._repeated(step, abs(count)), extend)

    def _repeated(self, step: Callable[[int], int | None], count: int) -> int | None:
        """Where so many steps lead from the cursor, as far as they go; None when there is not even one."""
        at = self.cursor
        for _ in range(count):
            to = step(at)
            if to is None or to == at:
                break
            at = to
        return at if at != self.cursor else None

    def _edge(self, unit: Unit, at: int, anchor: int, *, forward: bool) -> int | None:
        """Where the edge of a selection goes, so that what is selected is whole on that side: its end, or its start."""
        if forward:
            following = self._motions.after(unit, at)
            inside = following is not None and at < anchor and following[0] <= anchor
            return following[0] if following and inside else self._end_of(unit, max(at, anchor))
        place = self._motions.at(unit, at)
        before = self._motions.before(unit, place[0]) if place and at > anchor else None
        last = self.grapheme(before[1] - 1)[0] if before else -1
        if last >= anchor:
            return last
        before = self._motions.before(unit, min(at, anchor + (at > anchor)))
        return before[0] if before else None

    def _end_of(self, unit: Unit, at: int) -> int | None:
        """The last grapheme of the unit around `at`, or of the next one when that is where `at` is."""
        for place in (self._motions.at(unit, at), self._motions.after(unit, at)):
            if place and (last := self.grapheme(place[1] - 1)[0]) > at:
                return last
        return None

    def _go_to(self, offset: int | None, extend: bool) -> None:
        if offset is not None:
            self.go(offset, extend=extend)
