"""The drawer under the article, where there is no room for a margin: the card of the mark under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from annotations.frozen import late
from reader.showing import DIM, keyed, shown
from reader.widgets.card_pane import CardPane, Spot

if TYPE_CHECKING:
    from annotations.model import Annotation
    from reader.linked import Link
    from reader.marks import Shown

__all__ = ["Drawer"]

_BORDER = 1
_MOST = 0.6
"""How much of the room for article and drawer it takes at most, while it has the focus."""


class Drawer(CardPane):
    """One card, or a line that says how to come to one; the last line is for what has no place in the text.

    While the keys are its own it is as high as the card, as far as the article leaves room.
    """

    @late
    class Grown(Message):
        """There is less room for the article now, or more."""

    DEFAULT_CSS = """
    Drawer {
        height: 6;
        padding: 0 1;
        border-top: solid $border;
        &:focus { border-top: heavy $primary; }
    }
    """

    def fill(
        self, shown: Shown, links_of: Callable[[Annotation], Sequence[Link]], hint: str = "", filtered: str = ""
    ) -> None:
        """Show these cards, one at a time."""
        super().fill(shown, links_of, hint, filtered)
        self._grow()

    def stand(self, current: str | None) -> None:
        """Show another card."""
        super().stand(current)
        self._grow()

    def on_focus(self) -> None:
        """Make room."""
        self._grow()

    def on_blur(self) -> None:
        """Give the room back to the article."""
        self.styles.height = None

    @property
    def room(self) -> int:
        """Cells for a card's lines."""
        return max(self.content_size.width, 1)

    @property
    def rows(self) -> int:
        """Rows for the card."""
        return max(self.content_size.height - len(self._foot()), 1)

    def _grow(self) -> None:
        card, parent = self.card, self.parent
        if not self.active or card is None or not isinstance(parent, Widget):
            return
        lines = len(self.lines_of(card).lines) + len(self._foot()) + _BORDER
        height = min(max(lines, 6), max(int(parent.size.height * _MOST), 4))
        if height != self.size.height + _BORDER:
            self.styles.height = height
            self.post_message(self.Grown())

    def spots(self) -> list[Spot]:
        """What stands on each line."""
        foot, card = self._foot(), self.card
        room = max(self.content_size.height - len(foot), 0)
        if card is None:
            hint = "] goes to the next mark" if self._shown and self._shown.cards else self._hint
            lines = [Spot(shown(hint, DIM))]
        else:
            lines = self.windowed(self.lines_of(card), card.annotation.id, max(room, 1))
        blank = [Spot(Content(""))] * max(room - len(lines), 0)
        return [*lines[:room], *blank, *foot]

    def _foot(self) -> list[Spot]:
        return [Spot(keyed("!", self.amiss))] if self.amiss else []
