"""What margin and drawer share: cards, one of them current, and in it a line of its own that the keys are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, TypeAlias

from textual import events
from textual.cache import LRUCache
from textual.content import Content, Span
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from annotations.frozen import late
from reader.cards import Card, Drawn, Part, draw
from reader.commands import Command, bindings
from reader.linked import Link
from reader.messages import Left, Said, Situation
from reader.showing import DIM, fit, shown, strip
from reader.widgets.commanded import Commanded

if TYPE_CHECKING:
    from annotations.model import Annotation
    from reader.glyphs import Glyphs
    from reader.marks import Shown

__all__ = ["CardPane", "Spot"]

Verb: TypeAlias = Literal["open", "delete", "reply"]


class Spot(NamedTuple):
    """What stands on a line: a card's words, whose card it is, and which part of it; no id for what is no card."""

    content: Content
    annotation: str = ""
    part: int = 0


class CardPane(Commanded, part=True):
    """Draws lines, and carries out what is asked of the current card or of a part of it."""

    ALLOW_SELECT: ClassVar[bool] = False
    FOCUS_ON_CLICK = False
    can_focus = True
    BINDINGS = bindings("margin")
    counts = True

    @late
    class Picked(Message):
        """A card was chosen."""

        annotation_id: str

    @late
    class Asked(Message):
        """Something is to be done about the current card, or about the chosen part of it."""

        verb: Verb

    amiss: reactive[str] = reactive("")
    """What is to be said of marks that cannot be seen."""

    def __init__(self, signs: Glyphs) -> None:
        super().__init__()
        self._signs = signs
        self._shown: Shown | None = None
        self._links_of: Callable[[Annotation], Sequence[Link]] = lambda _: ()
        self._hint = ""
        self._filter = ""
        self._current: str | None = None
        self._part = 0
        self._from = 0
        self._spots: list[Spot] | None = None
        self._room_then = Size(0, 0)
        self._strips: list[Strip] = []
        self._drawn: LRUCache[tuple[str, bool, int, date], Drawn] = LRUCache(256)
        self._lines_drawn: LRUCache[tuple[str, tuple[Span, ...], int], Strip] = LRUCache(512)

    # What is shown

    def fill(
        self, shown: Shown, links_of: Callable[[Annotation], Sequence[Link]], hint: str = "", filtered: str = ""
    ) -> None:
        """Show these cards.

        Args:
            shown: the cards, in the order of the text.
            links_of: gives the relations of an annotation.
            hint: what to say when there are none.
            filtered: how many a filter lets through, if there is one.
        """
        self._shown, self._links_of, self._hint, self._filter = shown, links_of, hint, filtered
        self.forget()

    def stand(self, current: str | None) -> None:
        """Show another card as the current one."""
        if current != self._current:
            self._current, self._part, self._from = current, 0, 0
            self.redraw()

    @property
    def card(self) -> Card | None:
        """The current card."""
        at = self._shown.at(self._current) if self._shown else None
        return None if self._shown is None or at is None else self._shown.cards[at]

    @property
    def part(self) -> Part | None:
        """The chosen part of the current card; None for the card itself."""
        card = self.card
        parts = self.lines_of(card).parts if card and self._part else ()
        return parts[min(self._part, len(parts)) - 1] if parts else None

    def lines_of(self, card: Card) -> Drawn:
        """A card as lines; the current one with all there is to say."""
        expanded, width, today = card.annotation.id == self._current, self.room, date.today()  # noqa: DTZ011 - the person's own day
        known = card.annotation.id, expanded, width, today
        if known not in self._drawn:
            links = self._links_of(card.annotation)
            self._drawn[known] = draw(card, width, self._signs, expanded=expanded, links=links, today=today)
        return self._drawn[known]

    @property
    def active(self) -> bool:
        """Whether the keys are the cards'; a widget's own `has_focus` lags behind what is typed."""
        return self.is_attached and self.screen.focused is self

    @property
    def room(self) -> int:
        """Cells for a card's lines."""
        raise NotImplementedError

    @property
    def rows(self) -> int:
        """Rows for the current card."""
        raise NotImplementedError

    def spots(self) -> list[Spot]:
        """What stands on each line of the widget."""
        raise NotImplementedError

    def forget(self) -> None:
        """Draw all cards anew: what is known of them may be other than before."""
        self._drawn.clear()
        self.redraw()

    def redraw(self) -> None:
        """Put the lines together anew."""
        self._spots = None
        self.refresh()

    def watch_amiss(self) -> None:
        """What is said at the foot may need more lines, or fewer."""
        self.redraw()

    def on_focus(self) -> None:
        """What keys are about stands out."""
        self.redraw()
        self.post_message(Situation())

    def on_blur(self) -> None:
        """And not any more."""
        self.redraw()

    def notify_style_update(self) -> None:
        """Lines hold colours: a new theme needs new ones."""
        super().notify_style_update()
        self._spots = None
        self._lines_drawn.clear()

    def render_line(self, y: int) -> Strip:
        """One line, of a card or empty."""
        return self.line(y)

    def line(self, y: int) -> Strip:
        """One line as it was drawn when it was first seen."""
        if self._spots is None or self._room_then != self.size:  # Textual tells of a new size, but not of every one
            self._room_then, self._spots = self.size, self.spots()
            self._strips = self._as_strips([one.content for one in self._spots])
        return self._strips[y] if y < len(self._strips) else self.draw_line(Content(""), self.size.width)

    def draw_line(self, line: Content, width: int) -> Strip:
        """A line as wide as the pane."""
        return strip(self, line, width)

    def _as_strips(self, lines: Sequence[Content]) -> list[Strip]:
        """The lines as they are drawn; most of them were drawn before, if elsewhere."""
        width = self.size.width
        found = []
        for line in lines:
            key = line.plain, tuple(line.spans), width
            if (drawn := self._lines_drawn.get(key)) is None:
                drawn = self._lines_drawn[key] = self.draw_line(line, width)
            found.append(drawn)
        return found

    def windowed(self, drawn: Drawn, key: str, rows: int) -> list[Spot]:
        """The current card's lines, those of the chosen part marked; of a card that is too tall, a window of it."""
        here = min(self._part, len(drawn.parts)) if self.active else -1
        sign = Content.styled(self._signs.here, "bold $primary")
        spots = [
            Spot(self._here(sign, line, part) if part == here else line, key, part)
            for line, part in zip(drawn.lines, drawn.belongs, strict=True)
        ]
        if len(spots) <= rows:
            return spots
        self._from = max(0, min(self._from, len(spots) - rows))
        window = spots[self._from : self._from + rows]
        below = len(spots) - self._from - rows
        if below and rows > 1:
            how = "space" if self.active else "tab"
            said = shown(f"  {self._signs.ellipsis} {below + 1} more lines: {how}", DIM)
            window[-1] = Spot(fit(said, self.room), key, -1)
        return window

    def _here(self, sign: Content, line: Content, part: int) -> Content:
        """A line that the keys are about: a band, and a sign before it where there is room for one."""
        line = sign + line[1:] if part else line
        return line.pad_right(max(self.room - line.cell_length, 0)).stylize("on $primary 20%")

    # Keys

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        if command.verb == "leave":
            return "" if self.active else "the keys are not the cards’: tab gives them to the margin"
        if self._shown is None or not self._shown.cards:
            return self._hint
        if command.verb in ("open", "delete", "reply", "read") and self.card is None:
            return "no mark is current: ↓ goes to the next one"
        return ""

    def do_step(self, count: int) -> None:
        """Go from card to card, and within the current one to its relations and replies."""
        for _ in range(abs(count)):
            if not self._step(1 if count > 0 else -1):
                break

    def _step(self, way: int) -> bool:
        """One step; false when a card is left, which the rest of a count would come too early for."""
        card = self.card
        if card is None:
            self._leave_card(way)
            return False
        drawn = self.lines_of(card)
        self._part = min(self._part, len(drawn.parts))
        target = self._part + way
        if not 0 <= target <= len(drawn.parts):
            if way > 0 and self._scroll(drawn, len(drawn.lines)):
                return True
            if way < 0 and self._from:
                self._scroll(drawn, 0)
                return True
            self._leave_card(way)
            return False
        start, end = drawn.span(target)
        reached = self._bring(drawn, start, end)
        if reached:
            self._part = target
        self.redraw()
        return True

    def _bring(self, drawn: Drawn, start: int, end: int) -> bool:
        """Scroll a tall card towards some lines, by less than a window; whether their beginning is in view now."""
        window = self.rows - 1
        if len(drawn.lines) <= self.rows:
            return True
        last = self._from + window
        if end > last and not self._from <= start < end <= last:
            self._from = min(max(end - window, self._from), start, self._from + max(window - 1, 1))
        if start < self._from:
            self._from = max(start, self._from - max(window - 1, 1))
        return self._from <= start < self._from + window

    def _scroll(self, drawn: Drawn, towards: int) -> bool:
        """Scroll a tall card by most of a window; whether there was anything left to scroll to."""
        before, most = self._from, max(len(drawn.lines) - self.rows, 0)
        by = max(self.rows - 2, 1)
        self._from = min(before + by, most) if towards > before else max(before - by, 0)
        self.redraw()
        return self._from != before

    def _leave_card(self, way: int) -> None:
        """Go to the card before or after the current one."""
        if self._shown is None:
            return
        at = self._shown.at(self._current)
        if at is None:
            at = self.nearest() - (way > 0)
        at += way
        if 0 <= at < len(self._shown.cards):
            self.post_message(self.Picked(self._shown.cards[at].annotation.id))
        else:
            self.post_message(Said("this is the last mark" if way > 0 else "this is the first mark"))

    def nearest(self) -> int:
        """Which card to begin with when none is current."""
        return 0

    def do_edge(self, edge: str) -> None:
        """Go to the first card, or the last."""
        if self._shown and self._shown.cards:
            card = self._shown.cards[0 if edge == "start" else -1]
            self.post_message(self.Picked(card.annotation.id))

    def do_read(self, count: int) -> None:
        """Read on in a card that is taller than the room for it."""
        card = self.card
        if card is None:
            return
        drawn = self.lines_of(card)
        moved = self._scroll(drawn, len(drawn.lines) if count > 0 else 0)
        if not moved:
            where = "there is no more of this card" if count > 0 else "this is the beginning of the card"
            self.post_message(Said(where))

    def do_open(self) -> None:
        """Edit the card or the reply; go where a relation leads."""
        self.post_message(self.Asked("open"))

    def do_delete(self) -> None:
        """Delete the chosen part, or the mark."""
        self.post_message(self.Asked("delete"))

    def do_reply(self) -> None:
        """Reply to the mark, or to the chosen reply."""
        self.post_message(self.Asked("reply"))

    def do_leave(self) -> None:
        """Go back to the article."""
        self.post_message(Left())

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Choose a card; go where a relation leads; a reply is chosen for the keys."""
        place = event.get_content_offset(self)
        if place is None or self._spots is None or place.y >= len(self._spots):
            return
        spot = self._spots[place.y]
        if not spot.annotation:
            return
        if spot.annotation != self._current or not spot.part:
            self.post_message(self.Picked(spot.annotation))
        elif spot.part < 0:
            self.do_read(1)
        else:
            self._part = spot.part
            if isinstance(self.part, Link):
                self.do_open()
            else:
                self.focus()
            self.redraw()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Read on in a tall card."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Read back in a tall card."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, way: int) -> None:
        card = self.card
        if card is None:
            return
        drawn = self.lines_of(card)
        most = max(len(drawn.lines) - self.rows, 0)
        before = self._from
        self._from = max(0, min(before + 2 * way, most))
        if self._from != before:
            event.stop()
            self.redraw()
