"""The page with somebody reading it: a cursor that knows its sentence, and one selection, shown and scrolled to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from textual import events

from reader.selection import Selection
from reader.widgets.page import Page
from reader.widgets.pane_messages import Moved, Selected
from reader.widgets.passages import Layer

if TYPE_CHECKING:
    from index.article import Block

__all__ = ["CaretPage"]

_Span: TypeAlias = tuple[int, int]


class CaretPage(Page, part=True):
    """Holds the cursor and the selection of a page; `go` moves the one and extends the other."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name=name, id=id, classes=classes)
        self._cursor = 0
        self._sentence: _Span = (0, 0)
        self._selection: Selection | None = None
        self._extending = False
        self._told: _Span | None = None

    @property
    def cursor(self) -> int:
        """Offset of the grapheme under the cursor."""
        return self._cursor

    @property
    def progress(self) -> float:
        """How far the sentence under the cursor ends through what there is to read, from 0 to 1."""
        last = self._blocks[-1].end if self._blocks else len(self._text)
        return min(max(self.sentence[1], self._cursor) / last, 1.0) if last else 1.0

    @property
    def sentence(self) -> _Span:
        """The sentence under the cursor; empty in a text that has none."""
        return self._sentence

    @property
    def selection(self) -> _Span | None:
        """The selected span, both ends at grapheme edges, if there is one."""
        return self._selection.span if self._selection else None

    @property
    def selecting(self) -> bool:
        """Whether motions extend the selection."""
        return self._extending

    @property
    def passage(self) -> _Span:
        """What a mark would be made on: the selection without blanks at its ends, else the sentence."""
        if not self._selection:
            return self._sentence
        start, end = self._selection.span
        words = self.text[start:end]
        if not words.strip():
            return start, end
        return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())

    def show(self, text: str, blocks: Sequence[Block], *, offset: int = 0) -> None:
        """Displays an article with the row of `offset` at the top and the cursor on the first sentence from there."""
        self._selection, self._extending, self._told = None, False, None
        self._cursor, self._sentence = offset, (offset, offset)
        super().show(text, blocks, offset=offset)
        self._put(offset)
        self._put(max(self._sentence[0], self._cursor))

    def stand(self, offset: int) -> None:
        """Puts the cursor there before anything is drawn; scrolls nothing."""
        self._put(offset)

    def toggle_furniture(self) -> None:
        """Folds page furniture away, or shows it, keeping the place; the cursor leaves what is folded."""
        super().toggle_furniture()
        self._put(self._sentence_at(self._cursor)[0] if self.rows.at(self._cursor).fold else self._cursor)

    def go(self, offset: int, *, extend: bool = False) -> None:
        """Puts the cursor on the grapheme at `offset`, in view; extends the selection if asked to, or if selecting."""
        self.move(offset, extend=extend)
        self.show_row(self.rows.row_of(self._cursor))

    def move(self, offset: int, *, extend: bool = False) -> None:
        """Does what `go` does, but scrolls nothing."""
        before = self._worn()
        if extend or self._extending:
            begun = self._selection or Selection(self.grapheme(self._cursor), self.grapheme(self._cursor))
            self._selection = begun.to(self.grapheme(offset))
        else:
            self._selection = None
        self._put(offset)
        self._changed(before)
        self.tell()

    def select(self, selection: Selection | None) -> None:
        """Selects a span, the cursor at the end that would be extended, or nothing; `tell` when it has settled."""
        before = self._worn()
        self._selection = selection
        if selection:
            start, end = selection.focus
            self._put(start if start < selection.anchor[0] else max(end - 1, start))
        self._changed(before)

    def tell(self) -> None:
        """Posts what is selected, if that is not what was told last."""
        if self._told != self.selection:
            self._told = self.selection
            self.post_message(Selected(self, *(self.selection or (None,))))

    def clear_selection(self) -> None:
        """Selects nothing, and stops extending."""
        self._extending = False
        self.select(None)
        self.tell()

    def reveal(self, start: int, end: int) -> None:
        """Puts the cursor on a passage and shows it with what is around it, unfolding it if need be."""
        if self.rows.at(start).fold:
            self.toggle_furniture()
        self._extending = False
        first, last = self.rows.row_of(start), self.rows.row_of(max(end - 1, start))
        top, height = self.scroll_offset.y, self.size.height
        self.move(start)
        if not top + 2 <= first <= last < top + height - 2:
            self.scroll_to_row(first - height // 3)

    def show_row(self, row: int) -> None:
        """Scrolls no more than it takes to show a row with some rows beyond it."""
        top, height = self.scroll_offset.y, self.size.height
        around = min(height // 4, 8)
        if row < top + around:
            self.scroll_to_row(row - around)
        elif row >= top + height - around:
            self.scroll_to_row(row - height + around + 1)

    def grapheme(self, offset: int) -> _Span:
        """The grapheme that `offset` stands in; empty at the end of the text."""
        row = self.rows.at(offset)
        start = row.floor(offset)
        return start, row.ceiling(start + 1)

    def _find_rows(self) -> None:
        """Lays out with the same row at the top, but not with the cursor out of sight."""
        super()._find_rows()
        if not self._selection:
            self._put(self._cursor)
        row, top = self.rows.row_of(self._cursor), self.scroll_offset.y
        if not self._selection and not top <= row < top + self.size.height:
            self.show_row(row)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Takes the cursor along, so that it is never out of sight: what is marked is seen.  A selection stays."""
        super().watch_scroll_y(old_value, new_value)
        row, top = self.rows.row_of(self._cursor), round(new_value)
        if not self._selection and self.size.height and not top <= row < top + self.size.height:
            inside = min(max(row, top), top + self.size.height - 1)
            inside = self.rows.with_text(inside, 1 if row < top else -1)
            self.move(self.rows.offset_at(inside, self.rows.cell_of(self._cursor)))

    def on_focus(self, _event: events.Focus) -> None:
        """Shows the caret."""
        if self._fitted:
            self._redraw(*self.grapheme(self._cursor))

    def on_blur(self, _event: events.Blur) -> None:
        """Hides the caret; the sentence stays."""
        if self._fitted:
            self._redraw(*self.grapheme(self._cursor))

    def _put(self, offset: int) -> None:
        offset = min(max(offset, 0), len(self.text))
        self._cursor = self.grapheme(offset)[0] if self._fitted else offset  # rows for another width are not looked for
        self._sentence = self._sentence_at(self._cursor)

    def _sentence_at(self, offset: int) -> _Span:
        return self._motions.at("sentence", offset) or (offset, offset)

    def _worn(self) -> dict[str, _Span]:
        """What is drawn over the text on account of cursor and selection."""
        spans = {"caret": self.grapheme(self._cursor)}
        return {**spans, ("selection" if self.selection else "cursor"): self.selection or self._sentence}

    def _changed(self, before: dict[str, _Span]) -> None:
        """Redraws the difference, and tells of a move."""
        now = self._worn()
        for name in before.keys() | now.keys():
            old, new = before.get(name), now.get(name)
            if old and new and old[0] < new[1] and new[0] < old[1]:
                self._redraw_between(old[0], new[0])
                self._redraw_between(old[1], new[1])
            else:
                for span in (old, new):
                    if span:
                        self._redraw(*span)
        if before["caret"] != now["caret"]:
            self.post_message(Moved(self, self._cursor))

    def _redraw_between(self, one: int, other: int) -> None:
        if one != other:
            self._redraw(min(one, other), max(one, other))

    def _cursor_layers(self) -> list[Layer]:
        return [] if self._selection else [Layer(*self._sentence, "pane--cursor")]

    def _selection_layers(self) -> list[Layer]:
        selected = [Layer(*self._selection.span, "pane--selection")] if self._selection else []
        caret = Layer(*self.grapheme(self._cursor), "pane--grip" if self._selection else "pane--caret")
        gone_to = self._hit and not self._selection and self._hit.start == caret.start  # which stands out as a whole
        return [*selected, caret] if self.has_focus and not gone_to else selected
