"""The two sides of a repair: a passage as it was quoted, and what the article has in its place now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.anchor import State
from reader.noted import gist
from reader.repairs import surroundings
from reader.showing import DIM, dotted, shown
from reader.wording import sides

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from annotations.model import Annotation
    from reader.desk import Desk
    from reader.glyphs import Glyphs

__all__ = ["CHOICES", "both_sides", "what_it_is"]

CHOICES = 9
"""How many places can be chosen among by a digit."""

_CONTEXT = 100
"""Code points shown on either side."""

_LONG = 3000
"""Code points of a passage from which on it is told without its middle."""

_HEADS = {
    State.SAME: "elsewhere, word for word",
    State.MOVED: "elsewhere, word for word",
    State.EDITED: "in its place now",
    State.AMBIGUOUS: "where it may be",
    State.ORPHAN: "what stands there now",
}
_MATTERS = {
    State.SAME: "it stands elsewhere",
    State.MOVED: "it stands elsewhere",
    State.AMBIGUOUS: "it may be in several places",
    State.ORPHAN: "its words are gone",
}


def what_it_is(placed: Placed, signs: Glyphs, width: int, *, mine: bool) -> Content:
    """Which annotation it is, what it says, and what is the matter with it."""
    from reader.cards import headline

    one = placed.annotation
    by = one.author if one.claim and one.claim.speaker else ""
    who = [headline(one, signs), shown(by, DIM), shown(one.created[:10], DIM), shown(", ".join(one.tags), "$primary")]
    lines = dotted([part for part in who if part.plain], signs.dot, width)
    said = gist(one.note) or (one.claim.text if one.claim else "")
    lines += [shown(said, "italic").truncate(width, ellipsis=True)] if said else []
    return Content("\n").join([*lines, shown(_matter(placed, mine=mine), "$warning")])


def both_sides(placed: Placed, desk: Desk) -> tuple[Content, Content]:
    """The passage with what stood around it; and the article's present text."""
    one, text = placed.annotation, desk.article.text
    old, new = shown(_short(one.quote.exact), "bold"), Content("")
    if placed.start is not None and placed.end is not None:
        now = text[placed.start : placed.end]
        if placed.state is State.EDITED:
            old, now_shown = sides(one.quote.exact, now)
        else:
            now_shown = shown(_short(now), "bold")
        new = _around(now_shown, text, placed.start, placed.end)
    elif placed.candidates:
        new = Content("\n\n").join(_candidates(placed, text))
    else:
        new = _nothing(one, text)
    was = [shown(f"before that: “{_short(each)}”", DIM) for each in reversed(one.quote.was)]
    left = _quiet(one.quote.prefix) + old + _quiet(one.quote.suffix)
    heads = shown("as it was quoted", "bold $primary"), shown(_HEADS[placed.state], "bold $primary")
    return Content("\n").join([heads[0], left, *was]), Content("\n").join([heads[1], new])


def _matter(placed: Placed, *, mine: bool) -> str:
    """What is the matter, as its placing says; of other words, whose quotation they are another wording of."""
    if placed.state is not State.EDITED:
        return placed.reason or _MATTERS[placed.state]
    rest = placed.reason.partition("; ")[2]
    said = f"the wording {'you' if mine else placed.annotation.author} quoted changed"
    return f"{said}; {rest}" if rest else said


def _candidates(placed: Placed, text: str) -> Iterator[Content]:
    for number, (start, end) in enumerate(placed.candidates[:CHOICES], 1):
        line = text.count("\n", 0, start) + 1
        passage = shown(_short(text[start:end]), "bold")
        yield Content.assemble((f"{number}", "bold $primary"), (f"  line {line}", DIM), "\n") + _around(
            passage, text, start, end
        )
    if len(placed.candidates) > CHOICES:
        yield shown(f"and {len(placed.candidates) - CHOICES} more: h selects one in the article", DIM)


def _nothing(one: Annotation, text: str) -> Content:
    """That its words are gone; and what stands where they stood, if that is known."""
    place = surroundings(text, one.quote)
    if place is None:
        return shown("Neither its words nor those around them are in the article.")
    gap = _short(text[slice(*place)])
    return _around(shown(gap, "bold") if gap else Content(" ") + shown("[gone]", "$error"), text, *place)


def _around(passage: Content, text: str, start: int, end: int) -> Content:
    """A passage of the text between what stands around it, in whole words where it has words."""
    before, after = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = before.partition(" ")[2] or before
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] or after
    return _quiet(before.lstrip()) + passage + _quiet(after.rstrip())


def _quiet(words: str) -> Content:
    """Words beside a passage in one line; a blank next to it stays."""
    return shown(" ".join(f"|{words}|".split())[1:-1], DIM)


def _short(passage: str) -> str:
    line = " ".join(passage.split())
    if len(line) <= _LONG:
        return line
    return f"{line[: _LONG * 2 // 3]} […] {line[-_LONG // 3 :]}"
