"""The words of a query that may be misspelt, and the query with other words in their place."""

from __future__ import annotations

from collections.abc import Mapping

from annotations.fold import search_fold
from annotations.frozen import frozen
from index.grammar import WORDS_OF
from index.query import typed_texts
from index.words import LONGEST, word_spans

__all__ = ["Spelt", "mended", "spelt"]

_SHORTEST = 3


@frozen
class Spelt:
    """A word of a query.

    Attributes:
        word: folded.
        start: where it begins in the query, in code points.
        end: where it ends.
    """

    word: str
    start: int
    end: int


def spelt(query: str) -> tuple[Spelt, ...]:
    """The words that are looked for as they were spelt: not those that may go on or differ, or must not be there.

    Raises:
        QueryError: the query does not parse.
    """
    found = []
    for typed in typed_texts(query):
        if typed.exact and typed.field in {"", *WORDS_OF}:
            folded = search_fold(typed.raw)
            for start, end in word_spans(folded.text):
                first, last = (typed.start + at for at in folded.span(start, end))
                found.append(Spelt(folded.text[start:end], first, last))
    return tuple(one for one in found if one.word.isalpha() and _SHORTEST <= len(one.word) <= LONGEST)


def mended(query: str, better: Mapping[str, str]) -> str:
    """The query with better words, in capitals where it had them, and everything else as it was typed.

    Args:
        query: one that parses.
        better: what to write for words of `spelt`, folded.
    """
    for one in sorted(spelt(query), key=lambda one: one.start, reverse=True):
        if one.word in better:
            query = query[: one.start] + _capitals(query[one.start : one.end], better[one.word]) + query[one.end :]
    return query


def _capitals(typed: str, word: str) -> str:
    if typed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
