"""The right margin: a card for each annotation, level with its line of the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from reader.cards import headline
from reader.packing import pack
from reader.showing import DIM, filtered, joined, keyed, shown
from reader.widgets.card_pane import CardPane, Spot

if TYPE_CHECKING:
    from annotations.model import Annotation
    from reader.glyphs import Glyphs
    from reader.layout import Mark
    from reader.linked import Link
    from reader.marks import Shown

__all__ = ["Margin", "counts", "leader"]

_LEADER = 2
_LISTED = 3


def counts(marks: Iterable[Mark], signs: Glyphs) -> Content:
    """How many of each kind, by glyph."""
    kinds = [mark.kind for mark in marks]
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


class Margin(CardPane):
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
        &:focus { border-left: heavy $primary; }
    }
    """

    def __init__(self, signs: Glyphs) -> None:
        super().__init__(signs)
        self._wants: Sequence[tuple[int, int]] = ()
        self._head: Content | None = None
        self._edges: tuple[Strip, Strip] | None = None
        self._edging = False
        self.look: Callable[[], None] = lambda: None
        """What levels the cards anew if the text's lines are others by now; asked when they are about to be drawn."""
        self._looking = False

    def level(self, wants: Sequence[tuple[int, int]], current: str | None) -> None:
        """Place the cards that are in view.

        Args:
            wants: the row of each one's line in the article's window, and which card it is, in order.
            current: the id of the current one.
        """
        self.stand(current)
        if wants != self._wants:
            self._wants = wants
            if not self._looking:
                self.redraw()

    def fill(
        self, shown: Shown, links_of: Callable[[Annotation], Sequence[Link]], hint: str = "", filtered: str = ""
    ) -> None:
        """Show these cards."""
        self._head = None
        super().fill(shown, links_of, hint, filtered)

    def notify_style_update(self) -> None:
        """Lines hold colours: a new theme needs new ones."""
        self._head = self._edges = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines that are kept with their edges, where Textual would put these around each line whenever it moves."""
        return filtered(self, [self.line(y).crop(*crop.column_span) for y in crop.line_range])

    def render_line(self, y: int) -> Strip:
        """One line without its edges; Textual draws them around any."""
        gutter = self.styles.gutter
        if self._edging:
            return Strip.blank(self.size.width, self.rich_style)
        return self.line(y).crop(gutter.left, gutter.left + self.size.width)

    def draw_line(self, line: Content, width: int) -> Strip:
        """A line between the edges that all have."""
        if self._edges is None:
            outer, gutter = self.outer_size.width, self.styles.gutter
            self._edging = True
            [edged] = super().render_lines(Region(0, 0, outer, 1))
            self._edging = False
            self._edges = edged.crop(0, gutter.left), edged.crop(outer - gutter.right, outer)
        left, right = self._edges
        return Strip.join([left, super().draw_line(line, width), right])

    @property
    def room(self) -> int:
        """Cells for a card's lines."""
        return max(self.size.width - _LEADER, 1)

    @property
    def rows(self) -> int:
        """Rows between the line at the top and what is said at the foot; one of them says how many have no room."""
        free = self.size.height - 1 - len(self._foot())
        return max(free - (len(self._wants) > 1), 1)

    def nearest(self) -> int:
        """The first card in view, or the one that the view is before."""
        return self._wants[0][1] if self._wants else 0

    def spots(self) -> list[Spot]:
        """What stands on each line."""
        self._looking = True
        self.look()
        self._looking = False
        foot = self._foot()
        room = max(self.size.height - 1 - len(foot), 0)
        return [Spot(Content(" ") + self._top()), *self._body(self.room, room), *foot]

    def _top(self) -> Content:
        if self._shown is None:
            return Content("")
        lost = shown(f"{len(self._shown.lost)} not found", "$warning") if self._shown.lost else Content("")
        if self._head is None:
            self._head = (
                shown(self._filter, "bold $warning") if self._filter else counts(self._shown.marks, self._signs)
            )
        return joined([lost, self._head])

    def _body(self, width: int, height: int) -> list[Spot]:
        lines = [Spot(Content(""))] * height
        if self._shown is None or not self._shown.cards:
            hint = [Spot(Content("  ") + line) for line in shown(self._hint, DIM).wrap(max(width, 1))]
            return (lines[:1] + hint + lines)[:height]
        visible = self._candidates(height)
        keys = [self._shown.cards[at].annotation.id for _, at in visible]
        current = keys.index(self._current) if self._current in keys else None
        wants = [want for want, _ in visible]
        drawn = [self._lines(at, height) for _, at in visible]
        heights = [len(one) + 1 for one in drawn]
        rows = pack(wants, heights, height + 1, current)  # nothing is below the last one: it needs no blank line
        unseen = len(self._wants) - len(visible)
        room = height - bool(None in rows or unseen)
        if room < height:
            rows = pack(wants, heights, room + 1, current)
        for row, one in zip(rows, drawn, strict=True):
            if row is not None:
                lines[row : row + len(one)] = one[: room - row]
        lead = self._leads(wants, rows, keys)
        body = [
            Spot(lead.get(at, Content(" ")) + " " + spot.content, *spot[1:]) for at, spot in enumerate(lines[:room])
        ]
        hidden = [key for row, key in zip(rows, keys, strict=True) if row is None]
        if not hidden and not unseen:
            return body
        return [*body, Spot(shown(f"  +{len(hidden) + unseen} more", DIM), hidden[0] if hidden else "")]

    def _candidates(self, height: int) -> Sequence[tuple[int, int]]:
        """Those in view that may have room: each takes two rows, and those nearest to the current one come first."""
        at = self._shown.at(self._current) if self._shown else None
        here = next((place for place, (_, one) in enumerate(self._wants) if one == at), 0)
        return self._wants[max(here - height, 0) : here + height + 1]

    def _lines(self, at: int, height: int) -> list[Spot]:
        assert self._shown is not None  # noqa: S101 - the caller has looked
        card = self._shown.cards[at]
        drawn, key = self.lines_of(card), card.annotation.id
        if key == self._current:
            return self.windowed(drawn, key, min(self.rows, height))
        return [Spot(line, key) for line in drawn.lines]

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

    def _foot(self) -> list[Spot]:
        lines = keyed("!", self.amiss).wrap(max(self.size.width - 1, 1)) if self.amiss else []
        said = [Spot(Content(" ") + line) for line in lines]
        lost = self._shown.lost if self._shown else ()
        names = [
            Spot(
                Content("  ")
                + headline(card.annotation, self._signs)
                + shown(f" “{card.annotation.quote.exact}”", DIM),
                card.annotation.id,
            )
            for card in lost[:_LISTED]
        ]
        more = len(lost) - _LISTED
        rest = [Spot(shown(f"  and {more} more", DIM))] if more > 0 else []
        return [*said, *names, *rest]
