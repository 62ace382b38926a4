"""Where in a text the words of a query stand, which of those places is the best, and a line of text around it.

This looks at the text itself, with the same words as the index: what it shows is really there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from annotations.fold import search_fold_str
from index.article import FURNITURE
from index.nodes import Text
from index.words import Word, stem, words_at

__all__ = ["Match", "Snippet", "best", "cut", "find"]

WIDTH = 200
_MOST_MATCHES = 500
_EDGE = 30
_BREAK = re.compile(r"\s*[\n\r\u2028\u2029]\s*")
Region = tuple[int, int, str]
"""Start and end of a stretch of text, and its label; an empty label is no block, and `in:` never means it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a text of the query stands.

    Attributes:
        start: offset of its first code point.
        end: offset after its last.
        label: of the block it begins in.
        text: what it matches.
    """

    start: int
    end: int
    label: str
    text: Text


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line of text, and the spans in it of the words that matched."""

    text: str
    marks: tuple[tuple[int, int], ...]


def find(text: str, regions: Sequence[Region], wanted: Iterable[Text]) -> list[Match]:
    """Where the wanted texts stand, in order, up to some hundreds of places.

    Args:
        text: an article's, or a note.
        regions: the parts of it to look at, in order.
        wanted: leaves of a query; those for a field are left out.
    """
    patterns = [_Pattern(one) for one in dict.fromkeys(wanted) if not one.field]
    matches = list(islice(_by_region(text, regions, patterns), _MOST_MATCHES))
    found = {match.text for match in matches}
    missing = [one for one in patterns if len(one.text.words) > 1 and one.text not in found]
    if missing and len(regions) > 1:  # perhaps a phrase that runs over the edge of a block
        matches += islice(_over_edges(text, regions, missing), _MOST_MATCHES)
    return sorted(matches, key=lambda match: (match.start, match.end))


def best(matches: Sequence[Match]) -> Match | None:
    """The match to show: the longest one, where most of what is wanted stands close together; the first of equals."""
    ranked = [(_worth(near := _near(matches, at)), -at, near) for at in range(len(matches))]
    if not ranked:
        return None
    near = max(ranked, key=lambda one: one[:2])[2]
    return max(near, key=lambda match: len(match.text.words))


def cut(text: str, around: tuple[int, int], matches: Iterable[Match]) -> Snippet:
    """About `WIDTH` code points around a span, in one line, cut between words."""
    start, end = around[0], min(around[1], around[0] + WIDTH)
    before = max(0, start - (WIDTH - (end - start)) // 3)
    after = min(len(text), before + max(WIDTH, end - before))
    left, right = _word_after(text, before, start), _word_before(text, after, end)
    inside = [(max(one.start, left), min(one.end, right)) for one in matches if one.start < right and left < one.end]
    return _in_one_line(text, left, right, _joined(inside))


class _Pattern:
    """One text of a query, ready to be looked for."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.labels = text.labels
        self.stem = stem(text.words[0]) if len(text.words) == 1 and not (text.quoted or text.prefix) else None
        # What a word must begin with to be worth a look.  A stem differs from the word's own letters in the last one
        # at most ("countri" of "country"), and never adds more than it takes away.
        self.root = text.words[0] if self.stem is None else self.stem[:-1] or self.stem

    def allows(self, label: str) -> bool:
        return self.labels is None or label in self.labels

    def end(self, line: Sequence[Word], here: int) -> int | None:
        """The index after the match that begins at `here`, or None."""
        wanted = self.text.words
        if self.stem is not None:
            word = line[here].word
            fits = stem(word) == self.stem or (self.text.typing and word.startswith(wanted[0]))
            return here + 1 if fits else None
        end = here + len(wanted)
        if end > len(line) or any(line[here + at].word != word for at, word in enumerate(wanted[:-1])):
            return None
        last = line[end - 1].word
        on = self.text.prefix or self.text.typing
        return end if last == wanted[-1] or (on and last.startswith(wanted[-1])) else None


def _by_region(text: str, regions: Iterable[Region], patterns: Sequence[_Pattern]) -> Iterator[Match]:
    for start, end, label in regions:
        here = [one for one in patterns if one.allows(label)]
        folded = search_fold_str(text[start:end]) if here else ""
        here = [one for one in here if one.root in folded]
        if here:
            for one, first, last in _in_line(list(words_at(text[start:end], start)), here):
                yield Match(first.start, last.end, label, one.text)


def _over_edges(text: str, regions: Sequence[Region], patterns: Sequence[_Pattern]) -> Iterator[Match]:
    starts = [start for start, _, _ in regions]
    line = [word for start, end, _ in regions for word in words_at(text[start:end], start)]
    for one, first, last in _in_line(line, patterns):
        labels = [
            label for _, _, label in regions[bisect_right(starts, first.start) - 1 : bisect_right(starts, last.start)]
        ]
        if all(map(one.allows, labels)):
            yield Match(first.start, last.end, labels[0], one.text)


def _in_line(line: Sequence[Word], patterns: Sequence[_Pattern]) -> Iterator[tuple[_Pattern, Word, Word]]:
    for here, word in enumerate(line):
        for one in patterns:
            if word.word[0] == one.root[0] and (end := one.end(line, here)) is not None:
                yield one, word, line[end - 1]


def _near(matches: Sequence[Match], at: int) -> list[Match]:
    """The matches from that one on which a snippet could show together with it."""
    reach = matches[at].start + WIDTH * 2 // 3
    return [matches[at], *takewhile(lambda match: match.end <= reach, matches[at + 1 :])]


def _worth(near: Sequence[Match]) -> tuple[int, bool]:
    """How many of the query's words they show, and whether outside of page furniture."""
    return sum(len(text.words) for text in {match.text for match in near}), near[0].label not in FURNITURE


def _word_after(text: str, at: int, limit: int) -> int:
    """Where to begin a snippet: at `at`, or after the blank that follows closely, but not after `limit`."""
    if at == 0 or text[at - 1].isspace():
        return at
    return next((one + 1 for one in range(at, min(limit, at + _EDGE)) if text[one].isspace()), at)


def _word_before(text: str, at: int, limit: int) -> int:
    """Where to end a snippet, likewise."""
    if at == len(text) or text[at].isspace():
        return at
    return next((one for one in range(at - 1, max(limit, at - _EDGE) - 1, -1) if text[one].isspace()), at)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places as spans in order that do not overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _in_one_line(text: str, left: int, right: int, spans: Iterable[tuple[int, int]]) -> Snippet:
    line, at = "", left
    marks = []
    for start, end in spans:
        line = (line + _BREAK.sub(" ", text[at:start])).lstrip()
        marked = _BREAK.sub(" ", text[start:end])
        marks.append((len(line), len(line) + len(marked)))
        line, at = line + marked, end
    return Snippet((line + _BREAK.sub(" ", text[at:right])).strip(), tuple(marks))
