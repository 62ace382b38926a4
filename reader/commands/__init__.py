"""All that a person can ask for with a key, in one table: bindings, palette, footer and `?` are read from it."""

from __future__ import annotations

from textual.binding import Binding, BindingsMap, BindingType

from reader.commands import article, find, form, lists, margin, mark, move, repair, review, screen, select
from reader.commands.command import Command
from reader.commands.names import key_name
from reader.commands.order import FIRST
from reader.commands.rebound import rebind, rebound_ids

__all__ = [
    "COMMANDS",
    "GROUPS",
    "Command",
    "as_bound_now",
    "bindings",
    "elsewhere",
    "footer",
    "key_name",
    "keys_page",
    "of_group",
    "rebind",
]

_TABLE = (
    *find.ROWS,
    *mark.ROWS,
    *select.ROWS,
    *move.ROWS,
    *lists.ROWS,
    *margin.ROWS,
    *form.ROWS,
    *article.ROWS,
    *screen.ROWS,
    *review.ROWS,
    *repair.ROWS,
)

COMMANDS: dict[str, Command] = {command.id: command for command in _TABLE}
"""Every command by its id, in the order in which they are shown."""

_ELSEWHERE = "elsewhere"

GROUPS = tuple(dict.fromkeys(command.group for command in _TABLE))
"""The headings of `?`."""


def of_group(group: str) -> tuple[Command, ...]:
    """The commands under one heading."""
    return tuple(command for command in _TABLE if command.group == group)


def footer(situation: str) -> tuple[Command, ...]:
    """What the footer offers in a situation: what matters most there first, then in the table's order."""
    first = FIRST.get(situation, ())
    rest = (one for one in _TABLE if situation in one.shown.split() and one.id not in first)
    return (*(COMMANDS[name] for name in first), *rest)


def bindings(by: str) -> list[BindingType]:
    """The bindings of one part of the screen; each runs its command by id, so that there is one way for all."""
    return [
        Binding(
            ",".join(command.keys),
            f"run({command.id!r})",
            command.help,
            id=command.id,
            show=False,
            priority=command.first,
        )
        for command in _TABLE
        if command.by == by
    ]


def elsewhere(*by: str) -> list[BindingType]:
    """Bindings for those parts' keys that only say where they work; for the screen, which is asked last."""
    keys = {key.partition("~")[0] for command in _TABLE if command.by in by for key in command.keys}
    taken = {key for command in _TABLE if command.by == "screen" for key in command.keys}
    return [Binding(key, _ELSEWHERE, " ".join(by), show=False) for key in sorted(keys - taken)]


def as_bound_now(made: BindingsMap) -> BindingsMap:
    """The bindings of a part of the screen, made for the table's keys, with those of the person's keymap instead."""
    changed = rebound_ids()
    if not changed:
        return made
    all_now = list(made)
    here = {binding.id for _, binding in all_now} & changed
    parts = {COMMANDS[name].by for name in here if name}
    new: list[BindingType] = [
        one for by in parts for one in bindings(by) if isinstance(one, Binding) and one.id in here
    ]
    for words in {binding.description for _, binding in all_now if binding.action == _ELSEWHERE}:
        new += elsewhere(*words.split())
    kept = [one for _, one in all_now if one.id not in here and one.action != _ELSEWHERE]
    return BindingsMap([*kept, *new])


def keys_page() -> str:
    """The tables of `docs/keys.md`, one for each group."""
    return "\n\n".join(
        f"## {group}\n\n| keys | what | id |\n| --- | --- | --- |\n"
        + "\n".join(_row(command) for command in of_group(group))
        for group in GROUPS
    )


def _row(command: Command) -> str:
    keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
    other = f" (while {command.when})" if command.when else ""
    when = {"idle": " (when not selecting)", "found": " (of results)", "library": ""}.get(command.when, other)
    return f"| {keys} | {command.help}{when} | `{command.id}` |"
