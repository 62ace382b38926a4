"""A one-line field that offers what the library already knows; arrow down takes it, and never the field by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from reader.showing import DIM, joined, shown
from reader.widgets.field import Field

if TYPE_CHECKING:
    from reader.vocabulary import Offer

__all__ = ["Completing"]


class Completing(Horizontal):
    """An input, and beside it what it could be completed to.

    With `several`, the field holds a list with commas, and its last part is completed.
    """

    DEFAULT_CSS = """
    Completing { height: 1; width: 1fr; }
    Completing Input { width: 2fr; }
    Completing Static { width: 3fr; height: 1; padding: 0 0 0 2; }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        Binding("down", "take(1)", show=False),
        Binding("up", "take(-1)", show=False),
    ]

    def __init__(
        self,
        value: str,
        offers: Callable[[str], Sequence[Offer]],
        remark: Callable[[str], str],
        *,
        several: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(name=name)
        self._offers_for = offers
        self._remark = remark
        self._several = several
        self._typed = value
        self._offers: Sequence[Offer] = ()
        self._at = -1
        self.input = Field(value, compact=True, select_on_focus=False)
        self._beside = Static()

    @property
    def value(self) -> str:
        """What the field holds."""
        return self.input.value

    def compose(self) -> ComposeResult:
        """The input and what stands beside it."""
        yield self.input
        yield self._beside

    def on_input_changed(self) -> None:
        """Offer anew, unless it was an offer that was taken."""
        if self._at >= 0 and self.value == self._with(self._offers[self._at].text):
            self._show()
            return
        self._typed, self._at = self.value, -1
        self._look()

    def on_descendant_focus(self) -> None:
        """Offer while the field is in use."""
        self._look()

    def on_descendant_blur(self) -> None:
        """Only what is to be said of the value stays."""
        self._offers, self._at = (), -1
        self._show()

    def action_take(self, count: int) -> None:
        """Take the next offer into the field; back beyond the first brings back what was typed."""
        if not self._offers:
            return
        self._at = max(-1, min(len(self._offers) - 1, self._at + count))
        self.input.value = self._typed if self._at < 0 else self._with(self._offers[self._at].text)
        self.input.cursor_position = len(self.input.value)

    def _look(self) -> None:
        part = self._typed.rpartition(",")[2].strip() if self._several else self._typed.strip()
        found = self._offers_for(part)
        self._offers = [one for one in found if one.text != part]
        self._show()

    def _with(self, text: str) -> str:
        if not self._several:
            return text
        before, comma, _ = self._typed.rpartition(",")
        return f"{before}{comma} {text}" if comma else text

    def _show(self) -> None:
        remark = shown(self._remark(self.value), "$accent")
        offers = [self._entry(at, offer) for at, offer in enumerate(self._offers[:4]) if at >= self._at]
        self._beside.update(joined([remark, *(offers if self.input.has_focus else ())], "   "))

    def _entry(self, at: int, offer: Offer) -> Content:
        style = "bold" if at == self._at else "$primary"
        arrow = Content.styled("↓ ", DIM) if at == self._at + 1 else Content("")
        return arrow + shown(offer.text, style) + shown(f" · {offer.detail}" if offer.detail else "", DIM)
