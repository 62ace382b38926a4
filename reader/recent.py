"""Who was quoted and what was tagged last, by this person in one library: what a form offers first.

Kept with the place in the state; may be lost without harm.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from annotations.names import fold_name

if TYPE_CHECKING:
    from annotations.model import Claim

__all__ = ["Recent", "recent_from"]

_KEPT = 20
_One = TypeVar("_One")


@dataclass(slots=True)
class Recent:
    """The speakers and tags used last, the last one first.

    Attributes:
        speakers: names, each with the affiliation given last.
        tags: codes.
        last_tags: the tags of the last mark that could be repeated.
    """

    speakers: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    last_tags: list[str] = field(default_factory=list)

    @property
    def speaker(self) -> tuple[str, str] | None:
        """The last speaker and their affiliation."""
        return self.speakers[0] if self.speakers else None

    def used(self, tags: Sequence[str], claim: Claim | None = None) -> None:
        """Remember what a mark was made with."""
        for tag in reversed(tags):
            self.tags = _first(tag, (one for one in self.tags if one != tag))
        if tags or claim:
            self.last_tags = [*tags]
        if claim and claim.speaker:
            folded = fold_name(claim.speaker)
            others = (one for one in self.speakers if fold_name(one[0]) != folded)
            self.speakers = _first((claim.speaker, claim.affiliation), others)

    def forget(self, names: Container[tuple[str, str]]) -> None:
        """Offer no more what the library has forgotten: pairs of `tag` and a tag, `speaker` and a folded name."""
        self.speakers = [one for one in self.speakers if ("speaker", fold_name(one[0])) not in names]
        self.tags = [one for one in self.tags if ("tag", one) not in names]
        self.last_tags = [one for one in self.last_tags if ("tag", one) not in names]


def recent_from(found: Any) -> Recent:
    """What was remembered, as far as it can be understood."""
    if not isinstance(found, dict):
        return Recent()
    speakers = found.get("speakers")
    pairs = [one for one in map(_texts, speakers) if len(one) == 2] if isinstance(speakers, list) else []
    return Recent(
        speakers=[(name, affiliation) for name, affiliation in pairs if name.strip()][:_KEPT],
        tags=_texts(found.get("tags"))[:_KEPT],
        last_tags=_texts(found.get("last_tags"))[:_KEPT],
    )


def _first(one: _One, others: Iterable[_One]) -> list[_One]:
    return [one, *others][:_KEPT]


def _texts(found: Any) -> list[str]:
    return found if isinstance(found, list) and all(isinstance(one, str) for one in found) else []
