"""An article as the rest of postil sees it: its canonical text, labelled blocks, and what is known about it.

Offsets are Unicode code points of `text`, `end` exclusive.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from annotations.frozen import frozen

__all__ = ["FURNITURE", "Article", "Block", "Label", "TitleFrom", "label_at"]

TitleFrom: TypeAlias = Literal["text", "metadata", "first-sentence", "file-name", "manual"]


class Label(StrEnum):
    """What a line of an article is.  Markdown adds the last four."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    RELATED = "related"
    TAGS = "tags"
    DISCLAIMER = "disclaimer"
    UI = "ui"
    CLOCK = "clock"
    METADATA = "metadata"
    LIST = "list"
    QUOTE = "quote"
    CODE = "code"

    __hash__ = str.__hash__  # an enumeration's own is a Python call, for each of the blocks that a set is asked about


FURNITURE = frozenset({Label.RELATED, Label.TAGS, Label.DISCLAIMER, Label.UI, Label.CLOCK, Label.METADATA})
"""Labels of page furniture: folded or dimmed on screen, still part of the text and searchable."""


class Block(NamedTuple):
    """A run of lines with one label; a long article has tens of thousands, and a named tuple is the quickest to make.

    Attributes:
        start: offset of its first code point that is not blank.
        end: offset after its last code point that is not blank, on whichever line that stands.
        label: what it is.
    """

    start: int
    end: int
    label: Label


@frozen(kw_only=True)
class Article:
    """One text of the library.

    Attributes:
        path: from the library's root, with forward slashes.
        text: the canonical text (`postil-text/1`).
        fingerprint: of `text`, as annotations name it.
        blocks: in order, not overlapping; every line that is not blank lies in one.
        title: what to call it in a list; see `title_from` for where it comes from.
        title_from: `first-sentence` and `file-name` are stand-ins, not titles.
        published: an ISO 8601 date, possibly partial (`2018-04`), or None when unknown.
        agency: who put it out, as printed ("Sputnik"), or empty.
        byline: who wrote it, as printed, or empty.
        dateline: where, as printed ("MOSCOW"), or empty.
        tags: the page's own tags, as printed (not annotations' tags).
        problem: what of its metadata could not be read, as `path:line: reason`; empty when all could.
    """

    path: str
    text: str
    fingerprint: str
    blocks: tuple[Block, ...] = ()
    title: str
    title_from: TitleFrom
    published: str | None = None
    agency: str = ""
    byline: str = ""
    dateline: str = ""
    tags: tuple[str, ...] = field(default=())
    problem: str = ""


def label_at(article: Article, offset: int) -> Label | None:
    """What stands at an offset (code points); None between blocks."""
    return next((block.label for block in article.blocks if block.start <= offset < block.end), None)
