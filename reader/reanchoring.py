"""Bringing anchors up to date with articles that changed: what would be done, and doing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotations.anchor import Placed, State
from annotations.check import Anchor
from annotations.frozen import frozen
from annotations.rebase import rebase

if TYPE_CHECKING:
    from annotations.model import Sidecar
    from reader.session import Desk, Session

__all__ = ["Step", "outdated", "reanchor"]


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


def reanchor(session: Session, path: str, steps: Iterable[Step]) -> None:
    """Give those annotations of an article the anchors that they have now, in one change.

    Raises:
        PostilError: it could not be saved.
    """
    text = session.desk(path).article.text
    anew = [rebase(one.placed.annotation, text, one.placed.start or 0, one.placed.end or 0) for one in steps]

    def put(sidecar: Sidecar) -> Sidecar:
        for one in anew:
            sidecar = sidecar.put(one)
        return sidecar

    session.change(path, put, "re-anchoring")
