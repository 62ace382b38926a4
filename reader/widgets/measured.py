"""The page with a measure that its reader sets: how wide a line may be."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from index.article import Label
from reader.messages import Said
from reader.widgets.jumping import JumpPage
from reader.widgets.strips import GUTTER

__all__ = ["MeasuredPage"]

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Block

_PARAGRAPHS = frozenset({Label.BODY, Label.LIST, Label.QUOTE})
_STEP = 4
_LEAST, _MOST = 32, 120


class MeasuredPage(JumpPage, part=True):
    """Lines as wide as somebody likes, and how far one has read."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name=name, id=id, classes=classes)
        self._paragraphs: list[int] = []

    def show(self, text: str, blocks: Sequence[Block], *, offset: int = 0) -> None:
        """Displays an article, without marks or hits, with the row of `offset` at the top."""
        self._paragraphs = [block.start for block in blocks if block.label in _PARAGRAPHS]
        super().show(text, blocks, offset=offset)

    def action_measure(self, steps: int) -> None:
        """Makes lines wider, or narrower, and says how wide they may be."""
        room = self._fitted - GUTTER - 1
        wanted = min(max((self.measure // _STEP + steps) * _STEP, _LEAST), _MOST)
        if steps < 0:  # what is wider than the window is narrowed from what is seen
            wanted = min(wanted, max((room - 1) // _STEP * _STEP, _LEAST))
        elif self.measure > room:
            wanted = self.measure
        if wanted == self.measure:
            why = f"the window has room for {room}" if steps > 0 and wanted > room else "no further"
            self.post_message(Said(f"lines of up to {wanted} columns: {why}"))
            return
        self.measure = wanted
        self.post_message(Said(f"lines of up to {wanted} columns"))

    @property
    def whereabouts(self) -> str:
        """How far one has read, and in which paragraph of how many."""
        read, count = f"{self.progress:.0%}", len(self._paragraphs)
        if not count:
            return read
        number = max(bisect_right(self._paragraphs, self.cursor), 1)
        return f"{read}  {'par.' if self.ascii else '¶'} {number}/{count}"
