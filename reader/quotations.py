"""Quotations in a paragraph: the words between the marks, whatever marks a text uses.

One that is not closed ends with its paragraph, or where the next one begins.  An apostrophe is no mark, and a single
mark counts only where it is closed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotations.frozen import frozen

__all__ = ["OPENING", "Quotation", "quotations_in"]

_CLOSED_BY = {
    '"': '"', "“": "”", "”": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "「": "」", "『": "』", "〝": "〞〟",
    "'": "'", "‘": "’", "‚": "‘’", "‹": "›", "›": "‹",
}  # fmt: skip
_SINGLE = frozenset("'‘‚‹›")
_OPEN_ANYWHERE = frozenset("“„‟«「『〝‚‹")
_MARKS = re.compile("[\"'“”„‟«»「」『』〝〞〟‘’‚‹›]")  # apostrophes among them
OPENING = re.compile("[“„‟«「『〝‚‹]|(?<![^\\W_])[\"”»›'‘](?=\\S)")
"""All that may open one."""

_LEFT = frozenset("([{<—–-/\"'“„«「『‘‚‹")
# Words that leave out what they begin with: 'tis, rock 'n' roll, the '90s.
_CLIPPED = re.compile(r"(?:\d\ds?|tis|twas|twere|em|till?|cause|bout|round|n)\b", re.IGNORECASE)
_COMMAS = frozenset(",、，")
_APOSTROPHE = re.compile("['’]")
_FAR = 2000  # characters, further than which no mark is looked for
_DEEPEST = 8


@frozen
class Quotation:
    """What somebody is quoted with.

    Attributes:
        start: of the first word.
        end: after the last word; without a comma that only leads over to who said it.
        opened: of the opening mark.
        closed: after the closing mark; where there is none, where it stops.
        whole: whether it has a closing mark.
        inner: the quotations in it.
    """

    start: int
    end: int
    opened: int
    closed: int
    whole: bool = True
    inner: tuple[Quotation, ...] = ()

    def around(self, start: int, end: int) -> tuple[Quotation, ...]:
        """Those of it and of what is in it that lie around a passage, the innermost last."""
        if not (self.opened <= start and end <= self.closed):
            return ()
        return self, *next(filter(None, (one.around(start, end) for one in self.inner)), ())

    def and_on(self, more: Quotation) -> Quotation:
        """One quotation with what goes on in the next paragraph."""
        return replace(self, end=more.end, closed=more.closed, whole=more.whole, inner=self.inner + more.inner)


@dataclass(slots=True)
class _Begun:
    """A mark that is not closed yet, and what was found in it."""

    mark: str
    at: int
    inner: list[Quotation]


def quotations_in(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """The outermost quotations of the paragraph `text[start:end]`, in order."""
    begun = [_Begun("", start, [])]
    for found in _MARKS.finditer(text, start, end):
        at = found.start()
        before, after = text[max(at - 1, start) : at], text[at + 1 : min(at + 2, end)]
        depth = _closed_by(found, before, after, begun)
        if depth:
            _give_up(text, at, begun, depth + 1)
            last = begun.pop()
            begun[-1].inner.extend(_made(text, last, at, at + 1))
        elif len(begun) < _DEEPEST and _opens(found[0], before, after, text[at + 1 : at + 8]):
            begun.append(_Begun(found[0], at, []))
    _give_up(text, end, begun, 1)
    return tuple(begun[0].inner)


def _opens(mark: str, before: str, after: str, word: str) -> bool:
    if mark in _OPEN_ANYWHERE:
        return bool(after)
    if mark not in _CLOSED_BY or not after or after.isspace() or not (_blank(before) or before in _LEFT):
        return False
    return mark not in "'‘" or not _CLIPPED.match(word)


def _closed_by(found: re.Match[str], before: str, after: str, begun: Sequence[_Begun]) -> int:
    """Which of what was begun a mark closes; 0 if none."""
    mark = found[0]
    depth = next((n for n in range(len(begun) - 1, 0, -1) if mark in _CLOSED_BY[begun[n].mark]), 0)
    if not depth or any(one.mark not in _SINGLE for one in begun[depth + 1 :]):
        return 0
    if mark in "'’" and (after.isalnum() or _blank(before) or _is_possessive(found)):
        return 0
    if mark == '"' and (_blank(before) or before in "([{—–") and after.isalnum():
        return 0  # it opens one inside
    return depth


def _is_possessive(found: re.Match[str]) -> bool:
    """Whether a mark after an s is an apostrophe: the words go on, and the next such mark closes after punctuation."""
    text, at = found.string, found.start()
    if text[at - 1] not in "sS" or not text[at + 1 : at + 3].lstrip()[:1].islower():
        return False
    for later in _APOSTROPHE.finditer(text, at + 1, min(found.endpos, at + _FAR)):
        before, after = text[later.start() - 1], text[later.end() : later.end() + 1]
        if not (before.isalnum() and after.isalnum()):
            return before in ",.!?…"
    return False


def _blank(before: str) -> bool:
    return not before or before.isspace()


def _give_up(text: str, end: int, begun: list[_Begun], depth: int) -> None:
    """End at `end` what is open from `depth` on.  A single mark was none; another stops where the next one begins."""
    while len(begun) > depth:
        last = begun.pop()
        alike = next((one.opened for one in last.inner if text[one.opened] == last.mark), None)
        if last.mark in _SINGLE:
            begun[-1].inner.extend(last.inner)
        elif alike is None:
            begun[-1].inner.extend(_made(text, last, end))
        else:
            within = [one for one in last.inner if one.opened < alike]
            begun[-1].inner.extend(_made(text, _Begun(last.mark, last.at, within), alike))
            begun[-1].inner.extend(last.inner[len(within) :])


def _made(text: str, begun: _Begun, end: int, closed: int = 0) -> list[Quotation]:
    """The quotation from a mark to `end`; where there are no words, what is in it."""
    words = text[begun.at + 1 : end]
    start, stop = begun.at + 1 + len(words) - len(words.lstrip()), begun.at + 1 + len(words.rstrip())
    if closed and stop - start > 1 and text[stop - 1] in _COMMAS:
        stop = start + len(text[start : stop - 1].rstrip())
    if start >= stop:
        return begun.inner
    return [Quotation(start, stop, begun.at, closed or stop, bool(closed), tuple(begun.inner))]
