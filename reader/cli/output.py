"""How commands print: text through `display`, JSON in ASCII.  What is said aside goes to stderr."""

from __future__ import annotations

import os
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reader.display import display

__all__ = ["columns", "counting", "marked", "note", "plural", "print_json", "say", "shortened", "width"]


def say(text: str = "", *, keep: str = "") -> None:
    """Print one line of text, foreign or our own; control characters in `keep` are left as they are."""
    print(display(text, keep=keep))


def note(text: str) -> None:
    """Say something that is not part of the answer."""
    print(display(text), file=sys.stderr)


def print_json(value: Any) -> None:
    """Print a value as JSON; everything outside ASCII is escaped, so it is true and harmless."""
    import json

    print(json.dumps(value, indent=2))


def counting(done: str) -> Callable[[int, int], None] | None:
    """Progress on stderr for work that takes more than a moment, on one line; None where nobody watches."""
    if not os.isatty(2):
        return None
    began = time.monotonic()

    def tell(number: int, total: int) -> None:
        if time.monotonic() - began > 0.5:
            end = "\n" if number >= total else ""
            print(f"\r{done} {number:,} of {total:,}", end=end, file=sys.stderr, flush=True)

    return tell


def plural(number: int, word: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def shortened(text: str, room: int = 72) -> str:
    """A text cut at a blank so that it fits into about `room` characters."""
    if len(text) <= room:
        return text
    return f"{text[:room].rsplit(' ', 1)[0]}…"


def width(text: str) -> int:
    """Terminal cells of a string that `display` made safe."""
    return sum(0 if unicodedata.combining(one) else 1 + (unicodedata.east_asian_width(one) in "WF") for one in text)


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows of cells as lines: all but the last cell padded to the widest of their column, two blanks between."""
    shown = [[display(cell) for cell in row] for row in rows]
    widest = [max(map(width, column)) for column in zip(*shown, strict=True)]
    return ["  ".join(map(_pad, row, widest)).rstrip() for row in shown]


def _pad(cell: str, room: int) -> str:
    return cell + " " * (room - width(cell))


def marked(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """A piece of text on one line, with ‹ › around the spans in `marks` (offsets into it, in order)."""
    pieces, last = [], 0
    for start, end in marks:
        pieces += [text[last:start], "‹", text[start:end], "›"]
        last = end
    return re.sub(r"\s+", " ", "".join([*pieces, text[last:]])).strip()
