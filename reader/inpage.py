"""Finding in one article: every place that reads as typed, whatever its case, accents, quotes and blanks.

A long text is folded once, in pieces, so that the thread that does it can be stopped; places in the text are worked
out for those that are looked at.  Nothing here knows of a screen.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from itertools import chain

from annotations.fold import Folded, search_fold, search_fold_str
from annotations.frozen import frozen
from index.article import FURNITURE, Block

__all__ = ["Found", "Page", "folded_page"]

_PIECE = 1 << 15
_EDGE = re.compile(r"\s(?=[^\W\u1160-\u11ff])")
"""Where a text can be cut: a blank before a letter.  What is folded never reaches over it."""

_Span = tuple[int, int]


@frozen
class Page:
    """A text, folded for finding.

    Attributes:
        text: as it was folded; the very string of the article.
        folded: what finding looks at.
        pieces: the folded pieces, with the way back.
        at: where the pieces begin in `folded`.
        origins: where they begin in the text.
        furniture: the stretches of page furniture, in order.
    """

    text: str
    folded: str
    pieces: tuple[Folded, ...]
    at: tuple[int, ...]
    origins: tuple[int, ...]
    furniture: tuple[_Span, ...] = ()

    def find(self, typed: str) -> Found:
        """All places that read as typed; what holds no character but blanks stands nowhere."""
        needle = search_fold_str(typed)
        if not needle.strip():
            return Found(self, 0)
        places = array("I", (found.start() for found in re.finditer(re.escape(needle), self.folded)))
        if any(piece.inner for piece in self.pieces):
            places = array("I", self._told_apart(places, len(needle)))
        return Found(self, len(needle), places)

    def span(self, start: int, end: int) -> _Span:
        """Where a stretch (not empty) of the folded text is in the text."""
        first, last = bisect_right(self.at, start) - 1, bisect_right(self.at, end - 1) - 1
        one = self.pieces[first].span(start - self.at[first], start - self.at[first] + 1)
        other = self.pieces[last].span(end - 1 - self.at[last], end - self.at[last])
        return self.origins[first] + one[0], self.origins[last] + other[1]

    def in_furniture(self, offset: int) -> bool:
        """Whether page furniture stands there."""
        at = bisect_right(self.furniture, (offset, len(self.text) + 1)) - 1
        return at >= 0 and offset < self.furniture[at][1]

    def _told_apart(self, places: Sequence[int], length: int) -> Iterator[int]:
        """The places without those that are one place of the text: "." stands three times in one "…"."""
        inner = {at + place for at, piece in zip(self.at, self.pieces, strict=True) for place in piece.inner}
        doubtful = inner | {place - 1 for place in inner}
        before: _Span | None = None
        for place in places:
            span = self.span(place, place + length) if place in doubtful else None
            if span is None or span != before:
                yield place
            before = span


@frozen
class Found:
    """The places where something stands, in the order of the text; `len` is how many.

    Attributes:
        page: what was searched.
        length: of what was looked for, folded.
        places: where in the folded text.
    """

    page: Page
    length: int
    places: array[int] = field(default_factory=lambda: array("I"))

    def __len__(self) -> int:
        return len(self.places)

    def span(self, at: int) -> _Span:
        """Where the place of that number is in the text."""
        return self.page.span(self.places[at], self.places[at] + self.length)

    def spans(self, at: int, most: int) -> tuple[_Span, ...]:
        """Where up to so many places around that number are."""
        first = max(0, min(at - most // 2, len(self) - most))
        return tuple(map(self.span, range(first, min(first + most, len(self)))))

    def from_(self, offset: int) -> int:
        """The number of the first place that begins at an offset of the text or after it; round to the first."""
        at = self._before(offset)
        return at if at < len(self) else 0

    def beside(self, offset: int, count: int) -> int:
        """The number of the place so many steps on from an offset that may lie at a place; round and round."""
        before = self._before(offset)
        if count < 0:
            return (before + count) % len(self)
        here = before < len(self) and self.span(before)[0] == offset
        return (before + count - (0 if here else 1)) % len(self)

    def first_to_show(self, offset: int) -> int:
        """The number of the first place from an offset on that is no page furniture, if there is one."""
        first = self.from_(offset)
        numbers = chain(range(first, len(self)), range(first))
        return next((at for at in numbers if not self.page.in_furniture(self.span(at)[0])), first)

    def _before(self, offset: int) -> int:
        return bisect_left(self.places, offset, key=lambda place: self.page.span(place, place + 1)[0])


def folded_page(
    text: str, blocks: Sequence[Block] = (), *, cancelled: Callable[[], bool] = lambda: False, piece: int = _PIECE
) -> Page | None:
    """An article's text made ready to be searched; None when that was cancelled.

    Args:
        text: the article's.
        blocks: its blocks, to tell page furniture.
        cancelled: asked between pieces.
        piece: about how many code points to fold at once.
    """
    pieces: list[Folded] = []
    at, origins, length = [], [], 0
    for start, end in _cut(text, piece):
        if cancelled():
            return None
        pieces.append(search_fold(text[start:end]))
        at.append(length)
        origins.append(start)
        length += len(pieces[-1].text)
    furniture = tuple((block.start, block.end) for block in blocks if block.label in FURNITURE)
    folded = "".join(one.text for one in pieces)
    return Page(text, folded, tuple(pieces), tuple(at), tuple(origins), furniture)


def _cut(text: str, piece: int) -> Iterator[_Span]:
    start = 0
    while start < len(text):
        edge = _EDGE.search(text, start + piece)
        end = edge.end() if edge else len(text)
        yield start, end
        start = end
