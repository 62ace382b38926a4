"""From a query's tree to what is looked for, for one state of the index: which of its terms each part stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from annotations.fold import search_fold_str
from annotations.names import fold_name
from index.article import FURNITURE
from index.engine.alike import characteristic
from index.engine.found import All, Everything, Nothing, Some
from index.engine.leaves import Days, Forms, Stems, Values
from index.engine.places import Close, Phrase
from index.engine.spelling import near_words
from index.engine.terms import beginning, values_of, weights, zoned
from index.nodes import And, Dates, In, Near, Node, Not, Or, Text
from index.words import stem
from index.zones import AFFILIATION, BYLINE, LABELS, NOTE, SPEAKER, TITLE, ZONES

if TYPE_CHECKING:
    from index.engine.found import Clock, Sought
    from index.engine.segments import Segment
    from index.engine.snapshot import Snapshot

__all__ = ["Meaning", "People"]

People = Sequence[frozenset[str]]
"""For each person of the codebook all names, folded by `fold_name`."""

_ZONES = {
    "": frozenset(ZONES),
    "title": frozenset(TITLE),
    "body": frozenset(LABELS.values()),
    "byline": frozenset(BYLINE),
    "note": frozenset(NOTE),
}
"""Fields whose values are words in these zones; all others have whole values."""
_NAMES = {"speaker": SPEAKER, "affiliation": AFFILIATION}
"""Fields of whole values whose words may be given alone."""
_FURNITURE = frozenset(LABELS[label] for label in FURNITURE)


class Meaning:
    """What the parts of queries stand for.

    Args:
        snapshot: the index.
        clock: for what takes long.
        people: whose aliases `speaker:` folds.
        furniture: whether words in page furniture count.
    """

    def __init__(self, snapshot: Snapshot, clock: Clock, people: People = (), *, furniture: bool = True) -> None:
        self.snapshot = snapshot
        self.clock = clock
        self.people = people
        self.furniture = furniture

    def of(self, node: Node) -> Sought:  # noqa: PLR0911 - one for each kind of node
        """What a tree stands for."""
        match node:
            case Text():
                return self._text(node)
            case Near(texts, within):
                return Close(self.snapshot, self.clock, [self._phrase(text) for text in texts], within)
            case Dates(first, last):
                return Days(self.snapshot, first, last)
            case In(labels):
                return self._values(lambda segment: [values_of(segment, "in", label) for label in sorted(labels)])
            case Not():
                return self._all((node,))
            case Or(children):
                return self._any([self.of(child) for child in children])
            case And(children):
                return self._all(children)

    def _all(self, children: Iterable[Node]) -> Sought:
        wanted, unwanted = [], []
        for child in children:
            if isinstance(child, Not):
                unwanted.append(self.of(child.child))
            else:
                wanted.append(self.of(child))
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return All(self.snapshot, self.clock, wanted or [Everything(self.snapshot)], unwanted)

    def _any(self, parts: Sequence[Sought]) -> Sought:
        if len(parts) < 2:
            return parts[0] if parts else Nothing()
        return Some(self.snapshot, self.clock, parts)

    def _text(self, text: Text) -> Sought:
        if text.field in _ZONES:
            return self._words(text)
        if text.field == "like":
            return self._like(text.raw)
        if text.prefix and not text.words:
            return self._values(lambda segment: [values_of(segment, text.field, "", prefix=True)])
        if text.field in _NAMES:
            return self._name(text)
        return self._equal(text)

    def _words(self, text: Text) -> Sought:
        if len(text.words) > 1:
            return self._phrase(text)
        if text.quoted or text.prefix or text.fuzzy:
            return self._forms(text, 0)
        root = stem(text.words[0])
        spans = [zoned(segment, "stems", root) for segment in self.snapshot.segments]
        stems = Stems(self.snapshot, spans, weights(self._zones(text)))
        return self._any([stems, self._forms(text, 0)]) if text.typing else stems

    def _phrase(self, text: Text) -> Phrase:
        """The words as they stand there, next to each other; the last may go on."""
        return Phrase(self.snapshot, self.clock, [self._forms(text, at) for at in range(len(text.words))])

    def _forms(self, text: Text, at: int, *, zones: frozenset[str] | None = None) -> Forms:
        """What may stand where the text has that word."""
        word, last = text.words[at], at == len(text.words) - 1

        def spans(segment: Segment) -> list[range]:
            if text.fuzzy:
                near = near_words(segment, word, text.fuzzy)
                return [zoned(segment, "words", one) for one in near]
            if last and (text.prefix or text.typing):
                return [beginning(segment, "words", word)]
            return [zoned(segment, "words", word)]

        found = [spans(segment) for segment in self.snapshot.segments]
        return Forms(self.snapshot, found, weights(zones or self._zones(text)))

    def _zones(self, text: Text) -> frozenset[str]:
        if text.labels is not None:
            return frozenset(LABELS[label] for label in text.labels) & _ZONES[text.field]
        return _ZONES[text.field] - (frozenset() if self.furniture else _FURNITURE)

    def _name(self, text: Text) -> Sought:
        """One person under all names, if that is somebody's whole name; else whoever's name has these words."""
        name, unfinished = fold_name(text.raw), text.prefix or text.typing
        people = self.people if text.field == "speaker" else ()
        whole = {one for person in people if name in person for one in person} | {name}
        if not unfinished and (len(whole) > 1 or self._holds(text.field, name)):
            return self._values(lambda segment: [values_of(segment, text.field, one) for one in sorted(whole)])
        end = "" if unfinished else " "
        partly = {one for person in people if any(f" {name}{end}" in f" {one} " for one in person) for one in person}
        zones = frozenset(_NAMES[text.field])
        words = Phrase(self.snapshot, self.clock, [self._forms(text, at, zones=zones) for at in range(len(text.words))])
        if not partly:
            return words
        values = self._values(lambda segment: [values_of(segment, text.field, one) for one in sorted(partly)])
        return self._any([words, values])

    def _holds(self, field: str, value: str) -> bool:
        return any(values_of(segment, field, value) for segment in self.snapshot.segments)

    def _equal(self, text: Text) -> Sought:
        value = search_fold_str(text.raw) if text.field == "path" else fold_name(text.raw)
        prefix = text.prefix or text.typing
        return self._values(lambda segment: [values_of(segment, text.field, value, prefix=prefix)])

    def _values(self, spans: Callable[[Segment], list[range]]) -> Values:
        return Values(self.snapshot, [spans(segment) for segment in self.snapshot.segments])

    def _like(self, path: str) -> Sought:
        """Articles and annotations with the words that tell this article from others."""
        own = self._equal(Text((), path, "path", quoted=True))
        words = [self._words(Text((word,), word)) for word in characteristic(self.snapshot, own)]
        return All(self.snapshot, self.clock, [self._any(words)], [own])
