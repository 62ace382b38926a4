"""What the reading pane tells the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from reader.widgets.caret import CaretPage

__all__ = ["Leaving", "MarkPicked", "Moved", "Selected"]


class _PaneMessage(Message):
    """Something happened on a pane."""

    def __init__(self, pane: CaretPage) -> None:
        super().__init__()
        self.pane = pane

    @property
    def control(self) -> CaretPage:
        """The pane, so that a handler may name it in a selector."""
        return self.pane


class Moved(_PaneMessage, namespace="article_pane"):
    """The cursor has moved.

    Attributes:
        offset: where to.
    """

    def __init__(self, pane: CaretPage, offset: int) -> None:
        super().__init__(pane)
        self.offset = offset


class Leaving(_PaneMessage, namespace="article_pane"):
    """The cursor goes far, to where no motion would take it.

    Attributes:
        offset: where from.
    """

    def __init__(self, pane: CaretPage, offset: int) -> None:
        super().__init__(pane)
        self.offset = offset


class Selected(_PaneMessage, namespace="article_pane"):
    """A selection has settled, or is there no longer.

    Attributes:
        start: of the selection; None when there is none any more.
        end: of the selection, exclusive; None likewise.
    """

    def __init__(self, pane: CaretPage, start: int | None, end: int | None = None) -> None:
        super().__init__(pane)
        self.start = start
        self.end = end


class MarkPicked(_PaneMessage, namespace="article_pane"):
    """A mark was clicked on.

    Attributes:
        id: of the mark; of several that lie there the shortest, or the next longer one if that is current already.
    """

    def __init__(self, pane: CaretPage, mark_id: str) -> None:
        super().__init__(pane)
        self.id = mark_id
