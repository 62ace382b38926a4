"""From what a person wants to review to the screen that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotations.git import Git
from reader.branches import Branches
from reader.config import state_path
from reader.reviews import Reviewing
from reader.screens.pick import Pick
from reader.screens.review import ReviewScreen

if TYPE_CHECKING:
    from reader.glyphs import Glyphs
    from reader.session import Session

__all__ = ["begin_review", "pick_review"]


def pick_review(session: Session, signs: Glyphs) -> Pick:
    """A list of what there is to review.

    Raises:
        InputError: the library is in no repository.
    """
    return Pick(Branches(Git.holding(session.library.root)), signs)


def begin_review(session: Session, words: Sequence[str], signs: Glyphs) -> ReviewScreen:
    """The review of a range, with what is pending of it.

    Raises:
        PostilError: there is no such range, or no repository.
    """
    state = state_path().parent
    reviewing = Reviewing.start(Git.holding(session.library.root), session.library.root, words, state)
    return ReviewScreen(session, reviewing, state, signs)
