"""A text laid out in rows of cells: from offsets to places on the screen and back.

Rows are found as far as somebody asks, so that the first screen of a long text is there at once.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from reader.layout.cells import clusters, is_plain
from reader.layout.folds import Fold, folds
from reader.layout.wrap import wrap

if TYPE_CHECKING:
    from index.article import Block

__all__ = ["Layout", "Row"]

_AHEAD = 256  # rows to find at a time when one is asked for


@frozen
class Row:
    """One row: its graphemes, where they start in the text and in which cell.

    Attributes:
        edges: offsets of the graphemes' starts, and the row's end.
        cells: the cells they start in, and the width of all.
        drawn: what is drawn for each; a line feed is a blank.
        limit: offset after the last grapheme that is drawn, before the line feed if there is one.
        last: the last offset that belongs to this row and not to the next.
        fold: what it stands for, when that is a folded run of lines (one grapheme, as it were).
    """

    edges: Sequence[int]
    cells: Sequence[int]
    drawn: Sequence[str]
    limit: int
    last: int
    fold: Fold | None = None

    @property
    def start(self) -> int:
        """Offset of its first code point."""
        return self.edges[0]

    @property
    def end(self) -> int:
        """Offset after its last code point, line feed included."""
        return self.edges[-1]

    def cell_of(self, offset: int) -> int:
        """The cell where the grapheme at `offset` starts."""
        return self.cells[bisect_right(self.edges, offset) - 1]

    def grapheme_at(self, cell: int) -> tuple[int, int]:
        """The grapheme drawn over `cell`; beyond the text of the row, the empty span at its end."""
        index = bisect_right(self.cells, max(cell, 0)) - 1
        if index >= len(self.edges) - 1 or self.edges[index] >= self.limit:
            return self.limit, self.limit
        return self.edges[index], self.edges[index + 1]

    def floor(self, offset: int) -> int:
        """The grapheme edge at or before `offset`."""
        return self.edges[max(bisect_right(self.edges, offset) - 1, 0)]

    def ceiling(self, offset: int) -> int:
        """The grapheme edge at or after `offset`."""
        return self.edges[min(bisect_left(self.edges, offset), len(self.edges) - 1)]

    def draw(self, start: int, end: int) -> str:
        """What is drawn for `start` to `end`, both grapheme edges."""
        return "".join(self.drawn[bisect_left(self.edges, start) : bisect_left(self.edges, end)])


class Layout:
    """A text wrapped to a width, its page furniture folded or not.

    Args:
        text: any string.
        blocks: its labels.
        width: in cells; at least 2 is used.
        folded: whether runs of furniture are one row each.
    """

    def __init__(self, text: str, blocks: Sequence[Block] = (), width: int = 76, *, folded: bool = True) -> None:
        self.text = text
        self.width = max(width, 2)
        self.complete = False
        self._folds = {fold.start: fold for fold in folds(text, blocks)} if folded else {}
        self._starts = array("I")
        self._coming = self._find_starts()
        self.row = lru_cache(maxsize=256)(self._row)
        self.advance(1)

    def __len__(self) -> int:
        """The number of rows found so far; of all rows when `complete`."""
        return len(self._starts)

    def advance(self, rows: int) -> bool:
        """Finds so many rows more; says whether there are any left to find."""
        wanted = len(self._starts) + max(rows, 0)
        self._starts.extend(islice(self._coming, max(rows, 0)))
        self.complete = self.complete or len(self._starts) < wanted
        return not self.complete

    def finish(self) -> None:
        """Finds all rows."""
        while self.advance(1 << 20):
            pass

    def row_of(self, offset: int) -> int:
        """The row that `offset` stands in; the earlier it is the sooner it is found."""
        while self._starts[-1] <= offset and self.advance(_AHEAD):
            pass
        return max(bisect_right(self._starts, offset) - 1, 0)

    def row_span(self, row: int) -> tuple[int, int]:
        """Offsets of a row's first code point and after its last, line feed included.

        Rows beyond the ends are taken as the first or the last.
        """
        while len(self._starts) < row + 2 and self.advance(_AHEAD):
            pass
        row = min(max(row, 0), len(self._starts) - 1)
        end = self._starts[row + 1] if row + 1 < len(self._starts) else len(self.text)
        return self._starts[row], end

    def at(self, offset: int) -> Row:
        """The row that `offset` stands in."""
        return self.row(self.row_of(offset))

    def cell_of(self, offset: int) -> int:
        """The cell of its row in which the grapheme at `offset` starts."""
        return self.at(offset).cell_of(offset)

    def offset_at(self, row: int, cell: int) -> int:
        """Offset of the grapheme over a cell; beyond the text of the row, the last offset that belongs to it."""
        found = self.row(row)
        return min(found.grapheme_at(cell)[0], found.last)

    def snap(self, start: int, end: int) -> tuple[int, int]:
        """The span widened to grapheme edges; a fold counts as one grapheme."""
        return self.at(start).floor(start), self.at(max(end - 1, 0)).ceiling(end) if end > start else end

    def _find_starts(self) -> Iterator[int]:
        at = 0
        for fold in self._folds.values():
            yield from wrap(self.text, at, fold.start, self.width)
            yield fold.start
            at = fold.end
        yield from wrap(self.text, at, len(self.text), self.width)
        if not self.text or self.text[-1] == "\n":
            yield len(self.text)

    def _row(self, number: int) -> Row:
        start, end = self.row_span(number)
        if fold := self._folds.get(start):
            return Row((start, end), (0, len(fold.notice)), (fold.notice,), end, start, fold)
        broken = end > start and self.text[end - 1] == "\n"
        limit = end - 1 if broken else end
        final = number >= len(self._starts) - 1 and self.complete
        if is_plain(self.text, start, limit):
            last = limit if broken or final else limit - 1
            drawn = self.text[start:limit] + " " * broken
            return Row(range(start, end + 1), range(end - start + 1), drawn, limit, last)
        found = tuple(clusters(self.text, start, end))
        edges = (*(one.start for one in found), end)
        cells = (0, *accumulate(one.cells for one in found))
        last = edges[-1] if final and not broken else edges[-2]
        return Row(edges, cells, tuple(one.drawn for one in found), limit, last)
