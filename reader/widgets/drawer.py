"""The drawer under the article, where there is no room for a margin: the card of the mark under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reader.cards import Card, card_lines
from reader.showing import DIM, fit, keyed, shown

if TYPE_CHECKING:
    from reader.glyphs import Glyphs

__all__ = ["Drawer"]


class Drawer(Widget):
    """One card, or a line that says how to come to one; the last line is for what has no place in the text."""

    DEFAULT_CSS = """
    Drawer {
        height: 6;
        padding: 0 1;
        border-top: solid $border;
    }
    """

    amiss: reactive[str] = reactive("")

    def __init__(self, signs: Glyphs) -> None:
        super().__init__()
        self._signs = signs
        self._card: Card | None = None
        self._hint = ""
        self._name_of: Callable[[str], str] = str

    def fill(self, card: Card | None, name_of: Callable[[str], str], hint: str = "") -> None:
        """Show that card; without one, the hint."""
        self._card, self._name_of, self._hint = card, name_of, hint
        self.refresh()

    def render(self) -> Content:
        """Draw the card, cut at the drawer's height."""
        width, height = self.content_size
        foot = [fit(keyed("!", self.amiss), width)] if self.amiss else []
        room = max(height - len(foot), 0)
        lines = self.lines(max(width, 1))[:room]
        return Content("\n").join([*lines, *[Content("")] * (room - len(lines)), *foot])

    def lines(self, width: int) -> list[Content]:
        """All lines of the card, as many as there are."""
        if self._card is None:
            return [shown(self._hint, DIM)]
        return card_lines(self._card, width, self._signs, expanded=True, name_of=self._name_of)
