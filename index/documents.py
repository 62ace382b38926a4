"""Articles and annotations as documents of an index: their words by zone, their values, and what a result shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from annotations.fold import search_fold_str
from annotations.frozen import frozen
from annotations.names import fold_name
from index.article import Article, Block, Label
from index.dates import UNKNOWN, days, year_of
from index.facts import had, has, states
from index.search import FACETS
from index.words import words
from index.zones import AFFILIATION, BYLINE, LABELS, NOTE, SPEAKER, TAG, TITLE

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from annotations.model import Annotation

__all__ = [
    "Document",
    "ShownAnnotation",
    "ShownArticle",
    "Zoned",
    "annotation_document",
    "article_document",
    "article_owner",
    "article_stamp",
    "ledger_document",
    "runs",
    "sidecar_owner",
]

_GAP = 128
"""Positions left free around what stands apart: more than `NEAR` ever reaches."""
_CONTEXT = 240
_LONGEST_SHOWN = 4000

Blocks: TypeAlias = tuple[tuple[int, int, str], ...]


class Zoned(NamedTuple):
    """A stretch of a document's text.

    Attributes:
        zone: the letter of `index.zones` for where it stands.
        text: as printed.
        apart: no phrase may run into it or out of it.
    """

    zone: str
    text: str
    apart: bool = True


@frozen(kw_only=True)
class Document:
    """What an index keeps: an article, an annotation, or the record of what is indexed of an article's sidecar.

    Attributes:
        owner: what it is replaced by, together with all others of that owner.
        texts: its words, in order; `runs` gives them their positions.
        values: what it equals (a kind, a whole tag, …): the field, and the folded value, each pair once.  Behind the
            value, and a unit separator, may stand how it is printed.
        published_first: the first day its article may have been published, yyyymmdd; 0 when that is unknown.
        published_last: the last such day, likewise.
        title: of its article, folded, to sort by.
        order: where it stands among equals: path, place in the article, id.
        stamp: what it was made from; empty for an annotation.
        shown: the fields of a `ShownArticle` or a `ShownAnnotation`; empty for a record.
    """

    owner: str
    texts: tuple[Zoned, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    published_first: int = UNKNOWN[0]
    published_last: int = UNKNOWN[1]
    title: str = ""
    order: str = ""
    stamp: str = ""
    shown: tuple[Any, ...] = ()


@frozen
class ShownArticle:
    """What a result shows of an article.

    Attributes:
        path: from the library's root.
        title: as in the library list.
        text: the canonical text as it was indexed.
        blocks: start, end and label of each block.
        published: an ISO 8601 date, possibly partial; empty when unknown.
        outlet: who put it out, as printed, or empty.
        tags: its tags, as printed.
    """

    path: str
    title: str
    text: str
    blocks: Blocks
    published: str
    outlet: str
    tags: tuple[str, ...]


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
        published: of its article, as there; so is `outlet`.
        outlet: see `published`.
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
    published: str
    outlet: str


def runs(document: Document) -> Iterator[tuple[str, list[str], int]]:
    """The words of a document: zone, words in order, and the position of the first; the others follow it."""
    at = 0
    for zone, text, apart in document.texts:
        found = words(text)
        at += _GAP * apart
        yield zone, found, at
        at += len(found) + _GAP * apart


def article_owner(path: str) -> str:
    """What an article's document is replaced by."""
    return f"article\x1f{path!a}"


def sidecar_owner(path: str) -> str:
    """What the documents of an article's annotations are replaced by, all at once."""
    return f"sidecar\x1f{path!a}"


def article_stamp(article: Article, placed: Iterable[Placed] = ()) -> str:
    """Changes when anything does that an article's document holds.

    Args:
        article: the article.
        placed: its annotations.
    """
    about = (article.title, article.byline, article.agency, article.published, article.tags)
    facts = repr((article.fingerprint, about, article.blocks, had(article, placed)))
    return hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:16]


def article_document(article: Article, placed: Iterable[Placed] = ()) -> Document:
    """The document of an article: all its text, furniture too, and what is known about it.

    Args:
        article: the article.
        placed: its annotations, for what it has through them.
    """
    placed = tuple(placed)
    texts = [
        *_zones(article),
        Zoned(TITLE, article.title),
        *(Zoned(BYLINE, text) for text in (article.byline, article.agency)),
        *(Zoned(TAG, tag) for tag in article.tags),
    ]
    values = [
        ("result", "article"),
        ("is", "article"),
        *(("in", label) for label in dict.fromkeys(block.label.value for block in article.blocks)),
        *(("has", one) for one in had(article, placed)),
        *_names("byline", [article.byline]),
        *_names("tag", article.tags),
    ]
    blocks = tuple((block.start, block.end, block.label.value) for block in article.blocks)
    about = (article.published or "", article.agency, article.tags)
    return _document(
        article,
        article_owner(article.path),
        texts,
        values,
        order=article.path,
        stamp=article_stamp(article, placed),
        shown=(article.path, article.title, article.text, blocks, *about),
    )


def annotation_document(article: Article, placed: Placed) -> Document:
    """The document of an annotation on that article."""
    one, claim = placed.annotation, placed.annotation.claim
    passage = one.quote.exact if placed.start is None else article.text[placed.start : placed.end]
    block = "" if placed.start is None else _block_at(article.blocks, placed.start)
    speaker, affiliation, status = (claim.speaker, claim.affiliation, claim.status) if claim else ("", "", "")
    texts = [
        Zoned(LABELS[Label(block)] if block else NOTE, passage),
        *(Zoned(NOTE, text) for text in _notes(one)),
        Zoned(SPEAKER, speaker),
        Zoned(AFFILIATION, affiliation),
        *(Zoned(TAG, tag) for tag in one.tags),
    ]
    sides = [(side.value, side.toward) for side in (claim.stance if claim else ())]
    values = [
        ("result", "annotation"),
        ("is", "annotation"),
        *_names("is", states(placed)),
        *([("in", block)] if block else ()),
        *(("has", one) for one in has(one)),
        *_names("kind", [one.kind]),
        *_names("author", [one.author]),
        *_names("status", [status]),
        *_names("speaker", [speaker]),
        *_names("affiliation", [affiliation]),
        *_names("stance", [text for value, toward in sides for text in (value, toward, f"{value} {toward}")]),
        *_names("tag", one.tags),
    ]
    order = f"{article.path}\x00{placed.start or 0:010d}\x00{one.id}"
    shown = _shown(article, placed, block)
    return _document(article, sidecar_owner(article.path), texts, values, order=order, shown=shown)


def ledger_document(path: str, stamp: str) -> Document:
    """The record that an article and its sidecar are indexed as they were when `stamp` was taken."""
    return Document(owner=sidecar_owner(path), order=path, stamp=f"{stamp}\x00{path}")


def _document(
    article: Article,
    owner: str,
    texts: Iterable[Zoned],
    values: Iterable[tuple[str, str]],
    *,
    order: str,
    stamp: str = "",
    shown: tuple[Any, ...],
) -> Document:
    """A document with what it shares with all others of its article."""
    first, last = days(article.published)
    of_article = [
        ("path", search_fold_str(article.path)),
        ("year", year_of(article.published)),
        *_names("outlet", [article.agency]),
    ]
    return Document(
        owner=owner,
        texts=tuple(one for one in texts if one.text),
        values=tuple(dict.fromkeys((*values, *of_article))),
        published_first=first,
        published_last=last,
        title=search_fold_str(article.title),
        order=order,
        stamp=stamp,
        shown=shown,
    )


def _names(field: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """Values of a field, folded as names are; what matches are counted by keeps how it is printed."""
    names = {folded: value.strip() for value in values if value.strip() and (folded := fold_name(value))}
    if field not in FACETS:
        return [(field, folded) for folded in names]
    return [(field, folded if folded == value else f"{folded}\x1f{value}") for folded, value in names.items()]


def _zones(article: Article) -> Iterator[Zoned]:
    """The whole text in order, in stretches of one zone as long as they can be; what no block covers counts as body."""
    text, zone, begun = article.text, LABELS[Label.BODY], 0
    for other, start in _changes(article):
        if other != zone:
            yield Zoned(zone, text[begun:start], apart=False)
            zone, begun = other, start
    yield Zoned(zone, text[begun:], apart=False)


def _changes(article: Article) -> Iterator[tuple[str, int]]:
    """Where a zone begins, and which; blanks between blocks are of the one before."""
    at = 0
    for block in article.blocks:
        if article.text[at : block.start].strip():
            yield LABELS[Label.BODY], at
        yield LABELS[block.label], block.start
        at = block.end
    if article.text[at:].strip():
        yield LABELS[Label.BODY], at


def _block_at(blocks: Iterable[Block], offset: int) -> str:
    return next((block.label.value for block in blocks if block.start <= offset < block.end), "")


def _notes(one: Annotation) -> list[str]:
    claim = [one.claim.text] if one.claim else []
    return [text for text in (one.note, *claim, *(reply.note for reply in one.replies)) if text]


def _shown(article: Article, placed: Placed, block: str) -> tuple[Any, ...]:
    one, start, end = placed.annotation, placed.start, placed.end
    speaker = one.claim.speaker if one.claim else ""
    head = (article.path, article.title, one.id, one.kind, speaker, block, start, end)
    rest = (
        tuple(_notes(one)),
        one.claim.status if one.claim else "",
        one.author,
        one.tags,
        article.published or "",
        article.agency,
    )
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
