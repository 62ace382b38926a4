"""The right margin: a card for each annotation, level with its line of the article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.cards import Card, card_lines, headline
from reader.packing import pack
from reader.showing import DIM, fit, joined, keyed, shown, strips

if TYPE_CHECKING:
    from reader.glyphs import Glyphs

__all__ = ["Margin", "counts", "leader"]

_LEADER = 2
_LISTED = 3


def counts(cards: Sequence[Card], signs: Glyphs) -> Content:
    """How many of each kind, by glyph."""
    kinds = [card.annotation.kind for card in cards]
    return joined([
        shown(sign, "$accent") + shown(f" {kinds.count(kind)}", DIM)
        for kind, sign in signs.kinds.items() if kind in kinds
    ])  # fmt: skip


def leader(want: int, row: int, signs: Glyphs) -> Iterator[tuple[int, str]]:
    """The signs that lead from the line at `want` to the card at `row`, each with its row."""
    if want == row:
        yield row, signs.rule
        return
    below = row > want
    yield want, signs.down if below else signs.up
    for at in range(min(want, row) + 1, max(want, row)):
        yield at, signs.stem
    yield row, signs.below if below else signs.above


class Margin(Widget):
    """Cards of the annotations in view.  The first line counts them; the last ones name those without a place.

    Where there is no room for all, a line says how many more there are.
    """

    DEFAULT_CSS = """
    Margin {
        width: 27vw;
        min-width: 32;
        max-width: 44;
        border-left: solid $border;
        padding: 0 1 0 0;
    }
    """

    @dataclass
    class Picked(Message):
        """A card was clicked on."""

        annotation_id: str

    amiss: reactive[str] = reactive("")

    def __init__(self, signs: Glyphs) -> None:
        super().__init__()
        self._signs = signs
        self._cards: Sequence[Card] = ()
        self._lost: Sequence[Card] = ()
        self._wants: Sequence[int] = ()
        self._current: str | None = None
        self._hint = ""
        self._name_of: Callable[[str], str] = str
        self._lines: list[tuple[Strip, str]] | None = None

    def fill(self, cards: Sequence[Card], lost: Sequence[Card], name_of: Callable[[str], str], hint: str = "") -> None:
        """Show these cards, in the order of the text; `lost` are those whose passage was not found.

        `hint` is what to say when there are none.
        """
        self._cards, self._lost, self._name_of, self._hint = cards, lost, name_of, hint
        self._wants = ()
        self._redraw()

    def level(self, wants: Sequence[int], current: str | None) -> None:
        """Place them: the row of each card's line in the article's window, and which is the current one."""
        if (wants, current) != (self._wants, self._current):
            self._wants, self._current = wants, current
            self._redraw()

    def watch_amiss(self) -> None:
        """The foot may need more lines, or fewer."""
        self._lines = None

    def on_resize(self) -> None:
        """Lines are made for the width there is."""
        self._redraw()

    def notify_style_update(self) -> None:
        """Lines hold colours: a new theme needs new ones."""
        super().notify_style_update()
        self._lines = None

    def render_line(self, y: int) -> Strip:
        """One line, of a card or empty."""
        if self._lines is None:
            self._lines = self._draw()
        return self._lines[y][0] if y < len(self._lines) else Strip.blank(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Pick the card that was clicked on."""
        place = event.get_content_offset(self)
        if place is not None and self._lines and place.y < len(self._lines) and self._lines[place.y][1]:
            self.post_message(self.Picked(self._lines[place.y][1]))

    def _redraw(self) -> None:
        self._lines = None
        self.refresh()

    def _draw(self) -> list[tuple[Strip, str]]:
        width, height = self.size
        lost = shown(f"{len(self._lost)} not found", "$warning") if self._lost else Content("")
        head = joined([counts(self._cards, self._signs), lost])
        foot = self._foot()
        room = max(height - 1 - len(foot), 0)
        lines = [(Content(" ") + head, ""), *self._body(width - _LEADER, room), *foot]
        return [(strips(self, fit(line, width) if line.plain else Content(" "), width)[0], key) for line, key in lines]

    def _body(self, width: int, height: int) -> list[tuple[Content, str]]:
        lines: list[tuple[Content, str]] = [(Content(""), "")] * height
        if not self._cards:
            hint = [(Content("  ") + line, "") for line in shown(self._hint, DIM).wrap(max(width, 1))]
            return (lines[:1] + hint + lines)[:height]
        visible = [(want, card) for want, card in zip(self._wants, self._cards, strict=False) if want >= 0]
        drawn = [self._lines_of(card, width) for _, card in visible]
        current = next((at for at, (_, card) in enumerate(visible) if card.annotation.id == self._current), None)
        wants = [want for want, _ in visible]
        heights = [len(one) + 1 for one in drawn]
        rows = pack(wants, heights, height + 1, current)  # nothing is below the last one: it needs no blank line
        room = height - (None in rows)
        if room < height:
            rows = pack(wants, heights, room + 1, current)
        keys = [card.annotation.id for _, card in visible]
        for row, one, key in zip(rows, drawn, keys, strict=True):
            if row is not None:
                lines[row : row + len(one)] = [(line, key) for line in one[: room - row]]
        lead = self._leads(wants, rows, keys)
        body = [(lead.get(at, Content(" ")) + " " + line, key) for at, (line, key) in enumerate(lines[:room])]
        hidden = [key for row, key in zip(rows, keys, strict=True) if row is None]
        return [*body, (shown(f"  +{len(hidden)} more", DIM), hidden[0])] if hidden else body

    def _leads(self, wants: Sequence[int], rows: Sequence[int | None], keys: Sequence[str]) -> dict[int, Content]:
        """What stands left of the lines, by row: a sign at each card, a stem to its line if nothing is in the way."""
        placed = [(want, row, key) for want, row, key in zip(wants, rows, keys, strict=True) if row is not None]
        placed.sort(key=lambda one: one[2] != self._current)
        level = {row for want, row, _ in placed if want == row}
        taken = {row for _, row, _ in placed}
        leads: dict[int, Content] = {}
        for want, row, key in placed:
            signs = dict(leader(want, row, self._signs))
            free = {at for at in signs if at not in taken}
            whole = not (signs.keys() - free - {row} - ({want} & level))
            style = "$accent" if key == self._current else "$foreground 35%"
            for at in (*free, row) if whole else (row,):
                leads[at] = Content.styled(signs[at], style)
            taken |= free if whole else set()
        return leads

    def _lines_of(self, card: Card, width: int) -> list[Content]:
        expanded = card.annotation.id == self._current
        return card_lines(card, width, self._signs, expanded=expanded, name_of=self._name_of)

    def _foot(self) -> list[tuple[Content, str]]:
        lines = keyed("!", self.amiss).wrap(max(self.size.width - 1, 1)) if self.amiss else []
        said = [(Content(" ") + line, "") for line in lines]
        names = [
            (
                Content("  ")
                + headline(card.annotation, self._signs)
                + shown(f" “{card.annotation.quote.exact}”", DIM),
                card.annotation.id,
            )
            for card in self._lost[:_LISTED]
        ]
        more = len(self._lost) - _LISTED
        rest = [(shown(f"  and {more} more", DIM), "")] if more > 0 else []
        return [*said, *names, *rest]
