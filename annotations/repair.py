"""Which annotations want a person after their article changed: where other words stand, several places fit, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.anchor import State

if TYPE_CHECKING:
    from annotations.anchor import Placed

__all__ = ["is_retired", "needs_repair"]

_BROKEN = frozenset({State.EDITED, State.AMBIGUOUS, State.ORPHAN})


def needs_repair(placed: Placed) -> bool:
    """Whether somebody has to say what becomes of it."""
    return placed.state in _BROKEN and not placed.annotation.retired


def is_retired(placed: Placed) -> bool:
    """Whether somebody said that its passage is gone, and it has not come back."""
    return bool(placed.annotation.retired) and placed.state in _BROKEN
