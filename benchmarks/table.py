"""One line of the table, and how two things are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

__all__ = ["Line", "side_by_side"]


@dataclass(frozen=True, slots=True)
class Line:
    """One budget.

    Attributes:
        what: the two things compared.
        ratio: the first over the second.
        bar: what the ratio may be.
        detail: the figures behind it.
    """

    what: str
    ratio: float
    bar: float
    detail: str = ""

    def __str__(self) -> str:
        verdict = "ok  " if self.ratio <= self.bar else "OVER"
        return f"{verdict} {self.ratio:6.2f}  (bar {self.bar:4.2f})  {self.what:<66} {self.detail}"


def side_by_side(what: str, bar: float, first: Callable[[], float], second: Callable[[], float], rounds: int) -> Line:
    """Measures two things in turns, so that a busy machine is as busy for both, and compares their medians.

    Args:
        what: what the line says.
        bar: what the ratio may be.
        first: does the one thing once; returns seconds.
        second: the other.
        rounds: how many times to do each, after once for warming up.
    """
    first(), second()
    pairs = [(first(), second()) for _ in range(rounds)]
    one, other = (median(times) * 1000 for times in zip(*pairs, strict=True))
    return Line(what, one / other, bar, f"{one:.1f} / {other:.1f} ms")
