"""Undo and redo of what one person did to one article, in the midst of what others do to it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from annotations.frozen import frozen

if TYPE_CHECKING:
    from annotations.model import Sidecar

__all__ = ["History"]

_STEPS = 200


@frozen
class _Step:
    before: Sidecar
    after: Sidecar
    label: str

    def taken_back(self, current: Sidecar) -> tuple[_Step, str]:
        """The step that takes this one back in `current`, and what to tell the person."""
        from annotations.merge import merge

        merged = merge(self.after, self.before, current)
        told = f"{self.label} (changed since: both kept)" if merged.conflicts else self.label
        return _Step(current, merged.sidecar, self.label), told


class History:
    """The steps of one article, newest last.

    Taking a step back is itself a three-way merge, of what the step led to, what was there before it, and what is
    there now: later changes, our own and others', stay.  Where they touched the same thing both are kept, the
    label says so, and the sidecar's `conflicts` hold what to decide.
    """

    def __init__(self) -> None:
        self._done: deque[_Step] = deque(maxlen=_STEPS)
        self._undone: list[_Step] = []

    def record(self, before: Sidecar, after: Sidecar, label: str) -> None:
        """Remember a step: what it found, what it made of it (without what a save merged in), what to call it."""
        self._done.append(_Step(before, after, label))
        self._undone.clear()

    def undo(self, current: Sidecar) -> tuple[Sidecar, str] | None:
        """The current sidecar without the last step, and the step's label; nothing when there is no step."""
        return self._move(self._done, self._undone, current)

    def redo(self, current: Sidecar) -> tuple[Sidecar, str] | None:
        """The current sidecar with the step again that was undone last, and its label; nothing when there is none."""
        return self._move(self._undone, self._done, current)

    @staticmethod
    def _move(
        source: deque[_Step] | list[_Step], target: deque[_Step] | list[_Step], current: Sidecar
    ) -> tuple[Sidecar, str] | None:
        if not source:
            return None
        step, told = source.pop().taken_back(current)
        target.append(step)
        return step.after, told
