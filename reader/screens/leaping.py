"""Going back: to where one was before going elsewhere, and to places that were given a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.messages import OpenArticle, Target
from reader.screens.panes import Panes
from reader.typeahead import HOLDING

if TYPE_CHECKING:
    from reader.commands import Command
    from reader.config import Place
    from reader.jumps import Spot

__all__ = ["Leaping"]

_NEED_AN_ARTICLE = ("jump", "last_place", "set_place")


class Leaping(Panes, part=True):
    """A library screen that knows where one has been, in all of its articles."""

    _place: Place

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing just now."""
        if command.verb in _NEED_AN_ARTICLE and not self.article.path:
            return "no article is open: f searches, enter opens"
        return super().why_not(command)

    def on_open_article(self, event: OpenArticle) -> None:
        """Go to what was chosen; where one was is remembered."""
        self.article.leave()
        self._set_out(event.target)

    async def _open(self, target: Target) -> None:
        """Go there, whether or not it is in the open article."""
        raise NotImplementedError

    def _set_out(self, target: Target) -> None:
        self.run_worker(self._open(target), group=HOLDING, exclusive=True)

    def do_jump(self, count: int) -> None:
        """Go back so many places, or forward again."""
        jumps, spot = self.article.jumps, self.article.spot
        there: Spot | None = None
        for _ in range(abs(count)):
            found = jumps.back(there or spot) if count < 0 else jumps.forward(there or spot)
            if found is None:
                break
            there = found
        self._visit(there, "no place to go back to" if count < 0 else "no place to go forward to")

    def do_last_place(self) -> None:
        """Go back to where one was before the last jump, or from there to where one is now."""
        self._visit(self.article.jumps.last(self.article.spot), "no place to go back to")

    def do_set_place(self, letter: str) -> None:
        """Give this place a letter."""
        self._place.letters[letter] = self.article.spot
        self.footer.say(f"this place is {letter}: '{letter} comes back to it")

    def do_go_place(self, letter: str) -> None:
        """Go to the place with that letter."""
        spot = self._place.letters.get(letter)
        if spot and self.article.path:
            self.article.leave()
        known = " ".join(sorted(self._place.letters))
        self._visit(spot, f"no place is {letter}: m{letter} says so of one" + (f"; there are {known}" if known else ""))

    def _visit(self, spot: Spot | None, none: str) -> None:
        if spot is None:
            self.footer.say(none)
        else:
            self._set_out(Target(spot.path, passage=(spot.offset, spot.offset)))
