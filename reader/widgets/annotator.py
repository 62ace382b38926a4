"""An article that is worked on: marks are made, edited, deleted and saved here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from annotations.model import Annotation, Claim, new_id
from index.article import label_at
from reader.amiss import short
from reader.commands import COMMANDS, Command
from reader.desk import TOO_LARGE
from reader.drafts import Subject, Values, Work
from reader.messages import Saving, Situation
from reader.screens.ask import Answer, Ask
from reader.typeahead import HOLDING
from reader.vocabulary import Vocabulary
from reader.widgets.article import ArticleView
from reader.widgets.pane import Mark
from reader.writing import Writes

if TYPE_CHECKING:
    from annotations.errors import PostilError
    from reader.glyphs import Glyphs
    from reader.screens.correct import Corrected
    from reader.session import Session
    from reader.widgets.form import Form

__all__ = ["Annotator"]

_CHANGES = ("highlight", "form", "edit", "reply", "delete", "correct", "place")
_WRITING = "write"
_OF_A_MARK = ("edit", "reply", "delete")
_OF_THE_RECORD = (*_CHANGES, "mark", "undo", "redo", "save")


class Annotator(ArticleView):
    """What is asked for is shown at once and saved behind; what could not be saved stays, and says so."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self._writes = Writes(self._saving)
        self._drafts: dict[Work, Values] = {}
        self._work: Work | None = None
        self._form: Form | None = None

    @property
    def form(self) -> Form | None:
        """The form that is open, if one is."""
        return self._form

    def situation(self) -> str:
        """What the person is about; a `form` comes before all."""
        return super().situation() if self._form is None else "form"

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        if self._form is not None and command.verb != "save":
            return "a form is open: enter saves it, esc closes it and keeps a draft"
        reason = super().why_not(command)
        if not reason and command.verb in _CHANGES and self.desk.read_only:
            return short(self.desk.problem) if self.desk.problem else TOO_LARGE
        if not reason and command.verb in _OF_A_MARK and self.current is None:
            return "no mark under the cursor: ] and [ go from mark to mark"
        return reason

    def action_run(self, command_id: str) -> None:
        """Carry out a command; one that is about marks, on the marks as they are after what was asked for before."""
        writing = any(worker.group == _WRITING and not worker.is_finished for worker in self.workers)
        if writing and COMMANDS[command_id].verb in _OF_THE_RECORD:
            self.run_worker(self._run_after_writing(command_id), group=HOLDING)
        else:
            super().action_run(command_id)

    async def _run_after_writing(self, command_id: str) -> None:
        await self._writes.settle()
        super().action_run(command_id)

    # Making marks

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

    def do_undo(self) -> None:
        """Take back the last change."""
        self.run_worker(self._step(self._session.undo, "undone", "nothing to undo"), group=_WRITING)

    def do_redo(self) -> None:
        """Do it again."""
        self.run_worker(self._step(self._session.redo, "done again", "nothing to do again"), group=_WRITING)

    async def _step(self, step: Callable[[str], str | None], done: str, nothing: str) -> None:
        labels: list[str | None] = []
        before = self.desk.article
        problem = await self._writes.do(lambda: labels.append(step(self.path)))
        if self.desk.article is before:
            self.show_marks()
        else:
            self.show_again()
        if problem is None:
            self._say(f"{done}: {labels[0]}" if labels[0] else nothing)

    def do_save(self) -> None:
        """Try again to save what is not saved."""
        unsaved = self._session.unsaved
        if not unsaved:
            self._say("everything is saved")
        for path in unsaved:
            self._write(partial(self._session.flush, path), "saved")

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
            self.run_worker(self._correct(cursor, corrected), group=_WRITING)

    async def _correct(self, cursor: int, corrected: Corrected) -> None:
        def change() -> None:
            line = None if corrected.label is None else (cursor, corrected.label or None)
            self._session.correct(self.path, corrected.values, line)

        problem = await self._writes.do(change)
        self.show_again()
        if problem is None:
            self._say("corrected, beside the article: u undoes")

    def show_again(self) -> None:
        """Show the article as its desk has it now, from the same place on."""
        top, cursor, hits, current = self.pane.top_offset, self.pane.cursor, self._hits, self.pane.current
        self.show(self.desk, top=top)
        self._hits = hits
        self.pane.set_hits(hits)
        self.pane.go(cursor)
        self._stand(current)

    # Forms

    def _work_on(self, annotation: Annotation, kind: str) -> Work:
        mark = self.mark_of(annotation.id)
        start, end = (mark.start, mark.end) if mark else (self.pane.cursor, self.pane.cursor)
        return Work(self.path, start, end, kind, annotation.id)

    def _open_form(self, work: Work, values: Values) -> None:
        from reader.widgets.claim_form import ClaimForm
        from reader.widgets.note_form import NoteForm

        draft = self._drafts.get(work)
        known = self.desk.sidecar.get(work.annotation)
        quote = self.desk.article.text[work.start : work.end] or (known.quote.exact if known else "")
        subject = Subject(work.kind, quote, drafted=draft is not None)
        form = ClaimForm if work.kind == "claim" else NoteForm
        self._work = work
        self._form = form(subject, draft or values, self._signs, Vocabulary(self._session, self.desk.sidecar))
        self.add_class("-form")
        self.run_worker(self._begin(self._form, work), group=HOLDING)
        self.post_message(Situation())

    async def _begin(self, form: Form, work: Work) -> None:
        """Put a form on the screen; what is typed meanwhile is for its first field."""
        await self.mount(form)
        self.call_after_refresh(self.pane.reveal, work.start, work.end)

    def on_form_closed(self, event: Form.Closed) -> None:
        """Keep the draft."""
        if self._work and event.draft:
            self._drafts[self._work] = event.draft
            self._say("draft kept: the same key on the same passage brings it back")
        self._close_form()

    def on_form_submitted(self, event: Form.Submitted) -> None:
        """Save what was filled in."""
        work, values = self._work, event.values
        if work is None:
            return
        if work.kind in ("note", "question", "reply") and not values.note and not values.tags:
            self._say(f"an empty {work.kind} is not saved: write something, or esc")
            return
        self._drafts.pop(work, None)
        self._close_form()
        self.pane.clear_selection()
        self._save(work, values)

    def _close_form(self) -> None:
        self.screen.set_focus(self.pane)
        if self._form is not None:
            self._form.remove()
        self._form = self._work = None
        self.remove_class("-form")
        self.call_after_refresh(self._arrange)
        self.post_message(Situation())

    def _save(self, work: Work, values: Values) -> None:
        if work.kind == "reply":
            self._write(partial(self._session.reply, work.path, work.annotation, values.note), "replied: u undoes")
            return
        annotation_id = work.annotation or new_id()
        if not work.annotation:
            self.pane.add_mark(Mark(annotation_id, work.start, work.end, work.kind))
        self._write(partial(self._put, work, values, annotation_id), f"{work.kind} saved: u undoes", annotation_id)

    def _put(self, work: Work, values: Values, annotation_id: str) -> None:
        """Write an annotation, then teach the library its new names; runs in a thread."""
        from annotations.codebook import Code, Person

        claim = values.claim if work.kind == "claim" else None
        if work.annotation:
            self._replace(work, values, claim)
        else:
            self._session.annotate(
                work.path, work.start, work.end, work.kind,
                tags=values.tags, note=values.note, claim=claim, annotation_id=annotation_id,
            )  # fmt: skip
        for tag in values.tags:
            self._session.learn_code(Code(id=tag, name=tag))
        if claim and claim.speaker:
            affiliations = (claim.affiliation,) if claim.affiliation else ()
            self._session.learn_person(Person(name=claim.speaker, affiliations=affiliations))

    def _replace(self, work: Work, values: Values, claim: Claim | None) -> None:
        before = self._session.desk(work.path).sidecar.get(work.annotation)
        if before is not None:
            after = replace(before, kind=work.kind, tags=values.tags, note=values.note, claim=claim)
            self._session.replace(work.path, after, f"edit {work.kind}")

    # Writing

    def _write(self, change: Callable[[], object], done: str, current: str | None = None) -> None:
        self.run_worker(self._written(change, done, current), group=_WRITING)

    async def _written(self, change: Callable[[], object], done: str, current: str | None) -> None:
        problem: PostilError | None = await self._writes.do(change)
        self.show_marks()
        if current:
            self._stand(current)
        if problem is None:
            self._say(done)

    def _saving(self, busy: bool, problem: PostilError | None) -> None:
        self.post_message(Saving(busy, problem))

    async def settle(self) -> None:
        """Wait until all that was asked for has been tried."""
        await self._writes.settle()
