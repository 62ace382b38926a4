"""Passages of one text, hunted for one by one, held against each other: they should still be in their order.

Those found for certain are landmarks, as far as they are in order themselves.  Of several equal places the one between
the landmarks around it is meant; and what was found elsewhere is not believed on its words alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from annotations.anchor import Method, State
from annotations.outcome import Outcome

__all__ = ["in_order"]

_Span: TypeAlias = tuple[int, int]


def in_order(old: Sequence[_Span], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What was found, corrected by the order.

    Args:
        old: where the passages stood in the text that they were marked in, by where they began.
        outcomes: what was found of each.
    """
    certain = [at for at, one in enumerate(outcomes) if one.state is State.SAME]
    steady = {certain[at] for at in _steady([outcomes[at].spans[0][0] for at in certain])}
    landmarks = [(old[at], outcomes[at].spans[0]) for at in sorted(steady)]

    def fits(passage: _Span, place: _Span) -> bool:
        at = bisect_left(landmarks, passage[0], key=lambda one: one[0][0])
        before = next((new for was, new in reversed(landmarks[:at]) if was[1] <= passage[0]), place)
        behind = next((new for was, new in landmarks[at:] if was[0] >= passage[1]), place)
        return (before is place or before[1] <= place[0]) and (behind is place or place[1] <= behind[0])

    return [
        one if at in steady else _held(one, [span for span in one.spans if fits(passage, span)])
        for at, (passage, one) in enumerate(zip(old, outcomes, strict=True))
    ]


def _held(one: Outcome, fitting: Sequence[tuple[int, int]]) -> Outcome:
    """What was found of a passage, by those of its places that are between its landmarks."""
    if one.state is State.SAME:
        return replace(one, state=State.MOVED, reason="it stands in another order with the other marks")
    if one.state is State.AMBIGUOUS and len(one.spans) > 1 and len(fitting) == 1:
        state = State.SAME if one.method is Method.WORDS else State.EDITED
        reason = "of several places, this one is between the marks around it"
        return Outcome(state, one.method, tuple(fitting), reason, 0.7)
    if one.state in {State.MOVED, State.EDITED} and not fitting:
        return Outcome(State.AMBIGUOUS, one.method, one.spans, f"{one.reason}, out of order with the other marks")
    return one


def _steady(places: Sequence[int]) -> set[int]:
    """Which of some places are in every longest ascending part of them."""
    up, down = _lengths(places), _lengths([-one for one in reversed(places)])[::-1]
    most = max(up, default=0)
    longest = [at for at in range(len(places)) if up[at] + down[at] - 1 == most]
    count = Counter(up[at] for at in longest)
    return {at for at in longest if count[up[at]] == 1}


def _lengths(places: Sequence[int]) -> list[int]:
    """How long the longest ascending part is that ends at each place."""
    ends: list[int] = []
    lengths: list[int] = []
    for one in places:
        at = bisect_right(ends, one)
        ends[at : at + 1] = [one]
        lengths.append(at + 1)
    return lengths
