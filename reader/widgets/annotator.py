"""An article that is worked on: marks are made, edited, deleted and saved here."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Literal

from index.article import label_at
from reader.amiss import short
from reader.desk import TOO_LARGE
from reader.drafts import Draft, Values, Work
from reader.widgets.quick import Quick
from reader.widgets.writer import WRITING

if TYPE_CHECKING:
    from annotations.model import Annotation
    from reader.commands import Command
    from reader.screens.correct import Corrected

__all__ = ["Annotator"]

_CHANGES = ("highlight", "kind", "repeat", "tag", "run", "form", "edit", "reply", "delete", "correct", "place")
_CORRECTION = "correction"
_OF_A_MARK = ("edit", "reply", "delete")


class Annotator(Quick, part=True):
    """What is asked for is shown at once and saved behind; what could not be saved stays, and says so."""

    OF_THE_RECORD = frozenset({*Quick.OF_THE_RECORD, *_CHANGES})

    _correction: tuple[Work, Draft] | None = None

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        reason = super().why_not(command)
        if not reason and command.verb in _CHANGES and self.desk.read_only:
            return short(self.desk.problem) if self.desk.problem else TOO_LARGE
        if not reason and command.verb in _OF_A_MARK and self.current is None:
            return "no mark under the cursor: ] and [ go from mark to mark"
        return reason

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

    def ask_first(self, annotation: Annotation, verb: Literal["edit", "delete", "adjust"]) -> None:
        """Edit, delete or adjust one; what is another's, or would go with another's replies, only after asking."""
        others = dict.fromkeys(one.author for one in annotation.replies if one.author != self._session.author.id)
        if not self._session.mine(annotation):
            why = f"This {annotation.kind} is {annotation.author}’s."
        elif verb == "delete" and others:
            why = f"This {annotation.kind} has replies by {', '.join(others)}; they would go with it."
        else:
            self._answered(annotation, verb)
            return
        from reader.screens.ask import Answer, Ask

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
        left = next((one for one in self._drafts if (one.path, one.kind) == (self.path, _CORRECTION)), None)
        if left:
            self._bring(left, self._drafts[left])
        else:
            self._open_correct(self.pane.cursor, {})

    def _open_correct(self, cursor: int, typed: dict[str, str]) -> None:
        from index.corrections import said_of
        from reader.screens.correct import Correct, LineUnder

        text = self.desk.article.text
        end = text.find("\n", cursor)
        words = text[text.rfind("\n", 0, cursor) + 1 : end if end >= 0 else None].strip()
        line = LineUnder(words, label_at(self.desk.printed, cursor), said_of(words, self.desk.sidecar.article))
        screen = Correct(self.desk.article, line, typed, partial(self._correcting, cursor))
        self.app.push_screen(screen, partial(self._corrected, cursor))

    def _correcting(self, cursor: int, typed: dict[str, str]) -> None:
        """What is typed there is kept as a draft is: in a note, which no sidecar ever holds."""
        self._correction = Work(self.path, cursor, cursor, _CORRECTION), Draft(Values(json.dumps(typed)))
        self.keep_soon()

    def _filled(self) -> tuple[Work, Draft] | None:
        return self._correction or super()._filled()

    def _bring(self, work: Work, draft: Draft) -> None:
        if work.kind != _CORRECTION:
            super()._bring(work, draft)
            return
        self._drafts.pop(work, None)
        try:
            found = json.loads(draft.values.note)
        except ValueError:
            found = None
        typed = {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
        self.pane.go(work.start)
        self._open_correct(work.start, typed)
        self._correcting(work.start, typed)

    def _corrected(self, cursor: int, corrected: Corrected | None) -> None:
        self._correction = None
        self.keep_soon()
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
