"""Letters to type for each of some places on the screen: one where that is enough, two for the rest."""

from __future__ import annotations

__all__ = ["LETTERS", "labels"]

LETTERS = "fjdkslaghrueiwoqptyvmcnbxz"
"""In the order in which fingers find them: the home row first."""


def labels(count: int) -> list[str]:
    """So many labels, none the beginning of another, the short ones first; as many as there can be at most."""
    most = len(LETTERS)
    firsts = next((n for n in range(most) if most - n + n * most >= count), most)
    alone = LETTERS[: most - firsts]
    pairs = [first + second for first in LETTERS[most - firsts :] for second in LETTERS]
    return [*alone, *pairs][:count]
