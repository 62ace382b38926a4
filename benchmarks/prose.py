"""News prose of any length, the same every time."""

from __future__ import annotations

import random

__all__ = ["prose"]

_VOCABULARY = (
    "the of to and in that is on for said with was it by as from has its will be officials country trade talks visit "
    "leader minister relations economic sanctions summit agreement measures pressure analyst scholar region border "
    "investment strategy influence according expected previously however president government foreign policy “balance” "
    "long-term China Russia Moscow Beijing Seoul Pyongyang United States Tuesday April 2018 percent — company’s market"
)


def prose(size: int) -> str:
    """About `size` characters: paragraphs of a few sentences, a blank line between them."""
    words = _VOCABULARY.split()
    dice = random.Random(1)  # noqa: S311 - not a secret
    paragraphs, length = [], 0
    while length < size:
        sentences = (
            " ".join(dice.choices(words, k=dice.randint(8, 30))).capitalize() for _ in range(dice.randint(2, 5))
        )
        paragraphs.append(". ".join(sentences) + ".")
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)
