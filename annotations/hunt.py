"""A passage without the text it was marked in: found by its words and its context, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.anchor import Method, State
from annotations.outcome import Outcome, best, number, several
from annotations.seek import MANY, Find, Sought, Text
from annotations.words import words

if TYPE_CHECKING:
    from annotations.model import Occurrence

__all__ = ["IN_CONTEXT", "few", "hunt"]

IN_CONTEXT = 0.5
"""With less of its context, from the passage outwards, it does not stand where it did."""

_FEW = 3  # different words may stand anywhere
_LIKE = 0.6  # the least score of a place: with all of the context, a third of the passage has to be there


def hunt(text: Text, passage: Sought, occurrence: Occurrence) -> Outcome:
    """Where a passage stands; places that are as good as each other are refused."""
    copies = text.exact(passage)
    if len(copies) > MANY:
        return several(copies, Method.WORDS, f"{number(copies)} places have its words")
    at_home = any(one.context >= IN_CONTEXT for one in copies)
    if len(copies) > 1 and not at_home:
        return several(copies, Method.WORDS, f"{len(copies)} places have its words, none its context")
    finds = copies if at_home else copies + _others(text, passage, copies)
    if not finds:
        return Outcome(State.ORPHAN, Method.WORDS, reason="its words are not in the text")
    meant = best(finds)
    if len(copies) == occurrence.count and copies[occurrence.index : occurrence.index + 1] != []:
        meant = [one for one in meant if one == copies[occurrence.index]] or meant
    if len(meant) == 1:
        return _at(text, passage, meant[0])
    if at_home:
        return several(meant, Method.WORDS, f"{len(meant)} places read the same")
    return several(meant, Method.SIMILAR, f"{len(meant)} places are equally like it")


def few(passage: str) -> bool:
    """Whether a folded passage has so few words that they may stand anywhere by chance."""
    return len(set(words(passage))) <= _FEW


def _others(text: Text, passage: Sought, copies: list[Find]) -> list[Find]:
    """The places that are like enough to a passage, and have not its very words."""
    return [
        one for one in text.similar(passage) if one.score >= _LIKE and not any(_overlap(one, copy) for copy in copies)
    ]


def _overlap(one: Find, other: Find) -> bool:
    return one.start < other.end and other.start < one.end


def _at(text: Text, passage: Sought, find: Find) -> Outcome:
    """What it means that a passage is there."""
    there, sought = text.folded.text[find.start : find.end], passage.exact
    method = Method.WORDS if there == sought else Method.SIMILAR
    span = ((find.start, find.end),)
    if there != sought and words(there) != words(sought):
        return Outcome(State.EDITED, method, span, "words much like its own stand there", find.score)
    bare = not passage.before and not passage.behind and there != text.folded.text
    if few(sought) and (bare or find.context < IN_CONTEXT):
        return several([find], method, "so few words may stand there by chance")
    if find.context >= IN_CONTEXT:
        return Outcome(State.SAME, method, span, confidence=find.score)
    return Outcome(State.MOVED, method, span, "its words stand in another context", find.score)
