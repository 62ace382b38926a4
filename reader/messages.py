"""What the parts of the screen tell each other; each says what is asked for, or what has happened."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from textual.message import Message

from annotations.frozen import frozen, late

if TYPE_CHECKING:
    from annotations.errors import PostilError
    from index.scan import Stray

__all__ = [
    "Beginning",
    "FilesChanged",
    "FollowAsked",
    "Left",
    "OpenArticle",
    "ReadingLibrary",
    "Said",
    "Saving",
    "Situation",
    "StopAsked",
    "Target",
    "WalkOn",
]


@late
class Beginning(Message):
    """Keys were typed that want more of them, or (`typed` is empty) no longer do.

    Attributes:
        typed: what was typed so far, as it is printed.
        follows: for a chord, the keys that may follow, each with the id of the command it makes.
    """

    typed: str
    follows: tuple[tuple[str, str], ...] = ()


@late
class Said(Message):
    """A line for the person: why a key did nothing, what was done, what went wrong (`loud`)."""

    text: str
    loud: bool = False


@frozen
class Target:
    """Where to go: two targets are the same if they name the same article and annotation.

    Attributes:
        path: the article, from the library's root.
        annotation: the id of one of its annotations, if that is meant.
        passage: where in the text to begin reading, if not where one was last.
        query: what was searched for, so that it can be marked in the text.
        hit: the number of the place to go to, of those where that is found; -1 is the last.
    """

    path: str
    annotation: str | None = None
    passage: tuple[int, int] | None = field(default=None, compare=False)
    query: str = field(default="", compare=False)
    hit: int | None = field(default=None, compare=False)


@late
class OpenArticle(Message):
    """Open an article."""

    target: Target


@late
class FollowAsked(Message):
    """What is to become of annotations without an article."""

    stray: Stray


@late
class ReadingLibrary(Message):
    """How far reading the library is: what is being done, and how many files of how many."""

    what: str
    done: int
    total: int


@late
class FilesChanged(Message):
    """Something in the library's folders changed on disk; which paths."""

    paths: set[str]


@late
class StopAsked(Message):
    """Stop reading the library."""


@late
class Left(Message):
    """The person is done with that part of the screen and goes to the other one."""


@late
class WalkOn(Message):
    """Go to a hit in the next article (`way` 1), or in the one before (-1)."""

    way: int


@late
class Saving(Message):
    """Where saving stands: under way (`busy`), done, or failed for a reason."""

    busy: bool
    problem: PostilError | None = None


@late
class Situation(Message):
    """What can be done may have changed: the cursor stands elsewhere, a selection came or went."""
