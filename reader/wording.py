"""Two wordings of a passage, word by word: what went is struck out, what came is bold, and brackets say it too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from textual.content import Content

from reader.showing import joined, shown

__all__ = ["compared", "sides"]

_GONE, _NEW = "$error strike", "$success bold"
_MOST = 3000
"""Words on both sides together; of more, all that is not the same at either end is told as one change."""

# Scripts without blanks between words are compared sign by sign.
_WORD = re.compile(r"[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]|[^\s\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]+|\s+")

_Piece = tuple[str, str]
"""Words before and after; the same, or a change."""


def compared(before: str, after: str, *, around: int = 0) -> Content:
    """Two texts as one.

    Args:
        before: what was there.
        after: what is there now.
        around: how many words to leave beside each change of a stretch that stayed; 0 for all of it.
    """
    pieces = list(_pieces(before, after))
    last = len(pieces) - 1
    parts = [
        shown(_cut(old, around, first=at == 0, last=at == last)) if old == new else joined([_gone(old), _new(new)], " ")
        for at, (old, new) in enumerate(pieces)
    ]
    return joined(parts, " ")


def sides(before: str, after: str) -> tuple[Content, Content]:
    """Two texts side by side: in the one what went stands out, in the other what came."""
    pieces = list(_pieces(before, after))
    old = [shown(one) if one == other else _gone(one) for one, other in pieces]
    new = [shown(other) if one == other else _new(other) for one, other in pieces]
    return joined(old, " "), joined(new, " ")


def _gone(words: str) -> Content:
    return shown(f"[-{words}-]", _GONE) if words else Content("")


def _new(words: str) -> Content:
    return shown(f"[+{words}+]", _NEW) if words else Content("")


def _cut(words: str, around: int, *, first: bool, last: bool) -> str:
    """A stretch that stayed, without its middle, or without the end that is beside no change."""
    found = words.split(" ")
    head, tail = around * (not first), around * (not last)
    if not around or len(found) <= head + tail + 1:
        return words
    return " ".join([*found[:head], "…", *found[len(found) - tail :]])


def _pieces(before: str, after: str) -> Iterator[_Piece]:
    """Stretches that stayed and changes, in turn; a blank alone between two changes is no stretch."""
    changed: _Piece | None = None
    for old, new in _opcodes(_words(before), _words(after)):
        if old == new and (old.strip() or changed is None):
            if changed:
                yield _stripped(changed)
            changed = None
            if old.strip():
                yield old.strip(), new.strip()
        else:
            changed = (changed[0] + old, changed[1] + new) if changed else (old, new)
    if changed and _stripped(changed) != ("", ""):
        yield _stripped(changed)


def _stripped(piece: _Piece) -> _Piece:
    return piece[0].strip(), piece[1].strip()


def _words(text: str) -> list[str]:
    return [" " if one.isspace() else one for one in _WORD.findall(text.strip())]


def _opcodes(old: list[str], new: list[str]) -> Iterator[_Piece]:
    head = _shared(old, new)
    tail = _shared(old[: head - len(old) - 1 : -1], new[: head - len(new) - 1 : -1])
    one, other = old[head : len(old) - tail], new[head : len(new) - tail]
    yield "".join(old[:head]), "".join(old[:head])
    if len(one) + len(other) > _MOST:
        yield "".join(one), "".join(other)
    else:
        for _, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
            yield "".join(one[a:b]), "".join(other[c:d])
    rest = "".join(old[len(old) - tail :])
    yield rest, rest


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts share from their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))
