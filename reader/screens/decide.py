"""Deciding what a merge left open: one field after the other, for our value, theirs, what it was, or another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from annotations.frozen import frozen
from annotations.plainly import value_text
from annotations.resolve import SIDES
from reader.showing import DIM, joined, shown
from reader.widgets.field import Field

if TYPE_CHECKING:
    from annotations.resolve import Undecided

__all__ = ["Decide", "Decision"]

_LETTERS = {"ours": "o", "theirs": "t", "base": "b"}
_NAMES = {"ours": "ours", "theirs": "theirs", "base": "as it was"}


@frozen
class Decision:
    """What was decided of one field: for which side or, with a `value`, for that."""

    field: str
    take: str = ""
    value: str | None = None


class Decide(ModalScreen[tuple[Decision, ...]]):
    """Closed with what was decided; what was left stays open."""

    DEFAULT_CSS = """
    Decide { align: center middle; background: $background 60%; }
    Decide > Vertical {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; background: $panel; border: solid $primary;
    }
    Decide VerticalScroll { height: auto; max-height: 16; }
    Decide Static { height: auto; }
    Decide Field { display: none; background: $background; }
    Decide.-writing Field { display: block; }
    Decide .keys { margin-top: 1; }
    """

    AUTO_FOCUS = ""  # a letter decides until one writes
    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        *(Binding(letter, f"take({side!r})", show=False) for side, letter in _LETTERS.items()),
        Binding("e", "write", show=False),
        Binding("n,down,j", "step", show=False),
        Binding("q,escape", "leave", show=False),
    ]

    def __init__(self, found: Sequence[Undecided]) -> None:
        super().__init__()
        self._left = list(found)
        self._decided: list[Decision] = []
        self._text = Static()
        self._keys = Static(classes="keys")
        self._box = Field(compact=True, select_on_focus=False)

    @property
    def one(self) -> Undecided:
        """The one that is on the screen."""
        return self._left[0]

    def compose(self) -> ComposeResult:
        """What it is about, the sides, a line to write in, the keys."""
        with Vertical():
            with VerticalScroll(can_focus=False):
                yield self._text
            yield self._box
            yield self._keys

    def on_mount(self) -> None:
        """Begin with the first."""
        self._show()

    def _show(self) -> None:
        one, total = self.one, len(self._left)
        lines = [shown(f"{one.field}: {total} to decide" if total > 1 else one.field, "bold $warning")]
        if one.annotation:
            lines.append(shown(f"“{value_text(one.annotation.quote.exact)}”", DIM))
        lines.append(Content(""))
        for side in SIDES:
            if one.deleted and side != "base":
                said = "deleted it" if one.deleted == side else "changed it, as it stands now"
                lines.append(self._line(side, said))
            elif side in one.sides:
                lines.append(self._line(side, value_text(one.sides[side])))
            elif not one.deleted:
                lines.append(self._line(side, "nothing"))
        self._text.update(Content("\n").join(lines))
        keys = [*(_LETTERS[side] for side in SIDES if not (one.deleted and side == "base"))]
        told = [("/".join(keys), "take it")] + [("e", "write another")] * self._takes_text
        told += [("n", "next")] * (total > 1) + [("esc", "leave the rest")]
        self._keys.update(
            joined([Content.assemble((key, "bold $primary"), (f" {said}", DIM)) for key, said in told], "   ")
        )

    def _line(self, side: str, said: str) -> Content:
        return Content.assemble((f" {_LETTERS[side]}  ", "bold $primary"), (f"{_NAMES[side]:<10}", DIM)) + shown(said)

    @property
    def _takes_text(self) -> bool:
        return not self.one.deleted and all(isinstance(value, str) for value in self.one.sides.values())

    def action_take(self, side: str) -> None:
        """Decide for a side."""
        if not (self.one.deleted and side == "base"):
            self._decide(Decision(self.one.field, take=side))

    def action_write(self) -> None:
        """Write another value; it begins as ours."""
        if self._takes_text:
            ours = self.one.sides.get("ours", "")
            self._box.value = str(ours)
            self.add_class("-writing")
            self.set_focus(self._box)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Decide for what was written."""
        event.stop()
        self._decide(Decision(self.one.field, value=event.value.strip()))

    def _decide(self, decision: Decision) -> None:
        self.remove_class("-writing")
        self.set_focus(None)
        self._decided.append(decision)
        del self._left[0]
        if self._left:
            self._show()
        else:
            self.dismiss(tuple(self._decided))

    def action_step(self) -> None:
        """Look at the next one first."""
        self._left.append(self._left.pop(0))
        self._show()

    def action_leave(self) -> None:
        """Leave the rest open; while one writes, write nothing."""
        if self.has_class("-writing"):
            self.remove_class("-writing")
            self.set_focus(None)
        else:
            self.dismiss(tuple(self._decided))
