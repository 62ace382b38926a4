"""Where in a text the words of a query stand, which of those places is the best, and a line of text around it.

This looks at the text itself, with the same words as the index: what it shows is really there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from index.article import FURNITURE
from index.places import Region, places

if TYPE_CHECKING:
    from index.nodes import Leaf
    from index.places import Place

__all__ = ["Match", "Region", "Snippet", "beginning", "cut", "everywhere", "find"]

WIDTH = 200
_MOST_LOOKED_AT = 50
_MOST_SHOWN = 1000
_EDGE = 30
_BREAK = re.compile(r"\s*[\n\r\u2028\u2029]\s*")


@frozen
class Match:
    """The best place for a query in a text.

    Attributes:
        start: offset of its first code point.
        end: offset after its last.
        label: of the block it begins in.
        near: spans of everything that matches around it, itself included.
        places: at how many places something matches; of very many, some.
    """

    start: int
    end: int
    label: str
    near: tuple[tuple[int, int], ...]
    places: int = 1


@frozen
class Snippet:
    """A line of text, and the spans in it of the words that matched."""

    text: str
    marks: tuple[tuple[int, int], ...]


def find(
    text: str, regions: Sequence[Region], wanted: Iterable[Leaf], *, without: frozenset[str] = frozenset()
) -> Match | None:
    """The best match: the longest one, where most of what is wanted stands close together; the first of equals.

    Args:
        text: an article's, or a note.
        regions: its parts, in order.
        wanted: leaves of a query; those for a field are left out.
        without: labels of regions to leave out.
    """
    found = places(text, regions, wanted, without, _MOST_LOOKED_AT)
    if not found:
        return None
    near = _best(found)
    chosen = max(near, key=lambda place: place.length)
    around = [
        (place.start, place.end) for place in found if chosen.start - WIDTH <= place.start <= chosen.start + WIDTH
    ]
    return Match(chosen.start, chosen.end, chosen.label, tuple(around), len(found))


def everywhere(
    text: str, regions: Sequence[Region], wanted: Iterable[Leaf], *, without: frozenset[str] = frozenset()
) -> tuple[tuple[int, int], ...]:
    """The spans of all that matches, in order, up to a thousand for each of what is wanted; as in `find`."""
    found = places(text, regions, wanted, without, _MOST_SHOWN)
    return tuple(dict.fromkeys((place.start, place.end) for place in found))


def cut(text: str, start: int, end: int, spans: Iterable[tuple[int, int]] = ()) -> Snippet:
    """About `WIDTH` code points around `text[start:end]`, in one line, cut between words, with those spans marked."""
    end = min(end, start + WIDTH)
    before = max(0, start - (WIDTH - (end - start)) // 3)
    after = min(len(text), max(before + WIDTH, end))
    left, right = _word_after(text, before, start), _word_before(text, after, end)
    inside = [(max(one, left), min(other, right)) for one, other in spans if one < right and left < other]
    return _in_one_line(text, left, right, _joined(inside))


def beginning(text: str, match: Match | None) -> Snippet:
    """The first `WIDTH` code points of a text, what matches marked; further on only where the match is further on."""
    if match is None:
        return cut(text, 0, 0)
    return cut(text, 0 if match.end <= WIDTH else match.start, match.end, match.near)


def _best(found: Sequence[Place]) -> Sequence[Place]:
    """The places that a snippet could show together: those with most of the query's words, not in page furniture."""
    most = sum({place.which: place.length for place in found}.values())
    best, best_worth = found[:1], (0, False)
    shown: Counter[int] = Counter()
    worth = last = 0
    for at, first in enumerate(found):
        reach = first.start + WIDTH * 2 // 3
        while last < len(found) and (last <= at or found[last].end <= reach):
            worth += 0 if shown[found[last].which] else found[last].length
            shown[found[last].which] += 1
            last += 1
        here = worth, first.label not in FURNITURE
        if here > best_worth:
            best, best_worth = found[at:last], here
            if here == (most, True):
                break
        shown[first.which] -= 1
        worth -= 0 if shown[first.which] else first.length
    return best


def _word_after(text: str, at: int, limit: int) -> int:
    """Where to begin a snippet: at `at`, or after the blank that follows closely, but not after `limit`."""
    if at == 0 or text[at - 1].isspace():
        return at
    return next((one + 1 for one in range(at, min(limit, at + _EDGE)) if text[one].isspace()), at)


def _word_before(text: str, at: int, limit: int) -> int:
    """Where to end a snippet, likewise."""
    if at == len(text) or text[at].isspace():
        return at
    return next((one for one in range(at - 1, max(limit, at - _EDGE) - 1, -1) if text[one].isspace()), at)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places as spans in order that do not overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _in_one_line(text: str, left: int, right: int, spans: Iterable[tuple[int, int]]) -> Snippet:
    line, at = "", left
    marks = []
    for start, end in spans:
        line = (line + _BREAK.sub(" ", text[at:start])).lstrip()
        marked = _BREAK.sub(" ", text[start:end])
        marks.append((len(line), len(line) + len(marked)))
        line, at = line + marked, end
    return Snippet((line + _BREAK.sub(" ", text[at:right])).strip(), tuple(marks))
