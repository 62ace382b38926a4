"""Lines and paragraphs of a text, as spans: what the readers of each format put labels on.

A paragraph is one line, or, in a text that was wrapped by hand, a run of lines that a program would join again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.article import Block, Label

__all__ = ["Line", "Paragraph", "blocks_of", "lines_of", "one_line", "paragraphs_of"]

_SHORTEST_WRAPPED = 40
_WIDEST = 200
_CJK = re.compile("[\u2e80-\ud7ff]")
_APART = frozenset({Label.BODY, Label.HEADING, Label.TITLE, Label.LIST})


@dataclass(slots=True)  # frozen ones take three times as long to make, and a text has very many
class Line:
    """A line that is not blank, without the blanks around it.

    Attributes:
        start: offset of its first code point that is not blank.
        end: offset after its last one.
        text: what stands between them.
        number: which line of the text it is, from 0.
    """

    start: int
    end: int
    text: str
    number: int


@dataclass(slots=True)  # as above
class Paragraph:
    """One or more lines that are read as one; `text` joins them with spaces.

    Attributes:
        first: number of its first line, from 0.
        last: number of its last line.
        words: how many words; two CJK characters count as one.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    words: int


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that are not blank (a line of nothing but white space of any kind is)."""
    found, at = [], 0
    for number, raw in enumerate(text.split("\n")):
        if stripped := raw.strip():
            start = at if stripped is raw else at + len(raw) - len(raw.lstrip())
            found.append(Line(start, start + len(stripped), stripped, number))
        at += len(raw) + 1
    return found


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs of `text`: its lines, joined where they were wrapped by hand."""
    lines = lines_of(text)
    width = _wrap_width(lines)
    if not width:
        return [_paragraph([line]) for line in lines]
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _wrapped(runs[-1][-1], line, width):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [_paragraph(run) for run in runs]


def blocks_of(paragraphs: Sequence[Paragraph], labels: Iterable[Label]) -> tuple[Block, ...]:
    """One block for each paragraph of the article; lines of one furniture label that touch make one block."""
    blocks: list[Block] = []
    last = -2
    for paragraph, label in zip(paragraphs, labels, strict=True):
        touches = bool(blocks) and paragraph.first == last + 1
        if touches and blocks[-1].label is label and label not in _APART:
            blocks[-1] = Block(blocks[-1].start, paragraph.end, label)
        else:
            blocks.append(Block(paragraph.start, paragraph.end, label))
        last = paragraph.last
    return tuple(blocks)


def one_line(text: str) -> str:
    """`text` with its line breaks, and the blanks around them, made single spaces; all else stays as printed."""
    return " ".join(line.strip() for line in text.strip().split("\n"))


def _paragraph(run: list[Line]) -> Paragraph:
    text = run[0].text if len(run) == 1 else " ".join(line.text for line in run)
    return Paragraph(run[0].start, run[-1].end, text, run[0].number, run[-1].number, _count_words(text))


def _count_words(text: str) -> int:
    words = len(text.split())
    if not text.isascii():
        words += len(_CJK.findall(text)) // 2
    return words


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width that the text was wrapped to, in code points; 0 when it was not.

    The evidence is long lines that are followed, without a blank line, by one that goes on in the middle of a
    sentence.  They must be at least two, and at least half of all long lines that are followed by another.
    """
    joins = [(a, b) for a, b in pairwise(lines) if b.number == a.number + 1 and _could_wrap(a.text)]
    going_on = [len(a.text) for a, b in joins if _goes_on(b.text)]
    return max(going_on) if len(going_on) >= 2 and 2 * len(going_on) >= len(joins) else 0


def _could_wrap(line: str) -> bool:
    return (_SHORTEST_WRAPPED if line.isascii() else _SHORTEST_WRAPPED // 2) <= len(line) <= _WIDEST


def _goes_on(line: str) -> bool:
    """Whether a sentence may go on with this line: it starts with a letter that is no capital."""
    return line[0].isalpha() and not line[0].isupper() and not line[0].istitle()


def _wrapped(above: Line, line: Line, width: int) -> bool:
    """Whether the break between two lines is one of wrapping: the next word had little or no room on the line above.

    People who wrap by hand do not fill every line, hence the fifth of the width that may be left.
    """
    if line.number != above.number + 1 or len(above.text) > width + 10:
        return False
    word = line.text[:24].split(None, 1)[0]
    return len(above.text) + 1 + len(word) > width * 4 // 5
