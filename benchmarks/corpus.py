"""News libraries of any size, the same every time: `python -m benchmarks.corpus FOLDER COUNT`.

Words are drawn as often as words are used (Zipf and Mandelbrot), some of them from the topics of an article, so that
they cluster.  An article is the same in every library that is large enough to have it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from annotations.anchor import describe
from annotations.emit import emit
from annotations.frozen import frozen
from annotations.model import Annotation, Claim, Sidecar, in_text_order
from annotations.store import sidecar_path
from benchmarks.invented import OUTLETS, ROLES, STATUSES, TAGS, YEARS, people, vocabulary
from index.library import Library

__all__ = ["ArticleText", "annotation_on", "articles", "make_corpus"]

_SEED: Final = 11
_BLOCK: Final = 1000
_MEDIAN, _SPREAD, _FEWEST, _MOST = 320, 0.6, 60, 4000  # words of an article, log-normal: 380 on average
_TOPICS, _PER_TOPIC, _TOPICAL = 500, 300, 0.3
_SENTENCE = (8, 30)
_SPOKEN, _PARAGRAPH, _COMMA, _OWNER, _NO_BREAK = 0.12, 0.3, 0.05, 0.006, 0.002
_ANNOTATED: Final = 30  # every so many articles one has annotations
_LONG_AGO: Final = 1_500_000_000_000_000_000  # in nanoseconds: nothing has to be read again for having just changed

_FORMS = ("{} ", "{}, ", "{}’s ", "{}\u00a0", "{}. ", "{}.\n\n", "{},” said ")
_PLAIN, _PAUSE, _OWNED, _JOINED, _END, _LAST, _SAID = range(len(_FORMS))
_OPENINGS = ("{} ", "“{} ")
_NOTES = (
    "Which agreement is meant?",
    "Same words as in spring.",
    "Ask for the figures of that quarter.",
    "Compare the wire of that day.",
    "Who else says so?",
    "Look for the minutes of the meeting.",
)

Numbers = NDArray[np.int64]


@frozen
class ArticleText:
    """An article as it goes to a file.

    Attributes:
        path: from the library's root.
        text: all of the file.
        body: where the running text begins.
    """

    path: str
    text: str
    body: int


def make_corpus(root: Path, count: int) -> Path:
    """Makes a library of so many articles, some of them annotated; returns its folder."""
    folders: set[Path] = set()
    for number, one in enumerate(articles(count)):
        path = root / one.path
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.add(path.parent)
        _write(path, one.text)
        if number % _ANNOTATED == 0:
            _write(sidecar_path(path), emit(_sidecar(number, one)))
    Library.create(root, ("ada", "ben"))
    return root


def articles(count: int) -> Iterator[ArticleText]:
    """The first so many articles."""
    language = _Language()
    for first in range(0, count, _BLOCK):
        dice = np.random.default_rng((_SEED, first))
        for number, tokens in enumerate(language.bodies(dice), first):
            if number >= count:
                return
            yield _article(number, "".join(tokens), np.random.default_rng((_SEED, number, 1)))


def annotation_on(text: str, start: int, end: int, number: int) -> Annotation:
    """A claim, or every third time a note, on a passage."""
    quote, position = describe(text, start, end)
    speaker = people()[(number * number) % 400]
    claim = Claim(text="The measures were expected.", speaker=speaker, form="direct", status=STATUSES[number % 7])
    return Annotation(
        id=f"{number:016}a",
        author=("ada", "ben")[number % 2],
        kind="claim" if number % 3 else "note",
        created="2027-03-04T08:00:00Z",
        tags=tuple(dict.fromkeys((TAGS[number % len(TAGS)], TAGS[number * 7 % 11])))[: number % 3],
        note=_NOTES[number % len(_NOTES)],
        claim=claim if number % 3 else None,
        quote=quote,
        position=position,
    )


class _Language:
    """How words follow each other: ids of words, of people after them, and the strings they are printed as."""

    def __init__(self) -> None:
        words = vocabulary()
        self._size = len(words)
        self._spoken_by = self._size * (len(_FORMS) + len(_OPENINGS))
        capitals = [word.capitalize() for word in words]
        printed = [form.format(word) for form in _FORMS for word in words]
        opened = [form.format(word) for form in _OPENINGS for word in capitals]
        self._printed = [*printed, *opened, *(f"{one}.\n\n" for one in people())]
        self._everywhere = _cumulated(self._size, 1.5, 1.12)
        self._in_topic = _cumulated(_PER_TOPIC, 5.0, 0.9)
        # A topic is of words that are neither everyday nor rare, the more frequent ones in more topics.
        dice = np.random.default_rng(_SEED)
        self._topics = np.minimum(200 + dice.lognormal(7.4, 1.1, (_TOPICS, _PER_TOPIC)), self._size - 1).astype(int)

    def bodies(self, dice: np.random.Generator) -> Iterator[list[str]]:
        """The running text of a block of articles, in pieces."""
        lengths = np.clip(dice.lognormal(np.log(_MEDIAN), _SPREAD, _BLOCK), _FEWEST, _MOST).astype(int)
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        ids = self._words(dice, np.repeat(np.arange(_BLOCK), lengths))
        forms = self._set(dice, ids, offsets)
        printed = self._printed
        for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
            yield [printed[form] for form in forms[start:end].tolist()]

    def _words(self, dice: np.random.Generator, article: Numbers) -> Numbers:
        total = len(article)
        topics = dice.integers(_TOPICS, size=(_BLOCK, 2))[article, (dice.random(total) < 0.3).astype(int)]
        topical = self._topics[topics, np.searchsorted(self._in_topic, dice.random(total))]
        return np.where(dice.random(total) < _TOPICAL, topical, np.searchsorted(self._everywhere, dice.random(total)))

    def _set(self, dice: np.random.Generator, ids: Numbers, offsets: Numbers) -> Numbers:
        """Makes sentences and paragraphs of words: the number of the string that each is printed as."""
        total = len(ids)
        starts = np.cumsum(dice.integers(*_SENTENCE, total // _SENTENCE[0]))
        starts = starts[starts < total]
        after = np.searchsorted(offsets, starts, "right")
        room = np.minimum(starts - offsets[after - 1], offsets[after] - starts)
        starts = np.union1d(starts[room >= _SENTENCE[0]], offsets[:-1])
        ends = np.append(starts[1:], total) - 1
        chance = dice.random(total)
        form = np.select(
            [chance < _NO_BREAK, chance < _OWNER, chance < _COMMA], [_JOINED, _OWNED, _PAUSE], default=_PLAIN
        )
        spoken = dice.random(len(starts)) < _SPOKEN
        form[starts] = len(_FORMS) + spoken
        form[ends] = np.where(dice.random(len(ends)) < _PARAGRAPH, _LAST, _END)
        form[offsets[1:] - 1] = _LAST
        form[ends[spoken] - 1] = _SAID
        placed: Numbers = ids + form * self._size
        quoted = (dice.random(int(spoken.sum())) ** 3 * len(people())).astype(int)
        placed[ends[spoken]] = self._spoken_by + quoted
        return placed


def _cumulated(size: int, shift: float, power: float) -> NDArray[np.float64]:
    weights = (np.arange(size) + shift) ** -power
    return np.asarray(np.cumsum(weights) / weights.sum())


def _article(number: int, body: str, dice: np.random.Generator) -> ArticleText:
    """A body with a title, a date, a byline and what stands around articles on a page."""
    pick = dice.random(6).tolist()
    outlet = OUTLETS[int(pick[0] ** 1.5 * len(OUTLETS))]
    day = date(YEARS[0], 1, 1) + timedelta(days=int(pick[1] ** 0.7 * 365 * len(YEARS)))
    dated, byline = pick[2] > 0.04, people()[-1 - int(pick[3] * 300)]
    opening = [word.strip("“”’.,") for word in body[:400].split()[1:-1] if len(word) > 4]
    title = " ".join(opening[: 5 + number % 5]).title()
    folder = f"{day.year if dated else 'undated'}/{outlet.lower().replace(' ', '-')}"
    about = _About(title, outlet, byline, day if dated else None, TAGS[int(pick[4] * len(TAGS))])
    markdown = pick[5] < 0.25
    head, foot = about.markdown() if markdown else about.plain(number)
    return ArticleText(f"{folder}/{number:06}.{'md' if markdown else 'txt'}", head + body + foot, len(head))


@frozen
class _About:
    title: str
    outlet: str
    byline: str
    day: date | None
    tag: str

    def markdown(self) -> tuple[str, str]:
        published = f"date: {self.day}\n" if self.day else ""
        front = (
            f"---\ntitle: {self.title}\n{published}author: {self.byline}\nsource: {self.outlet}\ntags: [{self.tag}]\n"
        )
        return f"{front}---\n\n# {self.title}\n\n", ""

    def plain(self, number: int) -> tuple[str, str]:
        published = f"Published: {self.day.day} {self.day:%B %Y}\n" if self.day else ""
        above = ("Listen Live\n", "Subscribe\n", "Share this article\n", "")[number % 4]
        below = (
            f"© {self.outlet}. All rights reserved.",
            f"The views expressed in this article do not reflect those of {self.outlet}.",
            f"READ MORE: {self.title}",
        )[number % 3]
        head = f"{above}{self.title}\n\nBy {self.byline}\n{published}\n{self.outlet.upper()[:3]} ({self.outlet}) — "
        return head, f"{below}\n\n{self.tag}, {self.outlet}, {ROLES[number % len(ROLES)]}\n"


def _sidecar(number: int, one: ArticleText) -> Sidecar:
    """One to four annotations, by two authors, on sentences of the article."""
    marks = [
        annotation_on(one.text, *_sentence(one, place), number * 4 + place)
        for place in range(1 + number // _ANNOTATED % 4)
    ]
    by_author: dict[str, Any] = {
        author: in_text_order([mark for mark in marks if mark.author == author]) for author in ("ada", "ben")
    }
    return Sidecar(sections=by_author)


def _sentence(one: ArticleText, place: int) -> tuple[int, int]:
    start = one.text.find(" ", one.body + place * 70) + 1
    return start, one.text.index(" ", min(start + 60, len(one.text) - 20))


def _write(path: Path, text: str) -> None:
    data = text.encode()
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(file, data)
        os.utime(file, ns=(_LONG_AGO, _LONG_AGO))
    finally:
        os.close(file)


if __name__ == "__main__":
    make_corpus(Path(sys.argv[1]), int(sys.argv[2]))
