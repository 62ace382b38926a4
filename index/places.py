"""All places in a text where something of a query stands.

A text is folded in pieces as it is looked through, with every character in its place where that can be; the way back
to the text is worked out only where a piece has characters that fold to more than one, or to none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from annotations.fold import search_fold
from index.nodes import Near
from index.words import LONGEST, differs, level_fold, stem, word_spans, words, words_from

if TYPE_CHECKING:
    from annotations.fold import Folded
    from index.nodes import Leaf, Text

__all__ = ["Place", "Region", "places"]

_PIECE = 1 << 15
_OVERLAP = 1 << 13
_CUT = re.compile(r"\s(?=[^\W\u1160-\u11ff])")
"""Where a text can be cut: a blank before a letter.  What is folded never reaches over it."""

Region = tuple[int, int, str]
"""Start and end of a stretch of text, and its label; an empty label is no block, and `in:` never means it."""


class Place(NamedTuple):
    """Where something that is wanted stands.

    Attributes:
        start: offset of its first code point.
        end: offset after its last.
        label: of the region it begins in.
        which: a number for what is wanted; the same for the same.
        length: how many words that has.
    """

    start: int
    end: int
    label: str
    which: int
    length: int


def places(
    text: str, regions: Sequence[Region], wanted: Iterable[Leaf], without: frozenset[str], most: int
) -> list[Place]:
    """The places, in order, up to `most` for each of what is wanted.

    Args:
        text: an article's, or a note.
        regions: its parts, in order.
        wanted: leaves of a query; those for a field are left out.
        without: labels of regions that no place may touch.
        most: how many for each.
    """
    leaves = list(wanted)
    texts = dict.fromkeys(one for leaf in leaves for one in (leaf.texts if isinstance(leaf, Near) else (leaf,)))
    patterns = {one: _Pattern(one, which) for which, one in enumerate(texts) if not one.field}
    if not (patterns and regions):
        return []
    labels = _Labels(regions, without)
    for piece in _pieces(text, regions[0][0], regions[-1][1]):
        unfinished = [one for one in patterns.values() if len(one.found) < most]
        if not unfinished:
            break
        for one in unfinished:
            one.found += islice(piece.places(one, labels), most - len(one.found))
    kept: set[Place] = set()
    for leaf in leaves:
        if isinstance(leaf, Near):
            kept |= _near(text, leaf, patterns)
        elif leaf in patterns:
            kept.update(patterns[leaf].found)
    return sorted(kept)


class _Labels:
    """Which region something stands in."""

    def __init__(self, regions: Sequence[Region], without: frozenset[str]) -> None:
        self.regions = regions
        self.without = without
        self.starts = [start for start, _, _ in regions]

    def of(self, start: int, end: int, among: frozenset[str] | None) -> str | None:
        """The label where a span begins; None if it touches one it must not."""
        first = max(0, bisect_right(self.starts, start) - 1)
        label = self.regions[first][2]
        if among is not None or self.without:
            last = max(first, bisect_right(self.starts, end - 1) - 1)
            for _, _, one in self.regions[first : last + 1]:
                if one in self.without or (among is not None and one not in among):
                    return None
        return label


class _Piece:
    """A stretch of the text, folded, and a little of what follows, for phrases that run on."""

    def __init__(self, text: str, start: int, end: int, reach: int) -> None:
        self.start = start
        part = text[start:reach]
        level = level_fold(part)
        self.map: Folded | None = search_fold(part) if level is None else None
        self.folded = self.map.text if self.map else level or ""
        self.limit = self.map.place(end - start) if self.map else end - start

    def places(self, pattern: _Pattern, labels: _Labels) -> Iterator[Place]:
        """Where the pattern stands in it."""
        for first, end in pattern.spans(self.folded):
            if first >= self.limit:
                break
            span = self.map.span(first, end) if self.map else (first, end)
            label = labels.of(self.start + span[0], self.start + span[1], pattern.text.labels)
            if label is not None:
                length = len(pattern.text.words)
                yield Place(self.start + span[0], self.start + span[1], label, pattern.which, length)


def _pieces(text: str, start: int, last: int) -> Iterator[_Piece]:
    while start < last:
        end = _cut(text, start + _PIECE, last)
        yield _Piece(text, start, end, _cut(text, end + _OVERLAP, last))
        start = end


def _cut(text: str, at: int, last: int) -> int:
    found = _CUT.search(text, at, last) if at < last else None
    return found.end() if found else last


class _Pattern:
    """One text of a query, ready to be looked for, and where it was found."""

    def __init__(self, text: Text, which: int) -> None:
        self.text = text
        self.which = which
        self.found: list[Place] = []
        single = len(text.words) == 1 and not (text.quoted or text.prefix or text.fuzzy)
        self.stem = stem(text.words[0]) if single else None
        # What a word must begin with to be worth a look.  All words of a stem share it but for its last letters
        # ("countri" is the stem of "country").
        self.root = text.words[0] if self.stem is None else self.stem[:-2] or self.stem[0]
        self.known: dict[str, bool] = {}

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where it begins and ends in a folded text, in order."""
        if self.text.fuzzy:
            yield from (span for span in word_spans(folded) if self._is_last(folded[slice(*span)][:LONGEST]))
        elif folded.isascii():
            for found in _expression(self.text.words[:-1], self._last()).finditer(folded):
                start, end = found.start(), found.end(1)
                if self.stem is None or self._is_last(folded[start:end][:LONGEST]):
                    yield start, end
        else:
            for start, following in words_from(folded, self.root):
                if (last := self._end(following)) is not None:
                    yield start, last

    def _last(self) -> tuple[str, bool]:
        """The last word, or what it begins with, and whether it may go on."""
        goes_on = self.text.prefix or self.text.typing or self.stem is not None
        return (self.root if self.stem is not None else self.text.words[-1]), goes_on

    def _end(self, words: Iterator[re.Match[str]]) -> int | None:
        """Where the match ends that begins with the first of these words; None if there is none."""
        *first, _ = self.text.words
        for wanted in first:
            found = next(words, None)
            if found is None or found[0][:LONGEST] != wanted:
                return None
        found = next(words, None)
        return found.end() if found and self._is_last(found[0][:LONGEST]) else None

    def _is_last(self, word: str) -> bool:
        if word not in self.known:
            self.known[word] = self._matches(word, self.text.words[-1])
        return self.known[word]

    def _matches(self, word: str, wanted: str) -> bool:
        if self.text.fuzzy:
            return word[0] == wanted[0] and not differs(word, wanted, self.text.fuzzy)
        if word == wanted or ((self.text.prefix or self.text.typing) and word.startswith(wanted)):
            return True
        return self.stem is not None and stem(word) == self.stem


@lru_cache(maxsize=256)
def _expression(first: tuple[str, ...], last: tuple[str, bool]) -> re.Pattern[str]:
    """For words next to each other in a folded text of ASCII alone, where it does all that `words_from` is for."""
    more, end = "[a-z0-9]*", "(?![a-z0-9])"
    parts = [re.escape(word) + more * (len(word) == LONGEST) for word in first]
    parts.append(re.escape(last[0]) + (more if last[1] or len(last[0]) == LONGEST else end))
    # Letters come first, which can be looked for quickly; that they begin a word is asked of each afterwards.
    opening = re.escape(first[0] if first else last[0])
    rest = "[^a-z0-9]+".join(parts).removeprefix(opening)
    return re.compile(f"{opening}(?<![a-z0-9]{opening})(?=({rest}))")


def _near(text: str, near: Near, patterns: dict[Text, _Pattern]) -> set[Place]:
    """The places of texts that stand near each other."""
    there = sorted((place, at) for at, one in enumerate(near.texts) if one in patterns for place in patterns[one].found)
    last: dict[int, Place] = {}
    kept: set[Place] = set()
    for place, at in there:
        last[at] = place
        if len(last) == len(near.texts) and _close(text, last.values(), near.within):
            kept.update(last.values())
    return kept


def _close(text: str, several: Iterable[Place], within: int) -> bool:
    end, start = min(place.end for place in several), max(place.start for place in several)
    return start - end <= _OVERLAP and len(words(text[end:start])) <= within
