"""Which commands a key reaches where one is, and can do something there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from reader.commands import COMMANDS, GROUPS, Command, footer, of_group
from reader.commands.names import CHARACTERS

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.widgets.commanded import Commanded

__all__ = ["Reached", "reached"]

_FIRST = "Most used here"
_OWN_GROUP = {"selection": "Select", "adjusting": "Select", "margin": "Margin", "mark": "Mark", "text": "Mark"}


class _Screen(Protocol):
    """A screen whose parts carry out commands."""

    @property
    def focused(self) -> Widget | None:
        """What has the focus."""

    def part(self, where: str) -> Commanded | None:
        """The part of that name."""


class Reached:
    """Commands within reach, with the keys that reach them."""

    def __init__(self, situation: str, keys: Mapping[str, Iterable[str]]) -> None:
        self._situation = situation
        self._keys = keys

    def keys(self, command: Command) -> tuple[str, ...]:
        """The keys that reach a command here, in the table's order."""
        return tuple(self._keys.get(command.id, ()))

    def groups(self) -> list[tuple[str, tuple[Command, ...]]]:
        """What is of most use here, then the rest under the table's headings, the one about this place first."""
        first = tuple(one for one in footer(self._situation) if one.id in self._keys)
        own = _OWN_GROUP.get(self._situation)
        rest = [
            (group, tuple(one for one in of_group(group) if one.id in self._keys and one not in first))
            for group in sorted(GROUPS, key=lambda group: group != own)
        ]
        return [(name, commands) for name, commands in [(_FIRST, first), *rest] if commands]


def reached(screen: _Screen, situation: str) -> Reached:
    """What keys reach on a screen as it is now; what is typed into a field reaches nothing.

    A key is asked for first where the focus is, then further out.
    """
    chain = list(screen.focused.ancestors_with_self) if screen.focused else [screen]
    depths = {id(part): depth for depth, part in enumerate(chain)}
    keys: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for command in sorted(COMMANDS.values(), key=lambda one: depths.get(id(screen.part(one.by)), -1)):
        part = screen.part(command.by)
        if part is None or id(part) not in depths or not part.holds(command):
            continue
        free = [key for key in command.keys if key not in taken and not _is_typed(screen.focused, key)]
        taken.update(command.keys)
        if free and not part.why_not(command):
            keys[command.id] = tuple(free)
    return Reached(situation, keys)


def _is_typed(focused: Widget | None, key: str) -> bool:
    if focused is None:
        return False
    first = key.partition("~")[0]
    character = " " if first == "space" else CHARACTERS.get(first, first if len(first) == 1 else None)
    return focused.check_consume_key(first, character)
