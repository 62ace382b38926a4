"""A list of what wants a person's attention in an article: marks off their words, open decisions, damaged entries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.amiss import Act, Matter, summary
from reader.cards import headline
from reader.messages import Target
from reader.showing import DIM, columns, fit, joined, shown
from reader.widgets.listing import Item, Listing

if TYPE_CHECKING:
    from reader.glyphs import Glyphs

__all__ = ["Attention"]

_ROWS = 3
_AT_ONCE = 3
_KEYS = {
    "repair": ("X", "repair"),
    "go": ("enter", "go there"), "edit": ("e", "edit"), "choose": ("p", "put it somewhere"), "delete": ("d", "delete"),
    "settle": ("a", "take it as it is"), "correct": ("e", "correct the article"),
    "decide": ("c", "choose for each field"), "rescue": ("r", "merge both sides again"),
}  # fmt: skip


class Attention(ModalScreen[Act | None]):
    """Closed with what is to be done about one of them, or with nothing."""

    DEFAULT_CSS = """
    Attention { align: center middle; background: $background 60%; }
    Attention > Vertical {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; background: $panel; border: solid $primary;
    }
    Attention Listing { background: $panel; }
    Attention VerticalScroll { height: auto; max-height: 10; margin-top: 1; scrollbar-size-vertical: 1; }
    Attention Static { height: auto; }
    Attention .keys { margin-top: 1; }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        Binding("escape,exclamation_mark,q", "dismiss(None)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("pagedown,space", "read(1)", show=False),
        Binding("pageup", "read(-1)", show=False),
        Binding("enter", "enter", show=False),
        Binding("X", "act('repair')", show=False),
        Binding("e", "act('edit')", show=False),
        Binding("p", "act('choose')", show=False),
        Binding("d,delete", "act('delete')", show=False),
        Binding("a", "act('settle')", show=False),
        Binding("c", "act('decide')", show=False),
        Binding("r", "act('rescue')", show=False),
    ]

    def __init__(self, found: Sequence[Matter], signs: Glyphs, *, first: str | None = None) -> None:
        super().__init__()
        self._found = tuple(found)
        self._signs = signs
        self._at = next((at for at, one in enumerate(found) if one.annotation and one.annotation.id == first), 0)
        self.listing = Listing()
        self.listing.can_focus = False  # it would keep the arrows for scrolling
        self._detail = Static()
        self._keys = Static(classes="keys")

    @property
    def matter(self) -> Matter:
        """The one that is chosen."""
        return self._found[self._at]

    def compose(self) -> ComposeResult:
        """The list, the chosen one in full, and what can be done about it."""
        with Vertical():
            yield Static(shown(summary(self._found) or "nothing is amiss", "bold $warning"))
            yield self.listing
            with VerticalScroll(can_focus=False):
                yield self._detail
            yield self._keys

    def on_mount(self) -> None:
        """Begin at the one that was asked for."""
        items = [Item(Target("", str(at)), partial(self._lines, one)) for at, one in enumerate(self._found)]
        self.listing.styles.height = min(len(items), _AT_ONCE) * _ROWS
        self.listing.fill(items, _ROWS, key=Target("", str(self._at)))
        self._show()

    def action_step(self, count: int) -> None:
        """Choose another."""
        self.listing.step(count)
        self._at = max(0, min(len(self._found) - 1, self._at + count))
        self._show()

    def action_read(self, count: int) -> None:
        """Read on in what does not fit."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False) if count > 0 else self.query_one(
            VerticalScroll
        ).scroll_page_up(animate=False)

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click chooses."""
        self._at = self.listing.items.index(event.item)
        self._show()

    def action_enter(self) -> None:
        """Do the first thing that can be done."""
        if self.matter.acts:
            self.dismiss(Act(self.matter.acts[0], self.matter.annotation))

    def action_act(self, verb: str) -> None:
        """Do that, if it can be done about the chosen one."""
        for act in self.matter.acts:
            if _KEYS[act][0] == _KEYS[verb][0]:
                self.dismiss(Act(act, self.matter.annotation))

    def _lines(self, matter: Matter, width: int) -> list[Content]:
        one = matter.annotation
        state = shown(matter.state, "$warning")
        if one is None:
            what = f"entry of {matter.author}" if matter.author else "what is known of the article"
            head = shown("annotations" if matter.state == "refused" else what, "bold")
            return [columns(head, state, width), fit(shown("; ".join(matter.reasons), DIM), width)]
        return [columns(headline(one, self._signs), state, width), fit(shown(_quoted(one.quote.exact), DIM), width)]

    def _show(self) -> None:
        one, parts = self.matter.annotation, []
        if one is not None:
            parts.append(shown(_quoted(one.quote.exact)))
            said = [one.claim.text if one.claim else "", one.note, ", ".join(one.tags)]
            parts += [shown(text, "italic") for text in said if text]
            parts.append(shown(f"{one.author} {self._signs.dot} {one.created[:10]}", DIM))
        parts += [shown(reason, "$warning") for reason in self.matter.reasons]
        parts.append(shown(self.matter.advice, DIM))
        self._detail.update(Content("\n").join(part for part in parts if part.plain))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        keys = [_KEYS[act] for act in self.matter.acts]
        if keys and keys[0][0] != "enter":
            keys[0] = (f"enter {keys[0][0]}", keys[0][1])
        keys.append(("esc", "back"))
        line = [Content.assemble((key, "bold $primary"), (f" {label}", DIM)) for key, label in keys]
        self._keys.update(joined(line, "   "))


def _quoted(quote: str) -> str:
    return f"“{' '.join(quote.split())}”"
