"""From a parsed query to Whoosh's query objects, for one state of the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whoosh.query import And as WhooshAnd
from whoosh.query import AndNot, NullQuery, Query, Term
from whoosh.query import Or as WhooshOr
from whoosh.reading import IndexReader

from annotations.fold import search_fold_str
from annotations.names import fold_name
from index.adjacent import Adjacent
from index.nodes import And, Dates, In, Near, Node, Not, Or, Text
from index.schema import exact, pack
from index.words import stem
from index.zones import AFFILIATION, BYLINE, LABELS, SPEAKER, TITLE, WEIGHTS, ZONES

if TYPE_CHECKING:
    from index.terms import TermLists

__all__ = ["PREFIX_WORDS", "TYPED_WORDS", "Compiler", "People"]

PREFIX_WORDS = 64
"""How many words a prefix stands for at most, the most frequent ones; more, and the results are partial."""

TYPED_WORDS = 8
"""The same for a word that is still being typed, where the answer must come before the next key."""

People = Sequence[frozenset[str]]
"""For each person of the codebook all names, folded by `fold_name`."""

_ZONES_OF = {"title": (TITLE,), "byline": (BYLINE,), "affiliation": (AFFILIATION,)}


@dataclass(slots=True)
class Compiler:
    """Compiles queries against one state of the index.

    Attributes:
        reader: of the index.
        terms: its term lists.
        people: whose aliases `speaker:` folds.
        cut: set when a prefix stood for more words than were searched.
    """

    reader: IndexReader
    terms: TermLists
    people: People = ()
    cut: bool = field(default=False, init=False)

    def compile(self, node: Node) -> Query:  # noqa: PLR0911 - one for each kind of node
        """The query for a tree."""
        match node:
            case Text():
                return self._text(node)
            case Near(near):
                return self._all(near)
            case Dates(first, last):
                years = (f"{year:04}" for year in range(first // 1_00_00, last // 1_00_00 + 1))
                return _any(_value("year", year if last else "unknown") for year in years)
            case In(labels):
                return _any(_value("in", label) for label in labels)
            case Not(child):
                return AndNot(_everything(), self.compile(child))
            case Or(children):
                return _any(self.compile(child) for child in children)
            case And(children):
                return self._all(children)

    def _all(self, children: Iterable[Node]) -> Query:
        wanted, unwanted = [], []
        for child in children:
            if isinstance(child, Not):
                unwanted.append(self.compile(child.child))
            else:
                wanted.append(self.compile(child))
        query = WhooshAnd(wanted) if len(wanted) > 1 else wanted[0] if wanted else _everything()
        return AndNot(query, _any(unwanted)) if unwanted else query

    def _text(self, text: Text) -> Query:
        match text.field:
            case name if not text.words:
                return _any(self._expanded(text, "values", [exact(name, "")], ""))
            case "":
                zones = ZONES if text.labels is None else [LABELS[label] for label in text.labels]
                return self._words(text, zones)
            case "title" | "byline" | "affiliation":
                return self._words(text, _ZONES_OF[text.field])
            case "speaker":
                return self._speaker(text)
            case name:
                return self._equal(name, text)

    def _words(self, text: Text, zones: Sequence[str]) -> Query:
        if len(text.words) > 1 or text.quoted or text.prefix:
            return self._printed(text, zones)
        stems = [_term("stems", zone + stem(text.words[0])) for zone in zones]
        return _any([*stems, self._printed(text, zones)] if text.typing else stems)

    def _printed(self, text: Text, zones: Sequence[str]) -> Query:
        """The words as they stand there, next to each other; the last may go on."""
        *first, last = text.words
        places = [[_term("words", zone + word) for zone in zones] for word in first]
        if text.prefix or text.typing:
            ends = self._expanded(text, "words", zones, last)
        else:
            ends = [_term("words", zone + last) for zone in zones]
        return Adjacent([*places, ends]) if places else _any(ends)

    def _speaker(self, text: Text) -> Query:
        """One person under all names, if that is somebody's whole name; else whoever's name has these words."""
        name = fold_name(text.raw)
        if not (text.prefix or text.typing) and (who := self._whole_name(name)):
            return _any(_value("speaker", one) for one in sorted(who))
        end = "" if text.prefix or text.typing else " "
        partly = {
            one for person in self.people if any(f" {name}{end}" in f" {one} " for one in person) for one in person
        }
        return _any([self._printed(text, (SPEAKER,)), *(_value("speaker", one) for one in sorted(partly))])

    def _whole_name(self, name: str) -> set[str]:
        who = {one for person in self.people if name in person for one in person}
        return who | {name} if who or ("values", pack(exact("speaker", name))) in self.reader else who

    def _equal(self, name: str, text: Text) -> Query:
        value = search_fold_str(text.raw) if name == "path" else fold_name(text.raw)
        if text.prefix or text.typing:
            return _any(self._expanded(text, "values", [exact(name, "")], value))
        return _value(name, value)

    def _expanded(self, text: Text, name: str, heads: Sequence[str], prefix: str) -> list[Term]:
        most = PREFIX_WORDS if text.prefix else TYPED_WORDS
        terms, cut = self.terms.expand(self.reader, name, heads, prefix, most)
        self.cut |= cut
        return [_term(name, term) for term in terms]


def _everything() -> Query:
    return _any(_value("result", result) for result in ("article", "annotation"))


def _any(queries: Iterable[Query]) -> Query:
    several = list(queries)
    if len(several) < 2:
        return several[0] if several else NullQuery
    return WhooshOr(several)


def _value(name: str, value: str) -> Term:
    return _term("values", exact(name, value))


def _term(name: str, term: str) -> Term:
    return Term(name, pack(term), boost=WEIGHTS.get(term[0], 1.0) if name != "values" else 1.0)
