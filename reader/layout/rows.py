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
from reader.layout.cells import Cluster, clusters, is_plain
from reader.layout.flow import Flow, Start
from reader.layout.folds import Fold, folds
from reader.layout.wrap import wrap

if TYPE_CHECKING:
    from index.article import Block
    from reader.layout.flow import Joint

__all__ = ["Layout", "Row"]

_AHEAD = 256  # rows to find at a time when one is asked for


@frozen
class Row:
    """One row: its graphemes, where they start in the text and in which cell.

    Attributes:
        edges: offsets of the graphemes' starts, and the row's end; a line feed and what is not drawn after it are one.
        cells: the cells they start in, which may be some way in, and where the last one ends.
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

    @property
    def indent(self) -> int:
        """Blank cells before the text."""
        return self.cells[0]

    def cell_of(self, offset: int) -> int:
        """The cell where the grapheme at `offset` starts."""
        return self.cells[bisect_right(self.edges, offset) - 1]

    def grapheme_at(self, cell: int) -> tuple[int, int]:
        """The grapheme drawn over `cell`; beyond the text of the row, the empty span at its end."""
        index = max(bisect_right(self.cells, cell) - 1, 0)
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
        blocks: its labels, by which it is set; without any it is drawn line by line as it is.
        width: in cells; at least 2 is used.
        folded: whether runs of furniture are one row each.
        simple: whether clusters whose width terminals disagree about are drawn as plain characters.
        known: all rows, as `pack` gave them for the same text, labels and way to lay out.
    """

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block] = (),
        width: int = 76,
        *,
        folded: bool = True,
        simple: bool = False,
        known: bytes = b"",
    ) -> None:
        self.text = text
        self.width = max(width, 2)
        self.complete = False
        self._simple = simple
        self._folds = {fold.start: fold for fold in folds(text, blocks)} if folded else {}
        self._flow = Flow(text, blocks, tuple(self._folds.values()), self.width, simple=simple)
        self._starts = array("I")
        self._hangs = array("B")
        self._coming = self._flow.rows() if blocks else self._line_by_line()
        self.row = lru_cache(maxsize=256)(self._row)
        if known:
            self._unpack(known)
        self.advance(1)

    def __len__(self) -> int:
        """The number of rows found so far; of all rows when `complete`."""
        return len(self._starts)

    def advance(self, rows: int) -> bool:
        """Finds so many rows more; says whether there are any left to find."""
        wanted = len(self._starts) + max(rows, 0)
        for start, hang in islice(self._coming, max(rows, 0)):
            self._starts.append(start)
            self._hangs.append(hang)
        self.complete = self.complete or len(self._starts) < wanted
        return not self.complete

    def finish(self) -> None:
        """Finds all rows."""
        while self.advance(1 << 20):
            pass

    def pack(self) -> bytes:
        """All rows, for another layout that is the same."""
        self.finish()
        kept = (self._starts, self._hangs, *self._flow.kept)
        return array("I", map(len, kept)).tobytes() + b"".join(one.tobytes() for one in kept)

    def _unpack(self, known: bytes) -> None:
        at, self._coming, self.complete = 16, iter(()), True
        for one, count in zip((self._starts, self._hangs, *self._flow.kept), array("I", known[:16]), strict=True):
            end = at + count * one.itemsize
            one.frombytes(known[at:end])
            at = end

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

    def with_text(self, row: int, step: int = 1) -> int:
        """The nearest row from `row` on, in the direction of `step`, that is not there for air alone."""
        start, end = self.row_span(row)
        return row + (1 if step > 0 else -1) if start == end and 0 < row < len(self) - 1 else row

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

    def _line_by_line(self) -> Iterator[Start]:
        for start in wrap(self.text, 0, len(self.text), self.width, simple=self._simple):
            yield Start(start, 0)
        if not self.text or self.text[-1] == "\n":
            yield Start(len(self.text), 0)

    def _row(self, number: int) -> Row:
        start, end = self.row_span(number)
        if start < end and (fold := self._folds.get(start)):
            notice = fold.notice(self.width)
            return Row((start, end), (0, len(notice)), (notice,), end, start, fold)
        hang = self._hangs[min(max(number, 0), len(self._hangs) - 1)]
        final = number >= len(self._starts) - 1 and self.complete
        joints = self._flow.joints(start, end)
        limit = self._limit(start, end, joints)
        if not joints and end - limit <= 1 and is_plain(self.text, start, limit):
            broken = end > limit
            last = limit if broken or final else limit - 1
            drawn = self.text[start:limit] + " " * broken
            return Row(range(start, end + 1), range(hang, hang + end - start + 1), drawn, limit, last)
        found = list(self._clusters(start, limit, joints))
        if limit < end:
            found.append(Cluster(limit, end, 1, " "))
        edges = (*(one.start for one in found), end)
        cells = tuple(accumulate((one.cells for one in found), initial=hang))
        last = edges[-1] if final and limit == end else edges[max(len(edges) - 2, 0)]
        return Row(edges, cells, tuple(one.drawn for one in found), limit, last)

    def _limit(self, start: int, end: int, joints: Sequence[Joint]) -> int:
        """The first line feed of a row that is not drawn as a blank inside it; its end when there is none."""
        at = start
        for joint in joints:
            if (feed := self.text.find("\n", at, joint.start)) >= 0:
                return feed
            at = joint.end
        feed = self.text.find("\n", at, end)
        return end if feed < 0 else feed

    def _clusters(self, start: int, end: int, joints: Sequence[Joint]) -> Iterator[Cluster]:
        at = start
        for joint in joints:
            yield from clusters(self.text, at, joint.start, simple=self._simple)
            yield Cluster(joint.start, joint.end, joint.cells, " " * joint.cells)
            at = joint.end
        yield from clusters(self.text, at, end, simple=self._simple)
