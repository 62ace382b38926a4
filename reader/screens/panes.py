"""How wide the panes beside the article are: as the person drags their edges, or says with keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from textual import events

from reader.screens.outside import Outside

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.commands import Command
    from reader.config import State
    from reader.glyphs import Glyphs
    from reader.session import Session

__all__ = ["Panes"]

_LEAST = 24
_ARTICLE = 50
"""Cells that the article keeps, whatever is asked for."""

_BESIDE = 120
"""Columns of the screen from which on the find pane stands beside the article rather than over it."""

_Side: TypeAlias = Literal["find", "margin"]


class Panes(Outside, part=True):
    """A screen whose side panes can be made wider and narrower where all three are seen."""

    def __init__(self, session: Session, signs: Glyphs, state: State) -> None:
        super().__init__(session, signs)
        self._state = state
        self._dragged: _Side | None = None
        self._put_away = False

    @property
    def beside(self) -> bool:
        """Whether the find pane stands beside the article; else it comes over it, and goes when one goes there."""
        return not self.has_class("-over")

    def on_resize(self) -> None:
        """What was asked for is kept as far as there is room."""
        before = self.beside
        self.fit_panes(self.size.width)
        if before == self.beside:
            return
        if self.article.path and not self.find.has_focus_within:
            if self.beside:
                self.set_class(self._put_away, "-finding", update=False)
            else:
                self._put_away = self.has_class("-finding")
                self.remove_class("-finding", update=False)
        self.update_node_styles()

    def fit_panes(self, width: int) -> None:
        """Give the panes the widths that were asked for, on a screen of that width; its styles are the caller's."""
        self.set_class(width < _BESIDE, "-over", update=False)
        for side, pane, asked, apply in (
            ("find", self.find, self._state.find_width, self.beside),
            ("margin", self.article.margin, self._state.margin_width, self.has_class("-wide")),
        ):
            given = self._room(side, asked, width) if asked and apply else None
            if _given(pane) != given:
                pane.styles.width = pane.styles.min_width = pane.styles.max_width = given

    def why_not(self, command: Command) -> str:
        """Panes have widths only side by side."""
        if command.verb in ("find_width", "margin_width"):
            if not self.has_class("-wide"):
                return "panes stand beside the article from 100 columns on"
            if command.verb == "find_width" and not self.beside:
                return f"the list stands beside the article from {_BESIDE} columns on"
            if command.verb == "find_width" and not self.find.display:
                return "the find pane is hidden: l shows it"
        return super().why_not(command)

    def do_find_width(self, cells: int) -> None:
        """Make the find pane wider, or narrower."""
        self._set("find", _width_of(self.find) + cells)

    def do_margin_width(self, cells: int) -> None:
        """Make the margin wider, or narrower."""
        self._set("margin", _width_of(self.article.margin) + cells)

    def _set(self, side: _Side, asked: int) -> None:
        width = self._room(side, asked, self.size.width)
        if side == "find":
            self._state.find_width = width
        else:
            self._state.margin_width = width
        self.fit_panes(self.size.width)

    def _room(self, side: str, asked: int, width: int) -> int:
        """How wide a pane can be, with the other one as it is."""
        other: Widget = self.article.margin if side == "find" else self.find
        if side == "margin" and not self.beside:
            return max(min(asked, width - _ARTICLE), _LEAST)
        taken = _width_of(other) if other.display and other.is_mounted else _LEAST
        return max(min(asked, width - _ARTICLE - taken), _LEAST)

    # With the mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of an edge."""
        if self.has_class("-wide") and event.button == 1:
            self._dragged = self._edge_at(int(event.screen_x), int(event.screen_y))
            if self._dragged:
                self.capture_mouse()

    def _edge_at(self, x: int, y: int) -> _Side | None:
        find, margin = self.find.region, self.article.margin.region
        if self.beside and find.area and find.y <= y < find.bottom and x == find.right - 1:
            return "find"
        if margin.area and margin.y <= y < margin.bottom and x == margin.x:
            return "margin"
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The edge goes where the mouse goes."""
        x = int(event.screen_x)
        if self._dragged == "find":
            self._set("find", x + 1 - self.find.region.x)
        elif self._dragged == "margin":
            self._set("margin", self.article.margin.region.right - x)

    def on_mouse_up(self) -> None:
        """Let go of it."""
        if self._dragged:
            self._dragged = None
            self.release_mouse()


def _width_of(pane: Widget) -> int:
    """How wide a pane is, or is about to be: the screen may not have been laid out anew yet."""
    return _given(pane) or pane.outer_size.width


def _given(pane: Widget) -> int | None:
    """The width that a pane was given, if it was."""
    given = pane.styles.inline.width
    return int(given.value) if given else None
