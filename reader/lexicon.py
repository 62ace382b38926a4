"""A library's people and codes: looked up, offered, and taught what is new.  `Session` is one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.errors import InputError
from annotations.model import CONFIG_NAME
from annotations.names import begins, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotations.codebook import Code, Codebook, Person
    from annotations.model import Claim, Sidecar
    from index.catalog import Catalog
    from index.library import Library

__all__ = ["INTRODUCED", "Lexicon"]

INTRODUCED = 2
"""Letters from which on people are found by what they are introduced as, too."""


class Lexicon:
    """The names that a library knows: those of `postil.yaml`, then those in use.

    Attributes:
        forgotten: what was taught here and forgotten again, by what it is (`tag`, `speaker`) and its name.
    """

    def __init__(self, library: Library, catalog: Catalog) -> None:
        self.library = library
        self.catalog = catalog
        self._codebook: Codebook | None = None
        self._taught: dict[tuple[str, str], Code | Person] = {}
        self.forgotten: dict[tuple[str, str], Code | Person] = {}

    @property
    def codebook(self) -> Codebook:
        """The library's people, codes and team, read on first use."""
        if self._codebook is None:
            from annotations.codebook import load_codebook

            self._codebook = load_codebook(self.library.root / CONFIG_NAME)
        return self._codebook

    @property
    def known_codebook(self) -> Codebook:
        """The codebook; while `postil.yaml` cannot be read an empty one, which is no reason not to save a mark."""
        try:
            return self.codebook
        except InputError:
            from annotations.codebook import Codebook

            return Codebook()

    def speakers(self, typed: str = "", *, limit: int = 8) -> list[Person]:
        """People with a word in a name that begins as typed, then in an affiliation: of `postil.yaml`, then in use."""
        from annotations.codebook import Person

        codebook = self.known_codebook
        known = list(codebook.people)
        in_use = [
            Person(name=name, affiliations=(affiliation,) if affiliation else ())
            for name, affiliation in self.catalog.speakers()
            if codebook.person(name) is None
        ]
        named = [one for one in known + in_use if begins(typed, one.name, *one.aliases)]
        if len(named) < limit and len(typed.strip()) >= INTRODUCED:
            others = (one for one in known + in_use if one not in named)
            named += [one for one in others if begins(typed, *one.affiliations)]
        return named[:limit]

    def person(self, name: str) -> Person | None:
        """The person of that name, or of an alias of it; None for a name that is new to the library."""
        known = self.known_codebook.person(name)
        folded = fold_name(name)
        if known or not folded:
            return known
        return next((one for one in self.speakers(name) if fold_name(one.name) == folded), None)

    def tags(self, typed: str = "", *, limit: int = 8) -> list[str]:
        """Tags that begin as typed, or have a word that does: codes of `postil.yaml`, then free ones in use."""
        codes = {one.id: one.name for one in self.known_codebook.codes}
        return [tag for tag in self._all_tags(codes) if begins(typed, tag, codes.get(tag, ""))][:limit]

    def tag(self, typed: str) -> str:
        """The tag that is meant: a known one that differs only in case, or in what joins its words; else as typed."""
        known = self._all_tags(one.id for one in self.known_codebook.codes)
        folded = fold_name(typed)
        return typed if typed in known else next((one for one in known if fold_name(one) == folded), typed)

    def in_known_words(self, tags: Iterable[str], claim: Claim | None = None) -> tuple[tuple[str, ...], Claim | None]:
        """Tags and claim with the library's own spellings: an alias becomes the person, a variant the known tag."""
        person = self.person(claim.speaker) if claim and claim.speaker else None
        if claim and person:
            claim = replace(claim, speaker=person.name)
        return tuple(dict.fromkeys(self.tag(one) for one in tags)), claim

    def learn(self, tags: Iterable[str], claim: Claim | None = None) -> None:
        """Add to `postil.yaml` the codes and the speaker that are new to it.

        Raises:
            InputError: the file cannot be read or written.
        """
        from annotations.codebook import Code, Person, add_code, add_person

        path = self.library.root / CONFIG_NAME
        for tag in tags:
            if all(one.id != tag for one in self.codebook.codes):
                code = Code(id=tag, name=tag)
                self._codebook = add_code(path, code)
                self._teach(("tag", tag), code)
        if claim and claim.speaker and self.codebook.person(claim.speaker) is None:
            person = Person(name=claim.speaker, affiliations=(claim.affiliation,) if claim.affiliation else ())
            self._codebook = add_person(path, person)
            self._teach(("speaker", fold_name(person.name)), person)

    def save_search(self, name: str, query: str) -> None:
        """Keep a search in `postil.yaml` under a name.

        Raises:
            InputError: the file cannot be read or written.
        """
        from annotations.codebook import Search, put_search

        self._codebook = put_search(self.library.root / CONFIG_NAME, Search(name, query))

    def unlearn(self, before: Sidecar, after: Sidecar) -> None:
        """Follow a change that was undone or redone: what was taught here, and nothing uses any more, is forgotten.

        What was forgotten, and is used again, is learnt again as it was.

        Raises:
            InputError: the file cannot be read or written.
        """
        from annotations.codebook import Code, add_code, add_person, drop_entries

        path, was, now = self.library.root / CONFIG_NAME, _names(before), _names(after)
        for name in now & self.forgotten.keys():
            again = self.forgotten[name]
            self._codebook = add_code(path, again) if isinstance(again, Code) else add_person(path, again)
            self._teach(name, again)
        gone = (was - now) & self._taught.keys()
        if gone:
            gone -= {("tag", tag) for tag in self.catalog.tags()}
            gone -= {("speaker", fold_name(name)) for name, _ in self.catalog.speakers()}
        if gone:
            self._codebook = drop_entries(path, [self._taught[name] for name in gone])
            self.forgotten |= {name: self._taught.pop(name) for name in gone}

    def _teach(self, name: tuple[str, str], what: Code | Person) -> None:
        self._taught[name] = what
        self.forgotten.pop(name, None)

    def _all_tags(self, codes: Iterable[str]) -> list[str]:
        return list(dict.fromkeys((*codes, *self.catalog.tags())))


def _names(sidecar: Sidecar) -> set[tuple[str, str]]:
    """Who is quoted in the annotations of an article, and their tags, as keys of what is taught."""
    tags = {("tag", tag) for one in sidecar.annotations for tag in one.tags}
    claims = (one.claim for one in sidecar.annotations)
    return tags | {("speaker", fold_name(claim.speaker)) for claim in claims if claim and claim.speaker}
