"""What was found, as the find pane lists it: articles, each with what is annotated in it beneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.frozen import frozen
from reader.display import display
from reader.messages import Target
from reader.showing import DIM, columns, fit, shown
from reader.widgets.listing import Item

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.search import Hit
    from reader.glyphs import Glyphs

__all__ = ["Group", "grouped", "items_of", "target_of"]

_HEAD, _ALONE, _MARK = 4, 2, 2
"""Lines of an article that was found itself, of one over annotations, and of an annotation."""

_BEFORE = 24
"""How much of a snippet to keep before its hit, in code points: two narrow lines must hold the hit."""


@frozen
class Group:
    """What was found in one article.

    Attributes:
        article: the article's own hit; None where only annotations were found.
        annotations: those that were found, in the order of the hits.
    """

    article: Hit | None
    annotations: tuple[Hit, ...]

    @property
    def first(self) -> Hit:
        """The hit that tells of the article."""
        return self.article or self.annotations[0]

    @property
    def path(self) -> str:
        """The article's."""
        return self.first.path

    @property
    def places(self) -> int:
        """At how many places of the text there is something to go to, as far as the search can tell."""
        if self.article and self.article.places:
            return self.article.places
        return sum(one.start is not None for one in self.annotations) or int(self.article is not None)


def grouped(hits: Sequence[Hit]) -> list[Group]:
    """The hits by article; an article stands where the best of its hits does."""
    by_path: dict[str, list[Hit]] = {}
    for hit in hits:
        by_path.setdefault(hit.path, []).append(hit)
    return [
        Group(
            next((one for one in several if one.result == "article"), None),
            tuple(one for one in several if one.result == "annotation"),
        )
        for several in by_path.values()
    ]


def items_of(groups: Sequence[Group], query: str, signs: Glyphs, is_open: Callable[[str], bool]) -> list[Item]:
    """A list of them, with air after each article."""
    return [item for group in groups for item in _items(group, query, signs, is_open)]


def target_of(hit: Hit, query: str) -> Target:
    """Where a hit leads."""
    passage = None if hit.start is None or hit.end is None else (hit.start, hit.end)
    return Target(hit.path, hit.id, passage, query)


def _items(group: Group, query: str, signs: Glyphs, is_open: Callable[[str], bool]) -> Iterator[Item]:
    air = [0] * len(group.annotations) + [1]
    if group.article:
        draw = partial(_article, group, signs, is_open)
        yield Item(target_of(group.article, query), draw, rows=_HEAD + air[0])
    else:
        yield Item(Target(group.path), partial(_head, group, signs, is_open), heading=True, rows=_ALONE)
    for more, hit in zip(air[1:], group.annotations, strict=True):
        yield Item(target_of(hit, query), partial(_annotation, hit, signs), rows=_MARK + more)


def _head(group: Group, signs: Glyphs, is_open: Callable[[str], bool], width: int) -> list[Content]:
    """Title and how many hits; outlet, date, and which part of the article the best hit is in."""
    hit = group.first
    here = is_open(group.path)
    lead = Content.styled(f"{signs.here} ", "$accent") if here else Content("  ")
    many = group.article.places if group.article else 0
    count = shown(f"{many:,} hit{'' if many == 1 else 's'}", DIM) if many else Content("")
    about = f" {signs.dot} ".join(filter(None, (hit.outlet, hit.published or "date unknown")))
    block = shown((group.article.block or "") if group.article else "", DIM)
    lines = [columns(shown(hit.title, "bold"), count, width - 2), columns(shown(about, DIM), block, width - 2)]
    return [lead + line for line in lines]


def _article(group: Group, signs: Glyphs, is_open: Callable[[str], bool], width: int) -> list[Content]:
    """Its head, and two lines of the text around the best hit."""
    room = max(width - 4, 1)
    around = _snippet(group.first, signs, _BEFORE, 3 * room).wrap(room)[:2]
    lines = [*_head(group, signs, is_open, width), *(Content("    ") + line for line in around)]
    return lines + [Content("")] * (_HEAD - len(lines))


def _annotation(hit: Hit, signs: Glyphs, width: int) -> list[Content]:
    """Whose claim it is, or what else and by whom, and where the work on it stands; the words it is about."""
    glyph = shown(signs.kinds.get(hit.kind or "", "?"), "bold $accent")
    who = shown(hit.speaker, "bold") if hit.speaker else shown(f"{hit.kind} {signs.dot} {hit.author}", DIM)
    status = shown(signs.statuses.get(hit.status, "?") if hit.status else "", DIM)
    room = width - 6
    words = _snippet(hit, signs, max(room // 3, 1), 2 * max(room, 1))
    head = columns(Content("  ") + glyph + " " + who, status, width)
    return [head, Content(f"    {signs.quotes[0]}") + fit(words, room) + signs.quotes[1]]


def _snippet(hit: Hit, signs: Glyphs, before: int, most: int) -> Content:
    """So many code points of the snippet, its hits marked; cut so that the first one is near the beginning."""
    first = hit.marks[0][0] if hit.marks else 0
    at = max(first - before, 0)
    at = hit.snippet.find(" ", at, first) + 1 if at else 0
    text, parts = hit.snippet[: at + most], [Content(signs.ellipsis if at else "")]
    for start, end in hit.marks:
        parts += [Content(display(text[at:start])), shown(text[start:end], "bold underline $accent")]
        at = end
    return Content("").join([*parts, Content(display(text[at:]))])
