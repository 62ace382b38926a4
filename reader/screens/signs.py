"""What the signs stand for that are seen in the text, the margin and the list: the last words of the card of keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from reader.showing import DIM

if TYPE_CHECKING:
    from reader.glyphs import Glyphs

__all__ = ["legend"]

_BETWEEN = "   "


def legend(signs: Glyphs, width: int, column: int) -> Content:
    """The signs with their words, by what they are about, which takes the first `column` cells of a line."""
    lines = [Content.styled("Signs", "bold $accent")]
    for name, pairs in _groups(signs):
        for at, line in enumerate(_wrapped(pairs, width - column - 1)):
            lines.append(Content.styled(("" if at else name).ljust(column + 1), DIM) + line)
    return Content("\n").join(lines)


def _groups(signs: Glyphs) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "marks", [*((sign, kind) for kind, sign in signs.kinds.items()), (signs.differs, "its words changed")]
    yield "claims", [(sign, status) for status, sign in signs.statuses.items()]
    yield "cards", [(f"{signs.reply}2", "two replies"), (f"{signs.relation}1", "one relation")]
    yield "relations", [(signs.going, "to another mark"), (signs.coming, "from another mark")]
    yield "verdicts", [(sign, verdict) for verdict, sign in signs.verdicts.items()]
    yield (
        "list",
        [
            *((sign, reading) for reading, sign in signs.readings.items()),
            (f"{signs.kinds['claim']} 2", "two claims in it"),
            (f"{signs.differs} 2", "two marks to repair"),
        ],
    )


def _wrapped(pairs: Iterable[tuple[str, str]], width: int) -> Iterator[Content]:
    """Each sign beside its words, as many on a line as there is room for."""
    line = Content("")
    for sign, words in pairs:
        one = Content.assemble((sign, "bold $primary"), f" {words}")
        longer = line + _BETWEEN + one if line.plain else one
        if line.plain and longer.cell_length > width:
            yield line
            longer = one
        line = longer
    yield line
