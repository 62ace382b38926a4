"""What reviews say of an annotation now: whose verdict stands, and whether what it judged has changed since."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from annotations.frozen import frozen
from annotations.record import to_record

if TYPE_CHECKING:
    from annotations.model import Annotation, Review
    from annotations.policy import Policy

__all__ = ["Standing", "digest", "missing", "standing"]

_NOT_JUDGED = frozenset({"status", "priority", "ratings"})


@frozen
class Standing:
    """One reviewer's verdict that stands: the last they gave.

    Attributes:
        review: the verdict.
        stale: whether the annotation is no longer what was judged.
    """

    review: Review
    stale: bool


def digest(annotation: Annotation) -> str:
    """What a verdict's `of` names: 16 hex digits over all that makes the annotation what it claims.

    SHA-256 of the compact, key-sorted JSON of kind, tags, note, claim without the state of the work on it, relations,
    and the quoted words.  Replies, reviews, conflicts, offsets and the words around the passage are not in it.
    """
    record = to_record(annotation)
    claim = record.get("claim")
    judged: dict[str, Any] = {
        "kind": annotation.kind,
        "tags": sorted(annotation.tags),
        "note": annotation.note,
        "claim": {key: value for key, value in claim.items() if key not in _NOT_JUDGED}
        if isinstance(claim, dict)
        else {},
        "relations": record.get("relations", []),
        "quote": {"exact": annotation.quote.exact},
    }
    text = json.dumps(judged, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def standing(annotation: Annotation) -> tuple[Standing, ...]:
    """Each reviewer's last verdict, in the order in which they were given."""
    last = {one.author: one for one in sorted(annotation.reviews, key=lambda one: (one.created, one.id))}
    if not last:
        return ()
    now = digest(annotation)
    return tuple(Standing(one, one.of != now) for one in sorted(last.values(), key=lambda one: (one.created, one.id)))


def missing(annotation: Annotation, policy: Policy) -> int:
    """How many accepted verdicts the policy still asks for; a stale one does not count."""
    return max(policy.required - sum(_counts(one, annotation, policy) for one in standing(annotation)), 0)


def _counts(one: Standing, annotation: Annotation, policy: Policy) -> bool:
    own = policy.not_self and one.review.author == annotation.author
    return one.review.verdict == "accepted" and not one.stale and not own
