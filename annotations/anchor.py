"""Anchors: how an annotation finds its passage again, in the text it was made on or in a later one.

A passage is described by its own words with some context (`Quote`) and by where it stood in which text (`Position`).
Where the text is that very one, the position decides.  Where it is another one and that one is at hand, the passage is
carried over; else it is hunted for by its words and context.  What cannot be told is said (`State`), never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from annotations.fold import find_all, fold, fold_str, starts
from annotations.frozen import frozen
from annotations.model import Annotation, Occurrence, Position, Quote
from annotations.text import fingerprint

__all__ = ["CONTEXT", "Method", "Placed", "State", "context", "describe", "find_quote", "place", "stands"]

CONTEXT = 64
"""How far a quote's prefix and suffix reach at most, in code points."""

# One article is open at a time, and each mark on it asks for both.
_folded = lru_cache(maxsize=1)(fold)
_fingerprint = lru_cache(maxsize=1)(fingerprint)


class State(StrEnum):
    """What became of an annotation's passage in the text it is placed in."""

    SAME = "same"
    MOVED = "moved"
    EDITED = "edited"
    AMBIGUOUS = "ambiguous"
    ORPHAN = "orphan"


class Method(StrEnum):
    """How a passage was found."""

    POSITION = "position"
    """The text is the one that it was marked in."""
    ALIGNED = "aligned"
    """That text is known, and was laid beside the present one."""
    WORDS = "words"
    """Its words were looked for."""
    SIMILAR = "similar"
    """Words like its own were looked for."""


@frozen
class Placed:
    """An annotation and where its passage stands in a text.

    Attributes:
        annotation: as it is in the sidecar; placing changes nothing in it.
        state: how sure the place is, and why.
        start: in code points of the text; None when ambiguous or orphan.
        end: exclusive; None when ambiguous or orphan.
        candidates: when ambiguous, the spans that it may mean, in order.
        reason: what stood in the way of the position, or of a place, as clauses; empty when nothing did.
        method: how it was found, or what it was looked for with in vain.
        confidence: of the place, from 0 to 1; 0 without one.
    """

    annotation: Annotation
    state: State
    start: int | None = None
    end: int | None = None
    candidates: tuple[tuple[int, int], ...] = ()
    reason: str = ""
    method: Method = Method.POSITION
    confidence: float = 0.0


def describe(text: str, start: int, end: int) -> tuple[Quote, Position]:
    """What is kept of a passage so that it can be found again.

    Args:
        text: the canonical text.
        start: in code points.
        end: in code points, exclusive.

    Raises:
        ValueError: there is no such passage, or it is empty.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no passage at {start} to {end} in a text of {len(text)} code points")
    exact = text[start:end]
    prefix, suffix = context(text, start, end)
    needle, folded = _needle(exact), _folded(text)
    copies = tuple(starts(folded, needle))
    index = bisect_left(copies, start, key=lambda at: folded.span(at, at + len(needle))[0])
    occurrence = Occurrence(index=max(0, min(index, len(copies) - 1)), count=max(1, len(copies)))
    return (
        Quote(exact=exact, prefix=prefix, suffix=suffix, occurrence=occurrence),
        Position(start=start, end=end, text=_fingerprint(text)),
    )


def find_quote(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Where a text has these words, whatever quotes, dashes, blanks and soft hyphens they were typed with.

    Returns:
        Spans in code points, in order, overlapping ones too, without blanks at their ends; none for a blank quote.
    """
    return tuple(find_all(_folded(text), _needle(quote)))


def place(
    text: str, annotations: Iterable[Annotation], old_texts: Mapping[str, str] | None = None
) -> tuple[Placed, ...]:
    """Where each annotation's passage stands in `text`, in the order given.

    Args:
        text: the canonical text as it is now.
        annotations: made on this text or on others; together they tell more than one by one.
        old_texts: texts that annotations were made on, by fingerprint.
    """
    now, ones = _fingerprint(text), list(annotations)
    found = [_at_position(text, one, now) for one in ones]
    others = [one for one, placed in zip(ones, found, strict=True) if placed is None]
    if not others:
        return tuple(filter(None, found))
    from annotations.placing import place_again

    again = iter(place_again(text, _folded(text), now, others, old_texts or {}))
    return tuple(placed or next(again) for placed in found)


def _at_position(text: str, annotation: Annotation, now: str) -> Placed | None:
    """An annotation that was made on this very text, and whose passage is word for word where it says."""
    start, end = annotation.position.start, annotation.position.end
    if annotation.position.text == now and stands(text, annotation):
        return Placed(annotation, State.SAME, start, end, confidence=1.0)
    return None


def stands(text: str, annotation: Annotation) -> bool:
    """Whether the passage is word for word where the annotation says."""
    start, end = annotation.position.start, annotation.position.end
    return 0 <= start < end <= len(text) and text[start:end] == annotation.quote.exact


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a passage, up to `CONTEXT` code points each, in whole words where it has words."""
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    before, after = text[first:start], text[end:last]
    if first and not text[first - 1].isspace():
        before = re.sub(r"\A\S+(?=\s+\S)", "", before)
    if last < len(text) and not text[last].isspace():
        after = re.sub(r"(?<=\S)\s+\S+\Z", "", after)
    return before.lstrip(), after.rstrip()


def _needle(quote: str) -> str:
    return fold_str(quote).strip()
