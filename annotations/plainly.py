"""A sidecar in plain words, a line for each thing said, so that a line diff of two of them reads well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.model import Annotation, Claim, Sidecar, Value

__all__ = ["told"]


def told(sidecar: Sidecar) -> Iterator[str]:
    """The lines: what was corrected about the article, then each annotation in the order of the text.

    Offsets, fingerprints and the words around a passage are left out: they change without anybody saying anything.
    """
    for key, value in sidecar.article.items():
        yield f"article {key}: {_words(value)}"
    for one in sidecar.annotations:
        yield ""
        yield from _annotation(one)
    for damaged in sidecar.damaged:
        yield ""
        yield f"damaged entry of {damaged.author}: {damaged.reason}"


def _annotation(one: Annotation) -> Iterator[str]:
    yield f"{one.kind} by {one.author} ({one.id})"
    yield f"  “{_line(one.quote.exact)}”"
    if one.claim:
        yield from _claim(one.claim)
    if one.tags:
        yield f"  tags: {', '.join(sorted(one.tags))}"
    for line in one.note.splitlines():
        yield f"  note: {line}"
    for relation in one.relations:
        yield f"  {relation.type} {relation.to}" + (f": {_line(relation.note)}" if relation.note else "")
    for reply in one.replies:
        yield f"  reply by {reply.author}: {_line(reply.note)}"
    for review in one.reviews:
        yield f"  {review.verdict} by {review.author} (of {review.of})" + (
            f": {_line(review.note)}" if review.note else ""
        )
    for field in one.conflicts:
        yield f"  conflict: {field}"
    for key, value in one.extra.items():
        yield f"  {key}: {_words(value)}"


def _claim(claim: Claim) -> Iterator[str]:
    for key in ("speaker", "affiliation", "form", "text", "status"):
        if value := getattr(claim, key):
            yield f"  {key}: {_line(value)}"
    for stance in claim.stance:
        yield f"  stance: {stance.value or 'no side'} toward {_line(stance.toward)}"
    for key, value in claim.extra.items():
        yield f"  {key}: {_words(value)}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(value: Value) -> str:
    if isinstance(value, str):
        return _line(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(one)}" for key, one in value.items())
    return "; ".join(map(_words, value))
