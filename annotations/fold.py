"""Matching text: what a passage looks like when spelling variants of the page no longer count.

Two foldings.  The *matching* fold (`fold`) applies NFKC, turns quotes and dashes into ASCII ones, drops soft hyphens
and zero-width characters and makes a run of white space one space; case stays.  The *search* fold (`search_fold`)
ignores case and accents as well.  A folded text only ever finds; what is stored is the text's own, through the map
that `Folded` carries.

Method: both foldings work on one *cluster* at a time (a character with the marks, joiners and soft hyphens after it),
so folding a text is folding its clusters.  Nearly all clusters are one character that becomes one character, and runs
of those are translated at once; a regular expression over the characters that do occur finds the other stretches.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from annotations.frozen import frozen
from annotations.patterns import pattern

__all__ = [
    "Folded",
    "find_all",
    "fold",
    "fold_str",
    "follows",
    "search_fold",
    "search_fold_letters",
    "search_fold_str",
    "starts",
]

_Fold: TypeAlias = Callable[[str], str]
_Piece: TypeAlias = tuple[str, int, int]

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u02b9\u02bb\u02bc\u02bd\u00b4\uff07"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u301d\u301e\u301f\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
# Invisible, and put into text by typesetting rather than by the writer.  Those of the second row hold a grapheme
# together, so a match that ends on the letter before them takes them along.
_LOOSE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064" + "".join(
    map(chr, (*range(0x2066, 0x2070), 0xFEFF))
)
_JOINING = "\u034f\u200c\u200d" + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_INVISIBLE = frozenset(_LOOSE + _JOINING)

_PLAINER = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_INVISIBLE, ""),
}
_BASE_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
_BLANKS = pattern(r"[^\S ]\s*| \s+")  # all runs of white space but the single spaces, which stay what they are
_FEW = 24  # replacing one character in a text takes about a twentieth of translating all of them
# Combining classes of marks that make another letter of the one before: nukta, kana voicing, virama.
_LETTER_MARKS = frozenset({0, 7, 8, 9})


@frozen
class Folded:
    """A folded text and the way back to the text it was folded from.

    The map is kept by pieces: folded `at[k]` on comes from the text's `origins[k]` on.  Where `ends[k]` is 0 the piece
    is a run, character for character; else it is a lump: all of it comes from all of `origins[k]` to `ends[k]`.

    Attributes:
        text: the folded text.
        at: where the pieces start in `text`, ascending, in code points.
        origins: where they start in the text that was folded, in code points.
        ends: where a lump ends there; 0 for a run.
        inner: the places in `text` that lie inside of a lump, behind its first character.
    """

    text: str
    at: array[int]
    origins: array[int]
    ends: array[int]
    inner: frozenset[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text behind `start` to `end` (not empty) of the folded one, in whole clusters."""
        first, last = bisect_right(self.at, start) - 1, bisect_right(self.at, end - 1) - 1
        return (
            self.origins[first] + (0 if self.ends[first] else start - self.at[first]),
            self.ends[last] or self.origins[last] + end - self.at[last],
        )

    def place(self, origin: int) -> int:
        """Where in the folded text that place of the original stands; inside of a lump, behind it."""
        piece = bisect_right(self.origins, origin) - 1
        if piece < 0:
            return 0
        start, end = self.at[piece], self.at[piece + 1] if piece + 1 < len(self.at) else len(self.text)
        past = origin - self.origins[piece]
        return min(start + past, end) if not self.ends[piece] or not past else end


def fold(text: str) -> Folded:
    """The matching fold of `text`, with its map."""
    return _mapped(text, fold_str)


def search_fold(text: str) -> Folded:
    """The search fold of `text`, with its map."""
    return _mapped(text, search_fold_str)


def fold_str(text: str) -> str:
    """`fold(text).text`, without the map."""
    return _BLANKS.sub(" ", _plainer(text))


def search_fold_str(text: str) -> str:
    """`search_fold(text).text`, without the map."""
    return _BLANKS.sub(" ", search_fold_letters(text))


def search_fold_letters(text: str) -> str:
    """The same with all its blanks, for whoever takes out the words."""
    letters = _plainer(text)
    if not letters.isascii():
        letters = _without_accents(_without_accents(letters).casefold())
        letters = _replaced(unicodedata.normalize("NFKC", _replaced(letters, _BASE_LETTERS)), _PLAINER)
    return letters.casefold()


def starts(haystack: Folded, needle: str) -> Iterator[int]:
    """Where in the folded text a folded `needle` begins, overlapping ones too, one for each span of the original."""
    length, before = len(needle), None
    at = haystack.text.find(needle) if needle else -1
    while at >= 0:
        span = haystack.span(at, at + length) if at in haystack.inner or at + 1 in haystack.inner else None
        if span is None or span != before:  # "." stands three times in one "…"
            yield at
        before = span
        at = haystack.text.find(needle, at + 1)


def find_all(haystack: Folded, needle: str) -> Iterator[tuple[int, int]]:
    """The spans of the original text that have a folded `needle`, overlapping ones too, in order."""
    return (haystack.span(at, at + len(needle)) for at in starts(haystack, needle))


def _plainer(text: str) -> str:
    if text.isascii():
        return text
    return _replaced(unicodedata.normalize("NFKC", _replaced(text, _PLAINER)), _PLAINER)


def _replaced(text: str, table: Mapping[str, str]) -> str:
    alphabet = set(text)
    if table.keys().isdisjoint(alphabet):
        return text
    return _translated(text, {one: table.get(one, one) for one in alphabet})  # a miss costs more than a hit


def _translated(text: str, table: Mapping[str, str]) -> str:
    changed = {one: to for one, to in table.items() if to != one}
    if len(changed) > _FEW or not changed.keys().isdisjoint("".join(changed.values())):
        return text.translate({ord(one): to for one, to in table.items()})
    for one, to in changed.items():
        text = text.replace(one, to)
    return text


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return _replaced(apart, {one: "" for one in set(apart) if unicodedata.combining(one) not in _LETTER_MARKS})


def _mapped(text: str, folding: _Fold) -> Folded:
    """`folding(text)` with its map: simple runs by translation, the stretches between them cluster by cluster."""
    plan = _plan(text, folding)
    translated = _translated(text, plan.simple)
    pieces: list[str] = []
    at, origins, ends = array("I"), array("I"), array("I")
    inner: set[int] = set()
    length = 0
    for folded, start, end in _pieces(text, translated, plan, folding):
        pieces.append(folded)
        at.append(length)
        origins.append(start)
        ends.append(end)
        if end and len(folded) > 1:
            inner.update(range(length + 1, length + len(folded)))
        length += len(folded)
    return Folded("".join(pieces), at, origins, ends, frozenset(inner))


@frozen
class _Plan:
    """How to fold a text: a table for its simple characters, expressions for stretches of the others."""

    simple: dict[str, str]
    stretch: re.Pattern[str]
    cluster: re.Pattern[str]


def _plan(text: str, folding: _Fold) -> _Plan:
    alphabet = set(text)
    follow = "".join(sorted(one for one in alphabet if follows(one)))
    folded = {one: _folded(one, folding) for one in alphabet.difference(follow)}
    simple = {one: to for one, to in folded.items() if len(to) == 1 and (to != " " or one.isspace())}
    odd = "".join(sorted(one for one in folded if one not in simple))
    followed, alone = f"[{re.escape(follow)}]+", f"[{re.escape(odd)}]"
    cluster = "|".join([f"[^{followed[1:-2]}]?{followed}"] * bool(follow) + [alone] * bool(odd))
    return _Plan(
        simple,
        re.compile(rf"\s*(?:(?:{cluster})\s*)+|\s{{2,}}" if cluster else r"\s{2,}"),
        re.compile(f"{cluster}|." if cluster else ".", re.DOTALL),
    )


def _pieces(text: str, translated: str, plan: _Plan, folding: _Fold) -> Iterator[_Piece]:
    """The pieces of a folded text: what it reads, where it begins in `text`, where it ends if it is a lump, or 0."""
    done = 0
    for stretch in plan.stretch.finditer(text):
        start, end = stretch.span()
        if done < start:
            yield translated[done:start], done, 0
        yield from _lumps(text, plan.cluster.finditer(text, start, end), folding)
        done = end
    if done < len(text):
        yield translated[done:], done, 0


def _lumps(text: str, clusters: Iterable[re.Match[str]], folding: _Fold) -> Iterator[_Piece]:
    """Each cluster folded, with its span up to its last solid character; blanks that meet are one lump."""
    held: _Piece | None = None
    for cluster in clusters:
        folded, start, end = _folded(cluster[0], folding), cluster.start(), cluster.end()
        if not folded:
            continue
        while text[end - 1] in _LOOSE:
            end -= 1
        if held and folded[0] == " " == held[0][-1]:
            held = held[0] + folded[1:], held[1], end
            continue
        if held:
            yield held
        held = folded, start, end
    if held:
        yield held


@lru_cache(maxsize=16384)
def _folded(cluster: str, folding: _Fold) -> str:
    return folding(cluster)


@lru_cache(maxsize=16384)
def follows(character: str) -> bool:
    """Whether it belongs to the character before it: may compose with it, or is left out of the folded text."""
    first = unicodedata.normalize("NFKD", character)[0]
    return (
        character in _INVISIBLE
        or unicodedata.category(first).startswith("M")
        or "\u1160" <= first <= "\u11ff"  # Hangul vowels and finals
        or "\U00016d63" <= first <= "\U00016d68"  # Kirat Rai vowels compose and are letters
    )
