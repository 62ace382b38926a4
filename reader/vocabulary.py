"""What a form can offer while a name is typed: speakers and tags, those of the article at hand first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.frozen import frozen
from annotations.names import begins, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotations.codebook import Person
    from annotations.model import Claim
    from index.attributions import Attributions, Speaker
    from reader.desk import Desk
    from reader.recent import Recent
    from reader.session import Session

__all__ = ["Offer", "Vocabulary"]

_MOST = 8
_CODES = 9
_RECENT_FIRST = 3


@frozen
class Offer:
    """Something to complete to.

    Attributes:
        text: what the field would hold.
        affiliation: what a speaker is introduced as, may be empty; goes into its field with the name.
        here: whether it is from the article at hand.
    """

    text: str
    affiliation: str = ""
    here: bool = False


class Vocabulary:
    """The names a library holds, as seen from one passage of one article."""

    def __init__(self, session: Session, desk: Desk, recent: Recent, passage: tuple[int, int]) -> None:
        self._session = session
        self._desk = desk
        self._recent = recent
        self._passage = passage
        claims = [one.claim for one in desk.sidecar.annotations if one.claim]
        self._here = {fold_name(claim.speaker): (claim.speaker, claim.affiliation) for claim in claims if claim.speaker}
        self._found: Attributions | None = None

    def speakers(self, typed: str) -> list[Offer]:
        """People to offer: who is quoted here, who was quoted last, who else is in this article, all others."""
        offers: dict[str, Offer] = {}
        for name, affiliation, here in self._candidates(typed):
            person = self._session.known_codebook.person(name)
            names = (name, person.name, *person.aliases) if person else (name,)
            folded = fold_name(names[1] if person else name)
            if folded not in offers and begins(typed, *names):
                offers[folded] = Offer(person.name if person else name, affiliation, here)
            if len(offers) == _MOST:
                break
        return list(offers.values())

    def tags(self, typed: str) -> list[Offer]:
        """Tags to offer: those used last, then codes and tags of the library."""
        codes = {one.id: one.name for one in self._session.known_codebook.codes}
        recent = [tag for tag in self._recent.tags if begins(typed, tag, codes.get(tag, ""))]
        tags = list(dict.fromkeys((*recent, *self._session.tags(typed, limit=_CODES))))[:_CODES]
        return [Offer(tag) for tag in tags]

    def person(self, name: str) -> Person | None:
        """The person of that name, or of an alias of it; None for a name that is new to the library."""
        return self._session.person(name)

    def affiliation(self, person: Person) -> str:
        """How the person was introduced here, else how `postil.yaml` has it."""
        return self._here.get(fold_name(person.name), ("", ""))[1] or next(iter(person.affiliations), "")

    def introduced(self, name: str, affiliation: str) -> str:
        """What a speaker of late is introduced as in this article, else the affiliation they had then."""
        return self._recently(name, affiliation)[1]

    def tag(self, typed: str) -> str:
        """The known tag that is meant, else what was typed."""
        return self._session.tag(typed)

    def in_known_words(self, tags: tuple[str, ...], claim: Claim | None) -> tuple[tuple[str, ...], Claim | None]:
        """Tags and claim in the library's own spellings."""
        return self._session.in_known_words(tags, claim)

    def knows_tag(self, tag: str) -> bool:
        """Whether the tag is in use, or in the codebook."""
        return tag in self._session.tags(tag)

    def _candidates(self, typed: str) -> Iterator[tuple[str, str, bool]]:
        """Names, affiliations, and whether they are in this article; one that comes twice counts where it is first."""
        found = self._attributed
        nearest = found.near(*self._passage)
        if nearest:
            yield self._as_printed(nearest)
        recent = [self._recently(*one) for one in self._recent.speakers]
        yield from recent[:_RECENT_FIRST]
        yield from (self._as_printed(one) for one in sorted(found.speakers, key=lambda one: one.group))
        yield from ((name, affiliation, True) for name, affiliation in self._here.values())
        yield from recent
        for person in self._session.speakers(typed, limit=2 * _MOST):
            yield person.name, next(iter(person.affiliations), ""), False

    @property
    def _attributed(self) -> Attributions:
        if self._found is None:
            from index.attributions import attributions

            self._found = attributions(self._desk.article, around=self._passage[0])
        return self._found

    def _as_printed(self, speaker: Speaker) -> tuple[str, str, bool]:
        here = self._here.get(fold_name(speaker.name), ("", ""))[1]
        return speaker.name, here or speaker.affiliation, True

    def _recently(self, name: str, affiliation: str) -> tuple[str, str, bool]:
        """A speaker of late, with what this article says of them if it does."""
        folded = fold_name(name)
        quoted = next((one for one in self._attributed.speakers if fold_name(one.name) == folded), None)
        if quoted:
            return self._as_printed(quoted)
        here = self._here.get(folded)
        return name, (here[1] if here else "") or affiliation, here is not None
