"""A note's Markdown as styled text: emphasis, code, lists, quotes and links; links are words, nothing to click on.

The parser is imported when the first note that has any Markdown in it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.frozen import frozen
from annotations.patterns import pattern
from reader.showing import DIM, shown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["Paragraph", "gist", "paragraphs"]

_ANY = pattern(r"[*_`\[<>#&\\~=|]|^\s*(?:[-+]|\d+[.)])\s|^(?:\t| {4})|^-{3,}", re.MULTILINE)
_STRESSED = pattern(r"(\*\*|__|[*`])(?=\S)(.+?)(?<=\S)\1")
_LINKED = pattern(r"\[([^\[\]]+)\]\([^()\s]*\)")
_GLANCE = 300
"""Code points that a line of a card may need."""

_LONGEST = 20_000
"""Code points; a longer note is shown as it was typed."""

_QUOTED = "> "
_STYLES = {"strong": "bold", "em": "italic", "link": "underline", "s": "strike"}


@frozen
class Paragraph:
    """A line or more to be wrapped, and how far in it stands.

    Attributes:
        content: the words.
        lead: what stands before the first line: a bullet, a number; as wide as what stands before the others is blank.
    """

    content: Content
    lead: str = ""

    def wrap(self, width: int) -> list[Content]:
        """Its lines in that many cells."""
        blank = Content(" " * len(self.lead))
        lines = self.content.wrap(max(width - len(self.lead), 1)) or [Content("")]
        return [(blank if at else shown(self.lead, DIM)) + line for at, line in enumerate(lines)]


def paragraphs(note: str, bullet: str = "•") -> list[Paragraph]:
    """What a note says, line by line as it was typed.

    Args:
        note: as it was typed.
        bullet: what stands before the items of a list.
    """
    if len(note) > _LONGEST or not _ANY.search(note):
        return [Paragraph(shown(line.strip())) for line in note.splitlines() if line.strip()]
    return list(_read(_parser().parse(note), bullet))


def gist(note: str) -> str:
    """A note's words in one line, without the commonest signs of Markdown; nothing is parsed for it."""
    words = " ".join(note[:_GLANCE].split())
    return _STRESSED.sub(r"\2", _LINKED.sub(r"\1", words))


_KEPT: list[MarkdownIt] = []


def _parser() -> MarkdownIt:
    if not _KEPT:
        from markdown_it import MarkdownIt

        # What defines a reference would vanish; and a note holds no HTML, only text with pointed brackets.
        _KEPT.append(MarkdownIt("commonmark", {"html": False}).disable("reference"))
    return _KEPT[0]


def _read(tokens: Sequence[Token], bullet: str) -> Iterator[Paragraph]:
    """The blocks in their order; lists and quotes lead what is in them."""
    around = _Around(bullet)
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield from (Paragraph(shown(line, "$primary"), around.lead()) for line in token.content.splitlines())
        elif token.type == "hr":
            yield Paragraph(shown("---", DIM), around.lead())
        elif token.type == "inline":
            style = "bold" if around.heading else ""
            yield from (Paragraph(line, around.lead()) for line in _inline(token.children or (), style))
        elif token.nesting > 0:
            around.enter(token)
        else:
            around.leave(token)


class _Around:
    """What a line stands in."""

    def __init__(self, bullet: str) -> None:
        self.heading = False
        self._bullet = bullet
        self._leads: list[str] = []
        self._numbers: list[int | None] = []

    def enter(self, token: Token) -> None:
        if token.tag in ("ul", "ol"):
            self._numbers.append(None if token.tag == "ul" else int(token.attrs.get("start", 1)))
        elif token.tag == "li":
            number = self._numbers[-1]
            self._leads.append(f"{self._bullet} " if number is None else f"{number}. ")
            self._numbers[-1] = None if number is None else number + 1
        elif token.tag == "blockquote":
            self._leads.append(_QUOTED)
        elif token.type == "heading_open":
            self.heading = True

    def leave(self, token: Token) -> None:
        if token.tag in ("ul", "ol"):
            self._numbers.pop()
        elif token.tag in ("li", "blockquote"):
            self._leads.pop()
        elif token.type == "heading_close":
            self.heading = False

    def lead(self) -> str:
        """What stands before the next line: a bullet only once, the sign of a quote before each."""
        lead = "".join(self._leads)
        self._leads = [one if one == _QUOTED else " " * len(one) for one in self._leads]
        return lead


def _inline(tokens: Sequence[Token], style: str) -> Iterator[Content]:
    """The lines of a paragraph."""
    line = Content("")
    styles = [style]
    targets: list[tuple[str, int]] = []
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type in ("softbreak", "hardbreak"):
            yield line
            line = Content("")
        elif token.type.endswith("_open"):
            styles.append(f"{styles[-1]} {_STYLES.get(name, '')}".strip())
            targets.append((str(token.attrs.get("href", "")), len(line.plain)))
        elif token.type.endswith("_close"):
            styles.pop()
            target, start = targets.pop()
            if target and target not in (said := line.plain[start:], f"mailto:{said}"):
                line += shown(f" ({target})", DIM)
        elif token.type == "code_inline":
            line += shown(token.content, "$primary")
        elif token.type == "image":
            line += shown(f"{token.content} ({token.attrs.get('src', '')})", styles[-1])
        else:
            line += shown(token.content, styles[-1])
    yield line
