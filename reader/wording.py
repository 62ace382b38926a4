"""Two wordings of a passage, word by word: what went is struck out, what came is bold, and brackets say it too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from textual.content import Content

from annotations.fold import fold_str
from reader.showing import joined, shown

__all__ = ["compared", "sides"]

_GONE, _NEW = "$error strike", "$success bold"
_MOST = 3000
"""Words on both sides together; of more, all that is not the same at either end is told as one change."""

# Scripts without blanks between words are compared sign by sign.
_WORD = re.compile(r"[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]|[^\s\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]+|\s+")

_Piece = tuple[bool, str, str]
"""Whether it stayed; the words before, and after."""


def compared(before: str, after: str, *, around: int = 0, folded: bool = False) -> Content:
    """Two texts as one.

    Args:
        before: what was there.
        after: what is there now.
        around: how many words to leave beside each change of a stretch that stayed; 0 for all of it.
        folded: whether it is no change that quotes, dashes and the like are typed otherwise.
    """
    pieces = list(_pieces(before, after, fold_str if folded else str))
    last = len(pieces) - 1
    parts = [
        shown(_cut(new, around, first=at == 0, last=at == last)) if same else joined([_gone(old), _new(new)], " ")
        for at, (same, old, new) in enumerate(pieces)
    ]
    return joined(parts, " ")


def sides(before: str, after: str) -> tuple[Content, Content]:
    """Two texts side by side: in the one what went stands out, in the other what came; how it is typed is no change."""
    pieces = list(_pieces(before, after, fold_str))
    was = [shown(old) if same else _gone(old) for same, old, _ in pieces]
    now = [shown(new) if same else _new(new) for same, _, new in pieces]
    return joined(was, " "), joined(now, " ")


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


def _pieces(before: str, after: str, key: Callable[[str], str]) -> Iterator[_Piece]:
    """Stretches that stayed and changes, in turn; a blank alone between two changes is no stretch."""
    old, new = "", ""
    for same, one, other in _opcodes(_words(before), _words(after), key):
        if not same or (not one.strip() and (old or new)):
            old, new = old + one, new + other
            continue
        if (old + new).strip():
            yield False, old.strip(), new.strip()
        if one.strip():
            yield True, one.strip(), other.strip()
        old, new = "", ""
    if (old + new).strip():
        yield False, old.strip(), new.strip()


def _words(text: str) -> list[str]:
    return [" " if one.isspace() else one for one in _WORD.findall(text.strip())]


def _opcodes(old: list[str], new: list[str], key: Callable[[str], str]) -> Iterator[_Piece]:
    one, other = list(map(key, old)), list(map(key, new))
    head = _shared(one, other)
    tail = _shared(one[: head - len(one) - 1 : -1], other[: head - len(other) - 1 : -1])
    ends = len(old) - tail, len(new) - tail
    yield True, "".join(old[:head]), "".join(new[:head])
    if sum(ends) - 2 * head > _MOST:
        yield False, "".join(old[head : ends[0]]), "".join(new[head : ends[1]])
    else:
        matcher = SequenceMatcher(None, one[head : ends[0]], other[head : ends[1]], autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            yield kind == "equal", "".join(old[head + a : head + b]), "".join(new[head + c : head + d])
    yield True, "".join(old[ends[0] :]), "".join(new[ends[1] :])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts share from their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))
