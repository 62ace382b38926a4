"""How a part of the screen carries out commands of the table: one way for keys, palette and mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from reader.commands import COMMANDS, Command, as_bound_now
from reader.keyboard import begin_chord, take_typed
from reader.messages import Said
from reader.parts import Parted
from reader.typeahead import once_done

if TYPE_CHECKING:
    from textual.worker import Worker

__all__ = ["Commanded"]


class Commanded(Parted, Widget, part=True):
    """A widget with a `do_<verb>` method for each of its commands.

    A key that can do nothing says why: `why_not` is asked first, by the footer and the palette too.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._bindings = as_bound_now(self._bindings)

    def why_not(self, command: Command) -> str:
        """Why the command can do nothing just now; empty when it can."""
        del command
        return ""

    def awaited(self, command: Command) -> Worker[Any] | None:
        """What is under way that the command has to wait for, if anything is."""
        del command
        return None

    def holds(self, command: Command) -> bool:
        """Whether the command is the one meant here, of those that share its key."""
        del command
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key through to the next command bound to it when this one is not meant."""
        return action != "run" or self.holds(COMMANDS[str(parameters[0])])

    def action_run(self, command_id: str) -> None:
        """Carry out a command when it need not wait, or say why that cannot be."""
        command = COMMANDS[command_id]
        once_done(self, partial(self.awaited, command), partial(self._carry_out, command))

    def _carry_out(self, command: Command) -> None:
        """A number that it takes is multiplied by the count."""
        typed = take_typed(self.app)
        reason = self.why_not(command)
        if reason:
            self.post_message(Said(reason))
            return
        if command.takes_letter and not typed.letter:
            begin_chord(self.app, command.id)
            return
        argument = command.argument
        if isinstance(argument, int):
            argument *= typed.count or 1
        self.perform(command, tuple(one for one in (argument, typed.letter or None) if one is not None))

    def perform(self, command: Command, arguments: tuple[str | int, ...]) -> None:
        """Call the method that the command names."""
        getattr(self, f"do_{command.verb}")(*arguments)
