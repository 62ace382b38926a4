"""The article with what wants attention in it: it is listed and dealt with; nothing is lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotations.errors import PostilError
from reader.amiss import Act, Matter, matters, summary
from reader.messages import FilesChanged, Said, Target
from reader.widgets.repairing import Repairing

if TYPE_CHECKING:
    from annotations.model import Annotation
    from reader.commands import Command
    from reader.screens.decide import Decision
    from reader.widgets.card_pane import CardPane

__all__ = ["Attentive"]


class Attentive(Repairing, part=True):
    """An article to annotate that says what is the matter with its annotations, and what can be done about it."""

    @property
    def matters(self) -> tuple[Matter, ...]:
        """What wants attention in the open article."""
        return matters(self.desk) if self.path else ()

    def show_marks(self) -> None:
        """Show the marks, and how many cannot be shown."""
        super().show_marks()
        found = self.matters
        repairs = " (X repairs)" if any("repair" in one.acts for one in found) else ""
        self.say_amiss(summary(found) + repairs)

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        reason = super().why_not(command)
        if not reason and command.verb == "attention" and not self.matters:
            return "every mark has its place, and nothing is undecided"
        return reason

    def do_attention(self, first: str | None = None) -> None:
        """List what wants attention, from an annotation on."""
        from reader.screens.attention import Attention

        self.app.push_screen(Attention(self.matters, self._signs, first=first or self._chosen), self._attend)

    def on_card_pane_picked(self, event: CardPane.Picked) -> None:
        """A card was clicked on; one without a place is listed."""
        if self.mark_of(event.annotation_id) is None:
            self.do_attention(event.annotation_id)
        else:
            super().on_card_pane_picked(event)

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
        elif act.verb == "go" and self.mark_of(one.id):
            self.go_to(Target(self.path, one.id), self._hits)
        elif act.verb in ("go", "repair"):
            self.do_repair(one.id)
        elif act.verb == "choose":
            self.choose(one)
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
