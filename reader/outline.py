"""The headings of an article, to go to; of one without headings, how its paragraphs begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.fold import search_fold_str
from annotations.frozen import frozen
from index.article import FURNITURE, Label
from reader.messages import Target
from reader.motions import Motions
from reader.screens.pick import Offer
from reader.showing import DIM, columns, shown
from reader.widgets.listing import Item

if TYPE_CHECKING:
    from index.article import Article

__all__ = ["Outline", "Section", "sections"]

_BEGINNING = 120
_HEADINGS = (Label.TITLE, Label.HEADING)


@frozen
class Section:
    """Where a section begins.

    Attributes:
        start: of its heading, or of the paragraph, in code points of the text.
        end: likewise.
        name: the heading's words, or the paragraph's first ones.
        level: how deep it stands: 0 for a title; a paragraph has 1.
    """

    start: int
    end: int
    name: str
    level: int


def sections(article: Article) -> tuple[Section, ...]:
    """Title and headings in the order of the text; where there is no heading, the paragraphs too."""
    titles = [
        Section(block.start, block.end, *_named(article.text[block.start : block.end], block.label))
        for block in article.blocks
        if block.label in _HEADINGS
    ]
    if any(one.level for one in titles):
        return tuple(titles)
    return tuple(sorted([*titles, *_paragraphs(article, {one.start for one in titles})], key=lambda one: one.start))


def _named(words: str, label: Label) -> tuple[str, int]:
    hashes = len(words) - len(words.lstrip("#")) if words[:1] == "#" else 0
    name = " ".join(words.strip("#").split())
    return name, 0 if label is Label.TITLE else max(hashes - 1, 1)


def _paragraphs(article: Article, but: set[int]) -> Iterator[Section]:
    motions, at = Motions(article.text, article.blocks, skip=FURNITURE), -1
    while span := motions.after("paragraph", at):
        at, end = span
        if at not in but:
            words = " ".join(article.text[at : min(end, at + _BEGINNING)].split())
            yield Section(at, end, words, 1)


class Outline:
    """The sections of an open article, as a list; the one that is being read is chosen."""

    hint = "a word of the heading"
    rows = 1
    does = "go there"
    slow = False
    page = 0

    def __init__(self, article: Article, cursor: int) -> None:
        self.title = "Outline"
        self.typed = ""
        self._article = article
        self._cursor = cursor
        self._sections = sections(article)
        self._headed = any(block.label is Label.HEADING for block in article.blocks)

    def offer(self, typed: str, most: int) -> Offer:
        """The sections whose names hold all that was typed."""
        del most
        words = search_fold_str(typed).split()
        left = [one for one in self._sections if all(word in search_fold_str(one.name) for word in words)]
        here = max((at for at, one in enumerate(left) if one.start <= self._cursor), default=0)
        teach = "" if left else self._teach()
        return Offer([self._item(one) for one in left], self._about(len(left)), teach, 0 if words else here)

    def leave(self, typed: str, chosen: Target | None, most: int) -> None:
        """Nothing is kept: the next time one stands elsewhere."""

    def _about(self, left: int) -> str:
        total = len(self._sections)
        what = "heading" if self._headed else "paragraph"
        of = "" if left == total else f" of {total:,}"
        why = "" if self._headed else ": no headings in this article"
        return f"{left:,}{of} {what}{'' if total == 1 else 's'}{why}" if total else ""

    def _teach(self) -> str:
        if not self._sections:
            return "There is nothing to go to in this article. E says of a line that it is a heading."
        return f"No {'heading' if self._headed else 'paragraph'} has these words."

    def _item(self, one: Section) -> Item:
        return Item(Target(self._article.path, passage=(one.start, one.end)), partial(self._lines, one))

    def _lines(self, one: Section, width: int) -> Sequence[Content]:
        far = shown(f"{one.start / max(len(self._article.text), 1):.0%}", DIM)
        name = shown("  " * one.level + one.name, "" if one.level else "bold")
        return [columns(name, far, width)]
