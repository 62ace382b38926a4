"""Relations between annotations in words, from either end: each is kept at one of them and read at both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.model import Annotation

__all__ = ["called", "gloss", "quoted", "said"]

_GLOSSES = {
    "supports": "speaks for it",
    "contradicts": "both cannot be true",
    "rebuts": "answers it",
    "undercuts": "attacks its reasoning",
    "repeats": "says it again",
    "updates": "says how it stands by now",
    "quotes": "cites its words",
    "context": "helps to understand it",
}
_QUOTED = 100
"""Code points of a passage that tell it from another of the same speaker."""

_FROM_HERE = {"context": "gives context to"}
_FROM_THERE = {
    "supports": "supported by",
    "contradicts": "contradicted by",
    "rebuts": "rebutted by",
    "undercuts": "undercut by",
    "repeats": "repeated by",
    "updates": "updated by",
    "quotes": "quoted by",
    "context": "has context in",
}


def said(kind: str, *, coming: bool) -> str:
    """A type of relation as it reads before the name of the other end.

    Args:
        kind: of the relation; one that postil does not know is read as it is.
        coming: it is kept at the other end and points here.
    """
    if not coming:
        return _FROM_HERE.get(kind, kind)
    return _FROM_THERE.get(kind) or f"{kind} (from there)".lstrip()


def gloss(kind: str) -> str:
    """What a type of relation means, in a few words; nothing for one that postil does not know."""
    return _GLOSSES.get(kind, "")


def quoted(annotation: Annotation) -> str:
    """The words that it is about, or the first of them, in one line."""
    words = " ".join(annotation.quote.exact[: 2 * _QUOTED].split())
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED].rstrip()}…"


def called(annotation: Annotation) -> str:
    """What to call an annotation in one line: the speaker of a claim, else whose it is and what."""
    speaker = annotation.claim.speaker if annotation.claim else ""
    return " ".join((speaker or f"{annotation.author}’s {annotation.kind}").split())
