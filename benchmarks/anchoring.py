"""Placing the annotations of a set of article revisions, for a program that counts how many come out right.

What counts as placed is a span that a reader is shown: same, moved or edited.  An ambiguous annotation is not placed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotations.anchor import place
from annotations.model import Annotation, Position, Quote
from annotations.text import fingerprint

__all__ = ["anchor"]


def anchor(
    new_text: str, annotations: Sequence[Mapping[str, Any]], old_text: str | None = None
) -> list[tuple[int, int] | None]:
    """Where each annotation's passage stands in the new text; None where that cannot be said."""
    made_on = "0" * 16 if old_text is None else fingerprint(old_text)
    ones = [_annotation(one, made_on) for one in annotations]
    placed = place(new_text, ones, {} if old_text is None else {made_on: old_text})
    return [None if one.start is None or one.end is None else (one.start, one.end) for one in placed]


def _annotation(given: Mapping[str, Any], made_on: str) -> Annotation:
    quote = Quote(exact=given["exact"], prefix=given["prefix"], suffix=given["suffix"])
    position = Position(start=given["start"], end=given["end"], text=made_on)
    return Annotation(id=given["id"], author="ada", kind="note", quote=quote, position=position)
