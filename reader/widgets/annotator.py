"""An article that is worked on: marks are made, edited, deleted and saved here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from annotations.model import Annotation, new_id
from index.article import label_at
from reader.amiss import short
from reader.desk import TOO_LARGE
from reader.drafts import Values, Work
from reader.screens.ask import Answer, Ask
from reader.widgets.filling import Filling
from reader.widgets.pane import Mark
from reader.widgets.writer import WRITING

if TYPE_CHECKING:
    from reader.commands import Command
    from reader.screens.correct import Corrected

__all__ = ["Annotator"]

_CHANGES = ("highlight", "form", "edit", "reply", "delete", "correct", "place")
_OF_A_MARK = ("edit", "reply", "delete")


class Annotator(Filling):
    """What is asked for is shown at once and saved behind; what could not be saved stays, and says so."""

    OF_THE_RECORD = frozenset({*Filling.OF_THE_RECORD, *_CHANGES})

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        reason = super().why_not(command)
        if not reason and command.verb in _CHANGES and self.desk.read_only:
            return short(self.desk.problem) if self.desk.problem else TOO_LARGE
        if not reason and command.verb in _OF_A_MARK and self.current is None:
            return "no mark under the cursor: ] and [ go from mark to mark"
        return reason

    def do_highlight(self) -> None:
        """Highlight the passage; shown at once, saved behind."""
        start, end = self.pane.passage
        if self._already(start, end):
            self._say("already highlighted: enter edits it, c makes it a claim, d deletes it")
            return
        annotation_id = new_id()
        self.pane.clear_selection()
        self.pane.add_mark(Mark(annotation_id, start, end, "highlight"))
        annotate = partial(self._session.annotate, self.path, start, end, annotation_id=annotation_id)
        self._write(annotate, "highlighted: c makes it a claim, u undoes", annotation_id)

    def _already(self, start: int, end: int) -> bool:
        return any(
            (mark.start, mark.end, mark.kind) == (start, end, "highlight") and self._is_mine(mark.id)
            for mark in self._shown.marks
        )

    def _is_mine(self, annotation_id: str) -> bool:
        found = self.desk.sidecar.get(annotation_id)
        return found is not None and self._session.mine(found)

    def do_form(self, kind: str) -> None:
        """Open the form for a claim, a note or a question; a bare highlight of one's own becomes it."""
        current = self.current
        if self.pane.selection is None and current and current.kind == "highlight" and self._session.mine(current):
            self._open_form(self._work_on(current, kind), Values(current.note, current.tags))
            return
        start, end = self.pane.passage
        self._open_form(Work(self.path, start, end, kind), Values())

    def do_edit(self) -> None:
        """Edit the current annotation; another author's only after asking."""
        if self.current is not None:
            self.ask_first(self.current, "edit")

    def do_reply(self) -> None:
        """Reply to the current annotation."""
        if self.current:
            self._open_form(self._work_on(self.current, "reply"), Values())

    def do_delete(self) -> None:
        """Delete the current annotation; another author's only after asking."""
        if self.current is not None:
            self.ask_first(self.current, "delete")

    def ask_first(self, annotation: Annotation, verb: Literal["edit", "delete"]) -> None:
        """Edit or delete an annotation; what is another's, or would go with another's replies, only after asking."""
        others = dict.fromkeys(one.author for one in annotation.replies if one.author != self._session.author.id)
        if not self._session.mine(annotation):
            why = f"This {annotation.kind} is {annotation.author}’s."
        elif verb == "delete" and others:
            why = f"This {annotation.kind} has replies by {', '.join(others)}; they would go with it."
        else:
            self._answered(annotation, verb)
            return
        answers = (Answer("r", "reply instead", "reply"), Answer(verb[0], f"{verb} it all the same", verb))
        self.app.push_screen(Ask(why, answers), partial(self._answered, annotation))

    def _answered(self, annotation: Annotation, answer: str | None) -> None:
        if answer == "reply":
            self._open_form(self._work_on(annotation, "reply"), Values())
        elif answer == "edit":
            self._edit(annotation)
        elif answer == "delete":
            self._delete(annotation)

    def _edit(self, annotation: Annotation) -> None:
        values = Values(annotation.note, annotation.tags, annotation.claim)
        self._open_form(self._work_on(annotation, annotation.kind), values)

    def _delete(self, annotation: Annotation) -> None:
        self.pane.remove_mark(annotation.id)
        self._write(partial(self._session.delete, self.path, annotation.id), f"{annotation.kind} deleted: u undoes")

    # Correcting the article

    def do_correct(self) -> None:
        """Correct what is known about the article, or what the line under the cursor is."""
        from index.corrections import said_of
        from reader.screens.correct import Correct, LineUnder

        text, cursor = self.desk.article.text, self.pane.cursor
        end = text.find("\n", cursor)
        words = text[text.rfind("\n", 0, cursor) + 1 : end if end >= 0 else None].strip()
        line = LineUnder(words, label_at(self.desk.printed, cursor), said_of(words, self.desk.sidecar.article))
        self.app.push_screen(Correct(self.desk.article, line), partial(self._corrected, cursor))

    def _corrected(self, cursor: int, corrected: Corrected | None) -> None:
        if corrected is not None and (corrected.values or corrected.label is not None):
            self.run_worker(self._correct(cursor, corrected), group=WRITING)

    async def _correct(self, cursor: int, corrected: Corrected) -> None:
        def change() -> None:
            line = None if corrected.label is None else (cursor, corrected.label or None)
            self._session.correct(self.path, corrected.values, line)

        problem = await self._writes.do(change)
        self.show_again()
        if problem is None:
            self._say("corrected, beside the article: u undoes")
