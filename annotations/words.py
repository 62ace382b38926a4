"""The words of a folded text: what two versions of an article are compared by.

A word is a run of letters and digits.  Scripts that are written without blanks give a word for each character, and so
does punctuation.  Blanks are no words: a line that was broken anew still has the same ones.
"""

from __future__ import annotations

from collections import Counter
from math import log2

from annotations.patterns import pattern

__all__ = ["bits", "inside_word", "shared", "solid", "spans", "words"]

# Thai and Lao, Myanmar, Khmer, kana, ideographs.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = pattern(rf"[^\W{_UNSPACED}]+|\S")
_LETTER = pattern(rf"[^\W{_UNSPACED}]")
_SAMPLE = 10_000  # characters


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(text)


def spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words of `text` from `start` to `end` are."""
    return [one.span() for one in _WORD.finditer(text, start, end)]


def inside_word(text: str, at: int) -> bool:
    """Whether a word goes on across `at`."""
    return 0 < at < len(text) and bool(_LETTER.match(text[at - 1]) and _LETTER.match(text[at]))


def solid(text: str) -> int:
    """How many characters of a folded text are no blanks."""
    return len(text) - text.count(" ")


def shared(one: str, other: str) -> int:
    """How many characters two texts share from their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def bits(text: str) -> float:
    """How much a character of a text says: the entropy (C. Shannon) of its letters, some 4 for English, 9 for Chinese.

    What stands around a letter foretells half of it; who wants to know how unlikely a run of letters is takes half.
    """
    count = Counter(text[:: 1 + len(text) // _SAMPLE])
    total = count.total()
    return sum(one / total * log2(total / one) for one in count.values())
