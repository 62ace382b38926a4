"""Sentences, words and paragraphs of an article, and the way from one to the next.

All spans are trimmed and never empty; none crosses the edge of a block.  A text is looked at only around the offset
asked about, so that moving is as quick in a long article as in a short one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from index.article import Block, Label
from reader.sentences import sentences

__all__ = ["Motions", "Unit"]

Unit: TypeAlias = Literal["word", "sentence", "paragraph"]
_Span: TypeAlias = tuple[int, int]
_Split: TypeAlias = Callable[[int, int], tuple[_Span, ...]]

# In these a line goes on where the one before it stopped, as in hard-wrapped text; in the others each stands alone.
_FLOWING = frozenset({Label.BODY, Label.CAPTION, Label.DISCLAIMER, Label.LIST, Label.QUOTE})
_HARD_WRAP = 120  # a longer line was not wrapped by hand: it is a paragraph of its own
_INK = re.compile(r"\S")
_DASHES = frozenset("-–—")
_OPENING = 200  # code points: only the beginning of a long paragraph is looked at

_HAN = "\u3400-\u4dbf\u4e00-\u9fff々\U00020000-\U0003ffff"
_HIRAGANA = "\u3041-\u309f"
_KATAKANA = "\u30a0-\u30fa\u30fc-\u30ff"
_PUNCTUATION = (
    r"\s!-/:-@\[-^`{-~\xa1-\xa9\xab-\xb1\xb4\xb6-\xb9\xbb-\xbf"
    r"\u2000-\u200b\u2010-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
)
_LETTER = rf"[^{_PUNCTUATION}{_HAN}{_HIRAGANA}{_KATAKANA}]"
# Compiled when the first word is asked for: that takes as long as all other imports of the pane together.
_WORD = rf"[{_HAN}]+|[{_HIRAGANA}]+|[{_KATAKANA}]+|{_LETTER}+(?:['’.,·‑-]{_LETTER}+)*"


class Motions:
    """Where things start and end in a text.

    Args:
        text: any string.
        blocks: its labels; a text without any is one body.
        skip: labels to pass over, such as those of folded furniture.
    """

    def __init__(self, text: str, blocks: Sequence[Block] = (), *, skip: Collection[Label] = ()) -> None:
        self.text = text
        self._blocks = tuple(blocks)
        self._starts = [block.start for block in blocks]
        self._skip = frozenset(skip)
        self._body = next((block.start for block in blocks if block.label is Label.BODY), 0)
        self._latest = (0, 0)
        self._splits: dict[Unit, _Split] = {
            "word": lru_cache(maxsize=8)(self._words),
            "sentence": lru_cache(maxsize=8)(self._sentences),
            "paragraph": lambda start, end: ((start, end),),
        }

    def block_over(self, start: int, end: int) -> Block | None:
        """The block that has something in `start` to `end`, if one has."""
        index = bisect_left(self._starts, end)
        return self._blocks[index - 1] if index and start < self._blocks[index - 1].end else None

    def at(self, unit: Unit, offset: int) -> _Span | None:
        """The word, sentence or paragraph that `offset` stands in or, between two, the nearest on its line or after it.

        None where the text has none.
        """
        ink = self._nearest(offset)
        if ink is None:
            return None
        spans = self._splits[unit](*self._paragraph(ink))
        if not spans:
            return self.after(unit, ink) or self.before(unit, ink)
        return spans[max(bisect_right(spans, ink, key=_start) - 1, 0)]

    def after(self, unit: Unit, offset: int) -> _Span | None:
        """The first one that starts after `offset`, if there is one."""
        ink = self._next_ink(offset)
        while ink is not None:
            paragraph = self._paragraph(ink)
            spans = self._splits[unit](*paragraph)
            index = bisect_right(spans, offset, key=_start)
            if index < len(spans):
                return spans[index]
            ink = self._next_ink(paragraph[1])
        return None

    def before(self, unit: Unit, offset: int) -> _Span | None:
        """The last one that starts before `offset`, if there is one."""
        ink = self._previous_ink(offset)
        while ink is not None:
            paragraph = self._paragraph(ink)
            spans = self._splits[unit](*paragraph)
            index = bisect_left(spans, offset, key=_start)
            if index > 0:
                return spans[index - 1]
            ink = self._previous_ink(paragraph[0])
        return None

    def _words(self, start: int, end: int) -> tuple[_Span, ...]:
        return tuple(word.span() for word in re.compile(_WORD).finditer(self.text, start, end))

    def _sentences(self, start: int, end: int) -> tuple[_Span, ...]:
        """The sentences of a paragraph; the place, agency and name that an article opens with belong to none."""
        beginning = self.text[start : min(end, start + _OPENING)]
        if self._block(start).label is Label.BODY and not _DASHES.isdisjoint(beginning):
            from index.formats.byline import opening_of

            opening = opening_of(beginning)
            if opening.agency or start <= self._body:
                start += opening.length
        return tuple(sentences(self.text, start, end))

    def _nearest(self, offset: int) -> int | None:
        """What is visible at `offset`; else the last before it on its line; else the first after; else any."""
        line = self.text.rfind("\n", 0, max(offset, 0)) + 1
        if not self.text[offset : offset + 1].strip():
            before = self._previous_ink(offset)
            if before is not None and before >= line:
                return before
        after = self._next_ink(offset)
        return self._previous_ink(offset) if after is None else after

    def _next_ink(self, offset: int) -> int | None:
        at = offset
        while found := _INK.search(self.text, at):
            block = self._block(found.start())
            if block.label not in self._skip:
                return found.start()
            at = block.end
        return None

    def _previous_ink(self, offset: int) -> int | None:
        at = min(offset, len(self.text))
        while (at := self._trimmed(at)) > 0:
            block = self._block(at - 1)
            if block.label not in self._skip:
                return at - 1
            at = block.start
        return None

    def _trimmed(self, end: int) -> int:
        while end > 0 and self.text[end - 1].isspace():
            end -= 1
        return end

    def _block(self, ink: int) -> Block:
        """The block around something visible; what lies between two blocks is body."""
        index = bisect_right(self._starts, ink)
        if index and ink < self._blocks[index - 1].end:
            return self._blocks[index - 1]
        start = self._blocks[index - 1].end if index else 0
        return Block(start, self._starts[index] if index < len(self._starts) else len(self.text), Label.BODY)

    def _paragraph(self, ink: int) -> _Span:
        if not self._latest[0] <= ink < self._latest[1]:
            self._latest = self._find_paragraph(ink)
        return self._latest

    def _find_paragraph(self, ink: int) -> _Span:
        block = self._block(ink)
        start, end = self._line(ink, block)
        if block.label in _FLOWING:
            first, last = (start, end), (start, end)
            while start > block.start and self._flows(above := self._line(start - 1, block), first):
                first, start = above, above[0]
            while end < block.end and self._flows(last, below := self._line(end + 1, block)):
                last, end = below, below[1]
        found = _INK.search(self.text, start, end)
        return found.start() if found else ink, self._trimmed(end)

    def _line(self, at: int, block: Block) -> _Span:
        """The part of the line around `at` that lies in the block, without its line feed."""
        start = max(self.text.rfind("\n", 0, at) + 1, block.start)
        end = self.text.find("\n", at, block.end)
        return start, block.end if end < 0 else end

    def _flows(self, above: _Span, below: _Span) -> bool:
        """Whether a paragraph goes on from one line to the next."""
        return all(
            end - start <= _HARD_WRAP and not self.text[start:end].isspace() and start < end
            for start, end in (above, below)
        )


def _start(span: _Span) -> int:
    return span[0]
