"""Where in a text the words of a query stand, which of those places is the best, and a line of text around it.

This looks at the text itself, with the same words as the index: what it shows is really there.  Offsets in the text
are worked out for the chosen place and its neighbours only; to choose, offsets in folded text are near enough.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice, takewhile
from typing import TYPE_CHECKING

from annotations.fold import Folded, search_fold, search_fold_str
from annotations.frozen import frozen
from index.article import FURNITURE
from index.nodes import Near
from index.words import LONGEST, stem, words_from

if TYPE_CHECKING:
    from index.nodes import Leaf, Text

__all__ = ["Match", "Region", "Snippet", "beginning", "cut", "everywhere", "find"]

WIDTH = 200
_MOST_MATCHES = 50
_EDGE = 30
_BREAK = re.compile(r"\s*[\n\r\u2028\u2029]\s*")

Region = tuple[int, int, str]
"""Start and end of a stretch of text, and its label; an empty label is no block, and `in:` never means it."""


@frozen
class Match:
    """The best place for a query in a text.

    Attributes:
        start: offset of its first code point.
        end: offset after its last.
        label: of the block it begins in.
        near: spans of everything that matches around it, itself included.
    """

    start: int
    end: int
    label: str
    near: tuple[tuple[int, int], ...]


@frozen
class Snippet:
    """A line of text, and the spans in it of the words that matched."""

    text: str
    marks: tuple[tuple[int, int], ...]


def find(text: str, regions: Sequence[Region], wanted: Iterable[Leaf]) -> Match | None:
    """The best match: the longest one, where most of what is wanted stands close together; the first of equals.

    Args:
        text: an article's, or a note.
        regions: the parts of it to look at, in order.
        wanted: leaves of a query; those for a field are left out.
    """
    folded = _Regions(text, regions)
    places = _places(folded, wanted)
    if not places:
        return None
    near = max((_near(places, at) for at in range(len(places))), key=lambda near: _worth(near, folded))
    chosen = max(near, key=lambda place: len(place.text.words))
    around = [place for place in places if chosen.start - WIDTH <= place.start <= chosen.start + WIDTH]
    start, end = folded.span(chosen)
    return Match(start, end, folded.label(chosen), tuple(folded.span(place) for place in around))


def everywhere(text: str, regions: Sequence[Region], wanted: Iterable[Leaf]) -> tuple[tuple[int, int], ...]:
    """The spans of all that matches, in order, up to some hundreds for each of what is wanted; as in `find`."""
    folded = _Regions(text, regions)
    return tuple(dict.fromkeys(folded.span(place) for place in _places(folded, wanted)))


def cut(text: str, start: int, end: int, spans: Iterable[tuple[int, int]] = ()) -> Snippet:
    """About `WIDTH` code points around `text[start:end]`, in one line, cut between words, with those spans marked."""
    end = min(end, start + WIDTH)
    before = max(0, start - (WIDTH - (end - start)) // 3)
    after = min(len(text), max(before + WIDTH, end))
    left, right = _word_after(text, before, start), _word_before(text, after, end)
    inside = [(max(one, left), min(other, right)) for one, other in spans if one < right and left < other]
    return _in_one_line(text, left, right, _joined(inside))


def beginning(text: str, match: Match | None) -> Snippet:
    """The first `WIDTH` code points of a text, what matches marked; further on only where the match is further on."""
    if match is None:
        return cut(text, 0, 0)
    return cut(text, 0 if match.end <= WIDTH else match.start, match.end, match.near)


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Where a text of the query stands: a span of the folded regions, joined."""

    start: int
    end: int
    text: Text = field(compare=False)


def _places(folded: _Regions, wanted: Iterable[Leaf]) -> list[_Place]:
    flat = [text for one in wanted for text in (one.texts if isinstance(one, Near) else (one,))]
    patterns = [_Pattern(one) for one in dict.fromkeys(flat) if not one.field]
    return sorted(place for one in patterns for place in islice(folded.places(one), _MOST_MATCHES))


class _Regions:
    """The regions of a text, folded and joined by blanks, so that phrases may run from one into the next."""

    def __init__(self, text: str, regions: Sequence[Region]) -> None:
        self.text = text
        self.regions = regions
        parts = [search_fold_str(text[start:end]) for start, end, _ in regions]
        self.folded = " ".join(parts)
        self.maps: dict[int, Folded] = {}
        self.starts = [0, *accumulate(len(part) + 1 for part in parts)]

    def at(self, offset: int) -> int:
        """The region at an offset of the folded text."""
        return bisect_right(self.starts, offset) - 1

    def label(self, place: _Place) -> str:
        return self.regions[self.at(place.start)][2]

    def places(self, pattern: _Pattern) -> Iterator[_Place]:
        for start, words in words_from(self.folded, pattern.root):
            if (end := pattern.end(words)) is not None:
                inside = self.regions[self.at(start) : self.at(end - 1) + 1]
                if pattern.labels is None or all(label in pattern.labels for _, _, label in inside):
                    yield _Place(start, end, pattern.text)

    def span(self, place: _Place) -> tuple[int, int]:
        """Where the place is in the text."""
        return self._offset(place.start, place.start + 1)[0], self._offset(place.end - 1, place.end)[1]

    def _offset(self, start: int, end: int) -> tuple[int, int]:
        at = self.at(start)
        first, last, _ = self.regions[at]
        if at not in self.maps:
            self.maps[at] = search_fold(self.text[first:last])
        span = self.maps[at].span(start - self.starts[at], end - self.starts[at])
        return first + span[0], first + span[1]


class _Pattern:
    """One text of a query, ready to be looked for."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.labels = text.labels
        self.stem = stem(text.words[0]) if len(text.words) == 1 and not (text.quoted or text.prefix) else None
        # What a word must begin with to be worth a look.  All words of a stem share it but for its last letters
        # ("countri" is the stem of "country").
        self.root = text.words[0] if self.stem is None else self.stem[:-2] or self.stem[0]

    def end(self, words: Iterator[re.Match[str]]) -> int | None:
        """Where the match ends that begins with the first of these words; None if there is none."""
        wanted = self.text.words
        for at, found in enumerate(islice(words, len(wanted)), 1):
            word = found[0][:LONGEST]
            if at == len(wanted):
                return found.end() if self._ends(word, wanted[-1]) else None
            if word != wanted[at - 1]:
                break
        return None

    def _ends(self, word: str, wanted: str) -> bool:
        if word == wanted or ((self.text.prefix or self.text.typing) and word.startswith(wanted)):
            return True
        return self.stem is not None and stem(word) == self.stem


def _near(places: Sequence[_Place], at: int) -> list[_Place]:
    """The places from that one on which a snippet could show together with it."""
    reach = places[at].start + WIDTH * 2 // 3
    return [places[at], *takewhile(lambda place: place.end <= reach, islice(places, at + 1, None))]


def _worth(near: Sequence[_Place], folded: _Regions) -> tuple[int, bool]:
    """How many of the query's words they show, and whether outside of page furniture."""
    return sum(len(text.words) for text in {place.text for place in near}), folded.label(near[0]) not in FURNITURE


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
