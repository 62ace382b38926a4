"""From a desk to what the article and its margin show: marks, cards, and which of them stands under the cursor."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

from annotations.anchor import State
from annotations.repair import is_retired
from reader.cards import Card
from reader.layout import Mark

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from reader.desk import Desk
    from reader.filters import Filter

__all__ = ["Shown", "shown_marks"]


class _Cards(Sequence[Card]):
    """The cards of placed annotations, each made when it is asked for."""

    def __init__(self, placed: Sequence[Placed], unsaved: Collection[str], only: Filter | None, text: str) -> None:
        self._placed = placed
        self._text = text
        self._unsaved = unsaved
        self._only = only

    def __len__(self) -> int:
        return len(self._placed)

    @overload
    def __getitem__(self, at: int) -> Card: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Card]: ...
    def __getitem__(self, at: int | slice) -> Card | Sequence[Card]:
        if isinstance(at, slice):
            return _Cards(self._placed[at], self._unsaved, self._only, self._text)
        found = self._placed[at]
        one = self._only.seen(found.annotation) if self._only else found.annotation
        now = self._text[found.start : found.end] if found.state is State.EDITED else ""
        return Card(one, str(found.state), unsaved=one.id in self._unsaved, now=now)


class Shown:
    """The annotations of an article as the screen shows them; as quick to ask with ten thousand as with ten.

    Attributes:
        marks: those with a place, in the order of the text.
        cards: the card of each mark.
        lost: cards of those without a place: nowhere to be found, or in several places.  What was retired is neither.
        hidden: how many more there are that a filter hides.
    """

    def __init__(
        self,
        placed: Iterable[Placed] = (),
        unsaved: Collection[str] = (),
        only: Filter | None = None,
        before: Shown | None = None,
        text: str = "",
    ) -> None:
        every = [one for one in placed if not is_retired(one)]
        wanted = [one for one in every if only.passes(one.annotation)] if only else every
        there = [one for one in wanted if one.start is not None]
        there.sort(key=lambda one: (one.start, one.end, one.annotation.id))
        kept = before.made if before else {}
        self.made: dict[int, tuple[Placed, Mark]] = {id(one): kept.get(id(one)) or (one, _mark(one)) for one in there}
        self.marks = tuple(mark for _, mark in self.made.values())
        self.cards: Sequence[Card] = _Cards(there, unsaved, only, text)
        self.lost: Sequence[Card] = _Cards([one for one in wanted if one.start is None], unsaved, only, text)
        self.hidden = len(every) - len(wanted)
        self._at = {mark.id: at for at, mark in enumerate(self.marks)}
        self._starts = [mark.start for mark in self.marks]
        self._reach = list(accumulate((mark.end for mark in self.marks), max))

    @property
    def total(self) -> int:
        """How many there are, the hidden ones too."""
        return len(self.cards) + len(self.lost) + self.hidden

    def at(self, annotation_id: str | None) -> int | None:
        """Which of the marks it is, from 0; None when it is none of them."""
        return self._at.get(annotation_id or "")

    def mark(self, annotation_id: str | None) -> Mark | None:
        """The mark of that id."""
        at = self.at(annotation_id)
        return None if at is None else self.marks[at]

    def over(self, start: int, end: int) -> list[int]:
        """Which of the marks share something with that stretch of the text, in order."""
        first, last = bisect_right(self._reach, start), bisect_left(self._starts, end)
        return [at for at in range(first, last) if self.marks[at].end > start]

    def under(self, span: tuple[int, int], current: str | None) -> str | None:
        """The mark a cursor with that sentence stands on: the current one while it touches it, else the first."""
        mark = self.mark(current)
        if mark and mark.start < span[1] and mark.end > span[0]:
            return mark.id
        touching = self.over(*span)
        return self.marks[touching[0]].id if touching else None

    def beside(self, offset: int, current: str | None, count: int) -> Mark | None:
        """The mark `count` places on from the current one, or from an offset when there is none; None at the end."""
        at = self.at(current)
        if at is None:
            before = bisect_left(self._starts, offset)
            at = before - 1 if count > 0 else before
        at += count
        return self.marks[at] if 0 <= at < len(self.marks) else None


def shown_marks(desk: Desk, only: Filter | None = None, before: Shown | None = None) -> Shown:
    """What there is to show of a desk.

    Args:
        desk: the article and its annotations.
        only: which of them are to be shown; all are without it.
        before: what was shown last; what has not changed is taken over from it.
    """
    unsaved: set[str] = set()
    if desk.unsaved:
        saved = {id(one): one for section in desk.loaded.sidecar.sections.values() for one in section}
        others = [one for section in desk.sidecar.sections.values() for one in section if id(one) not in saved]
        same = {one.id: one for one in saved.values()} if others else {}
        unsaved = {one.id for one in others if one != same.get(one.id)}
    return Shown(desk.placed, unsaved, only or None, before, desk.article.text)


def _mark(placed: Placed) -> Mark:
    one = placed.annotation
    assert placed.start is not None  # noqa: S101 - only those with a place come here
    assert placed.end is not None  # noqa: S101 - the same
    status = one.claim.status if one.claim else ""
    return Mark(one.id, placed.start, placed.end, one.kind, status, str(placed.state))
