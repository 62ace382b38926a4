"""An article on which nothing that was typed is lost: what is not saved is in the journal, and comes back from it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from annotations.anchor import describe, place
from annotations.errors import PostilError
from annotations.model import Annotation, Position, Quote
from reader.drafts import RUN, Draft, Values, Work
from reader.messages import Said
from reader.widgets.writer import Writer

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.desk import Desk
    from reader.glyphs import Glyphs
    from reader.journal import Journal, Kept
    from reader.session import Session

__all__ = ["Keeping"]

_SOON = 0.2
"""Seconds after a change until it is written down; what is typed meanwhile goes along."""


class Keeping(Writer, part=True):
    """Holds the drafts, writes them down behind the keys, and brings back what the last reader left."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self._drafts: dict[Work, Draft] = {}
        self._failed: dict[Work, Draft] = {}
        self._anchors: dict[Work, tuple[Quote, Position]] = {}
        self._journal: Journal | None = None
        self._tickets = count(1)
        self._owed: Work | None = None
        self._why = ""
        self._soon: Timer | None = None
        self._turn = asyncio.Lock()
        self._told = False
        self._taking = False

    def _filled(self) -> tuple[Work, Draft] | None:
        """The form that is open, if something was filled in."""
        raise NotImplementedError

    def _bring(self, work: Work, draft: Draft) -> None:
        """Open the form of a draft, as it was left."""
        raise NotImplementedError

    # Writing it down

    def keep_soon(self) -> None:
        """Write down what is not saved, a moment from now."""
        if self._soon is None:
            self._soon = self.set_timer(_SOON, self._keep_it)

    def _keep_it(self) -> None:
        self._soon = None
        self.run_worker(self._keep_journal(), group="journal")

    async def _keep_journal(self) -> None:
        async with self._turn:
            try:
                await asyncio.to_thread(self._write_down, self._kept(), next(self._tickets))
            except PostilError as error:
                if not self._told:
                    self.post_message(
                        Said(f"what is typed cannot be kept safe while it is not saved: {error}", loud=True)
                    )
                self._told = True

    def _the_journal(self) -> Journal:
        if self._journal is None:
            from reader.journal import Journal

            self._journal = Journal(self._session.library.root)
        return self._journal

    def _kept(self) -> Kept:
        from reader.journal import Kept

        filled = self._filled()
        drafts = {**self._failed, **self._drafts, **(dict([filled]) if filled else {})}
        return Kept(filled[0] if filled else None, drafts, tuple(self._failed))

    def on_unmount(self) -> None:
        """Leaving in good order loses nothing either; what is just being taken over stays for the next reader."""
        if self._journal is None and not (self._drafts or self._failed or self._filled()):
            return
        try:
            if not self._taking:
                self._write_down(self._kept(), next(self._tickets))
        except PostilError:
            return  # it was told when it was tried before
        self._the_journal().close()

    def _entered(self, work: Work, values: Values) -> None:
        """Keep what was entered until it is saved, which was asked for already."""
        self._failed[work] = Draft(values)
        self.run_worker(self._settled(work), group="journal")

    async def _settled(self, work: Work) -> None:
        await self._writes.settle()
        if work.path not in self._session.unsaved:
            self._failed.pop(work, None)
        self.keep_soon()

    def _write_down(self, kept: Kept, ticket: int) -> None:
        """Write a journal; finding out what finds a passage again takes its time in a long text."""
        drafts = {work: self._with_place(work, draft) for work, draft in kept.drafts.items()}
        self._the_journal().keep(replace(kept, drafts=drafts), ticket)

    def _with_place(self, work: Work, draft: Draft) -> Draft:
        if draft.quote or not work.start < work.end:
            return draft
        if work not in self._anchors:
            text = self._session.desk(work.path).article.text
            self._anchors[work] = describe(text, work.start, min(work.end, len(text)))
        quote, position = self._anchors[work]
        return replace(draft, quote=quote, position=position)

    # Bringing it back

    @property
    def owed(self) -> str:
        """The path of the article with the form that is to be opened again, if one is."""
        return self._owed.path if self._owed else ""

    async def take_over(self, *, asked: str = "") -> None:
        """Take over what the last reader left: `bring` opens the form that was open, all else is kept as drafts.

        Args:
            asked: the path of the article that the person asked for, if any; another one does not come in between.
        """
        journal, self._taking = self._the_journal(), True
        left = await asyncio.to_thread(journal.left)
        for path in journal.problems:
            self.post_message(Said(f"what was left unsaved could not be read, and lies in {path}", loud=True))
        now = await asyncio.to_thread(self._still_left, left)
        self._drafts |= {now[work]: draft for work, draft in left.drafts.items() if work in now}
        self._taking = False
        if not left.drafts:
            return
        self.keep_soon()
        failed = [work for work in left.failed if work in now]
        work = left.form if left.form in now else next(iter(failed), None)
        if work and asked in ("", work.path):
            self._owed = now[work]
            self._why = "this was not saved" if work in failed else "this is what you were writing"
        elif now:
            self._say(_where_drafts_are([*now.values()]))

    def bring(self) -> None:
        """Open the form that was open, as it was left."""
        work, self._owed = self._owed, None
        draft = self._drafts.get(work) if work else None
        if work and draft and self.path == work.path and not self.desk.read_only:
            self._bring(work, draft)
            self._say(f"{self._why} when postil ended: enter saves it, esc keeps it as a draft")

    def _still_left(self, left: Kept) -> dict[Work, Work]:
        """What is still to be saved, with its passage in the article as it is now; runs in a thread."""
        now: dict[Work, Work] = {}
        for work, draft in left.drafts.items():
            try:
                desk = self._session.desk(work.path)
            except PostilError:
                now[work] = work  # the article may come back
                continue
            if not (work in left.failed and _is_saved(desk, work, draft.values)):
                now[work] = _work_now(desk, work, draft)
        return now


def _work_now(desk: Desk, work: Work, draft: Draft) -> Work:
    """The work, on the passage as the article has it now."""
    if work.annotation and desk.sidecar.get(work.annotation) is None:
        kind = work.kind if work.kind in ("claim", "question") else "note"
        work = Work(work.path, work.start, work.end, kind)
    if draft.quote and draft.position:
        stand_in = Annotation(id="draft", author="", kind=work.kind, quote=draft.quote, position=draft.position)
        (found,) = place(desk.article.text, [stand_in])
        if found.start is not None and found.end is not None:
            return replace(work, start=found.start, end=found.end)
    end = min(work.end, len(desk.article.text))
    return replace(work, start=min(work.start, end), end=end)


def _is_saved(desk: Desk, work: Work, values: Values) -> bool:
    """Whether what was entered reached the record before the program ended."""
    if work.kind == RUN:
        return True
    one = desk.sidecar.get(work.annotation) if work.annotation else None
    if work.kind == "reply":
        return one is not None and any(reply.note == values.note.rstrip() for reply in one.replies)
    if one is not None:
        return (one.tags, one.note if work.kind != "tags" else values.note) == (values.tags, values.note.rstrip())
    span = work.start, work.end
    kind = "highlight" if work.kind == "tags" else work.kind
    return any(
        (other.position.start, other.position.end) == span
        and (other.kind, other.tags, other.note) == (kind, values.tags, values.note.rstrip())
        for other in desk.sidecar.annotations
    )


def _where_drafts_are(drafts: list[Work]) -> str:
    what = f"{len(drafts)} drafts are" if len(drafts) > 1 else f"a draft of a {drafts[0].kind} is"
    return f"{what} kept, in {drafts[0].path}: the same key on the same passage brings it back"
