"""Markdown: the text is the file's own; its front matter says what is known, its marks say what each line is.

Blocks are told line by line, by the marks that news articles and clippings use; nothing is rendered.  A paragraph, a
heading, one item of a list, a quote and a fenced piece of code are a block each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotations.text import fingerprint
from index.article import Article, Block, Label
from index.formats.byline import byline_of, opening_of
from index.formats.front_matter import FrontMatter, read_front_matter
from index.formats.furniture import known_label
from index.formats.lines import Line, lines_of
from index.formats.naming import title_of

__all__ = ["read_markdown"]

_ATX = re.compile(r"#{1,6}(?:[ \t]|$)")
_SETEXT = re.compile(r"=+|-+")
_FENCE = re.compile(r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_REFERENCE = re.compile(r"\[[^\]]+\]:[ \t]")
_QUOTED = re.compile(r">")
_BREAKS = (_FENCE, _ATX, _ITEM, _RULE)
_FURNITURE = (Label.RELATED, Label.DISCLAIMER)


def read_markdown(path: str, text: str) -> Article:
    """The article in a canonical Markdown text.

    Front matter that cannot be read is a block of metadata all the same; nothing is taken from it, and the article's
    `problem` says why.
    """
    front = read_front_matter(path, text)
    blocks = _with_title(text, tuple(_blocks(text, front.lines)), front)
    title, title_from = title_of(text, blocks, path)
    bodies = [text[block.start : block.end] for block in blocks if block.label is Label.BODY]
    opening = opening_of(bodies[0] if bodies else "")
    byline = opening.byline or next((names for body in bodies[:3] if (names := byline_of(body))), "")
    return Article(
        path=path,
        text=text,
        fingerprint=fingerprint(text),
        blocks=blocks,
        title=front.title or title,
        title_from="metadata" if front.title else title_from,
        published=front.published or opening.published,
        agency=front.agency or opening.agency,
        byline=front.byline or byline,
        dateline=front.dateline or opening.dateline,
        tags=front.tags,
        problem=front.problem,
    )


def _blocks(text: str, front_lines: int) -> Iterator[Block]:
    """The blocks of a text whose first `front_lines` lines are its front matter."""
    lines = lines_of(text)
    front = [line for line in lines if line.number < front_lines]
    if front:
        yield Block(front[0].start, front[-1].end, Label.METADATA)
    at = len(front)
    while at < len(lines):
        label, end = _block_at(lines, at)
        yield Block(lines[at].start, lines[end - 1].end, label)
        at = end


def _block_at(lines: Sequence[Line], at: int) -> tuple[Label, int]:
    """The label of the block that starts with line `at`, and the line after its last."""
    line = lines[at].text
    if fence := _FENCE.match(line):
        return Label.CODE, _fence_end(lines, at, fence["fence"])
    if _ATX.match(line):
        return Label.HEADING, at + 1
    if _RULE.fullmatch(line):
        return Label.BODY, at + 1
    if line.startswith(">"):
        return Label.QUOTE, _paragraph_end(lines, at, until=(_FENCE, _ATX, _ITEM))
    if _ITEM.match(line):
        return Label.LIST, _paragraph_end(lines, at, until=_BREAKS)
    return _paragraph(lines, at)


def _paragraph(lines: Sequence[Line], at: int) -> tuple[Label, int]:
    """A paragraph, or the heading that a line of `=` or `-` under it makes of it."""
    end = _paragraph_end(lines, at, until=(*_BREAKS, _SETEXT, _QUOTED))
    if end < len(lines) and lines[end].number == lines[end - 1].number + 1 and _SETEXT.fullmatch(lines[end].text):
        return Label.HEADING, end + 1
    paragraph = " ".join(line.text for line in lines[at:end])
    if _IMAGE.fullmatch(paragraph):
        return Label.CAPTION, end
    if all(_REFERENCE.match(line.text) for line in lines[at:end]):
        return Label.METADATA, end
    label = known_label(paragraph)
    return (label if label in _FURNITURE else Label.BODY), end


def _paragraph_end(lines: Sequence[Line], at: int, *, until: Sequence[re.Pattern[str]]) -> int:
    """The line after the last one that goes on with line `at`: no blank line between, and no mark of another block."""
    end = at + 1
    while end < len(lines) and lines[end].number == lines[end - 1].number + 1:
        line = lines[end].text
        if any(mark.fullmatch(line) if mark in (_SETEXT, _RULE) else mark.match(line) for mark in until):
            break
        end += 1
    return end


def _fence_end(lines: Sequence[Line], at: int, fence: str) -> int:
    """The line after the fence that closes the one at `at`; the end of the text when none does."""
    for end in range(at + 1, len(lines)):
        line = lines[end].text
        if line.startswith(fence) and not line.strip(fence[0]):
            return end + 1
    return len(lines)


def _with_title(text: str, blocks: tuple[Block, ...], front: FrontMatter) -> tuple[Block, ...]:
    """The first heading of the first level as the title, unless the front matter names another."""
    for at, block in enumerate(blocks):
        if block.label is not Label.HEADING or not _first_level(text[block.start : block.end]):
            continue
        title = Block(block.start, block.end, Label.TITLE)
        same = not front.title or title_of(text, (title,), "")[0].casefold() == front.title.casefold()
        return (*blocks[:at], title, *blocks[at + 1 :]) if same else blocks
    return blocks


def _first_level(heading: str) -> bool:
    if heading.startswith("#"):
        return not heading.startswith("##")
    return heading.endswith("=")
