"""Articles and annotations as documents of the index: their words by zone, and all that a result shows."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from annotations.fold import search_fold_str
from annotations.frozen import frozen
from annotations.names import fold_name
from index.article import Article, Block, Label
from index.schema import BYLINE, LABELS, NOTE, SPEAKER, TAG, TITLE, exact, existing, printed, stemmed
from index.words import stem, words

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from annotations.model import Annotation

__all__ = [
    "ShownAnnotation",
    "ShownArticle",
    "annotation_document",
    "article_document",
    "article_owner",
    "article_stamp",
    "ledger_document",
    "sidecar_owner",
]

_GAP = 2
_CONTEXT = 240
_LONGEST_SHOWN = 4000

Document: TypeAlias = Mapping[str, Any]
Blocks: TypeAlias = tuple[tuple[int, int, str], ...]


@frozen
class ShownArticle:
    """What a result shows of an article.

    Attributes:
        path: from the library's root.
        title: as in the library list.
        text: the canonical text as it was indexed.
        blocks: start, end and label of each block.
    """

    path: str
    title: str
    text: str
    blocks: Blocks


@frozen
class ShownAnnotation:
    """What a result shows of an annotation.

    Attributes:
        path: of its article.
        title: of its article.
        id: its id.
        kind: its kind.
        speaker: of a claim, or empty.
        block: label of the block its passage begins in, or empty when the passage is gone.
        start: of the passage in the article's text, or None when it is gone; `end` likewise.
        end: see `start`.
        line: the line the passage begins on, from 1, or None.
        around: the passage with some of the text around it; the quote when the passage is gone.
        at: where the passage begins in `around`.
        length: of the passage within `around`.
        notes: its other words: note, claim, replies.
        status: of a claim, or empty.
        author: whose it is.
        tags: its tags.
    """

    path: str
    title: str
    id: str
    kind: str
    speaker: str
    block: str
    start: int | None
    end: int | None
    line: int | None
    around: str
    at: int
    length: int
    notes: tuple[str, ...]
    status: str
    author: str
    tags: tuple[str, ...]


@dataclass(slots=True)
class _Postings:
    """Words as they are added, by term."""

    positions: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    at: int = 0

    def add(self, zone: str, text: str) -> None:
        at = self.at
        for word in words(text):
            self.positions[zone + word].append(at)
            at += 1
        self.at = at

    def apart(self, zone: str, text: str) -> None:
        """Words that no phrase may join with those before or after."""
        self.at += _GAP
        self.add(zone, text)
        self.at += _GAP

    def fields(self) -> Document:
        stems: defaultdict[str, int] = defaultdict(int)
        for term, positions in self.positions.items():
            stems[term[0] + stem(term[1:])] += len(positions)
        return {
            "words": [printed(term, positions) for term, positions in self.positions.items()],
            "stems": [stemmed(term, count) for term, count in stems.items()],
        }


def article_owner(path: str) -> str:
    """What an article's document is replaced by."""
    return f"article\x1f{path!a}"


def sidecar_owner(path: str) -> str:
    """What the documents of an article's annotations are replaced by, all at once."""
    return f"sidecar\x1f{path!a}"


def article_stamp(article: Article) -> str:
    """Changes when anything does that an article's document holds."""
    facts = repr((article.fingerprint, article.title, article.byline, article.agency, article.tags, article.blocks))
    return hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:16]


def article_document(article: Article) -> Document:
    """The document of an article: all its text, furniture too, and what is known about it."""
    postings = _Postings()
    for zone, start, end in _zones(article):
        postings.add(zone, article.text[start:end])
    for zone, text in ((TITLE, article.title), (BYLINE, article.byline), (BYLINE, article.agency)):
        postings.apart(zone, text)
    for tag in article.tags:
        postings.apart(TAG, tag)
    labels = {block.label for block in article.blocks}
    values = [("result", "article"), _path(article), *(("in", label) for label in labels), *_tags(article.tags)]
    blocks = tuple((block.start, block.end, block.label.value) for block in article.blocks)
    return {
        **postings.fields(),
        **_identity(article_owner(article.path), values, article.path),
        "stamp": article_stamp(article).encode(),
        "shown": (article.path, article.title, article.text, blocks),
    }


def annotation_document(article: Article, placed: Placed) -> Document:
    """The document of an annotation on that article."""
    one, postings = placed.annotation, _Postings()
    passage = one.quote.exact if placed.start is None else article.text[placed.start : placed.end]
    block = "" if placed.start is None else _block_at(article.blocks, placed.start)
    postings.add(LABELS[Label(block)] if block else NOTE, passage)
    for text in _notes(one):
        postings.apart(NOTE, text)
    speaker = one.claim.speaker if one.claim else ""
    postings.apart(SPEAKER, speaker)
    for tag in one.tags:
        postings.apart(TAG, tag)
    values = [
        ("result", "annotation"),
        _path(article),
        ("kind", fold_name(one.kind)),
        ("author", fold_name(one.author)),
        *([("status", fold_name(one.claim.status))] if one.claim and one.claim.status else ()),
        *([("speaker", fold_name(speaker))] if speaker else ()),
        *([("in", block)] if block else ()),
        *_tags(one.tags),
    ]
    order = f"{article.path}\x00{placed.start or 0:010d}\x00{one.id}"
    return {
        **postings.fields(),
        **_identity(sidecar_owner(article.path), values, order),
        "shown": _shown(article, placed, block),
    }


def ledger_document(path: str, stamp: str) -> Document:
    """The record that an article and its sidecar are indexed as they were when `stamp` was taken."""
    return {"owner": sidecar_owner(path), "stamp": f"{stamp}\x00{path}".encode("utf-8", "surrogatepass")}


def _identity(owner: str, values: Iterable[tuple[str, str]], order: str) -> Document:
    return {
        "owner": owner,
        "values": [existing(exact(name, value)) for name, value in dict.fromkeys(values)],
        "order": order.encode("utf-8", "surrogatepass"),
    }


def _path(article: Article) -> tuple[str, str]:
    return "path", search_fold_str(article.path)


def _tags(tags: Iterable[str]) -> list[tuple[str, str]]:
    return [("tag", fold_name(tag)) for tag in tags]


def _zones(article: Article) -> Iterator[tuple[str, int, int]]:
    """The whole text in order, each stretch with its zone; what no block covers counts as body."""
    at = 0
    for block in article.blocks:
        if at < block.start:
            yield LABELS[Label.BODY], at, block.start
        yield LABELS[block.label], block.start, block.end
        at = block.end
    if at < len(article.text):
        yield LABELS[Label.BODY], at, len(article.text)


def _block_at(blocks: Iterable[Block], offset: int) -> str:
    return next((block.label.value for block in blocks if block.start <= offset < block.end), "")


def _notes(one: Annotation) -> list[str]:
    claim = [one.claim.text, one.claim.affiliation] if one.claim else []
    return [text for text in (one.note, *claim, *(reply.note for reply in one.replies)) if text]


def _shown(article: Article, placed: Placed, block: str) -> tuple[Any, ...]:
    one, start, end = placed.annotation, placed.start, placed.end
    speaker = one.claim.speaker if one.claim else ""
    head = (article.path, article.title, one.id, one.kind, speaker, block, start, end)
    rest = (tuple(_notes(one)), one.claim.status if one.claim else "", one.author, one.tags)
    if start is None or end is None:
        around = one.quote.exact[:_LONGEST_SHOWN]
        return (*head, None, around, 0, len(around), *rest)
    first, shown_end = max(0, start - _CONTEXT), min(end, start + _LONGEST_SHOWN)
    line = article.text.count("\n", 0, start) + 1
    return (
        *head,
        line,
        article.text[first : shown_end + _CONTEXT],
        start - first,
        shown_end - start,
        *rest,
    )
