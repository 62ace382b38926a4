"""A passage whose old text is known: carried over to the new one by what became of the text around it.

Words that merely stand somewhere prove nothing here, since the old text may have had them there as well.  Only what is
new in the new text can be where a passage went.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from annotations.align import Alignment, Carried
from annotations.anchor import Method, State
from annotations.fold import fold
from annotations.hunt import IN_CONTEXT, few
from annotations.outcome import Outcome, best, number, several
from annotations.seek import MANY, Find, Sought, Text
from annotations.words import words

__all__ = ["SURE", "Former"]

SURE = 0.5
"""Where less of a passage is left, its very words standing elsewhere are rather it."""

_KEPT = 0.3  # by passages that were deleted, to a sixth; by those that were rewritten, from a third on
_LIKE, _SCORE = 0.72, 0.54  # of what is found elsewhere: without any of the context, nine tenths have to be there


class Former:
    """A text that annotations were made on, beside the present one."""

    def __init__(self, text: str, now: str) -> None:
        self.text = text
        self.folded = fold(text)
        self._alignment = Alignment(self.folded.text, now)

    def carry(self, start: int, end: int) -> Outcome | None:
        """What became in its place of the passage from `start` to `end`, in code points; None when it is gone there."""
        now = self._alignment.new
        first, last = self._folded_span(start, end)
        exact = self.folded.text[first:last]
        carried = self._alignment.carry(first, last) if exact else None
        if carried is None or carried.kept < _KEPT:
            return None
        carried = _on_its_words(carried, exact, now)
        span = ((carried.start, carried.end),)
        if words(now[carried.start : carried.end]) != words(exact):
            return Outcome(State.EDITED, Method.ALIGNED, span, "other words stand in its place", carried.kept)
        if self._changed_places(first, carried):
            return Outcome(State.MOVED, Method.ALIGNED, span, "its paragraph and the one beside it changed places", 1.0)
        return Outcome(State.SAME, Method.ALIGNED, span, confidence=1.0)

    def _folded_span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the old text in its folded one, without blanks at its ends."""
        first, last = self.folded.place(start), self.folded.place(end)
        exact = self.folded.text[first:last]
        return last - len(exact.lstrip()), first + len(exact.rstrip())

    def find(self, passage: Sought, text: Text) -> Outcome:
        """Where a passage went that is gone from its place, and did not stand before."""
        copies = text.exact(passage)
        known = not few(passage.exact)
        if known and len(copies) > MANY:
            return several(copies, Method.WORDS, f"it is gone from its place; {number(copies)} places have its words")
        moved = best([one for one in copies if (known or one.context >= IN_CONTEXT) and self._is_new(one)])
        if len(moved) > 1:
            reason = f"it is gone from its place; {number(moved)} new ones read the same"
            return several(moved, Method.WORDS, reason)
        if moved:
            span = ((moved[0].start, moved[0].end),)
            return Outcome(State.MOVED, Method.WORDS, span, "its words stand elsewhere now", moved[0].score)
        like = [
            one for one in text.similar(passage) if one.quote >= _LIKE and one.score >= _SCORE and self._is_new(one)
        ]
        if not like:
            return Outcome(State.ORPHAN, Method.ALIGNED, reason="it is gone, and its words stand nowhere else")
        span = ((like[0].start, like[0].end),)
        if words(text.folded.text[like[0].start : like[0].end]) == words(passage.exact):
            return Outcome(State.MOVED, Method.SIMILAR, span, "its words stand elsewhere now", like[0].score)
        reason = "it is gone from its place; words much like its own stand elsewhere"
        return Outcome(State.EDITED, Method.SIMILAR, span, reason, like[0].score)

    def _is_new(self, find: Find) -> bool:
        return not self._alignment.inherited(find.start, find.end)

    def _changed_places(self, first: int, carried: Carried) -> bool:
        """Whether the paragraph of a passage and one beside it, not much shorter, stand the other way round.

        Aligning keeps the longer of the two where it is; to a reader both have moved.
        """
        at = max(0, bisect_right(self._paragraphs, first) - 1)
        bounds = [*self._paragraphs, len(self.folded.text)]
        new, own = self._alignment.new, bounds[at + 1] - bounds[at]
        for beside, behind in ((at - 1, True), (at + 1, False)):
            if not 0 <= beside < len(self._paragraphs):
                continue
            other = self.folded.text[bounds[beside] : bounds[beside + 1]].strip()
            reach = own + 2 * len(other)
            start = carried.end if behind else max(0, carried.start - reach)
            place = new.find(other, start, start + reach) if 4 * len(other) >= own else -1
            if place >= 0 and not self._alignment.inherited(place, place + len(other)):
                return True
        return False

    @cached_property
    def _paragraphs(self) -> list[int]:
        """Where the paragraphs of the old text begin in the folded one."""
        blank = re.compile(r"\n\s*\n" if re.search(r"\n\s*\n", self.text) else r"\n")
        return [0, *(self.folded.place(one.end()) for one in blank.finditer(self.text))]


def _on_its_words(carried: Carried, exact: str, new: str) -> Carried:
    """That place, or the one around it that has the very words: its first ones may be those of what follows as well."""
    size = len(exact)
    at = new.find(exact, max(0, carried.end - size), carried.start + size)
    return Carried(at, at + size, 1.0) if at >= 0 else carried
