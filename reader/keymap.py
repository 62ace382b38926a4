"""A person's own keys: the table `[keys]` of their settings, by command id.

What cannot be bound as asked keeps the key that it has, and is named, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from annotations.frozen import frozen
from reader.chords import ANY
from reader.commands import COMMANDS, Command
from reader.commands.clashes import clashes
from reader.commands.names import CHARACTERS, NAMES

__all__ = ["Keymap", "read_keymap"]

_NAMED = frozenset((
    *CHARACTERS, "escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end",
    "pageup", "pagedown", "up", "down", "left", "right", *(f"f{number}" for number in range(1, 25)),
))  # fmt: skip
_PRINTED = {printed: name for name, printed in NAMES.items() if name != ANY}
_MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")
_TYPED_IN = ("find", "findbar", "form", "pick")
"""The parts of the screen in which letters are text."""


@frozen
class Keymap:
    """What the settings come to.

    Attributes:
        keys: by command id, in Textual's names; only those that are other than the table's.
        problems: what could not be done, a line each.
    """

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...]


def read_keymap(table: Mapping[str, Any]) -> Keymap:
    """The keymap that a table of settings asks for; its groups may be tables inside it."""
    keys: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for name, value in _flat(table):
        try:
            keys[name] = _keys(_command(name), value)
        except ValueError as error:
            problems.append(f"[keys] {name}: {error}")
    while clash := _clash(keys):
        key, mine, other = clash
        problems.append(f"[keys] {mine}: {_printed(key)} is {other} already, so {mine} keeps its key")
        del keys[mine]
    return Keymap(keys, tuple(problems))


def _flat(table: Mapping[str, Any], under: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{under}{name}.")
        else:
            yield f"{under}{name}", value


def _command(name: str) -> Command:
    if name in COMMANDS:
        return COMMANDS[name]
    near = get_close_matches(name, COMMANDS, 1)
    raise ValueError(f"no command has that id{f'; {near[0]} is one' if near else ''}")


def _keys(command: Command, value: Any) -> tuple[str, ...]:
    """The keys that a setting names: one, or a list of them."""
    named = value if isinstance(value, list) else [value]
    if not named or not all(isinstance(one, str) and one.strip() for one in named):
        raise ValueError('takes a key, as "h" or "ctrl+t", or a list of them')
    return tuple(dict.fromkeys(_chord(command, one.split()) for one in named))


def _chord(command: Command, typed: list[str]) -> str:
    keys = [_key(one) for one in typed]
    if keys[0].isdigit() and command.by not in _TYPED_IN:
        raise ValueError(f"{keys[0]} is part of a count")
    if command.by in _TYPED_IN and (len(keys[0]) == 1 or keys[0] in CHARACTERS):
        raise ValueError(f"{_printed(keys[0])} is text where this works; take a key with ctrl, or one like f6")
    if command.takes_letter and keys[-1] != ANY:
        keys.append(ANY)
    return "~".join(keys)


def _key(typed: str) -> str:
    """A key in Textual's name, from what is printed on it, from what `?` shows for it, or from that name itself."""
    modifiers, _, last = typed.rpartition("+") if typed != "+" and not typed.endswith("++") else (typed[:-2], "", "+")
    key = {character: name for name, character in CHARACTERS.items()}.get(last) or _PRINTED.get(last) or last
    known = key in _NAMED or key == ANY or (len(key) == 1 and key.isalnum())
    held = modifiers.split("+") if modifiers else []
    if not known or any(one not in _MODIFIERS for one in held):
        raise ValueError(f"{typed!r} is no key")
    if held == ["shift"] and len(key) == 1:
        return key.upper()
    return "+".join([*held, key.lower() if held and len(key) == 1 else key])


def _clash(keys: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    """A clash that these keys bring, with the command that has to give way first."""
    meant = {(one, other) for _, one, other in clashes(COMMANDS.values(), lambda command: tuple(command.bound.split()))}
    changed = ((key, one, other) for key, one, other in _all(keys) if (one, other) not in meant)
    for key, one, other in changed:
        if one in keys:
            return key, one, other
        return key, other, one
    return None


def _all(keys: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    return clashes(COMMANDS.values(), lambda command: keys.get(command.id) or tuple(command.bound.split()))


def _printed(key: str) -> str:
    from reader.commands import key_name

    return key_name(key)
