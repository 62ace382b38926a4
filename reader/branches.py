"""What there is to review: the local branches, and the files since the last commit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.messages import Target
from reader.screens.pick import Offer
from reader.showing import DIM, fit, shown
from reader.widgets.listing import Item

if TYPE_CHECKING:
    from textual.content import Content

    from annotations.git import Git

__all__ = ["Branches"]

_FILES = "what is not committed yet"


class Branches:
    """The list of branches, to pick one to review."""

    title = "Review"
    hint = "a branch"
    rows = 2
    does = "review"
    slow = False
    page = 0

    def __init__(self, git: Git) -> None:
        self.typed = ""
        self._here = git.branch() or "here"
        self._names = [name for name in git.branches() if name != self._here]

    def offer(self, typed: str, most: int) -> Offer:
        """The branches that have what was typed in their name; the files first."""
        del most
        names = ["", *self._names]
        found = [name for name in names if typed.casefold() in (name or _FILES).casefold()]
        items = [Item(Target("", name), partial(self._lines, name)) for name in found]
        teach = "" if items else "no branch is called that: change the words, or esc"
        return Offer(items, f"{len(self._names)} branches beside {self._here}", teach)

    def leave(self, typed: str, chosen: Target | None, most: int) -> None:
        """Nothing is remembered of it."""

    def _lines(self, name: str, width: int) -> list[Content]:
        about = f"what it did since it left {self._here}" if name else "the last commit, and the files as they are"
        return [fit(shown(name or _FILES, "bold"), width), fit(shown(about, DIM), width)]
