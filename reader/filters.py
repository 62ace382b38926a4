"""Which marks are shown: by whose they are, of what kind, in what state, who is quoted, with which tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from annotations.names import fold_name

if TYPE_CHECKING:
    from annotations.model import Annotation

__all__ = ["ASPECTS", "Filter", "choices"]

ASPECTS = ("author", "kind", "status", "speaker", "tag")
"""What marks are told apart by."""

NOTHING = "(none)"
"""What stands for a mark without a tag, and for a claim without a status or a speaker."""


@frozen
class Filter:
    """What is let through: of each aspect that names anything, one of what it names.

    Attributes:
        wanted: by aspect, the values to show; an aspect without any lets all through.
        blind: the author whose work alone is to be seen, also of replies, verdicts and relations; nobody when empty.
        besides: ids that are shown all the same, because they were asked for or made since.
        who: gives what all spellings of a speaker have in common: what is wanted of speakers.
    """

    wanted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    blind: str = ""
    besides: frozenset[str] = frozenset()
    who: Callable[[str], str] = field(default=fold_name, compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.blind or any(self.wanted.values()))

    def passes(self, annotation: Annotation) -> bool:
        """Whether an annotation is to be shown."""
        if annotation.id in self.besides:
            return True
        if self.blind and annotation.author != self.blind:
            return False
        return all(
            not wanted or not wanted.isdisjoint(_values(annotation, one, self.who))
            for one, wanted in self.wanted.items()
        )

    def seen(self, annotation: Annotation) -> Annotation:
        """An annotation without what others said about it, where that is not to be seen."""
        if not self.blind:
            return annotation
        return replace(
            annotation,
            replies=tuple(one for one in annotation.replies if one.author == self.blind),
            reviews=tuple(one for one in annotation.reviews if one.author == self.blind),
        )

    def turned(self, aspect: str, value: str) -> Filter:
        """With that value wanted, or not wanted any more."""
        wanted = {**self.wanted, aspect: self.wanted.get(aspect, frozenset()) ^ {value}}
        return replace(self, wanted=wanted, besides=frozenset())


def choices(
    annotations: Iterable[Annotation], who: Callable[[str], str] = fold_name
) -> dict[str, list[tuple[str, int]]]:
    """By aspect, the values that occur and how often, the commonest first; speakers as `who` gives them."""
    counts: dict[str, Counter[str]] = {one: Counter() for one in ASPECTS}
    for annotation in annotations:
        for aspect, counter in counts.items():
            counter.update(_values(annotation, aspect, who))
    return {
        aspect: sorted(counter.items(), key=lambda one: (-one[1], one[0]))
        for aspect, counter in counts.items()
        if counter
    }


def _values(annotation: Annotation, aspect: str, who: Callable[[str], str]) -> Iterable[str]:
    if aspect == "author":
        return (annotation.author,)
    if aspect == "kind":
        return (annotation.kind,)
    if aspect == "tag":
        return annotation.tags or (NOTHING,)
    if aspect == "speaker":
        return (who(annotation.claim.speaker) or NOTHING,) if annotation.claim else ()
    return (annotation.claim.status or NOTHING,) if annotation.claim else ()
