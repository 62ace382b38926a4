"""What a form can offer while a name is typed: speakers and tags, those of the article at hand first."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from annotations.names import begins, fold_name
from reader.lexicon import INTRODUCED

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

    def __init__(
        self, session: Session, desk: Desk, recent: Recent, passage: tuple[int, int], *, written: bool = True
    ) -> None:
        """Look from a passage; `written` says that the library knows all that was marked, so that it can be asked."""
        self._session = session
        self._desk = desk
        self._recent = recent
        self._written = written
        self._passage = passage
        claims = [one.claim for one in desk.sidecar.annotations if one.claim]
        self._here = {fold_name(claim.speaker): (claim.speaker, claim.affiliation) for claim in claims if claim.speaker}
        self._found: Attributions | None = None
        self._last: tuple[str, tuple[list[Offer], list[Offer]]] | None = None

    def speakers(self, typed: str) -> list[Offer]:
        """People to offer: who is quoted here, who was quoted last, who else is in this article, all others.

        Those whose name has a word that begins as typed come before those whose affiliation has.
        """
        named, introduced = self._offered_for(typed.strip())
        return [*named, *introduced][:_MOST]

    def meant(self, typed: str) -> Offer | None:
        """The one person whose name is begun; None for a name that is known, and for what ends with a full stop."""
        name = typed.strip()
        if not name or name.endswith(".") or self.person(name) or fold_name(name) in self._here:
            return None
        named, _ = self._offered_for(name)
        return named[0] if len(named) == 1 and fold_name(named[0].text) != fold_name(name) else None

    def as_new(self, typed: str) -> str:
        """A name as it was typed, without the full stop that says that it is not the beginning of another."""
        name = " ".join(typed.split())
        new = name[:-1].rstrip()
        return new if name.endswith(".") and self.meant(new) else name

    def tags(self, typed: str) -> list[Offer]:
        """Tags to offer: those used last, then codes and tags of the library."""
        codes = {one.id: one.name for one in self._session.known_codebook.codes}
        recent = [tag for tag in self._recent_tags if begins(typed, tag, codes.get(tag, ""))]
        tags = list(dict.fromkeys((*recent, *self._session.tags(typed, limit=_CODES))))[:_CODES]
        return [Offer(tag) for tag in tags]

    def meant_tag(self, typed: str) -> Offer | None:
        """The one tag that is begun; None for a tag that is known."""
        tag = typed.strip()
        offers = self.tags(tag) if tag and not tag.startswith("#") and not self.knows_tag(self.tag(tag)) else []
        return offers[0] if len(offers) == 1 else None

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

    def _offered_for(self, typed: str) -> tuple[list[Offer], list[Offer]]:
        """Who is found by a name, and who by what they are introduced as."""
        if self._last and self._last[0] == typed:
            return self._last[1]
        named: dict[str, Offer] = {}
        introduced: dict[str, Offer] = {}
        for name, affiliation, here in self._candidates(typed):
            person = self._session.known_codebook.person(name)
            names = (name, person.name, *person.aliases) if person else (name,)
            folded = fold_name(names[1] if person else name)
            offer = Offer(person.name if person else name, affiliation, here)
            if begins(typed, *names):
                named.setdefault(folded, offer)
            elif len(typed) >= INTRODUCED and begins(typed, affiliation, *(person.affiliations if person else ())):
                introduced.setdefault(folded, offer)
            if len(named) == _MOST:
                break
        others = [offer for folded, offer in introduced.items() if folded not in named]
        self._last = typed, ([*named.values()], others)
        return self._last[1]

    @cached_property
    def _recent_speakers(self) -> list[tuple[str, str]]:
        """The speakers of late, but for those whom neither the library nor the article knows any more."""
        if not self._written:
            return self._recent.speakers
        people = self._session.known_codebook
        known = {fold_name(name) for name, _ in self._session.catalog.speakers()} | self._here.keys()
        known |= {fold_name(one.name) for one in self._attributed.speakers}
        return [one for one in self._recent.speakers if fold_name(one[0]) in known or people.person(one[0])]

    @cached_property
    def _recent_tags(self) -> list[str]:
        """The tags of late, but for those that the library does not know any more."""
        if not self._written:
            return self._recent.tags
        known = {one.id for one in self._session.known_codebook.codes}.union(self._session.catalog.tags())
        known.update(tag for one in self._desk.sidecar.annotations for tag in one.tags)
        return [tag for tag in self._recent.tags if tag in known]

    def _candidates(self, typed: str) -> Iterator[tuple[str, str, bool]]:
        """Names, affiliations, and whether they are in this article; one that comes twice counts where it is first."""
        found = self._attributed
        nearest = found.near(*self._passage)
        if nearest:
            yield self._as_printed(nearest)
        recent = [self._recently(*one) for one in self._recent_speakers]
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
