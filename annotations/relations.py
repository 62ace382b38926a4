"""Relations between annotations in words, from either end: each is kept at one of them and read at both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.model import Annotation

__all__ = ["called", "said"]

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


def called(annotation: Annotation) -> str:
    """What to call an annotation in one line: the speaker of a claim, else whose it is and what."""
    speaker = annotation.claim.speaker if annotation.claim else ""
    return " ".join((speaker or f"{annotation.author}’s {annotation.kind}").split())
