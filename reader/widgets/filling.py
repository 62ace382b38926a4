"""An article with a form under the passage: notes, questions, claims and replies are filled in and saved here."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from annotations.model import Annotation, Claim, new_id
from reader.drafts import RUN, Draft, Subject, Values, Work
from reader.messages import Situation
from reader.recent import Recent
from reader.typeahead import HOLDING
from reader.widgets.keeping import Keeping
from reader.widgets.pane import Mark
from reader.widgets.writer import WRITING

if TYPE_CHECKING:
    from reader.commands import Command
    from reader.glyphs import Glyphs
    from reader.session import Session
    from reader.vocabulary import Vocabulary
    from reader.widgets.claim_form import ClaimForm
    from reader.widgets.form import Form
    from reader.widgets.note_form import NoteForm
    from reader.widgets.tags_form import TagsForm

__all__ = ["Filling"]


class Filling(Keeping, part=True):
    """One form at a time; what is left unsaved is kept as a draft."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self.recent = Recent()
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
            return "a form is open: enter saves, esc keeps a draft"
        return super().why_not(command)

    def _work_on(self, annotation: Annotation, kind: str) -> Work:
        mark = self.mark_of(annotation.id)
        start, end = (mark.start, mark.end) if mark else (self.pane.cursor, self.pane.cursor)
        return Work(self.path, start, end, kind, annotation.id)

    def _open_form(self, work: Work, values: Values) -> None:
        draft = self._drafts.pop(work, None)
        known = self.desk.sidecar.get(work.annotation)
        quote = self.desk.article.text[work.start : work.end] or (known.quote.exact if known else "")
        subject = Subject(work.kind, quote, drafted=draft is not None)
        form = _form_for(work.kind)
        self._work = work
        self._form = form(
            subject, draft.values if draft else values, self._signs, self._vocabulary(work.start, work.end)
        )
        self.add_class("-form")
        self.run_worker(self._begin(self._form, work), group=HOLDING)
        self.post_message(Situation())

    def _bring(self, work: Work, draft: Draft) -> None:
        self._open_form(work, draft.values)
        if self._form:
            self._form.at = draft.field

    def _filled(self) -> tuple[Work, Draft] | None:
        if self._work is None or self._form is None:
            return None
        values = self._form.changed()
        return (self._work, Draft(values, field=self._form.at)) if values else None

    def on_input_changed(self) -> None:
        """Something was typed."""
        self._typed()

    def on_text_area_changed(self) -> None:
        """Something was typed."""
        self._typed()

    def on_choice_changed(self) -> None:
        """Something was chosen."""
        self._typed()

    def _typed(self) -> None:
        if self._form is not None:
            self.keep_soon()

    def _vocabulary(self, start: int, end: int) -> Vocabulary:
        from reader.vocabulary import Vocabulary

        written = all(worker.is_finished for worker in self.workers if worker.group == WRITING)
        return Vocabulary(self._session, self.desk, self.recent, (start, end), written=written)

    async def _begin(self, form: Form, work: Work) -> None:
        """Put a form on the screen; what is typed meanwhile is for its first field."""
        selected = self.pane.selection is not None
        await self.mount(form)
        self.call_after_refresh(self._reveal, work, selected=selected)

    def _reveal(self, work: Work, *, selected: bool) -> None:
        """Show the passage above the form; what was selected stays so, for a draft that is come back to."""
        self.pane.reveal(work.start, work.end)
        if selected and work.start < work.end:
            self.pane.go(work.end - 1, extend=True)

    def on_form_closed(self, event: Form.Closed) -> None:
        """Keep the draft, if there is one."""
        if self._work and self._work.kind == RUN:
            self._set_run(())
        elif self._work and event.draft:
            self._drafts[self._work] = Draft(event.draft)
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
        if work.kind == "tags" and not work.annotation and not values.tags:
            self._say("no tags, so nothing is marked: write one, or esc")
            return
        self._close_form()
        if work.kind == RUN:
            self._set_run(values.tags)
            return
        self.pane.clear_selection()
        self.recent.used(values.tags, values.claim)
        self._save(work, values)
        self._entered(work, values)

    def _set_run(self, tags: tuple[str, ...]) -> None:
        """Give every mark these tags from now on."""
        raise NotImplementedError

    def _close_form(self) -> None:
        self.screen.set_focus(self.pane)
        if self._form is not None:
            self._form.remove()
        self._form = self._work = None
        self.remove_class("-form")
        self.keep_soon()
        self.call_after_refresh(self._arrange)
        self.post_message(Situation())

    def _save(self, work: Work, values: Values) -> None:
        if work.kind == "reply":
            self._write(partial(self._session.reply, work.path, work.annotation, values.note), "replied: u undoes")
            return
        annotation_id = work.annotation or new_id()
        if not work.annotation:
            self.pane.add_mark(Mark(annotation_id, work.start, work.end, _kind(work)))
        self._write(partial(self._put, work, values, annotation_id), f"{work.kind} saved: u undoes", annotation_id)

    def _put(self, work: Work, values: Values, annotation_id: str) -> None:
        """Write an annotation, then teach the library its new names; runs in a thread."""
        claim = values.claim if work.kind == "claim" else None
        if work.annotation:
            self._replace(work, values, claim)
        else:
            self._session.annotate(
                work.path, work.start, work.end, _kind(work),
                tags=values.tags, note=values.note, claim=claim, annotation_id=annotation_id,
            )  # fmt: skip
        self._session.learn(values.tags, claim)

    def _replace(self, work: Work, values: Values, claim: Claim | None) -> None:
        before = self._session.desk(work.path).sidecar.get(work.annotation)
        if before is not None:
            after = replace(before, tags=values.tags)
            if work.kind != "tags":
                after = replace(after, kind=work.kind, note=values.note, claim=claim)
            self._session.replace(work.path, after, f"edit {work.kind}")


def _kind(work: Work) -> str:
    """The kind of the annotation that comes of it."""
    return "highlight" if work.kind == "tags" else work.kind


def _form_for(kind: str) -> type[ClaimForm | NoteForm | TagsForm]:
    from reader.widgets.claim_form import ClaimForm
    from reader.widgets.note_form import NoteForm
    from reader.widgets.tags_form import TagsForm

    if kind == "claim":
        return ClaimForm
    return TagsForm if kind in ("tags", RUN) else NoteForm
