"""What of a text is drawn in which cells: graphemes, their widths, and visible marks for what has none.

Rich's tables say how wide a character is, so that the pane and the terminal driver under it never disagree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

from annotations.patterns import pattern
from reader.display import active, mark

__all__ = [
    "ACCENTS",
    "BLANKS",
    "SIMPLE",
    "TAB",
    "WIDE",
    "Cluster",
    "after_tab",
    "clusters",
    "first_unplain",
    "is_accented",
    "is_cjk",
    "is_plain",
]

TAB = 8
BLANKS = " \t\n"
# Characters that are one cell wide, stand alone and are drawn as they are.
_PLAIN = (
    " -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u063f\u0641-\u064a\u0e01-\u0e30"
    "\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u218f\u2190-\u2319\u2500-\u25fc"
)
WIDE = (
    "\u3001-\u3003\u3005-\u3011\u3014-\u301f\u3021-\u3029\u3041-\u3096\u309d-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uff01-\uff03\uff05-\uff0a\uff0c-\uff1b\uff1f-\uff3d\uff3f\uff41-\uff5b\uff5d\uff5f\uff60"
)
"""Characters of a regular expression's set: East Asian, two cells wide, a grapheme each whatever stands beside them."""
SIMPLE = _PLAIN.replace(" -~", "!-~") + WIDE
"""Characters of a set: not blank, and a grapheme each unless something follows that is not in the set."""
ACCENTS = "\u0300-\u036f"
"""Characters of a set: no cell of their own, part of the letter they stand on."""
_UNPLAIN = pattern(f"[^{_PLAIN}]")
_UNACCENTED = pattern(f"[^{_PLAIN}{ACCENTS}]")
_ON_NOTHING = pattern(rf"(?<![{_PLAIN.replace(' -~', '!-~')}{ACCENTS}])[{ACCENTS}]")
_UNPLAIN_LINES = pattern(f"[^{_PLAIN}\n]")
_TOKEN = pattern(r"[ \t\n]|[^ \t\n]+")
_FLAG = pattern("[\U0001f1e6-\U0001f1ff]")
_DISPUTED = pattern("[\u200d\ufe0e\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_LETTER_OF_FLAG = 0x1F1E6 - ord("A")


class Cluster(NamedTuple):
    """One grapheme as drawn: `text[start:end]` shown as `drawn`, `cells` wide (never 0)."""

    start: int
    end: int
    cells: int
    drawn: str


def is_plain(text: str, start: int, end: int) -> bool:
    """Whether every code point of `text[start:end]` is drawn as itself in one cell (no tab, no line feed)."""
    part = text[start:end]
    return (part.isascii() and part.isprintable()) or _UNPLAIN.search(part) is None


def is_accented(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is blanks and plain characters, some with accents on them: a cell for each letter."""
    return not (_UNACCENTED.search(text, start, end) or _ON_NOTHING.search(text, start, end))


def first_unplain(text: str, start: int, end: int) -> int:
    """Offset of the first code point in lines `text[start:end]` that is not plain; -1 if there is none."""
    found = _UNPLAIN_LINES.search(text, start, end)
    return found.start() if found else -1


def after_tab(column: int) -> int:
    """The column after a tab that stands at `column`."""
    return (column // TAB + 1) * TAB


def is_cjk(character: str) -> bool:
    """Whether it is a letter, number or sign of East Asian print, and no emoji."""
    return unicodedata.east_asian_width(character) in "WFH" and unicodedata.category(character)[0] in "LPN"


def clusters(text: str, start: int, end: int, column: int = 0, *, simple: bool = False) -> Iterator[Cluster]:
    """The graphemes of `text[start:end]`, both of which are grapheme edges, drawn from `column` on.

    Blanks stand alone whatever follows them, so that a text may be taken word by word.  A line feed is one blank
    cell; a control character or a lone zero-width one is drawn as its mark.

    Args:
        text: any string.
        start: offset of the first grapheme.
        end: offset after the last one.
        column: where the first is drawn, which a tab wants to know.
        simple: whether clusters whose width terminals disagree about are drawn as their plain first character.
    """
    for token in _TOKEN.finditer(text, start, end):
        if text[token.start()] in BLANKS:
            cells = after_tab(column) - column if token[0] == "\t" else 1
            yield Cluster(token.start(), token.end(), cells, " " * cells)
            column += cells
        else:
            for found in _word(text, *token.span()):
                cluster = _undisputed(found) if simple and _DISPUTED.search(found.drawn) else found
                yield cluster
                column += cluster.cells


def _word(text: str, start: int, end: int) -> Iterator[Cluster]:
    if is_plain(text, start, end):
        yield from (Cluster(at, at + 1, 1, text[at]) for at in range(start, end))
        return
    at = start
    for shown in active(text, start, end):
        yield from _graphemes(text, at, shown)
        yield _marked(text, shown, shown + 1)
        at = shown + 1
    yield from _graphemes(text, at, end)


def _graphemes(text: str, start: int, end: int) -> Iterator[Cluster]:
    pending: Cluster | None = None
    for first, last, cells in split_graphemes(text[start:end])[0]:
        found = Cluster(start + first, start + last, cells, text[start + first : start + last])
        if not cells:
            found = _marked(text, found.start, found.end)
        if pending and _are_flag(pending, found):
            yield Cluster(pending.start, found.end, pending.cells + found.cells, pending.drawn + found.drawn)
            pending = None
            continue
        if pending:
            yield pending
        pending = found
    if pending:
        yield pending


def _undisputed(cluster: Cluster) -> Cluster:
    """A cluster that every terminal draws alike: an emoji without what was added to it, a flag as its two letters."""
    if _FLAG.match(cluster.drawn):
        drawn = "".join(chr(ord(one) - _LETTER_OF_FLAG) if _FLAG.match(one) else "" for one in cluster.drawn)
    else:
        drawn = cluster.drawn[0]
    return cluster._replace(drawn=drawn, cells=max(cell_len(drawn), 1))


def _are_flag(first: Cluster, second: Cluster) -> bool:
    return bool(_FLAG.fullmatch(first.drawn) and _FLAG.match(second.drawn))


def _marked(text: str, start: int, end: int) -> Cluster:
    drawn = "".join(map(mark, text[start:end]))
    return Cluster(start, end, len(drawn), drawn)
