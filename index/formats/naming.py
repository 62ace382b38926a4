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
_MARKS = re.compile(r"#{1,6}\s+|\s+#+$|\n\s*=+$")


def title_of(text: str, blocks: Sequence[Block], path: str) -> tuple[str, TitleFrom]:
    """The title that the text prints, else its first body sentence, else the file's name; and which of them it is."""
    title = next((block for block in blocks if block.label is Label.TITLE), None)
    if title is not None:
        printed = text[title.start : title.end]
        named = one_line(_MARKS.sub("", printed)).strip("*_ ")
        return named or one_line(printed), "text"
    body = next((block for block in blocks if block.label is Label.BODY), None)
    if body is not None:
        paragraph = one_line(text[body.start : body.end])
        return first_sentence(paragraph[opening_of(paragraph).length :]), "first-sentence"
    return PurePosixPath(path).stem, "file-name"


def first_sentence(paragraph: str) -> str:
    """The first sentence of a paragraph; all of it when it has but one."""
    for end in _END.finditer(paragraph):
        sentence = paragraph[: end.end()]
        if not _ABBREVIATION.search(sentence):
            return sentence
    return paragraph
