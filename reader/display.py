"""The one way for foreign text to reach a terminal: everything that could act on it becomes a visible mark.

Foreign is whatever the program did not write itself: articles, file names, tags, speakers, authors, git's
words, a parser's complaint.  `display` is for single strings; the reading pane applies `mark` to each grapheme
so that offsets stay true.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator

from annotations.patterns import pattern

__all__ = ["active", "display", "mark", "visible"]

_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"
_NAMED = {"\x1b": "␛", "\x7f": "␡", "\ufffd": "\ufffd"}
# C0 but for line feed (display shows it as a mark too unless asked), DEL, C1, soft and zero-width characters, bidi
# controls, separators, tags, and everything else Unicode calls a format character, a surrogate or private use.
_TAGS = "\U000e0000"
_ACTIVE = pattern(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff\xad]"
)


def mark(character: str) -> str:
    """The visible mark for one character that may not reach the terminal as it is."""
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if code < 0x20:
        return chr(0x2400 + code)
    if character == "\xad":
        return "‑"
    return f"⟨U+{code:04X}⟩"


def _joins(text: str, at: int) -> bool:
    """Whether the joiner at `at` does the work it is for: between letters, or inside an emoji."""
    if text[at] not in _JOINERS or not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    if before in _SELECTORS and at > 1:
        before = text[at - 2]
    kinds = {unicodedata.category(before)[0], unicodedata.category(after)[0]}
    return kinds <= {"L", "M"} or (text[at] == "\u200d" and kinds <= {"S", "M"})


def active(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[int]:
    """Offsets in `text[start:end]` of the characters that `display` makes visible."""
    return (found.start() for found in _ACTIVE.finditer(text, start, end) if not _joins(text, found.start()))


def visible(text: str, *, keep: str = "") -> str:
    r"""`text` made safe code point for code point, for a field that is edited: a cursor stays where it was.

    Args:
        text: any string.
        keep: control characters to leave alone, such as "\t" where they are drawn as blanks.
    """
    characters = list(text)
    for at in active(text):
        if characters[at] not in keep:
            sign = mark(characters[at])
            characters[at] = sign if len(sign) == 1 else "\ufffd"
    return "".join(characters)


def display(text: str, *, keep: str = "") -> str:
    r"""`text` with every character that could act on a terminal made visible.

    Letters of all scripts stay as they are, right-to-left ones too, and so do joiners inside emoji and between
    letters.

    Args:
        text: any string, lone surrogates included.
        keep: control characters to leave alone, such as "\n" where several lines are printed.
    """
    if text.isprintable() and max(text, default="") < _TAGS:
        return text
    return _ACTIVE.sub(
        lambda found: found[0] if found[0] in keep or _joins(text, found.start()) else mark(found[0]), text
    )
