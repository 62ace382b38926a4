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
_LONG = 3000
"""Code points of a stretch from which on it is told without its middle."""
_MOST = 1500
"""Words on both sides together; of more, all that is not the same at either end is told as one change."""

# Scripts without blanks between words are compared sign by sign; the blank after a word belongs to it.
_SIGNS = r"\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"(?:[{_SIGNS}]|[^\s{_SIGNS}]+)\s*")

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
    was = [shown(_brief(old)) if same else _gone(old) for same, old, _ in pieces]
    now = [shown(_brief(new)) if same else _new(new) for same, _, new in pieces]
    return joined(was, " "), joined(now, " ")


def _gone(words: str) -> Content:
    return shown(f"[-{_brief(words)}-]", _GONE) if words else Content("")


def _new(words: str) -> Content:
    return shown(f"[+{_brief(words)}+]", _NEW) if words else Content("")


def _brief(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[: _LONG * 2 // 3]} […] {words[-_LONG // 3 :]}"


def _cut(words: str, around: int, *, first: bool, last: bool) -> str:
    """A stretch that stayed, without its middle, or without the end that is beside no change."""
    found = words.split(" ")
    head, tail = around * (not first), around * (not last)
    if not around or len(found) <= head + tail + 1:
        return _brief(words)
    return " ".join([*found[:head], "…", *found[len(found) - tail :]])


def _pieces(before: str, after: str, key: Callable[[str], str]) -> Iterator[_Piece]:
    """Stretches that stayed and changes, in turn."""
    old, new = _words(before), _words(after)
    for same, a, b, c, d in _stretches([key(one.strip()) for one in old], [key(one.strip()) for one in new]):
        was, now = "".join(old[a:b]).strip(), "".join(new[c:d]).strip()
        if was or now:
            yield same, was, now


def _words(text: str) -> list[str]:
    return [" ".join(f"{one}|".split())[:-1] for one in _WORD.findall(text)]


def _stretches(one: list[str], other: list[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Whether a stretch stayed, and from where to where it is of either."""
    head = _shared(one, other)
    tail = _shared(one[: head - len(one) - 1 : -1], other[: head - len(other) - 1 : -1])
    ends = len(one) - tail, len(other) - tail
    yield True, 0, head, 0, head
    if sum(ends) - 2 * head > _MOST:
        yield False, head, ends[0], head, ends[1]
    else:
        matcher = SequenceMatcher(None, one[head : ends[0]], other[head : ends[1]], autojunk=False)
        for kind, a, b, c, d in matcher.get_opcodes():
            yield kind == "equal", head + a, head + b, head + c, head + d
    yield True, ends[0], len(one), ends[1], len(other)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts share from their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))
