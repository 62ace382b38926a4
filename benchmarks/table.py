"""The table: one line for each budget, and how two things are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

__all__ = ["HEADING", "Line", "side_by_side"]

_ROW = "{:<70} {:>26} {:>6} {:>6}  {}"
HEADING = _ROW.format("what", "measured", "ratio", "bar", "met")


@dataclass(frozen=True, slots=True)
class Line:
    """One budget.

    Attributes:
        what: the two things compared.
        ratio: the first over the second; of idling, the share of a core.
        bar: what the ratio may be.
        measured: the figures behind it.
    """

    what: str
    ratio: float
    bar: float
    measured: str

    @property
    def met(self) -> bool:
        """Whether the budget is kept."""
        return self.ratio <= self.bar

    def __str__(self) -> str:
        return _ROW.format(self.what, self.measured, f"{self.ratio:.2f}", f"{self.bar:g}", "yes" if self.met else "NO")


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
