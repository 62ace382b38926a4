"""Placing annotations in a text that is not the one they were made on, or no more as they say.

Those whose old text is at hand are carried over to the new one, the others are hunted for, and in the end held against
each other.  `annotations.anchor.place` comes here when the position alone does not do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from annotations.anchor import Method, Placed, State, context, stands
from annotations.carry import SURE, Former
from annotations.fold import Folded, fold_str
from annotations.hunt import hunt
from annotations.order import in_order
from annotations.outcome import Outcome
from annotations.seek import Sought, Text

if TYPE_CHECKING:
    from annotations.model import Annotation

__all__ = ["place_again"]


def place_again(
    text: str, folded: Folded, now: str, annotations: Sequence[Annotation], old_texts: Mapping[str, str]
) -> list[Placed]:
    """Where each annotation's passage stands in `text`, in the order given.

    Args:
        text: as it is now.
        folded: the same, folded.
        now: its fingerprint.
        annotations: none of them stands where it says.
        old_texts: texts that annotations were made on, by fingerprint.
    """
    olds = [_old(one, now, old_texts) for one in annotations]
    outcomes: dict[int, Outcome] = {}
    passages: dict[int, Sought] = {}
    for at, (one, old) in enumerate(zip(annotations, olds, strict=True)):
        passage = _sought(one, old)
        position = one.position
        in_place = _former(old, folded.text).carry(position.start, position.end) if old else None
        if not passage.exact:
            outcomes[at] = Outcome(State.ORPHAN, Method.WORDS, reason="its quote has no words")
            continue
        if in_place:
            outcomes[at] = in_place
        if not in_place or in_place.confidence < SURE:
            passages[at] = passage
    where = Text(folded, passages.values())
    hunted: dict[str, list[int]] = {}
    for at, passage in passages.items():
        one, old = annotations[at], olds[at]
        if old:
            found = _former(old, folded.text).find(passage, where)
            if at not in outcomes or found.state is State.MOVED:
                outcomes[at] = found
        else:
            outcomes[at] = hunt(where, passage, one.quote.occurrence)
            hunted.setdefault(one.position.text, []).append(at)
    for group in hunted.values():
        group.sort(key=lambda at: annotations[at].position.start)
        stood = [(annotations[at].position.start, annotations[at].position.end) for at in group]
        outcomes.update(zip(group, in_order(stood, [outcomes[at] for at in group]), strict=True))
    return [
        _placed(one, outcomes[at], folded, _misfit(text, one, now, old_texts)) for at, one in enumerate(annotations)
    ]


@lru_cache(maxsize=4)
def _former(old: str, now: str) -> Former:
    return Former(old, now)


def _old(one: Annotation, now: str, old_texts: Mapping[str, str]) -> str | None:
    """The text that an annotation was made on, if it is another than the present one and has its quote in its place."""
    old = None if one.position.text == now else old_texts.get(one.position.text)
    return old if old is not None and stands(old, one) else None


def _sought(one: Annotation, old: str | None) -> Sought:
    quote, position = one.quote, one.position
    prefix, suffix = (quote.prefix, quote.suffix) if old is None else context(old, position.start, position.end)
    before, exact, behind = map(fold_str, (prefix, quote.exact, suffix))
    left = " " if before.endswith(" ") or exact.startswith(" ") else ""
    right = " " if behind.startswith(" ") or exact.endswith(" ") else ""
    return Sought(exact.strip(), before.strip() + left, right + behind.strip())


def _misfit(text: str, one: Annotation, now: str, old_texts: Mapping[str, str]) -> str:
    """What is wrong with a position in the text that it names; empty where that text is not at hand."""
    named = text if one.position.text == now else old_texts.get(one.position.text)
    if named is None or stands(named, one):
        return ""
    if 0 <= one.position.start <= one.position.end <= len(named) and one.quote.exact:
        return f"the {'text' if named is text else 'old text'} at its position is not its quote"
    return f"its position is outside the {'text' if named is text else 'old text'}"


def _placed(one: Annotation, outcome: Outcome, folded: Folded, misfit: str) -> Placed:
    spans = tuple(folded.span(*span) for span in outcome.spans)
    start, end = spans[0] if spans and outcome.state is not State.AMBIGUOUS else (None, None)
    return Placed(
        one,
        outcome.state,
        start,
        end,
        candidates=spans if outcome.state is State.AMBIGUOUS else (),
        reason="; ".join(filter(None, (misfit, outcome.reason))),
        method=outcome.method,
        confidence=round(outcome.confidence, 2),
    )
