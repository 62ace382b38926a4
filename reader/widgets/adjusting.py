"""The article in which a mark's passage can be adjusted: it becomes the selection, and what one selects becomes it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.widgets.findable import Findable

if TYPE_CHECKING:
    from annotations.model import Annotation
    from reader.commands import Command
    from reader.glyphs import Glyphs
    from reader.session import Desk, Session

__all__ = ["Adjusting"]

_WHILE_ADJUSTING = "the passage is being adjusted: enter stores it, esc leaves it as it was"
_OF_SOMETHING_ELSE = frozenset(
    {"highlight", "kind", "repeat", "tag", "run", "form", "edit", "reply", "delete", "correct", "place", "relate",
     "undo", "redo", "attention", "adjust"}
)  # fmt: skip


class Adjusting(Findable, part=True):
    """While a passage is adjusted all motions move its edge, and nothing else is done to the record."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self._adjusted = ""

    def situation(self) -> str:
        """What the person is about."""
        situation = super().situation()
        return "adjusting" if situation == "selection" and self._adjusted else situation

    def holds(self, command: Command) -> bool:
        """Enter stores what is adjusted."""
        if self._adjusted and command.when:
            return command.when == "adjusting"
        return command.when != "adjusting" and super().holds(command)

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        if self._adjusted and command.verb in _OF_SOMETHING_ELSE:
            return _WHILE_ADJUSTING
        reason = super().why_not(command)
        if not reason and command.verb == "adjust":
            if self.desk.read_only:
                return "this article is read-only"
            if self.current is None:
                return "no mark under the cursor: ] and [ go from mark to mark"
        return reason

    def show(self, desk: Desk, *, top: int = 0, cursor: int | None = None) -> None:
        """Show an article; nothing is being adjusted in it."""
        self._adjusted = ""
        super().show(desk, top=top, cursor=cursor)

    def do_adjust(self) -> None:
        """Make the current mark's passage the selection; another author's only after asking."""
        if self.current is not None:
            self.ask_first(self.current, "adjust")

    def _answered(self, annotation: Annotation, answer: str | None) -> None:
        if answer != "adjust":
            super()._answered(annotation, answer)
            return
        mark = self.mark_of(annotation.id)
        if mark is not None:
            self._adjusted = mark.id
            self.pane.grasp(mark.start, mark.end)
            self._say("enter stores it, esc leaves it as it was")

    def do_store(self) -> None:
        """Let the selection be the passage."""
        mark, (start, end) = self.mark_of(self._adjusted), self.pane.passage
        self._adjusted = ""
        self.pane.clear_selection()
        if mark is None or (mark.start, mark.end) == (start, end):
            self._say("the passage is as it was")
            return
        self.pane.add_mark(replace(mark, start=start, end=end))
        self._write(
            partial(self._session.put_at, self.path, mark.id, start, end), "passage adjusted: u undoes", mark.id
        )

    def on_article_pane_selected(self) -> None:
        """Without a selection nothing is being adjusted any more."""
        if self._adjusted and self.pane.selection is None:
            self._adjusted = ""
            self._say("the passage is as it was")
