"""What a form can offer while a name is typed: speakers and tags, those of the article at hand first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.frozen import frozen
from annotations.names import fold_name

if TYPE_CHECKING:
    from annotations.codebook import Person
    from annotations.model import Sidecar
    from reader.session import Session

__all__ = ["Offer", "Vocabulary"]


@frozen
class Offer:
    """Something to complete to.

    Attributes:
        text: what the field would hold.
        detail: what else to say of it, may be empty.
    """

    text: str
    detail: str = ""


class Vocabulary:
    """The names a library holds, as seen from one article."""

    def __init__(self, session: Session, sidecar: Sidecar) -> None:
        self._session = session
        claims = [one.claim for one in sidecar.annotations if one.claim]
        self._here = {fold_name(claim.speaker): claim.affiliation for claim in claims if claim.speaker}

    def speakers(self, typed: str) -> list[Offer]:
        """People to offer; those quoted in this article come first, and say so."""
        people = self._session.speakers(typed)
        people.sort(key=lambda one: fold_name(one.name) not in self._here)
        return [Offer(one.name, self._about(one)) for one in people]

    def tags(self, typed: str) -> list[Offer]:
        """Tags to offer."""
        return [Offer(tag) for tag in self._session.tags(typed)]

    def person(self, name: str) -> Person | None:
        """The person of that name, or of an alias of it; None for a name that is new to the library."""
        return self._session.person(name)

    def affiliation(self, person: Person) -> str:
        """How the person was introduced here, else how `postil.yaml` has it."""
        return self._here.get(fold_name(person.name), "") or next(iter(person.affiliations), "")

    def knows_tag(self, tag: str) -> bool:
        """Whether the tag is in use, or in the codebook."""
        return tag in self._session.tags(tag)

    def _about(self, person: Person) -> str:
        here = "in this article" if fold_name(person.name) in self._here else ""
        return " · ".join(filter(None, (self.affiliation(person), here)))
