"""How an article's lines are set: which are drawn as one paragraph, what is indented, and where there is air.

The blocks say what each line is.  Nothing here changes an offset: a line feed inside a paragraph is drawn as a blank,
indentation that all paragraphs have is not drawn, and a blank row may stand where the text has no blank line.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple, TypeAlias

from annotations.patterns import pattern
from index.article import FURNITURE, Block, Label
from reader.layout.cells import is_cjk
from reader.layout.folds import Fold
from reader.layout.wrap import wrap, wrap_paragraph

__all__ = ["Flow", "Joint", "Start"]

_HEADS = frozenset({Label.TITLE, Label.HEADING})
_PICTURE = frozenset({Label.CAPTION, Label.CREDIT})
_JOINED = frozenset({*_HEADS, Label.BODY, Label.LIST, Label.QUOTE})  # their blocks are paragraphs, however many lines
_GOES_ON = frozenset({Label.CAPTION, Label.DISCLAIMER})  # theirs may be several that touch
_LITERAL = frozenset({Label.CODE, Label.METADATA})
_LONG = 120  # a line longer than that is a paragraph
_LOOKED_AT = 300  # blocks, to see what indentation is common
_MARKER = pattern(r"(?P<lead> *)(?P<marker>(?:> ?)+|(?:[-*+•◦‣▪·–—]|\d{1,2}[.)]|\(\d{1,2}\)) +)?")
_INDENT = pattern(r"[ \t]*")
_QUOTED = pattern(r"(?:[ \t]*>)*[ \t]*")
_TABLE = pattern(r"\||.*\S(?: {3,}|\t)\S")

_Item: TypeAlias = Block | Fold


class Joint(NamedTuple):
    """A line feed inside a paragraph and the blanks around it, drawn as one blank, or as nothing between CJK."""

    start: int
    end: int
    cells: int


class Start(NamedTuple):
    """Where a row starts, and how many blank cells stand before it."""

    offset: int
    hang: int


class Flow:
    """The rows of an article, found in order.

    Args:
        text: any string.
        blocks: its labels; all that is not blank lies in one.
        folds: runs of lines that are a row each, in order.
        width: in cells.
        simple: whether clusters of disputed width are drawn as plain characters.
    """

    def __init__(
        self, text: str, blocks: Sequence[Block], folds: Sequence[Fold], width: int, *, simple: bool = False
    ) -> None:
        self._text = text
        self._blocks = blocks
        self._folds = folds
        self._width = width
        self._simple = simple
        self._joint_starts = array("I")
        self._joint_ends = array("I")

    @property
    def kept(self) -> tuple[array[int], array[int]]:
        """What has been found besides the rows: where joints start and end."""
        return self._joint_starts, self._joint_ends

    def joints(self, start: int, end: int) -> list[Joint]:
        """The joints that start in a span whose rows have been found."""
        first = bisect_left(self._joint_starts, start)
        last = bisect_left(self._joint_starts, end, first)
        return [
            Joint(at, to, self._cells(at, to))
            for at, to in zip(self._joint_starts[first:last], self._joint_ends[first:last], strict=True)
        ]

    def rows(self) -> Iterator[Start]:
        """The starts of all rows; one that is there for air starts where the next one does."""
        at, above = 0, None
        for item in self._items():
            if item.end <= at and above is not None:
                continue
            first = yield from self._way_to(item, at, above)
            if isinstance(item, Fold):
                yield Start(first, 0)
                at = item.end
            else:
                end = self._line_end(item.end)
                yield from self._block(item, first, end)
                at = end + 1
            above = item
        yield from self._rest(at)

    def _items(self) -> Iterator[_Item]:
        """Blocks and folds, the blocks in a fold left out."""
        at = 0
        for fold in self._folds:
            while at < len(self._blocks) and self._blocks[at].start < fold.start:
                yield self._blocks[at]
                at += 1
            yield fold
            while at < len(self._blocks) and self._blocks[at].start < fold.end:
                at += 1
        yield from islice(self._blocks, at, None)

    def _way_to(self, item: _Item, at: int, above: _Item | None) -> Generator[Start, None, int]:
        """The rows between one item and the next; gives where the next one's first row starts."""
        line = self._text.rfind("\n", at, item.start) + 1 or at
        first = line + self._hidden(line, item.start) if isinstance(item, Block) else item.start
        if self._text[at : item.start].strip(" \t\n"):
            yield from (Start(start, 0) for start in wrap(self._text, at, line, self._width, simple=self._simple))
            first = line
        elif line > at:
            yield Start(at, 0)
        elif above is None:
            first = 0
        elif _wants_air(above, item):
            yield Start(first, 0)
        return first

    def _block(self, block: Block, first: int, end: int) -> Iterator[Start]:
        if block.label in _LITERAL:
            yield from (Start(start, 0) for start in wrap(self._text, first, end + 1, self._width, simple=self._simple))
            return
        begun, at = first, first
        hidden = 0 if first else self._hidden(0, block.start)
        joints = [Joint(0, hidden, 0)] if hidden else []  # elsewhere such blanks go with the line feed before them
        while (feed := self._text.find("\n", at, end)) >= 0:
            if joint := self._joint(block.label, at, feed):
                joints.append(joint)
                at = joint.end
            else:
                yield from self._paragraph(begun, feed, joints)
                begun = at = feed + 1 + self._hidden(feed + 1, end)
                joints = []
        yield from self._paragraph(begun, end, joints)

    def _paragraph(self, start: int, end: int, joints: Sequence[Joint]) -> Iterator[Start]:
        for joint in joints:
            self._joint_starts.append(joint.start)
            self._joint_ends.append(joint.end)
        ink = joints[0].end if joints and joints[0].start == start else start
        hang = self._hang(ink, end, joined=len(joints) > (ink > start))
        rows = wrap_paragraph(self._text, start, end, self._width, hang=hang, joints=joints, simple=self._simple)
        yield Start(next(rows), 0)
        yield from (Start(row, hang) for row in rows)

    def _hang(self, start: int, end: int, *, joined: bool) -> int:
        """How far the rows after the first are indented: to the words of an item of a list, or as the first is."""
        if self._text[start : start + 1].isalpha():  # as most do
            return 0
        found = _MARKER.match(self._text, start, end)
        if found is None or (joined and not found["marker"]):
            return 0
        cells = len(found[0])
        return cells if cells <= self._width // 3 and found.end() < end and "\t" not in self._text[start:end] else 0

    def _rest(self, at: int) -> Iterator[Start]:
        """What follows the last block: blank lines at the end are one."""
        if self._text[at:].strip(" \t\n"):
            yield from (
                Start(start, 0) for start in wrap(self._text, at, len(self._text), self._width, simple=self._simple)
            )
        if not self._text or self._text[-1] == "\n" or at < len(self._text):
            yield Start(len(self._text), 0)

    # Line feeds that are drawn as blanks

    def _joint(self, label: Label, start: int, feed: int) -> Joint | None:
        """The joint around a line feed, if the paragraph goes on after it; its line starts at `start` or before."""
        line = self._text[start:feed]
        following = self._text[feed + 1 : self._line_end(feed + 1)]
        if not self._goes_on(label, line, following.lstrip(" \t")):
            return None
        prefix = (_QUOTED if line.lstrip(" \t").startswith(">") or label is Label.QUOTE else _INDENT).match(following)
        end = feed + 1 + (prefix.end() if prefix else 0)
        begun = start + len(line.rstrip(" \t"))
        return Joint(begun, end, self._cells(begun, end))

    def _goes_on(self, label: Label, line: str, following: str) -> bool:
        if not line.strip() or not following.strip(" \t>"):
            return False
        if line.endswith(("  ", "\\")) or _TABLE.match(line) or _TABLE.match(following):
            return False
        return label in _JOINED or (label in _GOES_ON and len(line) > _LONG // 3 and following[0].islower())

    def _cells(self, start: int, end: int) -> int:
        """How wide a joint is drawn."""
        if start == 0:
            return 0
        around = self._text[start - 1], self._text[end : end + 1]
        return 0 if around[1] and all(map(is_cjk, around)) else 1

    # Indentation

    @cached_property
    def _indent(self) -> str:
        """The blanks that most lines of the article itself begin with."""
        own = (one for one in self._blocks if one.label not in FURNITURE and one.label not in _LITERAL)
        found = Counter(
            self._text[self._text.rfind("\n", 0, one.start) + 1 : one.start] for one in islice(own, _LOOKED_AT)
        )
        indent = found.most_common(1)[0][0] if found else ""
        return indent if not indent.strip(" \t") else ""

    def _hidden(self, line: int, end: int) -> int:
        """How many of the blanks at the start of a line are not drawn."""
        lead = _INDENT.match(self._text, line, end)
        found = lead[0] if lead else ""
        if found.startswith(self._indent):
            return len(self._indent)
        return len(found) if self._indent.startswith(found) else 0

    def _line_end(self, at: int) -> int:
        found = self._text.find("\n", at)
        return len(self._text) if found < 0 else found


def _wants_air(above: _Item, below: _Item) -> bool:
    """Whether there is a blank row between two that stand on neighbouring lines."""
    if isinstance(above, Fold) or isinstance(below, Fold):
        return True
    labels = {above.label, below.label}
    if labels <= FURNITURE or labels <= _PICTURE or labels <= _LITERAL:
        return False
    if len(labels) > 1 or labels <= _HEADS:
        return True
    return Label.LIST not in labels and max(one.end - one.start for one in (above, below)) > _LONG
