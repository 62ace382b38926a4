"""A sidecar in plain words, a line for each thing said, so that a line diff of two of them reads well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.model import Annotation, Claim, Sidecar, Value

__all__ = ["short", "told", "value_text"]

_ROOM = 200  # code points of a text among others


def told(sidecar: Sidecar) -> Iterator[str]:
    """The lines: what was corrected about the article, then each annotation in the order of the text.

    Offsets, fingerprints and the words around a passage are left out: they change without anybody saying anything.
    """
    for key, value in sidecar.article.items():
        yield f"article {key}: {value_text(value, 0)}"
    for one in sidecar.annotations:
        yield ""
        yield from _annotation(one)
    for damaged in sidecar.damaged:
        yield ""
        yield f"damaged entry of {damaged.author}: {damaged.reason}"


def _annotation(one: Annotation) -> Iterator[str]:
    yield f"{one.kind} by {one.author} ({one.id})"
    yield f"  “{short(one.quote.exact, 0)}”"
    if one.claim:
        yield from _claim(one.claim)
    if one.tags:
        yield f"  tags: {', '.join(sorted(one.tags))}"
    for line in one.note.splitlines():
        yield f"  note: {line}"
    for relation in one.relations:
        yield f"  {relation.type} {relation.to}" + (f": {short(relation.note, 0)}" if relation.note else "")
    for reply in one.replies:
        yield f"  reply by {reply.author}: {short(reply.note, 0)}"
    for review in one.reviews:
        yield f"  {review.verdict} by {review.author} (of {review.of})" + (
            f": {short(review.note, 0)}" if review.note else ""
        )
    for field in one.conflicts:
        yield f"  conflict: {field}"
    if one.retired:
        yield f"  retired: {short(one.retired, 0)}"
    for key, value in one.extra.items():
        yield f"  {key}: {value_text(value, 0)}"


def _claim(claim: Claim) -> Iterator[str]:
    for key in ("speaker", "affiliation", "form", "text", "status"):
        if value := getattr(claim, key):
            yield f"  {key}: {short(value, 0)}"
    for stance in claim.stance:
        yield f"  stance: {stance.value or 'no side'} toward {short(stance.toward, 0)}"
    for key, value in claim.extra.items():
        yield f"  {key}: {value_text(value, 0)}"


def short(text: str, room: int = _ROOM) -> str:
    """A text on one line, cut at a blank if it is longer than `room` code points; 0 cuts nothing."""
    line = " ".join(text.split())
    return line if not room or len(line) <= room else f"{line[:room].rsplit(' ', 1)[0]}…"


def value_text(value: Value, room: int = _ROOM) -> str:
    """A value on one line, each text in it `short`."""
    if isinstance(value, str):
        return short(value, room)
    if isinstance(value, dict):
        return ", ".join(f"{key} {value_text(one, room)}" for key, one in value.items())
    return "; ".join(value_text(one, room) for one in value)
