"""An article on which marks are made at once, without a form: highlights, the last claim again, tags for a run."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from annotations.model import Annotation, Claim, new_id
from reader.drafts import RUN, Values, Work
from reader.messages import Situation
from reader.widgets.filling import Filling
from reader.widgets.pane import Mark

if TYPE_CHECKING:
    from reader.commands import Command

__all__ = ["Quick"]

_KINDS = {"h": "highlight", "c": "claim", "Q": "question"}


class Quick(Filling, part=True):
    """One key, or two, make a mark; what was done is said, and `u` takes it back."""

    run: tuple[str, ...] = ()
    """Tags that every new mark gets."""

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        reason = super().why_not(command)
        if not reason and command.verb == "repeat" and not (self.recent.speaker or self.recent.last_tags):
            return "nothing to repeat yet: c marks a claim"
        return reason

    def do_highlight(self) -> None:
        """Highlight the passage; shown at once, saved behind."""
        self._mark("highlight", said="highlighted: c makes it a claim, u undoes")

    def do_kind(self, letter: str) -> None:
        """Mark the passage as what a letter stands for, or highlight it with a tag used lately."""
        if letter == "a":
            self.do_form("note")
        elif letter in _KINDS:
            self._mark(_KINDS[letter])
        elif letter.isdigit() and 0 < int(letter) <= len(self.recent.tags):
            self._mark("highlight", tags=(self.recent.tags[int(letter) - 1],))
        else:
            tags = "  ".join(f"{number} {tag}" for number, tag in enumerate(self.recent.tags[:9], 1))
            self._say(
                f"H takes h highlight  c claim  a note  Q question  {tags or 'or the number of a tag used lately'}"
            )

    def do_repeat(self) -> None:
        """Make the passage a claim of the last speaker's, with the last tags."""
        name, affiliation = self.recent.speaker or ("", "")
        if name:
            start, end = self.pane.passage
            affiliation = self._vocabulary(start, end).introduced(name, affiliation)
        self._mark("claim", tags=tuple(self.recent.last_tags), claim=Claim(speaker=name, affiliation=affiliation))

    def do_tag(self) -> None:
        """Tag the current mark, or highlight the passage with tags."""
        current = self.current if self.pane.selection is None else None
        if current is None:
            self._open_form(Work(self.path, *self.pane.passage, "tags"), Values(tags=self.run))
        elif self._session.mine(current):
            self._open_form(self._work_on(current, "tags"), Values(tags=current.tags))
        else:
            self._say(f"this {current.kind} is {current.author}’s: enter asks before it is changed, r replies")

    def do_run(self) -> None:
        """Ask for tags that every mark gets from now on."""
        self._open_form(Work(self.path, *self.pane.passage, RUN), Values(tags=self.run))

    def do_form(self, kind: str) -> None:
        """Open the form for a claim, a note or a question; a bare highlight of one's own becomes it."""
        current = self._bare_highlight()
        if current:
            tags = tuple(dict.fromkeys((*current.tags, *self.run)))
            self._open_form(self._work_on(current, kind), Values(current.note, tags))
        else:
            self._open_form(Work(self.path, *self.pane.passage, kind), Values(tags=self.run))

    def _stepped(self) -> None:
        """A name that only an undone mark had is not offered again."""
        self.recent.forget(self._session.forgotten)

    def _set_run(self, tags: tuple[str, ...]) -> None:
        self.run = tags
        self.recent.used(tags)
        what = f"every mark gets {_hashed(tags)}: T, then esc, ends it" if tags else "marks get no tags by themselves"
        self._say(what)
        self.post_message(Situation())

    def _bare_highlight(self) -> Annotation | None:
        """One's own highlight under the cursor, which becomes what is made of it; none while words are selected."""
        current = self.current if self.pane.selection is None else None
        return current if current and current.kind == "highlight" and self._session.mine(current) else None

    def _mark(self, kind: str, *, tags: tuple[str, ...] = (), claim: Claim | None = None, said: str = "") -> None:
        """Mark the passage; shown at once, saved behind."""
        start, end = self.pane.passage
        if self._already(kind, start, end):
            other = "c makes it a claim, " if kind == "highlight" else ""
            self._say(f"already a {kind}: enter edits it, {other}d deletes it")
            return
        tags = tuple(dict.fromkeys((*tags, *self.run)))
        tags, claim = self._session.in_known_words(tags, claim)
        claim = replace(claim or Claim(), status="new") if kind == "claim" else None
        bare = self._bare_highlight() if kind != "highlight" else None
        work = self._work_on(bare, kind) if bare else Work(self.path, start, end, kind)
        values = (
            Values(bare.note, tuple(dict.fromkeys((*bare.tags, *tags))), claim) if bare else Values("", tags, claim)
        )
        annotation_id = work.annotation or new_id()
        self.pane.clear_selection()
        self.pane.add_mark(Mark(annotation_id, work.start, work.end, kind))
        self.recent.used(tags, claim)
        by = f" by {claim.speaker}" if claim and claim.speaker else ""
        with_ = f" {_hashed(tags)}" if tags else ""
        done = said if said and not tags else f"{kind}{by}{with_}: u undoes"
        self._write(partial(self._put, work, values, annotation_id), done, annotation_id)

    def _already(self, kind: str, start: int, end: int) -> bool:
        return any(
            (mark.start, mark.end, mark.kind) == (start, end, kind) and self._is_mine(mark.id)
            for mark in self._shown.marks
        )

    def _is_mine(self, annotation_id: str) -> bool:
        found = self.desk.sidecar.get(annotation_id)
        return found is not None and self._session.mine(found)


def _hashed(tags: tuple[str, ...]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
