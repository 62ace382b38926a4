"""The article with what wants attention in it: marks without a place are listed, gone to, placed; nothing is lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotations.errors import PostilError
from reader.amiss import Act, Matter, matters, summary
from reader.messages import FilesChanged, Said, Target
from reader.widgets.discussed import Discussed

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from annotations.model import Annotation
    from reader.commands import Command
    from reader.glyphs import Glyphs
    from reader.screens.decide import Decision
    from reader.session import Session
    from reader.widgets.card_pane import CardPane

__all__ = ["Attentive"]


class Attentive(Discussed, part=True):
    """An article to annotate that says what is the matter with its annotations, and what can be done about it."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self._chosen: str | None = None
        self._candidate = -1

    @property
    def matters(self) -> tuple[Matter, ...]:
        """What wants attention in the open article."""
        return matters(self.desk) if self.path else ()

    def show_marks(self) -> None:
        """Show the marks, and how many cannot be shown."""
        super().show_marks()
        self.say_amiss(summary(self.matters))

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        reason = super().why_not(command)
        if not reason and command.verb == "attention" and not self.matters:
            return "every mark has its place, and nothing is undecided"
        if not reason and command.verb == "place" and self._waiting is None:
            return "no mark was chosen for this: ! lists those without a place"
        return reason

    def do_attention(self, first: str | None = None) -> None:
        """List what wants attention, from an annotation on."""
        from reader.screens.attention import Attention

        self.app.push_screen(Attention(self.matters, self._signs, first=first or self._chosen), self._attend)

    def do_place(self) -> None:
        """Put the chosen mark on the passage."""
        one = self._waiting
        if one is None:
            return
        start, end = self.pane.passage
        self._chosen = None
        self.pane.clear_selection()
        self._write(
            partial(self._session.put_at, self.path, one.id, start, end), f"{one.kind} put here: u undoes", one.id
        )

    def on_card_pane_picked(self, event: CardPane.Picked) -> None:
        """A card was clicked on; one without a place is listed."""
        if self.mark_of(event.annotation_id) is None:
            self.do_attention(event.annotation_id)
        else:
            super().on_card_pane_picked(event)

    @property
    def _waiting(self) -> Annotation | None:
        """The annotation that was chosen to be put somewhere."""
        return self.desk.sidecar.get(self._chosen) if self.path and self._chosen else None

    def _attend(self, act: Act | None) -> None:
        if act is None:
            return
        one = act.annotation
        if act.verb == "settle":
            self._write(partial(self._session.settle, self.path, one.id if one else ""), "decided as it is: u undoes")
        elif act.verb == "decide":
            self._decide(one)
        elif act.verb == "rescue":
            self._rescue()
        elif one is None:
            self.do_correct()
        elif act.verb == "go":
            self._go_to_place(one)
        elif act.verb == "choose":
            self._chosen = one.id
            self._say(f"select where this {one.kind} belongs, then p puts it there")
        else:
            self.ask_first(one, "edit" if act.verb == "edit" else "delete")

    def _rescue(self) -> None:
        """Merge a sidecar with conflict markers again, from what git holds; it is read anew as any changed file."""
        from reader.unfinished import rescue

        try:
            rescue(self._session.library.root, self.path)
        except PostilError as error:
            self.post_message(Said(str(error), loud=True))
        else:
            self.post_message(FilesChanged({str(self.desk.loaded.path)}))

    def _decide(self, one: Annotation | None) -> None:
        """Choose for each field that a merge left open."""
        from annotations.resolve import undecided
        from reader.screens.decide import Decide

        name = one.id if one else ""
        found = [
            each for each in undecided(self.desk.sidecar) if (each.annotation.id if each.annotation else "") == name
        ]
        if found:
            self.app.push_screen(Decide(found), partial(self._decided, name))

    def _decided(self, name: str, decisions: tuple[Decision, ...] | None) -> None:
        if decisions:
            from annotations.resolve import decide_all

            choices = {each.field: (each.take, each.value) for each in decisions}
            change = partial(decide_all, name=name, choices=choices)
            self._write(partial(self._session.change, self.path, change, "decision"), "decided: u undoes", name or None)

    def _go_to_place(self, one: Annotation) -> None:
        if self.mark_of(one.id):
            self.go_to(Target(self.path, one.id), self._hits)
            return
        placed = self._placed(one)
        self._candidate = (self._candidate + 1) % len(placed.candidates) if self._chosen == one.id else 0
        self._chosen = one.id
        start, end = placed.candidates[self._candidate]
        self.pane.reveal(start, end)
        self.pane.go(end - 1, extend=True)
        where = f"place {self._candidate + 1} of {len(placed.candidates)}"
        self._say(f"{where}: p puts the {one.kind} here, ! then enter goes to the next")

    def _placed(self, one: Annotation) -> Placed:
        return next(placed for placed in self.desk.placed if placed.annotation.id == one.id)
