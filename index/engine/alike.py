"""What an article is about: the words that tell it from others."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import TYPE_CHECKING

from index.documents import ShownArticle
from index.engine.terms import zoned
from index.words import stem, words

if TYPE_CHECKING:
    from index.engine.found import Sought
    from index.engine.snapshot import Snapshot

__all__ = ["characteristic"]

_FIELDS = len(fields(ShownArticle))
_MOST_WORDS = 12
_LOOKED_AT = 50_000
"""How much of a text is looked at, in code points."""


def characteristic(snapshot: Snapshot, article: Sought) -> list[str]:
    """The words of an article that stand in it often and in few others, one of each stem.

    Args:
        snapshot: the index.
        article: finds the article, and perhaps annotations on it.
    """
    text = next((text for at in range(len(snapshot.segments)) for text in _texts(snapshot, article, at)), "")
    times = Counter(words(text[:_LOOKED_AT]))
    by_stem: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for word, count in times.most_common():
        if len(word) > 2 and not word.isdigit():
            by_stem[stem(word)] += count
            printed.setdefault(stem(word), word)
    # A rare word that stands there once is a name or a slip; what stands there often is worth a look.
    likely = by_stem.most_common(8 * _MOST_WORDS)
    standing = {root: _documents(snapshot, root) for root, _ in likely}
    # A word that stands nowhere else leads to nothing else.
    worth = {root: count * snapshot.idf(standing[root]) for root, count in likely if standing[root] > 1}
    return [printed[root] for root in sorted(worth, key=lambda root: (-worth[root], root))[:_MOST_WORDS]]


def _texts(snapshot: Snapshot, article: Sought, at: int) -> list[str]:
    segment = snapshot.segments[at]
    docs = article.found(at, segment.alive).docs.tolist()
    found = (segment.shown(document).whole() for document in docs)
    return [ShownArticle(*shown).text for shown in found if len(shown) == _FIELDS]


def _documents(snapshot: Snapshot, root: str) -> int:
    return sum(
        int(segment.counts("stems", zoned(segment, "stems", root)).max(initial=0)) for segment in snapshot.segments
    )
