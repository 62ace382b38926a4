"""Where on a page the article's body stands: the run of paragraphs with the greatest sum of weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.article import Label
from index.formats.furniture import opens_comments, opens_related

if TYPE_CHECKING:
    from index.formats.lines import Paragraph

__all__ = ["body_region", "is_prose", "is_sentence", "is_title_like"]

_CLOSING = "\"'”’»)]」』）*_ "
_FULL_STOPS = (".", "!", "…", "。", "！")
_STOPS = (*_FULL_STOPS, "?", "？")
_INNER_STOP = re.compile(r"[.!?][\"”’)]*\s+\S")
_PART_OF_LIST = re.compile(r"(?:[-•*–]|\d{1,2}[.)])\s|[^\n]{1,200}:$")
_LONG = 40
_WEIGHTS = {Label.RELATED: -5, Label.CREDIT: -10, Label.DISCLAIMER: -20, Label.UI: -15, Label.CLOCK: -15}
_SECTION = -60
_LINE = -10


def is_sentence(paragraph: Paragraph) -> bool:
    """Whether a paragraph ends like a sentence; a single question is as likely a headline."""
    text = paragraph.text.rstrip(_CLOSING)
    if text.endswith(_FULL_STOPS):
        return True
    return text.endswith(_STOPS) and (paragraph.words >= 20 or _INNER_STOP.search(text) is not None)


def is_prose(paragraph: Paragraph) -> bool:
    """Whether a paragraph reads as running text: eight words and a full stop, a lead-in to a quote, or very long."""
    if paragraph.words >= _LONG:
        return True
    if paragraph.words >= 12 and paragraph.text.endswith((":", ",", "，", "：")):
        return True
    return paragraph.words >= 8 and is_sentence(paragraph)


def is_title_like(paragraph: Paragraph, most: int = 25) -> bool:
    """Whether a paragraph could be a title or a heading: short, not a sentence, starting as one does."""
    first = paragraph.text.lstrip("\"'“‘«[(¿¡「『《")[:1]
    starts = first.isdigit() or (first.isalpha() and not first.islower())
    text = paragraph.text.rstrip(_CLOSING)
    return starts and paragraph.words <= most and not text.endswith((*_FULL_STOPS[:1], "。", ":", ";", ","))


def body_region(paragraphs: Sequence[Paragraph], known: Sequence[Label | None]) -> tuple[int, int]:
    """The body's paragraphs as `(first, end)`, end exclusive; `(0, 0)` when nothing reads as running text.

    The maximum-sum run (Kadane), grown downward over sentences too short to weigh anything.

    Args:
        paragraphs: the whole page.
        known: what `known_label` says of each.
    """
    best, region, total, start = 0, (0, 0), 0, 0
    for at, (paragraph, label) in enumerate(zip(paragraphs, known, strict=True)):
        if total <= 0:
            total, start = 0, at
        total += _weight(paragraph, label)
        if total > best:
            best, region = total, (start, at + 1)
    first, end = region
    while best and end < len(paragraphs) and known[end] is None and is_sentence(paragraphs[end]):
        end += 1
    return first, end


def _weight(paragraph: Paragraph, label: Label | None) -> int:
    if label is not None:
        return _SECTION if opens_comments(paragraph.text) else _WEIGHTS[label]
    if opens_related(paragraph.text):
        return _SECTION
    if is_prose(paragraph):
        return min(paragraph.words, _LONG)
    return 0 if is_sentence(paragraph) or _PART_OF_LIST.match(paragraph.text) else _LINE
