"""Which keys commands are bound to now, where the person's keymap says otherwise than the table."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["keys_now", "rebind", "rebound_ids"]

_NOW: dict[str, tuple[str, ...]] = {}


def rebind(keymap: Mapping[str, tuple[str, ...]]) -> None:
    """Bind those commands (ids) to those keys, all others to the table's; whatever is made from now on has them."""
    _NOW.clear()
    _NOW.update(keymap)


def keys_now(command_id: str, bound: str) -> tuple[str, ...]:
    """The keys of a command that the table binds as in `bound`."""
    return _NOW.get(command_id) or tuple(bound.split())


def rebound_ids() -> frozenset[str]:
    """The ids of the commands that the keymap speaks of."""
    return frozenset(_NOW)
