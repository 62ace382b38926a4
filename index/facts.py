"""What `has:` and `is:` ask: what annotations and articles have, and what became of a passage and of the work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.anchor import State
from annotations.repair import is_retired
from annotations.verdicts import standing
from annotations.vocabulary import KINDS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotations.anchor import Placed
    from annotations.model import Annotation
    from index.article import Article

__all__ = ["HAS", "IS", "had", "has", "states"]

HAS = (
    *(*KINDS, "annotation", "speaker", "affiliation", "stance", "tag", "reply", "verdict", "relation", "conflict"),
    *("date", "byline", "outlet"),
)
"""What `has:` may ask for."""

IS = (
    *("article", "annotation"),
    *(state.value for state in State if state is not State.SAME),
    *("retired", *VERDICTS, "stale"),
)
"""What `is:` may ask for."""


def has(one: Annotation) -> list[str]:
    """What an annotation has, as words of `HAS`."""
    claim = one.claim
    there = {
        one.kind: one.kind in KINDS,
        "claim": claim or one.kind == "claim",
        "note": one.note.strip() or one.kind == "note",
        "speaker": claim and claim.speaker,
        "affiliation": claim and claim.affiliation,
        "stance": claim and claim.stance,
        "tag": any(one.tags),
        "reply": one.replies,
        "verdict": one.reviews,
        "relation": one.relations,
        "conflict": one.conflicts,
    }
    return [name for name, having in there.items() if having]


def had(article: Article, placed: Iterable[Placed]) -> list[str]:
    """What an article has: of its own, and all that its annotations have."""
    own = {"tag": article.tags, "date": article.published, "byline": article.byline, "outlet": article.agency}
    found = {name for name, having in own.items() if having}
    for one in placed:
        found |= {"annotation", *has(one.annotation)}
    return sorted(found)


def states(placed: Placed) -> Iterator[str]:
    """What an annotation is, as words of `IS`: where its passage stands, and which verdicts on it do."""
    if is_retired(placed):
        yield "retired"
    elif placed.state is not State.SAME:
        yield placed.state.value
    for one in standing(placed.annotation):
        yield "stale" if one.stale else one.review.verdict
