"""Who is quoted in an article, as the article itself says: names, what they are introduced as, and where.

A person is named in full once, with an affiliation, and then by surname, by "the expert" or by "he"; each of these is
taken for the person meant.  Nothing here is certain: it is for offering, never for filling in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from annotations.names import fold_name
from index.article import Label
from index.cues import NAME, Cue, Named, cues, named, readable

if TYPE_CHECKING:
    from index.article import Article

__all__ = ["Attributions", "Speaker", "attributions"]

_PROSE = frozenset({Label.BODY, Label.LIST, Label.QUOTE})
_OPENING, _BEFORE, _AFTER, _LONGEST = 10_000, 24_000, 10_000, 4_000
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_RUN = re.compile(NAME)
_WORDS, _ROLE = 4, 60
_ROLE_BEFORE = re.compile(
    r"(?:[A-Z][\w.-]+\s){0,3}(?:leader|president|premier|minister|chairman|chief|director|professor|spokesman|"
    r"spokeswoman|secretary|analyst|economist|expert|hydrologist|king|prince|mayor|governor)\s\Z"
)
_PLACES = {
    "chinese": "china beijing shanghai shenzhen guangzhou hong renmin tsinghua",
    "south korean": "south korea seoul busan sejong",
    "north korean": "pyongyang dprk",
    "japanese": "japan tokyo kyoto osaka",
    "russian": "russia russian moscow petersburg",
    "american": "us u.s united states washington new york american harvard stanford",
    "us": "us u.s united states washington new york american",
    "british": "uk britain british london oxford cambridge",
    "german": "germany berlin munich",
    "french": "france paris",
    "indian": "india delhi mumbai",
    "turkish": "turkey istanbul ankara",
    "iranian": "iran tehran",
    "israeli": "israel jerusalem tel",
    "ukrainian": "ukraine kyiv kiev",
}


@frozen
class Speaker:
    """Somebody, or some body, that the article quotes.

    Attributes:
        name: in full, where the article has it in full.
        affiliation: what they are introduced as, as printed, may be empty.
        group: whether it is no person: a ministry, a country, a paper.
        said: where (code points) the article names them as speaking; by name, description or pronoun.
    """

    name: str
    affiliation: str = ""
    group: bool = False
    said: tuple[tuple[int, int], ...] = ()


@frozen
class Attributions:
    """Everybody quoted in an article, in the order of their first words."""

    speakers: tuple[Speaker, ...] = ()
    paragraphs: tuple[tuple[int, int], ...] = ()

    def near(self, start: int, end: int) -> Speaker | None:
        """Who said the passage, most likely: named in its paragraph, or, where none is, last before it."""
        first, last = next((one for one in self.paragraphs if one[0] <= start < one[1]), (start, end))
        said = [(span, one) for one in self.speakers for span in one.said]
        inside = [(_apart(span, start, end), one) for span, one in said if first <= span[0] < last]
        if inside:
            return min(inside, key=lambda each: each[0])[1]
        before = [(span, one) for span, one in said if span[0] < start]
        return max(before, key=lambda each: each[0])[1] if before else None


def _apart(span: tuple[int, int], start: int, end: int) -> int:
    return max(span[0] - end, start - span[1], 0)


def attributions(article: Article, *, around: int = 0) -> Attributions:
    """Find out who is quoted.

    Args:
        article: where to look.
        around: the offset (code points) of interest; of a long article only its beginning and what is near are read.
    """
    near = max(around - _BEFORE, 0), around + _AFTER
    spans = [one for one in _paragraphs(article) if one[0] < _OPENING or near[0] <= one[0] < near[1]]
    prose = [(start, readable(article.text[start:end])) for start, end in spans]
    found = _Found(prose)
    for start, plain in prose:
        for cue in cues(plain):
            found.take(replace(cue, start=start + cue.start, end=start + cue.end))
    return Attributions(tuple(found.speakers), tuple(spans))


def _paragraphs(article: Article) -> Iterator[tuple[int, int]]:
    for block in article.blocks:
        if block.label in _PROSE:
            for paragraph in _PARAGRAPH.finditer(article.text, block.start, block.end):
                yield from _pieces(article.text, *paragraph.span())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph, in pieces where it is longer than any that a person writes."""
    while end - start > _LONGEST:
        cut = max(text.rfind("\n", start, start + _LONGEST), text.rfind(". ", start, start + _LONGEST) + 1, start)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


class _Found:
    """The speakers found so far, and who spoke last."""

    def __init__(self, prose: list[tuple[int, str]]) -> None:
        self.speakers: list[Speaker] = []
        self._prose = prose
        self._last = -1
        self._full_names: list[tuple[int, Named, str]] | None = None

    def take(self, cue: Cue) -> None:
        """Find out who a cue means, and keep it."""
        at = self._named(cue) if cue.name else self._described(cue)
        if at is None:
            return
        one = self.speakers[at]
        self.speakers[at] = replace(one, said=(*one.said, (cue.start, cue.end)))
        if not one.group:
            self._last = at

    def _described(self, cue: Cue) -> int | None:
        people = [at for at, one in enumerate(self.speakers) if not one.group]
        if not people or self._last < 0:
            return None
        wanted = _places(cue.of)
        last_first = sorted(people, key=lambda at: max(self.speakers[at].said), reverse=True)
        fitting = [at for at in last_first if wanted & set(fold_name(self.speakers[at].affiliation).split())]
        return (fitting or [self._last])[0]

    def _named(self, cue: Cue) -> int | None:
        words = fold_name(cue.name).split()
        if not words:
            return None
        for at, one in enumerate(self.speakers):
            known = fold_name(one.name).split()
            if words == known or (not one.group and words in (known[: len(words)], known[-len(words) :])):
                if cue.affiliation and not one.affiliation:
                    self.speakers[at] = replace(one, affiliation=cue.affiliation)
                return at
        return self._new(cue, words)

    def _new(self, cue: Cue, words: list[str]) -> int | None:
        name, affiliation, group = cue.name, cue.affiliation, cue.group
        if len(words) == 1 and not group:
            full = self._in_full(words[0], cue.start)
            if full:
                name, affiliation = full[0], full[1] or affiliation
            elif not affiliation:
                if not self._also_inside_a_sentence(name):
                    return None
                group = True
            at = next((at for at, one in enumerate(self.speakers) if fold_name(one.name) == fold_name(name)), None)
            if at is not None:
                return at
        self.speakers.append(Speaker(name, affiliation, group))
        return len(self.speakers) - 1

    def _in_full(self, word: str, before: int) -> tuple[str, str] | None:
        """The full name that a surname is short for, and the role before it."""
        if self._full_names is None:
            self._full_names = [one for start, plain in self._prose for one in _full_names(start, plain)]
        fitting = [one for one in self._full_names if word in _ends(one[1].name)]
        if not fitting:
            return None
        name = ([one for one in fitting if one[0] < before] or fitting)[-1][1].name
        roles = [one[1].title or one[2] for one in fitting if fold_name(one[1].name) == fold_name(name)]
        return name, next(filter(None, roles), "")

    def _also_inside_a_sentence(self, name: str) -> bool:
        inside = re.compile(rf"[a-z,]\s{re.escape(name)}\b")
        return any(inside.search(plain) for _, plain in self._prose)


def _full_names(start: int, plain: str) -> Iterator[tuple[int, Named, str]]:
    """Names of two to four words in a paragraph: where, taken apart, and the role in small letters before each."""
    for run in _RUN.finditer(plain):
        who = named(run[0])
        if who and not who.group and 1 < len(who.name.split()) <= _WORDS:
            role = _ROLE_BEFORE.search(plain[: run.start()][-_ROLE:])
            yield start + run.start(), who, role[0].strip() if role else ""


def _ends(name: str) -> tuple[str, str]:
    words = fold_name(name).split()
    return words[0], words[-1]


def _places(words: str) -> set[str]:
    folded = words.lower().replace("-based", "").strip()
    return set((_PLACES.get(folded) or folded).split()) - {"new", "united", "north", "south"}
