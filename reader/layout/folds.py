"""Page furniture folded away: which lines of a text become one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotations.frozen import frozen
from annotations.patterns import pattern
from index.article import FURNITURE, Block

__all__ = ["Fold", "folds"]

_LINE = pattern(r"[^\n]*\S[^\n]*")


@frozen
class Fold:
    """Whole lines drawn as one row.

    Attributes:
        start: of the first line.
        end: after the last line's line feed, if it has one.
        lines: how many of them are not blank.
    """

    start: int
    end: int
    lines: int

    def notice(self, width: int) -> str:
        """What stands in their place; less of it where there is little room."""
        one = self.lines == 1
        lines = f"⋯ {self.lines} {'line' if one else 'lines'}"
        said = (f"{lines} of page furniture (z shows {'it' if one else 'them'})", f"{lines} folded (z)", f"{lines} (z)")
        return next((notice for notice in said if len(notice) <= width), lines)


def folds(text: str, blocks: Sequence[Block]) -> tuple[Fold, ...]:
    """The runs of furniture in `text`, each with the blank lines inside it.

    Of the blank lines around a run all but one on either side go with it, and all of them at the text's ends.
    """
    return tuple(_fold(text, start, end) for start, end in _runs(blocks))


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Spans of neighbouring furniture blocks, first to last code point."""
    run: tuple[int, int] | None = None
    for block in blocks:
        if block.label in FURNITURE:
            run = (run[0] if run else block.start, block.end)
        elif run:
            yield run
            run = None
    if run:
        yield run


def _fold(text: str, start: int, end: int) -> Fold:
    before, after = start, end
    while before and text[before - 1].isspace():
        before -= 1
    while after < len(text) and text[after].isspace():
        after += 1
    first = _line_start(text, start) if before else 0
    last = _line_end(text, end) if after < len(text) else after
    if before:
        first = min(first, _line_end(text, _line_end(text, before)))
    if after < len(text):
        last = max(last, _line_start(text, _line_start(text, after) - 1))
    return Fold(first, last, sum(1 for _ in _LINE.finditer(text, first, last)))


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, max(at, 0)) + 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
