"""An article whose marks are talked about: replies, verdicts and relations are gone to and changed from their cards."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.geometry import Region

from annotations.model import Relation, Reply
from reader.commands import COMMANDS
from reader.drafts import Values, Work
from reader.linked import Link
from reader.messages import OpenArticle, Target
from reader.typeahead import HOLDING
from reader.widgets.filtered import Filtered

if TYPE_CHECKING:
    from textual import events

    from annotations.model import Annotation
    from reader.commands import Command
    from reader.glyphs import Glyphs
    from reader.messages import Left
    from reader.screens.relate import Related
    from reader.session import Session
    from reader.widgets.card_pane import CardPane

__all__ = ["Discussed"]


class Discussed(Filtered, part=True):
    """What is asked for on a card is done here; what is another's is left alone, or asked about first."""

    OF_THE_RECORD = frozenset({*Filtered.OF_THE_RECORD, "relate"})

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self._back_to_cards = False

    def situation(self) -> str:
        """What the person is about; the keys may be the cards'."""
        situation = super().situation()
        return "margin" if self.cards.active and situation in ("mark", "text") else situation

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        reason = super().why_not(command)
        if not reason and command.verb == "relate" and self.current is None:
            return "no mark under the cursor: ] and [ go from mark to mark"
        if not reason and command.verb == "relate" and self.desk.read_only:
            return super().why_not(COMMANDS["mark.edit"])
        return reason

    def on_left(self, event: Left) -> None:
        """Go back from the cards to the article."""
        if self.cards.active:
            event.stop()
            self.screen.set_focus(self.pane)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel over the margin scrolls the article."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel over the margin scrolls the article."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, way: int) -> None:
        if self.path and event.widget in (self.margin, self.drawer):
            self.pane.scroll_relative(y=2 * way, animate=False)

    def on_drawer_grown(self) -> None:
        """Keep the line one reads at in view."""
        self.call_after_refresh(lambda: self.pane.show_row(self.pane.row_at(self.pane.cursor)))

    # What is asked of a card

    def on_card_pane_asked(self, event: CardPane.Asked) -> None:
        """Do it once everything that was asked for before is written: it is about what stands there then."""
        self.run_worker(self._do_asked(event.verb), group=HOLDING)

    async def _do_asked(self, verb: str) -> None:
        await self._writes.settle()
        part = self.cards.part
        self._back_to_cards = True
        if part is None or (verb == "reply" and isinstance(part, Link)):
            self.action_run(f"mark.{'edit' if verb == 'open' else verb}")
        elif isinstance(part, Link):
            self._follow(part) if verb == "open" else self._unrelate(part)
        elif verb == "reply":
            self._answer(part)
        else:
            self._own_reply(part, verb)
        if self.form is None:
            self._back_to_cards = False

    def _close_form(self) -> None:
        super()._close_form()
        if self._back_to_cards:
            self.screen.set_focus(self.cards)
        self._back_to_cards = False

    def _refused(self) -> bool:
        """Whether nothing can be changed here; says so."""
        reason = self.why_not(COMMANDS["mark.reply"])
        if reason:
            self._say(reason)
        return bool(reason)

    # Replies

    def _answer(self, reply: Reply) -> None:
        one = self.current
        if one is not None and not self._refused():
            self._open_form(self._reply_work(one, to=reply.id), Values())

    def _own_reply(self, reply: Reply, verb: str) -> None:
        one = self.current
        if one is None or self._refused():
            return
        if reply.author != self._session.author.id:
            self._say(f"this reply is {reply.author}’s: r replies to it")
        elif verb == "open":
            self._open_form(self._reply_work(one, reply=reply.id), Values(reply.note))
        else:
            from reader.conversation import drop_reply

            drop = partial(drop_reply, self._session, self.path, one.id, reply.id)
            self._write(drop, "reply deleted: u undoes", one.id)

    def _reply_work(self, annotation: Annotation, *, reply: str = "", to: str = "") -> Work:
        work = self._work_on(annotation, "reply")
        return Work(work.path, work.start, work.end, work.kind, work.annotation, reply, to)

    def _save(self, work: Work, values: Values) -> None:
        if work.reply:
            from reader.conversation import rewrite_reply

            rewrite = partial(rewrite_reply, self._session, work.path, work.annotation, work.reply, values.note)
            self._write(rewrite, "reply changed: u undoes", work.annotation)
        elif work.to:
            reply = partial(self._session.reply, work.path, work.annotation, values.note, to=work.to)
            self._write(reply, "replied: u undoes", work.annotation)
        else:
            super()._save(work, values)

    # Relations

    def _follow(self, link: Link) -> None:
        if link.path:
            self.post_message(OpenArticle(Target(link.path, link.other)))
        else:
            self._say(f"{link.other} is no annotation of this library: d deletes the relation")

    def _unrelate(self, link: Link) -> None:
        one = self.current
        if one is None or self._refused():
            return
        if link.coming and link.path != self.path:
            self._say(f"this relation is kept at the other end, in {link.path}: enter goes there")
            return
        holder = self.desk.sidecar.get(link.other) if link.coming else one
        if holder is None:
            return
        if not self._session.mine(holder):
            from reader.screens.ask import Answer, Ask

            answers = (Answer("d", "delete it all the same", "delete"),)
            ask = Ask(f"This relation is kept with {holder.author}’s {holder.kind}.", answers)
            self.app.push_screen(ask, lambda answer: self._drop(holder, one, link) if answer else None)
        else:
            self._drop(holder, one, link)

    def _drop(self, holder: Annotation, one: Annotation, link: Link) -> None:
        from reader.conversation import unrelate

        target = one.id if link.coming else link.other
        drop = partial(unrelate, self._session, self.path, holder.id, link.kind, target)
        self._write(drop, "relation deleted: u undoes", one.id)

    def do_relate(self) -> None:
        """Relate the current annotation to another; another author's only after asking."""
        one = self.current
        if one is None:
            return
        if self._session.mine(one):
            self._choose_relation(one)
            return
        from reader.screens.ask import Answer, Ask

        answers = (Answer("r", "reply instead", "reply"), Answer("R", "relate it all the same", "relate"))
        why = f"The relation would be written into {one.author}’s {one.kind}."
        self.app.push_screen(Ask(why, answers), partial(self._relate_if, one))

    def _relate_if(self, one: Annotation, answer: str | None) -> None:
        if answer == "relate":
            self._choose_relation(one)
        elif answer == "reply":
            self._open_form(self._work_on(one, "reply"), Values())

    def _choose_relation(self, one: Annotation) -> None:
        from reader.screens.relate import Relate

        dialog = Relate(self._session, self.path, one, self._signs, passage=self._region_of(one))
        self.app.push_screen(dialog, partial(self._relate, one))

    def _region_of(self, one: Annotation) -> Region:
        """Where on the screen the rows of its passage stand; nowhere when it has no place."""
        mark, pane = self.mark_of(one.id), self.pane
        if mark is None:
            return Region()
        first, last = pane.row_at(mark.start), pane.row_at(max(mark.end - 1, mark.start))
        return Region(pane.region.x, pane.region.y + first - round(pane.scroll_y), pane.size.width, last - first + 1)

    def _relate(self, one: Annotation, chosen: Related | None) -> None:
        if chosen is None:
            return
        from reader.conversation import relate

        relation = Relation(type=chosen.kind, to=chosen.target, note=chosen.note)
        keep = partial(relate, self._session, self.path, one.id, relation)
        self._write(keep, f"{chosen.said}: u undoes", one.id)
