"""What to call an article: its title, or what stands in for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from index.article import Block, Label, TitleFrom
from index.formats.byline import opening_of
from index.formats.lines import one_line

__all__ = ["first_sentence", "title_of"]

_END = re.compile(r"(?:[.!?…][\"”’')\]]*(?=\s+[\"“‘'(\[]*[^\Wa-z_])|[。！？][」』”）]*)")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sen|Rep|Gov|St|Jr|Sr|No|vs)|\b[^\W\d_])\.$")
_LONGEST = 1000


def title_of(text: str, blocks: Sequence[Block], path: str) -> tuple[str, TitleFrom]:
    """The title that the text prints, else its first body sentence, else the file's name; and which of them it is."""
    title = next((block for block in blocks if block.label is Label.TITLE), None)
    if title is not None:
        printed = text[title.start : title.end]
        return _unmarked(printed) or one_line(printed), "text"
    body = next((block for block in blocks if block.label is Label.BODY), None)
    if body is not None:
        paragraph = one_line(text[body.start : body.end])
        return first_sentence(paragraph[opening_of(paragraph).length :]), "first-sentence"
    return PurePosixPath(path).stem, "file-name"


def first_sentence(paragraph: str) -> str:
    """The first sentence of a paragraph; all of it when it has but one, and no more than a thousand code points."""
    start = paragraph[:_LONGEST]
    for end in _END.finditer(start):
        sentence = start[: end.end()]
        if not _ABBREVIATION.search(sentence[-8:]):
            return sentence
    return start


def _unmarked(title: str) -> str:
    """A title without the marks that make it one in Markdown."""
    line, _, underline = title.rpartition("\n")
    if line and not underline.strip().strip("="):
        title = line
    elif title.startswith("#"):
        title = title.lstrip("#").strip()
        words, _, closing = title.rpartition(" ")
        title = title if closing.strip("#") else words
    return one_line(title).replace("**", "").strip()
