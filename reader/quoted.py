"""The quotations of a whole article, and the way from one to the next."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from index.article import FURNITURE, Label
from reader.quotations import OPENING, Quotation, quotations_in

if TYPE_CHECKING:
    from reader.motions import Motions

__all__ = ["Quotations"]

_Span: TypeAlias = tuple[int, int]

_SPOKEN = frozenset({Label.BODY, Label.QUOTE, Label.LIST, Label.CAPTION})
"""What holds quotations; in a heading or a link to another article single marks are the headline's own."""

_LONGEST = 100
"""Paragraphs that one quotation may run over."""


class Quotations:
    """Those that no other is around; only the paragraphs around the offset asked about are looked at.

    One that is open at the end of its paragraph goes on when the next paragraph begins with the same mark.
    """

    def __init__(self, motions: Motions) -> None:
        self._motions = motions
        self._marked = lru_cache(maxsize=2 * _LONGEST)(self._in_paragraph)

    def at(self, offset: int) -> Quotation | None:
        """The quotation around an offset, its marks included; else the next in that sentence, else its last one."""
        paragraph, sentence = self._motions.at("paragraph", offset), self._motions.at("sentence", offset)
        if paragraph is None or sentence is None:
            return None
        first = self._first_of(paragraph)
        found = self._begun_in(first) + (self._begun_in(paragraph) if first != paragraph else [])
        around = [one for one in found if one.opened <= offset < one.closed]
        near = [one for one in found if sentence[0] <= one.opened < sentence[1]]
        ahead = [one for one in near if one.opened >= offset]
        return next(iter(around or ahead or near[-1:]), None)

    def after(self, offset: int) -> Quotation | None:
        """The first quotation whose words begin after an offset."""
        paragraph = self._motions.at("paragraph", offset)
        while paragraph:
            for one in self._begun_in(paragraph):
                if one.start > offset:
                    return one
            paragraph = self._next_marked(paragraph[1])
        return None

    def more(self, end: int) -> Quotation | None:
        """The first quotation after `end` that begins in the sentence in which what is quoted to `end` stops."""
        following, sentence = self.after(end), self._motions.at("sentence", end - 1)
        return following if following and sentence and following.opened < sentence[1] else None

    def _in_paragraph(self, paragraph: _Span) -> tuple[Quotation, ...]:
        block = self._motions.block_over(*paragraph)
        return quotations_in(self._motions.text, *paragraph) if block is None or block.label in _SPOKEN else ()

    def _begun_in(self, paragraph: _Span) -> list[Quotation]:
        """Those that begin in a paragraph, each to its end."""
        found = list(self._marked(paragraph)[self._goes_on_in(paragraph) :])
        if found:
            found[-1] = self._to_its_end(found[-1], paragraph)
        return found

    def _to_its_end(self, one: Quotation, paragraph: _Span) -> Quotation:
        for _ in range(_LONGEST):
            following = self._neighbour(paragraph, 1)
            if one.whole or following is None or not self._goes_on_in(following):
                break
            one, paragraph = one.and_on(self._marked(following)[0]), following
            if len(self._marked(paragraph)) > 1:
                break
        return one

    def _first_of(self, paragraph: _Span) -> _Span:
        """The paragraph in which the quotation begins that runs into this one; this one if none does."""
        for _ in range(_LONGEST):
            before = self._neighbour(paragraph, -1)
            if before is None or not self._goes_on_in(paragraph):
                break
            paragraph = before
            if len(self._marked(paragraph)) > 1:
                break
        return paragraph

    def _goes_on_in(self, paragraph: _Span) -> bool:
        """Whether a quotation of the paragraph before goes on in this one."""
        found, before = self._marked(paragraph), self._neighbour(paragraph, -1)
        if not found or found[0].opened != paragraph[0] or before is None:
            return False
        text, open_ = self._motions.text, self._marked(before)[-1:]
        return any(not one.whole and text[one.opened] == text[paragraph[0]] for one in open_)

    def _neighbour(self, paragraph: _Span, direction: int) -> _Span | None:
        """The paragraph beside, past page furniture."""
        place: _Span | None = paragraph
        for _ in range(_LONGEST):
            if place is None:
                break
            place = (
                self._motions.before("paragraph", place[0])
                if direction < 0
                else self._motions.after("paragraph", place[0])
            )
            block = self._motions.block_over(*place) if place else None
            if block is None or block.label not in FURNITURE:
                return place
        return None

    def _next_marked(self, at: int) -> _Span | None:
        """The next paragraph in which something may be opened."""
        for found in OPENING.finditer(self._motions.text, at):
            paragraph = self._motions.at("paragraph", found.start())
            if paragraph and paragraph[0] <= found.start() < paragraph[1]:
                return paragraph
        return None
