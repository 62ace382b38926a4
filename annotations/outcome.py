"""What looking for a passage came to, before it is said of an annotation: in the offsets of the folded text."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.anchor import Method, State
from annotations.frozen import frozen
from annotations.seek import MANY, Find

__all__ = ["Outcome", "best", "number", "several"]


_TIE = 0.01  # less than this between two places is no difference


@frozen
class Outcome:
    """A state, and the spans that belong to it.

    Attributes:
        state: of the annotation.
        method: how it was looked for.
        spans: the place; when ambiguous, all that it may be, in order; none for an orphan.
        reason: why not simply the same, as a clause.
        confidence: of the place.
    """

    state: State
    method: Method
    spans: tuple[tuple[int, int], ...] = ()
    reason: str = ""
    confidence: float = 0.0


def best(finds: Sequence[Find]) -> list[Find]:
    """Those of some places that are as good as the best, in order."""
    top = max((one.score for one in finds), default=0.0)
    return [one for one in finds if one.score > top - _TIE]


def several(finds: Sequence[Find], method: Method, reason: str) -> Outcome:
    """The passage may be at any of some places."""
    spans = sorted((one.start, one.end) for one in finds)
    return Outcome(State.AMBIGUOUS, method, tuple(spans[:MANY]), reason)


def number(finds: Sequence[Find]) -> str:
    """How many places there are, as far as they were looked for."""
    return f"more than {MANY}" if len(finds) > MANY else str(len(finds))
