"""Anchors: how an annotation finds its passage again, in the text it was made on or in a later one.

A passage is described by its own words with some context (`Quote`) and by where it stood in which text (`Position`).
Where the text is that very one, the position decides; else the words do, matched folded, and the context says which
of several equal places is meant.  What the anchor cannot tell is said (`State`), never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from annotations.fold import find_all, fold, fold_str, starts
from annotations.frozen import frozen
from annotations.model import Annotation, Occurrence, Position, Quote
from annotations.text import fingerprint

__all__ = ["CONTEXT", "Method", "Placed", "State", "describe", "find_quote", "place"]

CONTEXT = 64
"""How far a quote's prefix and suffix reach at most, in code points."""

_IN_CONTEXT = 0.5  # of the code points of prefix and suffix together, counted outwards from the passage
_TIE = 0.03  # less than this between two places is no difference

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
    prefix, suffix = _context(text, start, end)
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
        annotations: made on this text or on others.
        old_texts: texts that annotations were made on, by fingerprint; they give the passage's context at first hand.
    """
    now, before = _fingerprint(text), old_texts or {}
    return tuple(_place(text, now, one, before.get(one.position.text)) for one in annotations)


def _place(text: str, now: str, annotation: Annotation, old: str | None) -> Placed:
    position, exact = annotation.position, annotation.quote.exact
    if position.text != now:
        return _by_words(text, annotation, old, "")
    if _stands(text, annotation):
        return Placed(annotation, State.SAME, position.start, position.end, confidence=1.0)
    inside = 0 <= position.start <= position.end <= len(text)
    misfit = "the text at its position is not its quote" if inside and exact else "its position is outside the text"
    return _by_words(text, annotation, old, misfit)


def _stands(text: str, annotation: Annotation) -> bool:
    """Whether the passage is word for word where the annotation says."""
    start, end = annotation.position.start, annotation.position.end
    return 0 <= start < end <= len(text) and text[start:end] == annotation.quote.exact


def _by_words(text: str, annotation: Annotation, old: str | None, misfit: str) -> Placed:
    """Place an annotation by its words; `misfit` is what was wrong with its position."""

    def placed(state: State, why: str, *spans: tuple[int, int]) -> Placed:
        start, end = spans[0] if state in {State.SAME, State.MOVED} else (None, None)
        return Placed(
            annotation,
            state,
            start,
            end,
            candidates=spans if state is State.AMBIGUOUS else (),
            reason="; ".join(filter(None, (misfit, why))),
            method=Method.WORDS,
            confidence=1.0 if state is State.SAME else 0.8 if state is State.MOVED else 0.0,
        )

    needle, folded = _needle(annotation.quote.exact), _folded(text)
    places = tuple(starts(folded, needle))
    if not places:
        return placed(State.ORPHAN, "its words are not in the text" if needle else "its quote has no words")
    spans = [folded.span(at, at + len(needle)) for at in places]
    meant = _meant(annotation, list(_agreements(folded.text, places, len(needle), _sides(annotation, old))))
    if len(meant) > 1:
        return placed(State.AMBIGUOUS, f"{len(meant)} places read the same", *(spans[one] for one in meant))
    if meant:
        return placed(State.SAME, "", spans[meant[0]])
    if len(spans) > 1:
        return placed(State.AMBIGUOUS, f"{len(spans)} places have its words, none its context", *spans)
    return placed(State.MOVED, "its words stand in another context", spans[0])


def _meant(annotation: Annotation, agreements: Sequence[float]) -> Sequence[int]:
    """Which of the places stand in the annotation's context, equally well: one, several or none."""
    best = max(agreements)
    if best < _IN_CONTEXT:
        return ()
    equal = [at for at, agreement in enumerate(agreements) if agreement > best - _TIE]
    occurrence = annotation.quote.occurrence
    if occurrence.count == len(agreements) and occurrence.index in equal:
        return (occurrence.index,)
    return equal


def _agreements(text: str, places: Iterable[int], length: int, sides: tuple[str, str]) -> Iterator[float]:
    """How much of the context, from the passage outwards, each place has: from 0 to 1."""
    prefix, suffix = sides
    for at in places:
        before = text[max(0, at - len(prefix) - 1) : at].rstrip()
        after = text[at + length : at + length + len(suffix) + 1].lstrip()
        kept = _shared(before[::-1], prefix[::-1]) + _shared(after, suffix)
        yield kept / (len(prefix) + len(suffix)) if prefix or suffix else 1.0


def _shared(one: str, other: str) -> int:
    """How many code points two texts share from their start."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (mine, yours) in enumerate(pairs) if mine != yours), min(len(one), len(other)))


def _sides(annotation: Annotation, old: str | None) -> tuple[str, str]:
    """The passage's folded context, from the text it was made on where that is known."""
    quote, position = annotation.quote, annotation.position
    known = old is not None and _stands(old, annotation)
    prefix, suffix = _context(old, position.start, position.end) if old and known else (quote.prefix, quote.suffix)
    return fold_str(prefix).strip(), fold_str(suffix).strip()


def _context(text: str, start: int, end: int) -> tuple[str, str]:
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
