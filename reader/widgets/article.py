"""The centre and the margin: an article, its marks, and all that is done to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from annotations.codebook import Code, Person
from annotations.errors import PostilError
from annotations.model import Annotation, Claim, new_id
from reader.commands import Command, bindings
from reader.drafts import Work
from reader.glyphs import Glyphs
from reader.marks import Shown, beside, shown_marks, under
from reader.messages import Left, Said, Saving, Situation, Target
from reader.screens.ask import Answer, Ask
from reader.session import Desk, Session
from reader.showing import DIM, joined, shown
from reader.vocabulary import Vocabulary
from reader.widgets.commanded import Commanded
from reader.widgets.drawer import Drawer
from reader.widgets.form import Form, Subject, Values
from reader.widgets.margin import Margin
from reader.widgets.pane import Mark
from reader.widgets.pane_messages import MarkPicked
from reader.widgets.reading import Reading
from reader.writing import Writes

__all__ = ["ArticleView"]

_CHANGES = ("mark.highlight", "mark.claim", "mark.note", "mark.question", "mark.edit", "mark.reply", "mark.delete")
_OF_A_MARK = ("mark.edit", "mark.reply", "mark.delete")
_WITHOUT_ARTICLE = ("select.cancel", "article.save")
_NO_MARKS = "no marks yet: v selects, h highlights the sentence under the cursor"


class ArticleView(Horizontal, Commanded):
    """An open article.  What the screen shows of its marks always comes from the session's desk."""

    DEFAULT_CSS = """
    ArticleView { width: 1fr; }
    ArticleView > Vertical { width: 1fr; }
    ArticleView .about { height: 1; padding: 0 3; text-wrap: nowrap; text-overflow: ellipsis; }
    ArticleView .teach { height: 1fr; padding: 2 4; color: $foreground 60%; }
    ArticleView Reading { height: 1fr; }
    """

    BINDINGS = bindings("article")

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__()
        self._session = session
        self._signs = signs
        self._writes = Writes(self._saving)
        self._drafts: dict[Work, Values] = {}
        self._shown = Shown()
        self._hits: tuple[tuple[int, int], ...] = ()
        self._work: Work | None = None
        self._form: Form | None = None
        self.path = ""
        self.pane = Reading()
        self.margin = Margin(signs)
        self.drawer = Drawer(signs)
        self._about = Static(classes="about")
        self._teach = Static(Content("Choose an article on the left, or press / and search."), classes="teach")

    def compose(self) -> ComposeResult:
        """Article over drawer; the margin beside them."""
        with Vertical():
            yield self._about
            yield self._teach
            yield self.pane
            yield self.drawer
        yield self.margin

    def on_mount(self) -> None:
        """Without an article there is no pane to be in."""
        self.pane.display = bool(self.path)
        self._teach.display = not self.path
        self.watch(self.pane, "scroll_y", self._arrange, init=False)

    # What is shown

    @property
    def desk(self) -> Desk:
        """The open article's desk."""
        return self._session.desk(self.path)

    @property
    def current(self) -> Annotation | None:
        """The annotation under the cursor."""
        return self.desk.sidecar.get(self.pane.current) if self.path and self.pane.current else None

    def show(self, desk: Desk, *, top: int = 0, cursor: int | None = None) -> None:
        """Show an article from an offset on."""
        self.path = desk.article.path
        self._hits = ()
        self._teach.display, self.pane.display = False, True
        self.pane.show(desk.article.text, desk.article.blocks, offset=top)
        if cursor is not None:
            self.pane.go(cursor)
        self.show_marks()
        self._say_about(desk)

    def go_to(self, target: Target, hits: tuple[tuple[int, int], ...] = ()) -> None:
        """Bring a passage or an annotation of the open article into view."""
        self._hits = hits
        self.pane.set_hits(hits)
        mark = next((mark for mark in self._shown.marks if mark.id == target.annotation), None)
        passage = (mark.start, mark.end) if mark else target.passage
        if passage:
            self.pane.reveal(*passage)
        self._stand(mark.id if mark else None)

    def show_marks(self) -> None:
        """Show the marks as the desk has them now."""
        if not self.path:
            return
        self._shown = shown_marks(self.desk)
        self.pane.set_marks(self._shown.marks)
        self.margin.fill(self._shown.cards, self._shown.lost, self._name_of, _NO_MARKS)
        self._stand(self.pane.current)
        self._say_about(self.desk)

    def situation(self) -> str:
        """What the person is about: a `selection`, a `mark`, or the `text`."""
        if self.path and self.pane.selection is not None:
            return "selection"
        return "mark" if self.path and self.pane.current else "text"

    def _say_about(self, desk: Desk) -> None:
        article = desk.article
        known = (article.byline, article.agency, article.dateline, article.published or "published unknown")
        about = shown(f" {self._signs.dot} ".join(filter(None, known)), DIM)
        problem = shown("read-only", "bold $warning") if desk.read_only else Content("")
        self._about.update(joined([about, problem]))

    def _name_of(self, annotation_id: str) -> str:
        found = self.desk.sidecar.get(annotation_id)
        if found is None:
            return annotation_id
        return (found.claim.speaker if found.claim else "") or f"{found.kind} by {found.author}"

    def _stand(self, current: str | None) -> None:
        """Settle which mark the cursor stands on, and show it."""
        self.pane.current = under(self._shown.marks, self.pane.sentence, current)
        card = next((card for card in self._shown.cards if card.annotation.id == self.pane.current), None)
        hint = "] goes to the next mark" if self._shown.marks else _NO_MARKS
        self.drawer.fill(card, self._name_of, hint)
        self._arrange()
        self.post_message(Situation())

    def _arrange(self) -> None:
        if not self.path:
            return
        top = int(self.pane.scroll_offset.y)
        wants = [self.pane.row_at(mark.start) - top for mark in self._shown.marks]
        self.margin.level(wants, self.pane.current)

    def on_resize(self) -> None:
        """The text wraps anew; the cards follow their lines."""
        self.call_after_refresh(self._arrange)

    def on_article_pane_moved(self) -> None:
        """The cursor stands elsewhere."""
        self._stand(self.pane.current)

    def on_article_pane_selected(self) -> None:
        """A selection came or went."""
        self.post_message(Situation())

    def on_article_pane_mark_picked(self, event: MarkPicked) -> None:
        """A mark was clicked on."""
        self.go_to(Target(self.path, event.id), self._hits)

    def on_margin_picked(self, event: Margin.Picked) -> None:
        """A card was clicked on."""
        self.go_to(Target(self.path, event.annotation_id), self._hits)

    # Going from mark to mark, from hit to hit

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        if not self.path:
            return "" if command.id in _WITHOUT_ARTICLE else "no article is open: / searches, enter opens"
        if self._form is not None and command.id != "article.save":
            return "a form is open: enter saves it, esc closes it and keeps a draft"
        if command.id in _CHANGES and self.desk.read_only:
            return str(self.desk.problem or "this article is too large to annotate; it can be read and searched")
        return self._nothing_for(command)

    def _nothing_for(self, command: Command) -> str:
        if command.id in _OF_A_MARK and self.current is None:
            return "no mark under the cursor: ] and [ go from mark to mark"
        if command.verb == "mark" and not self._shown.marks:
            return _NO_MARKS
        if command.verb == "hit" and not self._hits:
            return "no hits of a search in this article: / searches"
        return ""

    def do_mark(self, count: int) -> None:
        """Go to another mark."""
        mark = beside(self._shown.marks, self.pane.cursor, self.pane.current, count)
        if mark is None:
            self._say("this is the last mark" if count > 0 else "this is the first mark")
            return
        self.go_to(Target(self.path, mark.id), self._hits)

    def do_hit(self, count: int) -> None:
        """Go to another hit of the search; round and round."""
        starts = [start for start, _ in self._hits]
        here = self.pane.cursor
        after = [start for start in starts if start > here] or starts
        before = [start for start in starts if start < here] or starts
        start = after[0] if count > 0 else before[-1]
        self.pane.reveal(*self._hits[starts.index(start)])
        self._say(f"hit {starts.index(start) + 1} of {len(starts)}")

    def do_escape(self) -> None:
        """Drop the selection; without one, leave for the results."""
        if self.path and self.pane.selection is not None:
            self.pane.action_cancel()
        else:
            self.post_message(Left())

    def do_furniture(self) -> None:
        """Show page furniture, or fold it."""
        self.pane.toggle_furniture()
        self.call_after_refresh(self._arrange)

    def do_copy(self) -> None:
        """Copy the passage."""
        start, end = self.pane.passage
        self.app.copy_to_clipboard(self.desk.article.text[start:end])
        self._say(f"copied {end - start} characters")

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
        current = self.current
        if current is None:
            return
        if self._session.mine(current):
            self._edit(current)
            return
        answers = (Answer("r", "reply instead", "reply"), Answer("e", "edit it all the same", "edit"))
        self.app.push_screen(
            Ask(f"This {current.kind} is {current.author}’s.", answers), partial(self._answered, current)
        )

    def do_reply(self) -> None:
        """Reply to the current annotation."""
        if self.current:
            self._open_form(self._work_on(self.current, "reply"), Values())

    def do_delete(self) -> None:
        """Delete the current annotation; another author's only after asking."""
        current = self.current
        if current is None:
            return
        if self._session.mine(current):
            self._delete(current)
            return
        answers = (Answer("r", "reply instead", "reply"), Answer("d", "delete it all the same", "delete"))
        self.app.push_screen(
            Ask(f"This {current.kind} is {current.author}’s.", answers), partial(self._answered, current)
        )

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
        self.run_worker(self._step(self._session.undo, "undone", "nothing to undo"), group="write")

    def do_redo(self) -> None:
        """Do it again."""
        self.run_worker(self._step(self._session.redo, "done again", "nothing to do again"), group="write")

    async def _step(self, step: Callable[[str], str | None], done: str, nothing: str) -> None:
        labels: list[str | None] = []
        problem = await self._writes.do(lambda: labels.append(step(self.path)))
        self.show_marks()
        if problem is None:
            self._say(f"{done}: {labels[0]}" if labels[0] else nothing)

    def do_save(self) -> None:
        """Try again to save what is not saved."""
        unsaved = self._session.unsaved
        if not unsaved:
            self._say("everything is saved")
        for path in unsaved:
            self._write(partial(self._session.flush, path), "saved")

    # Forms

    def _work_on(self, annotation: Annotation, kind: str) -> Work:
        mark = next((mark for mark in self._shown.marks if mark.id == annotation.id), None)
        start, end = (mark.start, mark.end) if mark else (self.pane.cursor, self.pane.cursor)
        return Work(self.path, start, end, kind, annotation.id)

    def _open_form(self, work: Work, values: Values) -> None:
        from reader.widgets.claim_form import ClaimForm  # noqa: PLC0415 - text areas are not needed before the first form
        from reader.widgets.note_form import NoteForm  # noqa: PLC0415 - the same

        draft = self._drafts.get(work)
        quote = self.desk.article.text[work.start : work.end]
        subject = Subject(work.kind, quote, drafted=draft is not None)
        form = ClaimForm if work.kind == "claim" else NoteForm
        self._work = work
        self._form = form(subject, draft or values, self._signs, Vocabulary(self._session, self.desk.sidecar))
        self.add_class("-form")
        self.query_one(Vertical).mount(self._form)
        self.call_after_refresh(self.pane.reveal, work.start, work.end)
        self.post_message(Situation())

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
        if self._form is not None:
            self._form.remove()
        self._form = self._work = None
        self.remove_class("-form")
        self.pane.focus()
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
        self.run_worker(self._written(change, done, current), group="write")

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

    def _say(self, text: str) -> None:
        self.post_message(Said(text))
