"""From a desk to what the article and its margin show: marks, cards, and which of them stands under the cursor."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cards import Card
from reader.layout import Buckets, Mark

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from reader.desk import Desk
    from reader.filters import Filter

__all__ = ["Shown", "shown_marks"]


class Shown:
    """The annotations of an article as the screen shows them; as quick to ask with ten thousand as with ten.

    Args:
        marks: those with a place, in the order of the text.
        cards: the card of each mark.
        lost: cards of those without a place: nowhere to be found, or in several places.
        hidden: how many more there are that a filter hides.
    """

    def __init__(
        self, marks: Sequence[Mark] = (), cards: Sequence[Card] = (), lost: Sequence[Card] = (), hidden: int = 0
    ) -> None:
        self.marks = tuple(marks)
        self.cards = tuple(cards)
        self.lost = tuple(lost)
        self.hidden = hidden
        self._at = {mark.id: at for at, mark in enumerate(self.marks)}
        self._lying = Buckets(self.marks)

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
        return sorted(self._at[mark.id] for mark in self._lying.over(start, end))

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
            before = bisect_left(self.marks, offset, key=lambda mark: mark.start)
            at = before - 1 if count > 0 else before
        at += count
        return self.marks[at] if 0 <= at < len(self.marks) else None


def shown_marks(desk: Desk, only: Filter | None = None) -> Shown:
    """What there is to show of a desk.

    Args:
        desk: the article and its annotations.
        only: which of them are to be shown; all are without it.
    """
    saved = {one.id: one for one in desk.loaded.sidecar.annotations} if desk.unsaved else {}
    unsaved = {one.id for one in desk.sidecar.annotations if saved.get(one.id) != one} if desk.unsaved else set()
    wanted = [one for one in desk.placed if only.passes(one.annotation)] if only else desk.placed
    placed = sorted(
        (one for one in wanted if one.start is not None), key=lambda one: (one.start, one.end, one.annotation.id)
    )
    return Shown(
        marks=[_mark(one) for one in placed],
        cards=[_card(one, unsaved, only) for one in placed],
        lost=[_card(one, unsaved, only) for one in wanted if one.start is None],
        hidden=len(desk.placed) - len(wanted),
    )


def _mark(placed: Placed) -> Mark:
    one = placed.annotation
    assert placed.start is not None  # noqa: S101 - only those with a place come here
    assert placed.end is not None  # noqa: S101 - the same
    status = one.claim.status if one.claim else ""
    return Mark(one.id, placed.start, placed.end, one.kind, status, str(placed.state))


def _card(placed: Placed, unsaved: set[str], only: Filter | None) -> Card:
    one = placed.annotation
    return Card(only.seen(one) if only else one, str(placed.state), unsaved=one.id in unsaved)
