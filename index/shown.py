"""From what the index keeps to show of a document, to a hit: its best match, and a snippet of the text around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from index.article import FURNITURE
from index.documents import ShownAnnotation, ShownArticle
from index.search import Hit
from index.snippet import beginning, cut, find

if TYPE_CHECKING:
    from index.nodes import Leaf

__all__ = ["hit"]

_ARTICLE_FIELDS = len(fields(ShownArticle))


def hit(score: float, shown: tuple[Any, ...], wanted: Sequence[Leaf], *, furniture: bool = True) -> Hit:
    """The hit for a document's shown record.

    Args:
        score: the document's.
        shown: the fields of a `ShownArticle` or a `ShownAnnotation`.
        wanted: the leaves of the query that a match may show.
        furniture: whether a match in page furniture is one.
    """
    without = frozenset() if furniture else FURNITURE
    if len(shown) == _ARTICLE_FIELDS:
        return _article(score, ShownArticle(*shown), wanted, without)
    return _annotation(score, ShownAnnotation(*shown), wanted, without)


def _article(score: float, shown: ShownArticle, wanted: Sequence[Leaf], without: frozenset[str]) -> Hit:
    match = find(shown.text, shown.blocks, wanted, without=without)
    opening = _opening(shown)
    snippet = cut(shown.text, match.start, match.end, match.near) if match else cut(shown.text, opening, opening)
    return Hit(
        path=shown.path,
        title=shown.title,
        result="article",
        id=None,
        kind=None,
        score=score,
        snippet=snippet.text,
        marks=snippet.marks,
        block=match.label if match else None,
        line=shown.text.count("\n", 0, match.start) + 1 if match else None,
        start=match.start if match else None,
        end=match.end if match else None,
        published=shown.published,
        outlet=shown.outlet,
        places=match.places if match else 0,
    )


def _opening(shown: ShownArticle) -> int:
    """Where the text of an article begins, past the furniture."""
    return next((start for start, _, label in shown.blocks if label not in FURNITURE), 0)


def _annotation(score: float, shown: ShownAnnotation, wanted: Sequence[Leaf], without: frozenset[str]) -> Hit:
    text = passage = shown.around[shown.at : shown.at + shown.length]
    match = find(passage, [(0, len(passage), shown.block)], wanted, without=without)
    if match is None:
        notes = ((note, find(note, [(0, len(note), "")], wanted)) for note in shown.notes)
        text, match = next(((note, found) for note, found in notes if found), (passage, None))
    snippet = beginning(text, match)
    return Hit(
        path=shown.path,
        title=shown.title,
        result="annotation",
        id=shown.id,
        kind=shown.kind,
        speaker=shown.speaker,
        status=shown.status,
        author=shown.author,
        tags=tuple(shown.tags),
        score=score,
        snippet=snippet.text,
        marks=snippet.marks,
        block=shown.block or None,
        line=shown.line,
        start=shown.start,
        end=shown.end,
        published=shown.published,
        outlet=shown.outlet,
    )
