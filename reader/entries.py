"""What the find pane's list says of an article of the library, as lines of a given width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from reader.showing import DIM, columns, fit, joined, shown

if TYPE_CHECKING:
    from index.entry import Entry
    from index.scan import Skipped, Stray
    from reader.glyphs import Glyphs

__all__ = ["ENTRY_ROWS", "STAND_INS", "entry_lines", "skipped_lines", "stray_lines"]

ENTRY_ROWS = 4

STAND_INS = ("first-sentence", "file-name")


def entry_lines(entry: Entry, width: int, signs: Glyphs, state: str, *, open_: bool) -> list[Content]:
    """An article of the library: title, what stands in for one, how far one is with it, date and byline, marks."""
    style = "bold" if open_ else ""
    title = shown(entry.title, style).wrap(max(width - 2, 1))
    if entry.title_from in STAND_INS:
        lines = [fit(shown(entry.title, f"{style} italic"), width - 2), shown("(no title in the file)", DIM)]
    else:
        lines = [title[0], fit(_rest(title[1:]), width - 2)] if len(title) > 1 else [title[0]]
    lines.append(_about(entry, width - 2, signs, state))
    return _lead(lines, signs, open_=open_)


def stray_lines(stray: Stray, width: int) -> list[Content]:
    """Annotations whose article is gone: which, and what Enter does."""
    follows = f"enter: give them to {stray.follows}" if stray.follows else "enter says what to do"
    lines = [shown("annotations without an article", "$warning"), shown(stray.path), shown(follows, DIM)]
    return [Content("  ") + fit(line, width - 2) for line in lines]


def skipped_lines(skipped: Skipped, width: int) -> list[Content]:
    """A file that is no article after all, and why."""
    lines = [shown("not read", "$warning"), shown(skipped.path), shown(skipped.why, DIM)]
    return [Content("  ") + fit(line, width - 2) for line in lines]


def _about(entry: Entry, width: int, signs: Glyphs, state: str) -> Content:
    """State, date, byline and marks; without room first the byline goes, then the state’s word."""
    marks = _marks(entry, signs)
    room = width - (marks.cell_length + 2 if marks.plain else 0)
    glyph, dot = signs.readings.get(state, "?"), f" {signs.dot} "
    date = entry.published or "date unknown"
    full = [dot.join((date, entry.byline))] * bool(entry.byline)
    ways = [*(dot.join((f"{glyph} {state}", one)) for one in (*full, date)), f"{glyph} {date}"]
    lines = [shown(way, DIM) for way in (*ways, f"{glyph} {state}", glyph)]
    return columns(next((line for line in lines if line.cell_length <= room), lines[-1]), marks, width)


def _rest(lines: Sequence[Content]) -> Content:
    return Content(" ").join(lines)


def _marks(entry: Entry, signs: Glyphs) -> Content:
    kinds: Mapping[str, int] = entry.kinds
    amiss = shown(f"{signs.differs} {entry.repairs}", "$warning") if entry.repairs else Content("")
    made = [
        shown(sign, "$accent") + shown(f" {kinds[kind]}", DIM) for kind, sign in signs.kinds.items() if kinds.get(kind)
    ]
    return joined([amiss, *made], " " * (1 if entry.repairs else 2))  # there is still room for the date then


def _lead(lines: Sequence[Content], signs: Glyphs, *, open_: bool) -> list[Content]:
    lead = Content.styled(f"{signs.here} ", "$accent") if open_ else Content("  ")
    return [lead + line for line in lines]
