"""Words that begin with a prefix, from sorted lists in memory.

Whoosh's own prefix queries take seconds on a few thousand articles; this takes a bisection.  A list is made once for
each segment, which never changes, so that a small commit costs only its own words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from annotations.frozen import frozen

if TYPE_CHECKING:
    from whoosh.reading import IndexReader

__all__ = ["TermLists"]


@frozen
class _TermList:
    """Terms of one field in one segment, in order, and in how many documents each stands."""

    terms: list[str]
    counts: list[int]

    def beginning(self, prefix: str) -> Iterator[tuple[str, int]]:
        at = bisect_left(self.terms, prefix)
        while at < len(self.terms) and self.terms[at].startswith(prefix):
            yield self.terms[at], self.counts[at]
            at += 1


class TermLists:
    """The term lists of an index as it is now."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, str], _TermList] = {}

    def expand(
        self, reader: IndexReader, field: str, heads: Iterable[str], prefix: str, most: int
    ) -> tuple[list[str], bool]:
        """The terms of the most frequent words that begin with the prefix, and whether words were left out.

        Args:
            reader: of the index.
            field: its field.
            heads: what may come before the word in a term (zones, or the name of a value).
            prefix: what the word begins with.
            most: how many words at most; each may have a term for each head.
        """
        found: Counter[str] = Counter()
        terms: defaultdict[str, set[str]] = defaultdict(set)
        lists = self._current(reader, field)
        for head, one in product(heads, lists):
            for term, count in one.beginning(head + prefix):
                word = term[len(head) :]
                found[word] += count
                terms[word].add(term)
        best = sorted(found, key=lambda word: (-found[word], word))
        return [term for word in best[:most] for term in sorted(terms[word])], len(best) > most

    def _current(self, reader: IndexReader, field: str) -> list[_TermList]:
        leaves = {(field, _segment(leaf)): leaf for leaf, _ in reader.leaf_readers()}
        for key in [key for key in self._lists if key[0] == field and key not in leaves]:
            del self._lists[key]
        for key, leaf in leaves.items():
            if key not in self._lists:
                self._lists[key] = _listed(leaf, field)
        return [self._lists[key] for key in leaves]


def _segment(leaf: IndexReader) -> str:
    return str(leaf.segment().segment_id())


def _listed(leaf: IndexReader, field: str) -> _TermList:
    pairs = sorted((term.decode("utf-8"), info.doc_frequency()) for term, info in leaf.iter_field(field))
    return _TermList([term for term, _ in pairs], [count for _, count in pairs])
