"""Which anchors are not up to date with articles that changed; `reader.repairs.accept` brings them up to date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotations.anchor import Placed, State
from annotations.check import Anchor
from annotations.frozen import frozen

if TYPE_CHECKING:
    from reader.desk import Desk

__all__ = ["Step", "outdated"]


@frozen
class Step:
    """An anchor that is not up to date.

    Attributes:
        path: the article's.
        anchor: what became of the passage.
        certain: whether the same words were found, so that nothing is left for a person to judge.
    """

    path: str
    anchor: Anchor
    certain: bool

    @property
    def placed(self) -> Placed:
        """The annotation, and where it stands now."""
        return self.anchor.placed


def outdated(desk: Desk) -> Iterator[Step]:
    """The annotations of an article whose anchors say other than where they stand, in the order of the text."""
    article = desk.article
    for one in desk.placed:
        words = article.text[one.start or 0 : one.end or 0]
        position, quote = one.annotation.position, one.annotation.quote
        there = (position.start, position.end, position.text) == (one.start, one.end, article.fingerprint)
        if not (there and one.state is State.SAME and words == quote.exact):
            yield Step(article.path, Anchor(one, words), one.state in {State.SAME, State.MOVED})
