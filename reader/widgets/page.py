"""The page under the reading pane: an article's text, wrapped and drawn row by row, with what lies over it.

Nothing here is proportional to the text but the first wrapping: a key, a mark or a scroll touches the rows it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from time import perf_counter
from typing import Protocol

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from index.article import FURNITURE, Block, Label
from reader.layout import Buckets, Layout, Mark, Row, Span
from reader.motions import Motions
from reader.widgets.passages import ASCII_SIGNS, SIGNS, Layer, edges, mark_layers
from reader.widgets.rail import Places, Rail
from reader.widgets.sheet import Sheet
from reader.widgets.strips import GUTTER, LANES, gutter, segments

__all__ = ["MEASURE", "Page"]

MEASURE = 68
"""The widest a line may be, in cells, as long as nobody asked for more or less: the eye finds the next one."""

_AT_ONCE = 0.04  # seconds for more rows than the first window's before it is painted: enough for 1 MB of prose
_FEW = 32  # marks that are drawn one by one rather than all anew
_SLICE = 0.01  # seconds of work between two looks at the keys
_PAUSE = 0.02
_FOUND = " found in it "
_WORTH_A_LAYOUT = 1.25  # how much longer a text must have become for the screen to be laid out anew

_LABELS = {Label.TITLE: "title", Label.HEADING: "heading", Label.CAPTION: "caption", Label.CREDIT: "caption"}


class Kept(Protocol):
    """Where the rows of a long text are kept, by the way they are laid out."""

    def recall(self, how: str) -> bytes:
        """Those that were kept."""

    def keep(self, how: str, rows: bytes) -> None:
        """Keep them."""


class Page(Sheet, part=True):
    """Draws a text; knows nothing of keys."""

    current: reactive[str | None] = reactive(None, repaint=False)
    """The id of the mark that stands out."""
    ascii: reactive[bool] = reactive(False, repaint=False)
    """Whether the gutter keeps to ASCII."""
    measure: reactive[int] = reactive(MEASURE, repaint=False)
    """The widest a line may be, in cells."""
    simple: reactive[bool] = reactive(False, repaint=False)
    """Whether clusters whose width terminals disagree about are drawn as plain characters."""

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
        self._hit: Span | None = None
        self._places = Places()
        self._top = 0
        self._fitted = 0
        self._growing: Timer | None = None
        self.kept: Kept | None = None
        self._unkept = ""

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
        self._marks, self._marked, self._hits, self._hit = {}, Buckets(), Buckets(), None
        self._places.set_marks(())
        self._places.set_hits((), None)
        self._rewrap()

    def toggle_furniture(self) -> None:
        """Folds page furniture away, or shows it, keeping the place."""
        self._folded = not self._folded
        self._rewrap()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Shows these marks and no others; where only a few are others than before, the rest is left as drawn."""
        wanted = {mark.id: mark for mark in marks}
        gone = [mark for mark in self._marks.values() if (now := wanted.get(mark.id)) is not mark and now != mark]
        new = [mark for mark in wanted.values() if (old := self._marks.get(mark.id)) is not mark and old != mark]
        if len(gone) + len(new) < _FEW:
            for mark in gone:
                self.remove_mark(mark.id)
            for mark in new:
                self.add_mark(mark)
            return
        self._marks = wanted
        self._marked = Buckets(self._marks.values())
        self._places.set_marks(mark.start for mark in self._marks.values())
        self._forget_drawn()
        self.vertical_scrollbar.refresh()

    def add_mark(self, mark: Mark) -> None:
        """Shows one mark more, or another in the place of the one with its id."""
        self.remove_mark(mark.id)
        self._marks[mark.id] = mark
        self._marked.add(mark)
        self._places.add_mark(mark.start)
        self._redraw_mark(mark)

    def remove_mark(self, mark_id: str) -> None:
        """Shows a mark no longer; does nothing when there is none of that id."""
        if mark := self._marks.pop(mark_id, None):
            self._marked.remove(mark)
            self._places.remove_mark(mark.start)
            self._redraw_mark(mark)

    def set_hits(self, spans: Iterable[tuple[int, int]], current: tuple[int, int] | None = None) -> None:
        """Shows these search hits and no others, one of them as the one that one has gone to."""
        hits = [Span(start, end) for start, end in spans]
        self._hits, self._hit = Buckets(hits), Span(*current) if current else None
        self._places.set_hits((hit.start for hit in hits), current[0] if current else None)
        self._forget_drawn()
        self.vertical_scrollbar.refresh()

    def set_hit(self, current: tuple[int, int]) -> None:
        """Tells which of the hits that are shown one has gone to."""
        before, self._hit = self._hit, Span(*current)
        self._places.current = current[0]
        for hit in (before, self._hit):
            if hit:
                self._redraw(hit.start, hit.end)
        self.vertical_scrollbar.refresh()

    def watch_current(self, before: str | None, now: str | None) -> None:
        """Redraws the mark that stood out and the one that does."""
        for mark in (self._marks.get(before or ""), self._marks.get(now or "")):
            if mark:
                self._redraw_mark(mark)

    def validate_measure(self, measure: int) -> int:
        """Takes 0 for nobody having said."""
        return measure or MEASURE

    def watch_measure(self) -> None:
        """Wraps to the new width."""
        self._rewrap()

    def watch_simple(self) -> None:
        """Wraps what is drawn in another way."""
        self._rewrap()

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
        width = min(self.measure, self._fitted - GUTTER - 1) if self._fitted else self.measure
        how = f"{width} {self._folded} {self.simple}"
        known = self.kept.recall(how) if self.kept and self._fitted else b""
        self._unkept = "" if known else how
        self._layout_of_text = Layout(
            self._text, self._blocks, width, folded=self._folded, simple=self.simple, known=known
        )
        self._forget_drawn()
        if self._fitted:
            self._find_rows()

    def _find_rows(self) -> None:
        top = self._top
        row = self.rows.row_of(top)
        self.rows.row_span(row + self.size.height)
        self._find_more(_AT_ONCE)
        if self.rows.complete:
            self.call_after_refresh(self._keep)
        elif self._growing is None:
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
            self._keep()
        if self.rows.complete or len(self.rows) > self.virtual_size.height * _WORTH_A_LAYOUT:
            self._sync_size()

    def _keep(self) -> None:
        """Keep the rows of a long text for the next time."""
        if self.kept and self._unkept and self.rows.complete:
            self.kept.keep(self._unkept, self.rows.pack())
            self._unkept = ""

    def _find_more(self, seconds: float) -> None:
        until = perf_counter() + seconds
        while self.rows.advance(256) and perf_counter() < until:
            pass

    def _sync_size(self) -> None:
        self.virtual_size = Size(self._room, len(self.rows))

    def fit(self) -> bool:
        """Wraps to the width there is now; false as long as there is none."""
        self._fit()
        return self._fitted > 0

    def _fit(self) -> None:
        if self._room != self._fitted:
            self._rewrap()

    @property
    def _room(self) -> int:
        """The window's width without the scrollbar; 0 as long as there is no window."""
        return self.scrollable_content_region.width if self.size else 0

    def on_mount(self) -> None:
        """Shows in the scroll bar where marks and hits are."""
        self.vertical_scrollbar.renderer = Rail(  # type: ignore[misc,assignment]  # Textual's own way for one bar
            self._places, lambda: self.rows, lambda name: self._style((f"pane--rail-{name}",)), lambda: self.ascii
        )

    def on_resize(self, _event: events.Resize) -> None:
        """Wraps to the new width."""
        self._fit()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remembers the offset at the top, which a new width keeps there."""
        super().watch_scroll_y(old_value, new_value)
        self._top = self.rows.row_span(round(new_value))[0]

    # Drawing

    @property
    def text_left(self) -> int:
        """The cell of the window in which the text starts."""
        return self._margin + GUTTER

    @property
    def _margin(self) -> int:
        """Blank cells left of the gutter."""
        return max(0, (self._fitted - GUTTER - 1 - self.rows.width) // 2)

    def _draw(self, number: int) -> Strip:
        base = self._style(())
        if number >= len(self.rows):
            return Strip.blank(self._fitted, base)
        row = self.rows.row(number)
        marks = self._marked.over(row.start, max(row.end, row.start + 1))
        signs = ASCII_SIGNS if self.ascii else SIGNS
        lanes = self._lanes(number, marks)
        edged = edges(row, marks, self.current, signs)
        left = gutter(
            row,
            lanes,
            self._style,
            above=self.rows.row_span(number - 1)[0] if number else 0,
            current=self.current,
            signs=signs,
            hidden=len(marks) - len(lanes),
        )
        before = Segment(signs.begins, self._style((edged.first,))) if edged.first else Segment(" ", base)
        over = self._over_text(row)
        labels = [Layer(offset, offset + 1, "pane--label") for offset in over]
        layers = [*self._layers(row, marks), *edged.layers, *labels]
        notice: dict[int, str] = {}
        found: list[Segment] = []
        if row.fold:
            if self._hits.over(row.start, row.end):
                found = [Segment(" ", base), Segment(_FOUND, self._style(("pane--hit",)))]
            said = row.fold.notice(self.rows.width - sum(one.cell_length for one in found))
            notice = {row.start: f"-{said[1:]}" if self.ascii else said}
        text = (*segments(row, layers, self._style, {**edged.signs, **over, **notice}), *found)
        parts = [Segment(" " * self._margin, base), *left, before, Segment(" " * row.indent, base), *text]
        used = sum(one.cell_length for one in parts)
        filled = Strip([*parts, Segment(" " * (self._fitted - used), base)], max(used, self._fitted))
        return filled.crop(0, self._fitted)

    def _layers(self, row: Row, marks: Sequence[Mark]) -> list[Layer]:
        """What lies over a row, the topmost last; only a selection is drawn over the blanks at its ends."""
        hits = () if row.fold else self._hits.over(row.start, row.end)
        under = [
            *self._label_layers(row),
            *self._cursor_layers(),
            *mark_layers(marks, self.current),
            *(Layer(hit.start, hit.end, "pane--hit") for hit in hits),
            *(Layer(hit.start, hit.end, "pane--current-hit") for hit in hits if hit == self._hit),
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

    def _over_text(self, row: Row) -> Mapping[int, str]:
        """By offset, what is drawn in the place of a grapheme."""
        del row
        return {}

    def _selection_layers(self) -> list[Layer]:
        """What is selected, over everything."""
        return []

    def _lanes(self, number: int, marks: Sequence[Mark]) -> dict[int, Mark]:
        """Which of the gutter's lanes each mark runs in: the one it had on its first row, if that is free.

        When there are more than lanes, one lane is left to say so, and the current mark has another.
        """
        lanes: dict[int, Mark] = {}
        room = range(LANES if len(marks) <= LANES else LANES - 1)
        for mark in sorted(marks, key=lambda mark: mark.id != self.current) if len(marks) > LANES else marks:
            first = self.rows.row_of(mark.start)
            peers = marks if first == number else self._marked.over(*self.rows.row_span(first))
            wanted = peers.index(mark)
            free = [lane for lane in (wanted, *room) if lane in room and lane not in lanes]
            if free:
                lanes[free[0]] = mark
        return lanes

    def _redraw_mark(self, mark: Mark) -> None:
        """Draws the rows of a mark anew and those of marks beside it, whose lanes and edges it changes, and the bar."""
        if not self._fitted:  # nothing is drawn yet, and rows for another width are not looked for
            return
        start, end = self.rows.at(mark.start).start, self.rows.at(max(mark.end - 1, mark.start)).end
        for one in (mark, *self._marked.over(start, end)):
            self._redraw(one.start, one.end)
        self.vertical_scrollbar.refresh()

    def _redraw(self, start: int, end: int) -> None:
        """Draws the rows of a passage anew."""
        self._redraw_rows(self.rows.row_of(start), self.rows.row_of(max(end - 1, start)))
