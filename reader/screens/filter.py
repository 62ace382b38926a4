"""Choosing which marks are shown: of the authors, kinds, statuses, speakers and tags that occur, by a key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.filters import ASPECTS, Filter, choices
from reader.messages import Target
from reader.showing import DIM, columns, joined, shown
from reader.widgets.listing import Item, Listing

if TYPE_CHECKING:
    from annotations.model import Annotation
    from reader.glyphs import Glyphs

__all__ = ["FilterScreen"]

_BLIND = "blind"


class FilterScreen(ModalScreen[Filter | None]):
    """Closed with the filter that was chosen; with none when it was left."""

    DEFAULT_CSS = """
    FilterScreen { align: center middle; background: $background 60%; }
    FilterScreen > Vertical {
        width: 70; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; background: $panel; border: solid $primary;
    }
    FilterScreen Static { height: auto; }
    FilterScreen Listing { height: auto; background: $panel; }
    FilterScreen .keys { margin-top: 1; }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        Binding("escape,q", "dismiss(None)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("space,x", "turn", show=False),
        Binding("b", "blind", show=False),
        Binding("enter", "take", show=False),
        Binding("F", "clear", show=False),
    ]

    def __init__(
        self,
        annotations: Sequence[Annotation],
        now: Filter,
        author: str,
        signs: Glyphs,
        *,
        speakers: Mapping[str, str],
    ) -> None:
        """`speakers` gives the name to show by what the filter knows one by."""
        super().__init__()
        self._speakers = speakers
        self._annotations = annotations
        self.filter = now
        self._author = author
        self._signs = signs
        self._turned = False
        self._rows = list(self._choices())
        self._about = Static()
        self.listing = Listing()
        self.listing.can_focus = False  # it would keep the arrows for scrolling
        self._keys = Static(classes="keys")

    def compose(self) -> ComposeResult:
        """How many are shown, the choices, the keys."""
        with Vertical():
            yield self._about
            yield self.listing
            yield self._keys

    def on_mount(self) -> None:
        """Begin at the first."""
        items = [Item(Target("", str(at)), partial(self._lines, at)) for at in range(len(self._rows))]
        self.listing.styles.height = min(len(items), max(self.app.size.height - 8, 3))
        self.listing.fill(items, 1)
        keys = [("space", "turns on or off"), ("enter", "shows these"), ("F", "shows all"), ("esc", "back")]
        line = [Content.assemble((key, "bold $primary"), (f" {label}", DIM)) for key, label in keys]
        self._keys.update(joined(line, "   "))
        self._say()

    def action_step(self, count: int) -> None:
        """Choose another row."""
        self.listing.step(count)

    def action_page(self, count: int) -> None:
        """Choose one a page away."""
        self.listing.page(count)

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click turns a row."""
        self._turn(int(event.item.key.annotation or 0))

    def action_turn(self) -> None:
        """Turn the chosen row on or off."""
        if self.listing.chosen:
            self._turn(int(self.listing.chosen.key.annotation or 0))

    def action_blind(self) -> None:
        """See nobody's work but one's own."""
        self._turn(0)

    def action_take(self) -> None:
        """Show these; the chosen row alone if none was turned."""
        if not self._turned and not self.filter:
            self.action_turn()
        self.dismiss(self.filter)

    def action_clear(self) -> None:
        """Show all."""
        self.dismiss(Filter())

    def _turn(self, at: int) -> None:
        aspect, value, _ = self._rows[at]
        self._turned = True
        if aspect == _BLIND:
            blind = "" if self.filter.blind else self._author
            self.filter = replace(self.filter, blind=blind, besides=frozenset())
        else:
            self.filter = self.filter.turned(aspect, value)
        self.listing.refresh()
        self._say()

    def _choices(self) -> Iterator[tuple[str, str, int]]:
        """The rows: aspect, value, how many marks have it."""
        yield _BLIND, self._author, sum(one.author == self._author for one in self._annotations)
        found = choices(self._annotations, self.filter.who)
        for aspect in ASPECTS:
            values = found.get(aspect, [])
            gone = self.filter.wanted.get(aspect, frozenset()) - {value for value, _ in values}
            for value, count in (*values, *((value, 0) for value in sorted(gone))):
                yield aspect, value, count

    def _lines(self, at: int, width: int) -> list[Content]:
        aspect, value, count = self._rows[at]
        on = bool(self.filter.blind) if aspect == _BLIND else value in self.filter.wanted.get(aspect, ())
        box = Content.styled(f"{self._signs.saved if on else ' '} ", "bold $accent")
        if aspect == _BLIND:
            name = shown("blind", "bold" if on else "") + shown(": hide what others marked and said", DIM)
        else:
            first = self._rows[at - 1][0] != aspect
            called = self._speakers.get(value, value) if aspect == "speaker" else value
            name = shown((aspect if first else "").ljust(8), DIM) + shown(called, "bold" if on else "")
        return [columns(Content(" ") + box + name, shown(str(count), DIM), width)]

    def _say(self) -> None:
        passing = sum(self.filter.passes(one) for one in self._annotations)
        said = f"{passing} of {len(self._annotations)} shown"
        self._about.update(shown(f"Which marks to show: {said}", "bold"))
