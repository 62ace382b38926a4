"""From a desk to what the article and its margin show: marks, cards, and which of them stands under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from reader.cards import Card
from reader.widgets.pane import Mark

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from reader.desk import Desk

__all__ = ["Shown", "beside", "shown_marks", "under"]


@frozen
class Shown:
    """The annotations of an article as the screen shows them.

    Attributes:
        marks: those with a place, in the order of the text.
        cards: the card of each mark.
        lost: cards of those without a place: nowhere to be found, or in several places.
    """

    marks: tuple[Mark, ...] = ()
    cards: tuple[Card, ...] = ()
    lost: tuple[Card, ...] = ()


def shown_marks(desk: Desk) -> Shown:
    """What there is to show of a desk."""
    saved = {one.id: one for one in desk.loaded.sidecar.annotations}
    placed = sorted(
        (one for one in desk.placed if one.start is not None), key=lambda one: (one.start, one.end, one.annotation.id)
    )
    unsaved = {one.id for one in desk.sidecar.annotations if saved.get(one.id) != one}
    return Shown(
        marks=tuple(_mark(one) for one in placed),
        cards=tuple(_card(one, unsaved) for one in placed),
        lost=tuple(_card(one, unsaved) for one in desk.placed if one.start is None),
    )


def _mark(placed: Placed) -> Mark:
    one = placed.annotation
    assert placed.start is not None  # noqa: S101 - only those with a place come here
    assert placed.end is not None  # noqa: S101 - the same
    status = one.claim.status if one.claim else ""
    return Mark(one.id, placed.start, placed.end, one.kind, status, str(placed.state))


def _card(placed: Placed, unsaved: set[str]) -> Card:
    return Card(placed.annotation, str(placed.state), unsaved=placed.annotation.id in unsaved)


def under(marks: Sequence[Mark], span: tuple[int, int], current: str | None) -> str | None:
    """The mark a cursor with that sentence stands on: the current one while it touches it, else the first that does."""
    touching = [mark.id for mark in marks if mark.start < span[1] and mark.end > span[0]]
    return current if current in touching else next(iter(touching), None)


def beside(marks: Sequence[Mark], offset: int, current: str | None, count: int) -> Mark | None:
    """The mark `count` places on from the current one, or from an offset when there is none; None at the end."""
    at = next((at for at, mark in enumerate(marks) if mark.id == current), None)
    if at is None:
        before = sum(mark.start < offset for mark in marks)
        at = before - 1 if count > 0 else before
    at += count
    return marks[at] if 0 <= at < len(marks) else None
