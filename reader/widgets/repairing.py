"""The article with marks to repair: one after the other on a screen of their own, or put on what is selected here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.drafts import Values
from reader.messages import OpenArticle, Target
from reader.typeahead import HOLDING
from reader.widgets.discussed import Discussed

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotations.anchor import Placed
    from annotations.model import Annotation
    from reader.commands import Command
    from reader.glyphs import Glyphs
    from reader.screens.repair import Elsewhere
    from reader.session import Session

__all__ = ["Repairing"]


class Repairing(Discussed, part=True):
    """Goes to the repair and comes back from it; in between a mark may be put on a passage."""

    OF_THE_RECORD = frozenset({*Discussed.OF_THE_RECORD, "repair"})

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self._chosen: str | None = None
        self._goes_on = False

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        reason = super().why_not(command)
        if not reason and command.verb == "place" and self._waiting is None:
            return "no mark was chosen for this: ! lists those without a place"
        return reason

    def do_repair(self, first: str | None = None) -> None:
        """Repair the marks of the article, from one on."""
        from reader.screens.repair import RepairScreen

        first = first or self._chosen or self.pane.current
        screen = RepairScreen(self._session, self.path, self._signs, self._writes.do, first=first)
        self.app.push_screen(screen, self._repaired)

    def _repaired(self, left: Elsewhere | None) -> None:
        self.show_marks()
        if left is None:
            return
        annotation = self._session.desk(left.path).sidecar.get(left.annotation)
        if annotation and left.verb == "select":
            self.choose(annotation, goes_on=True)
        if left.path != self.path:
            self.post_message(OpenArticle(Target(left.path, left.annotation, self._near(left.path, left.annotation))))
        elif annotation and left.verb == "reply":
            self._open_form(self._work_on(annotation, "reply"), Values())
        elif near := self._near(left.path, left.annotation):
            self.pane.reveal(*near)
            if left.verb == "select" and near[0] < near[1]:
                self.pane.go(near[1] - 1, extend=True)

    def choose(self, annotation: Annotation, *, goes_on: bool = False) -> None:
        """Have it put on what will be selected; the repair may go on then."""
        self._chosen, self._goes_on = annotation.id, goes_on
        rest = ", and goes on" if goes_on else ""
        self._say(f"select where this {annotation.kind} belongs, then p puts it there{rest}")

    def do_place(self) -> None:
        """Put the chosen mark on the passage."""
        one = self._waiting
        if one is None:
            return
        start, end = self.pane.passage
        goes_on, self._chosen, self._goes_on = self._goes_on, None, False
        self.pane.clear_selection()
        put = partial(self._session.put_at, self.path, one.id, start, end)
        done = f"{one.kind} put here: u undoes"
        if goes_on:
            self.run_worker(self._put_and_go_on(put, done, one.id), group=HOLDING)
        else:
            self._write(put, done, one.id)

    async def _put_and_go_on(self, put: Callable[[], object], done: str, current: str) -> None:
        await self._written(put, done, current)
        self.do_repair()

    @property
    def _waiting(self) -> Annotation | None:
        """The annotation that was chosen to be put somewhere."""
        return self.desk.sidecar.get(self._chosen) if self.path and self._chosen else None

    def _near(self, path: str, annotation_id: str) -> tuple[int, int] | None:
        """Where its passage stands, or may stand, or stood."""
        from reader.repairs import surroundings

        desk = self._session.desk(path)
        placed: Placed | None = next((one for one in desk.placed if one.annotation.id == annotation_id), None)
        if placed is None:
            return None
        if placed.start is not None and placed.end is not None:
            return placed.start, placed.end
        return placed.candidates[0] if placed.candidates else surroundings(desk.article.text, placed.annotation.quote)
