"""The queries that engines are compared by: what is asked for, apart from how an engine is asked."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import inf

from annotations.frozen import frozen
from index.words import words

__all__ = ["BAR", "KINDS", "Asked", "Asker"]

BAR = {1000: inf, 10_000: 3.0, 100_000: 4.0}
"""What the median over the kinds may take, over SQLite's."""

_DOCUMENTS = 3000
_COMMON, _MEDIUM, _RARE = (0.08, 0.4), (0.008, 0.03), (0.0005, 0.002)  # in what part of the articles a word stands
_LONG = 5  # characters from which a word may be mistyped or cut


@frozen(kw_only=True)
class Asked:
    """One query.

    Attributes:
        kind: one of `KINDS`.
        words: what is sought; of a prefix its beginning, of a mistyped word what was typed.
        within: how many words may stand between them; None when they need not be near.
        joined: how the words belong together.
        outlet: only articles of this one.
        years: only those published in these years, the last included.
        facets: what to count the matches by.
        newest: the newest first, instead of the best.
        snippets: with the text around the match.
    """

    kind: str
    words: tuple[str, ...]
    joined: str = "and"
    within: int | None = None
    outlet: str = ""
    years: tuple[int, int] | None = None
    facets: tuple[str, ...] = ()
    newest: bool = False
    snippets: bool = False


class Asker:
    """Makes up queries that find something, from some of the articles they are to find.

    Args:
        articles: the words of so many articles.
        outlets: of all articles, the most frequent first.
        seed: others for each.
    """

    def __init__(self, articles: Sequence[Sequence[str]], outlets: Sequence[str], seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - not a secret
        self._articles = [one for one in articles if len(one) > 60]
        self._outlets = outlets[:5]
        found = Counter(word for one in articles for word in set(one) if word.isalpha())
        total = len(articles)
        self._share = {word: count / total for word, count in found.items()}

    def queries(self, kind: str, count: int) -> list[Asked]:
        """So many of a kind, no two of them the same."""
        make, found = KINDS[kind], dict[Asked, None]()
        for _ in range(count * 50):
            found.setdefault(make(self, kind))
            if len(found) == count:
                break
        return list(found)

    def word(self, between: tuple[float, float], shortest: int = 3) -> str:
        """Any word that stands in such a part of the articles."""
        low, high = between
        return self._dice.choice(
            sorted(word for word, part in self._share.items() if low <= part < high and len(word) >= shortest)
        )

    def run(self, length: int) -> list[str]:
        """So many words that follow each other somewhere, not all of them everyday ones."""
        while True:
            article = self._dice.choice(self._articles)
            start = self._dice.randrange(len(article) - length)
            run = list(article[start : start + length])
            if all(word.isalpha() for word in run) and min(self._share[word] for word in run) < _MEDIUM[1]:
                return run

    def outlet(self) -> str:
        """One of the frequent outlets."""
        return self._dice.choice(self._outlets)

    def years(self) -> tuple[int, int]:
        """One year, or two."""
        first = self._dice.randint(2017, 2025)
        return first, first + self._dice.randint(0, 1)

    def mistyped(self) -> str:
        """A word with another letter somewhere behind its first."""
        word = self.word(_MEDIUM, _LONG)
        at = self._dice.randrange(1, len(word))
        return f"{word[:at]}{self._dice.choice('aeinrst')}{word[at + 1 :]}"


def _one(between: tuple[float, float], asker: Asker, kind: str, **more: object) -> Asked:
    return Asked(kind=kind, words=(asker.word(between),), **more)  # type: ignore[arg-type]


def _both(asker: Asker, kind: str) -> Asked:
    return Asked(kind=kind, words=(asker.word(_COMMON), asker.word(_MEDIUM)))


def _any(asker: Asker, kind: str) -> Asked:
    return Asked(kind=kind, words=tuple(asker.word(_MEDIUM) for _ in range(3)), joined="or")


def _phrase(asker: Asker, kind: str) -> Asked:
    return Asked(kind=kind, words=tuple(asker.run(3)), joined="phrase")


def _near(asker: Asker, kind: str) -> Asked:
    run = asker.run(6)
    return Asked(kind=kind, words=(run[0], run[-1]), within=10)


def _prefix(asker: Asker, kind: str) -> Asked:
    return Asked(kind=kind, words=(asker.word(_MEDIUM, _LONG)[:4],), joined="prefix")


def _outlet(asker: Asker, kind: str) -> Asked:
    return _one(_COMMON, asker, kind, outlet=asker.outlet())


def _dates(asker: Asker, kind: str) -> Asked:
    return _one(_COMMON, asker, kind, years=asker.years())


def _fuzzy(asker: Asker, kind: str) -> Asked:
    return Asked(kind=kind, words=(asker.mistyped(),), joined="fuzzy")


KINDS: dict[str, Callable[[Asker, str], Asked]] = {
    "common word": partial(_one, _COMMON),
    "medium word": partial(_one, _MEDIUM),
    "rare word": partial(_one, _RARE),
    "two words, AND": _both,
    "three words, OR": _any,
    "phrase": _phrase,
    "NEAR": _near,
    "prefix*": _prefix,
    "word and outlet": _outlet,
    "word and dates": _dates,
    "common word, 2 facets": partial(_one, _COMMON, facets=("outlet", "year")),
    "fuzzy~": _fuzzy,
    "word, 20 snippets": partial(_one, _MEDIUM, snippets=True),
    "common word, newest first": partial(_one, _COMMON, newest=True),
}


def sampled(texts: Iterator[str]) -> list[list[str]]:
    """The words of as many articles as tell how frequent words are."""
    return [words(text) for _, text in zip(range(_DOCUMENTS), texts, strict=False)]
