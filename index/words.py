"""What a word is: the one analysis that the index, the query and the snippets share.

Words come from one regular expression over search-folded text (case, accents and typographic variants gone).
Scripts written without blanks between words (Han, kana, Thai, …; Hangul too, whose particles cling to the word) give
a word for every character, and a run of them is searched as neighbours: any part of it is found.  No stop words:
"who", "US" and "it" matter in the news, and a phrase needs every word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from annotations.fold import follows, search_fold_letters

__all__ = ["LONGEST", "differs", "level_fold", "stem", "word_spans", "words", "words_from"]

LONGEST = 64
"""Words are cut to this many code points: a megabyte of base64 is one short word, in the index and in a query alike."""

_SOLID = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u30fa\u30fc-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of Indic scripts are marks, not letters, to Python; only the dandas among them end a word.
_INDIC = "\u0900-\u0963\u0966-\u0dff"
_WORD = re.compile(f"(?:[a-z0-9]+|[{_INDIC}]|[^\\W_{_SOLID}])+|[{_SOLID}]")
_NO_WORD = dict.fromkeys((code for code in range(128) if not chr(code).isalnum()), " ")  # of what is ASCII
_PLAIN = dict(zip("\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u00a0", "''\"\"--. ", strict=True))
_BEGINNING = re.compile(f"(?:(?<![{_INDIC}])(?<![^\\W_])|(?<=[{_SOLID}])|(?=[{_SOLID}]))")


def words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    folded = level_fold(text) or search_fold_letters(text)
    found = folded.translate(_NO_WORD).split() if folded.isascii() else _WORD.findall(folded)
    return found if max(map(len, found), default=0) <= LONGEST else [one[:LONGEST] for one in found]


def level_fold(text: str) -> str | None:
    """The text folded as far as words need it, every character in its place; None if some take more room or less."""
    if not text.isascii():
        for one, plain in _PLAIN.items():  # most texts hold no others, and a look at each character takes longest
            text = text.replace(one, plain)
    if not text.isascii():
        for one in set(text):
            level = one if one.isascii() else _level(one)
            if level is None:
                return None
            text = text if level == one else text.replace(one, level)
    return text.lower()


@lru_cache(maxsize=1 << 14)
def _level(character: str) -> str | None:
    folded = search_fold_letters(character)
    if len(folded) != 1 and (not folded or _WORD.search(folded)):
        return None
    folded = folded if len(folded) == 1 else " "
    return None if follows(character) or folded.lower() != folded else folded


def word_spans(folded: str) -> list[tuple[int, int]]:
    """Where the words of a folded text are, not cut."""
    return [found.span() for found in _WORD.finditer(folded)]


def words_from(folded: str, root: str) -> Iterator[tuple[int, Iterator[re.Match[str]]]]:
    """For each word of a folded text that begins with `root`: where it begins, and the words from there on."""
    at = folded.find(root)
    while at >= 0:
        if _BEGINNING.match(folded, at):
            yield at, _WORD.finditer(folded, at)
        at = folded.find(root, at + 1)


def differs(word: str, other: str, most: int) -> bool:
    """Whether it takes more than `most` letters left out, added, changed or swapped with the next to get the other."""
    if abs(len(word) - len(other)) > most:
        return True
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        above, row = row, [at]
        for to, wanted in enumerate(other, 1):
            least = min(above[to] + 1, row[-1] + 1, above[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and word[at - 2] == wanted:
                least = min(least, before[to - 2] + 1)
            row.append(least)
        if min(row) > most and min(above) > most:
            return True
        before = above
    return row[-1] > most


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """What a folded word shares with its inflected forms (Porter, for words of plain letters; others are their own)."""
    return _porter()(word) if len(word) > 2 and word.isascii() and word.isalpha() else word


@cache
def _porter() -> Callable[[str], str]:
    from whoosh.lang.porter import stem as porter

    return porter  # type: ignore[no-any-return]
