"""The page under the reading pane: an article's text, wrapped and drawn row by row, with what lies over it.

Nothing here is proportional to the text but the first wrapping: a key, a mark or a scroll touches the rows it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import perf_counter

from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from index.article import FURNITURE, Block, Label
from reader.layout import Buckets, Layout, Mark, Row, Span
from reader.motions import Motions
from reader.widgets.sheet import Sheet
from reader.widgets.strips import ASCII_SIGNS, GUTTER, LANES, SIGNS, Layer, gutter, known_kind, segments

__all__ = ["Page"]

_MEASURE = 76  # the widest a line may be and still lead the eye back
_AT_ONCE = 0.04  # seconds for more rows than the first window's before it is painted: enough for 1 MB of prose
_SLICE = 0.01  # seconds of work between two looks at the keys
_PAUSE = 0.02

_LABELS = {Label.TITLE: "title", Label.HEADING: "heading", Label.CAPTION: "caption", Label.CREDIT: "caption"}


class Page(Sheet):
    """Draws a text; knows nothing of keys."""

    current: reactive[str | None] = reactive(None, repaint=False)
    """The id of the mark that stands out."""
    ascii: reactive[bool] = reactive(False, repaint=False)
    """Whether the gutter keeps to ASCII."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name=name, id=id, classes=classes)
        self._text = ""
        self._blocks: tuple[Block, ...] = ()
        self._folded = True
        self._layout_of_text = Layout("")
        self._motions = Motions("")
        self._marks: dict[str, Mark] = {}
        self._marked: Buckets[Mark] = Buckets()
        self._hits: Buckets[Span] = Buckets()
        self._top = 0
        self._fitted = 0
        self._growing: Timer | None = None

    # What is shown

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self._text

    @property
    def rows(self) -> Layout:
        """The text as it is wrapped now."""
        return self._layout_of_text

    @property
    def folded(self) -> bool:
        """Whether page furniture is folded away."""
        return self._folded

    @property
    def top_offset(self) -> int:
        """Offset of the first code point of the row at the top; the place to come back to."""
        return self._top

    def row_at(self, offset: int) -> int:
        """The row that `offset` stands in, from the top of the text."""
        return self.rows.row_of(offset)

    def show(self, text: str, blocks: Sequence[Block], *, offset: int = 0) -> None:
        """Displays an article, without marks or hits, with the row of `offset` at the top."""
        self._text, self._blocks, self._top = text, tuple(blocks), offset
        self._marks, self._marked, self._hits = {}, Buckets(), Buckets()
        self._rewrap()

    def toggle_furniture(self) -> None:
        """Folds page furniture away, or shows it, keeping the place."""
        self._folded = not self._folded
        self._rewrap()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Shows these marks and no others."""
        self._marks = {mark.id: mark for mark in marks}
        self._marked = Buckets(self._marks.values())
        self._forget_drawn()

    def add_mark(self, mark: Mark) -> None:
        """Shows one mark more, or another in the place of the one with its id."""
        self.remove_mark(mark.id)
        self._marks[mark.id] = mark
        self._marked.add(mark)
        self._redraw(mark.start, mark.end)

    def remove_mark(self, mark_id: str) -> None:
        """Shows a mark no longer; does nothing when there is none of that id."""
        if mark := self._marks.pop(mark_id, None):
            self._marked.remove(mark)
            self._redraw(mark.start, mark.end)

    def set_hits(self, spans: Iterable[tuple[int, int]]) -> None:
        """Shows these search hits and no others."""
        self._hits = Buckets(Span(start, end) for start, end in spans)
        self._forget_drawn()

    def watch_current(self, before: str | None, now: str | None) -> None:
        """Redraws the mark that stood out and the one that does."""
        for mark in (self._marks.get(before or ""), self._marks.get(now or "")):
            if mark:
                self._redraw(mark.start, mark.end)

    def watch_ascii(self) -> None:
        """Redraws with the other signs."""
        self._forget_drawn()

    def scroll_to_row(self, row: int) -> None:
        """Puts a row at the top, or as near to it as the text's ends allow."""
        self._sync_size()
        if self._fitted:
            self.scroll_to(y=max(row, 0), animate=False, force=True)
        else:
            self._top = self.rows.row_span(max(row, 0))[0]

    # Wrapping

    def _rewrap(self) -> None:
        """Lays the text out anew and keeps the offset at the top there."""
        skip = FURNITURE if self._folded else ()
        self._motions = Motions(self._text, self._blocks, skip=skip)
        self._fitted = self._room
        measure = min(_MEASURE, self._fitted - GUTTER - 1) if self._fitted else _MEASURE
        self._layout_of_text = Layout(self._text, self._blocks, measure, folded=self._folded)
        self._forget_drawn()
        if self._fitted:
            self._find_rows()

    def _find_rows(self) -> None:
        top = self._top
        row = self.rows.row_of(top)
        self.rows.row_span(row + self.size.height)
        self._find_more(_AT_ONCE)
        if not self.rows.complete and self._growing is None:
            self._growing = self.set_interval(_PAUSE, self._grow)
        self._sync_size()
        self.scroll_to(y=row, animate=False, force=True)
        self._top = top

    def _grow(self) -> None:
        """Finds more rows of a long text, for as long as nobody minds."""
        self._find_more(_SLICE)
        if self.rows.complete and self._growing:
            self._growing.stop()
            self._growing = None
        self._sync_size()

    def _find_more(self, seconds: float) -> None:
        until = perf_counter() + seconds
        while self.rows.advance(256) and perf_counter() < until:
            pass

    def _sync_size(self) -> None:
        self.virtual_size = Size(self._room, len(self.rows))

    def _fit(self) -> None:
        if self._room != self._fitted:
            self._rewrap()

    @property
    def _room(self) -> int:
        """The window's width without the scrollbar; 0 as long as there is no window."""
        return self.scrollable_content_region.width if self.size else 0

    def on_resize(self, _event: events.Resize) -> None:
        """Wraps to the new width."""
        self._fit()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remembers the offset at the top, which a new width keeps there."""
        super().watch_scroll_y(old_value, new_value)
        self._top = self.rows.row_span(round(new_value))[0]

    # Drawing

    @property
    def _margin(self) -> int:
        """Blank cells left of the gutter."""
        return max(0, (self._fitted - GUTTER - 1 - self.rows.width) // 2)

    def _draw(self, number: int) -> Strip:
        base = self._style(())
        if number >= len(self.rows):
            return Strip.blank(self._fitted, base)
        row = self.rows.row(number)
        marks = self._marked.over(row.start, row.end)
        left = gutter(row, self._lanes(number, marks), self.current, ASCII_SIGNS if self.ascii else SIGNS, self._style)
        text = segments(row, self._layers(row, marks), self._style)
        return Strip([*Strip.blank(self._margin, base), *left, *text]).crop_extend(0, self._fitted, base)

    def _layers(self, row: Row, marks: Sequence[Mark]) -> list[Layer]:
        """What lies over a row, the topmost last; only a selection is drawn over the blanks at its ends."""
        under = [
            *self._label_layers(row),
            *self._cursor_layers(),
            *(Layer(mark.start, mark.end, f"pane--{known_kind(mark)}") for mark in marks),
            *(Layer(mark.start, mark.end, "pane--current") for mark in marks if mark.id == self.current),
            *(Layer(hit.start, hit.end, "pane--hit") for hit in self._hits.over(row.start, row.end)),
        ]
        words = self._text[row.start : row.limit]
        start = row.limit - len(words.lstrip(" \t"))
        end = row.start + len(words.rstrip(" \t"))
        trimmed = [Layer(max(layer.start, start), min(layer.end, end), layer.name) for layer in under]
        return [*(layer for layer in trimmed if layer.start < layer.end), *self._selection_layers()]

    def _label_layers(self, row: Row) -> list[Layer]:
        block = self._motions.block_over(row.start, row.end)
        label = block.label if block else Label.BODY
        name = "fold" if row.fold else "furniture" if label in FURNITURE else _LABELS.get(label)
        return [Layer(row.start, row.end, f"pane--{name}")] if name else []

    def _cursor_layers(self) -> list[Layer]:
        """What marks the place one reads at, under the marks."""
        return []

    def _selection_layers(self) -> list[Layer]:
        """What is selected, over everything."""
        return []

    def _lanes(self, number: int, marks: Sequence[Mark]) -> dict[int, Mark]:
        """Which of the gutter's lanes each mark runs in: the one it had on its first row, if that is free."""
        lanes: dict[int, Mark] = {}
        for mark in marks:
            first = self.rows.row_of(mark.start)
            peers = marks if first == number else self._marked.over(*self.rows.row_span(first))
            wanted = peers.index(mark)
            free = [lane for lane in (wanted, *range(LANES)) if lane < LANES and lane not in lanes]
            if free:
                lanes[free[0]] = mark
        return lanes

    def _redraw(self, start: int, end: int) -> None:
        """Draws the rows of a passage anew."""
        self._redraw_rows(self.rows.row_of(start), self.rows.row_of(max(end - 1, start)))
