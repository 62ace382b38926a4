"""The reading pane with the table's keys bound to it."""

from __future__ import annotations

from reader.commands import Command, bindings
from reader.widgets.commanded import Commanded
from reader.widgets.objects import ObjectPane

__all__ = ["Reading"]

_WITHOUT_SELECTION = {
    "select.word": "w goes by words once v is on",
    "select.swap": "o goes to the other end once v is on",
}


class Reading(ObjectPane, Commanded):
    """The article; its commands are the pane's own actions."""

    BINDINGS = bindings("pane")
    counts = True

    def holds(self, command: Command) -> bool:
        """Some keys do one thing while selecting and another otherwise."""
        return not command.when or (command.when == "selecting") == self.selecting

    def why_not(self, command: Command) -> str:
        """Motions by word want a selection that they can extend."""
        return "" if self.selecting else _WITHOUT_SELECTION.get(command.id, "")

    def perform(self, command: Command, arguments: tuple[str | int, ...]) -> None:
        """The pane's actions are its commands."""
        getattr(self, f"action_{command.verb}")(*arguments)
