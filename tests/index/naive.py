"""Queries answered by looking at every document, as plainly as it can be said: what the engine must agree with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import log

from whoosh.util.numeric import byte_to_length, length_to_byte

from annotations.fold import search_fold_str
from annotations.names import fold_name
from index.article import FURNITURE
from index.documents import Document, runs
from index.nodes import And, Dates, In, Near, Node, Not, Or, Text
from index.words import stem
from index.zones import BYLINE, LABELS, NOTE, TITLE, WEIGHTS, ZONES

ZONES_OF = {"": set(ZONES), "title": {TITLE}, "body": set(LABELS.values()), "byline": {BYLINE}, "note": {NOTE}}


class Naive:
    """Documents, some of which are deleted but still count for how rare a word is."""

    def __init__(self, documents: Sequence[Document], deleted: frozenset[int] = frozenset()) -> None:
        self.documents = documents
        self.deleted = deleted
        self.placed = [
            {at + turn: (word, zone) for zone, words, at in runs(one) for turn, word in enumerate(words)}
            for one in documents
        ]

    def search(self, node: Node, *, furniture: bool = True) -> dict[int, float]:
        """The documents that match, each with its score."""
        self.furniture = furniture
        found = {at: self.score(node, at) for at in range(len(self.documents)) if at not in self.deleted}
        return {at: score for at, score in found.items() if score is not None and self.real(at)}

    def real(self, at: int) -> bool:
        return any(field == "result" for field, _ in self.documents[at].values)

    def score(self, node: Node, at: int) -> float | None:  # noqa: PLR0911 - one for each kind of node
        match node:
            case Text():
                return self.text(node, at)
            case Near(texts, within):
                times = self.near(texts, within, at)
                return self.placed_score(times, sum(len(text.words) for text in texts))
            case Dates(first, last):
                begins, ends = self.documents[at].published_first, self.documents[at].published_last
                known = last == 0 if begins == 0 else True
                return 1.0 if known and begins <= last and first <= ends else None
            case In(labels):
                return 1.0 if any(("in", label.value) in self.documents[at].values for label in labels) else None
            case Not(child):
                return 1.0 if self.score(child, at) is None else None
            case Or(children):
                scores = [score for child in children if (score := self.score(child, at)) is not None]
                return sum(scores) if scores else None
            case And(children):
                scored = [self.score(child, at) for child in children if not isinstance(child, Not)]
                excluded = any(self.score(child.child, at) is not None for child in children if isinstance(child, Not))
                if excluded or None in scored:
                    return None
                return sum(score for score in scored if score is not None) if scored else 1.0

    def text(self, text: Text, at: int) -> float | None:
        if text.field not in ZONES_OF:
            return 1.0 if self.equal(text, at) else None
        if len(text.words) > 1:
            return self.placed_score(self.starts(text, at), len(text.words))
        whole = not (text.quoted or text.prefix or text.fuzzy)
        scores = [self.stem_score(text, at)] if whole else [self.form_score(text, at)]
        if text.typing and whole:
            scores.append(self.form_score(text, at))
        found = [score for score in scores if score]
        return sum(found) if found else None

    def equal(self, text: Text, at: int) -> bool:
        value = search_fold_str(text.raw) if text.field == "path" else fold_name(text.raw)
        own = [one.partition("\x1f")[0] for field, one in self.documents[at].values if field == text.field]
        return any(one.startswith(value) if text.prefix or text.typing else one == value for one in own)

    def zones(self, text: Text) -> set[str]:
        zones = ZONES_OF[text.field]
        if text.labels is not None:
            return zones & {LABELS[label] for label in text.labels}
        return zones if self.furniture else zones - {LABELS[label] for label in FURNITURE}

    def stem_score(self, text: Text, at: int) -> float:
        wanted = stem(text.words[0])
        total = 0.0
        for zone in self.zones(text):
            times = [sum((stem(word), here) == (wanted, zone) for word, here in one.values()) for one in self.placed]
            if times[at]:
                total += WEIGHTS.get(zone, 1.0) * self.bm25(sum(map(bool, times)), times[at], at)
        return total

    def form_score(self, text: Text, at: int) -> float:
        zones, last = self.zones(text), len(text.words) - 1
        standing = [
            {(word, zone) for word, zone in one.values() if zone in zones and self.fits(text, last, word)}
            for one in self.placed
        ]
        times = sum(WEIGHTS.get(zone, 1.0) for word, zone in self.placed[at].values() if (word, zone) in standing[at])
        return self.bm25(min(sum(map(len, standing)), len(self.documents)), times, at) if times else 0.0

    def fits(self, text: Text, at: int, word: str) -> bool:
        wanted = text.words[at]
        if text.fuzzy:
            return word[0] == wanted[0] and distance(word, wanted) <= text.fuzzy
        last = at == len(text.words) - 1
        return word.startswith(wanted) if last and (text.prefix or text.typing) else word == wanted

    def starts(self, text: Text, at: int) -> dict[int, float]:
        """Where the text begins, and what its first word counts there."""
        zones, placed = self.zones(text), self.placed[at]

        def stands(position: int, turn: int) -> bool:
            word, zone = placed.get(position, ("", ""))
            return zone in zones and self.fits(text, turn, word)

        return {
            start: WEIGHTS.get(zone, 1.0)
            for start, (_, zone) in placed.items()
            if all(stands(start + turn, turn) for turn in range(len(text.words)))
        }

    def near(self, texts: Sequence[Text], within: int, at: int) -> dict[int, float]:
        """Where a text begins that begins last."""
        places = [self.starts(text, at) for text in texts]
        return {
            start: factor
            for one in places
            for start, factor in one.items()
            if all(
                any(other <= start <= other + len(text.words) + within for other in others)
                for text, others in zip(texts, places, strict=True)
            )
        }

    def placed_score(self, places: dict[int, float], words: int) -> float | None:
        times = sum(places.values())
        return words * 4.0 * times / (times + 1.2) if times else None

    def bm25(self, documents: int, times: float, at: int) -> float:
        total = len(self.documents)
        average = self.lengths[2] / total or 1.0
        idf = log(total / (documents + 1)) + 1
        length = self.lengths[1][at]
        return idf * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / average))

    @cached_property
    def lengths(self) -> tuple[list[int], list[int], int]:
        exact = [len(one) for one in self.placed]
        return exact, [byte_to_length(length_to_byte(length)) for length in exact], sum(exact)


def distance(one: str, other: str) -> int:
    """How many letters are left out, added, changed, or swapped with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, wanted in enumerate(other, 1):
            least = min(rows[-1][to - 1] + (letter != wanted), rows[-1][to] + 1, row[-1] + 1)
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                least = min(least, rows[-2][to - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]
