"""A library screen from which other screens are opened: lists of places, help, the review, the tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.errors import PostilError
from reader.messages import OpenArticle, Target
from reader.screens.remembering import Remembering

if TYPE_CHECKING:
    from reader.config import State
    from reader.glyphs import Glyphs
    from reader.screens.places import Places
    from reader.session import Session
    from reader.widgets.commanded import Commanded

__all__ = ["Onward"]


class Onward(Remembering, part=True):
    """Opens them, and goes where one of them leads."""

    def __init__(self, session: Session, signs: Glyphs, state: State) -> None:
        super().__init__(session, signs, state)
        self._signs = signs
        self._places: Places | None = None

    def _where(self) -> str:
        """Where one is: the name of the keys that work there."""
        raise NotImplementedError

    def do_quit(self) -> None:
        """Leave; ask first when something is not saved."""
        raise NotImplementedError

    def part(self, where: str) -> Commanded | None:
        """The part of the screen that carries out the commands of that name."""
        raise NotImplementedError

    def do_pick(self, what: str) -> None:
        """List places, to go to one."""
        if self._places is None:
            from reader.screens.places import Places

            self._places = Places(self._session, self._place, self.article, self._signs)
        self.app.push_screen(self._places.list_of(what), self._picked)

    def _picked(self, target: Target | None) -> None:
        if target is not None:
            self.post_message(OpenArticle(target))

    def do_palette(self) -> None:
        """Find a command by its name."""
        self.app.action_command_palette()

    def do_help(self) -> None:
        """The keys that work here, then all keys."""
        from reader.screens.help import Help
        from reader.screens.reached import reached

        situation = self._where()
        self.app.push_screen(Help(situation, reached(self, situation), self._signs))

    def do_review(self) -> None:
        """Pick what to review."""
        from reader.screens.reviewing import pick_review

        try:
            self.app.push_screen(pick_review(self._session, self._signs), self._review_picked)
        except PostilError as error:
            self.footer.say(str(error), loud=True)

    def _review_picked(self, target: Target | None) -> None:
        if target is not None:
            self.review((target.annotation,) if target.annotation else ())

    def review(self, words: tuple[str, ...], *, alone: bool = False) -> None:
        """Open the review of a range, as `postil review` names it; who came for that `alone` leaves with it."""
        from reader.screens.reviewing import begin_review

        try:
            self.app.push_screen(begin_review(self._session, words, self._signs), self._reviewed if alone else None)
        except PostilError as error:
            self.footer.say(str(error), loud=True)

    def _reviewed(self, left: bool | None) -> None:
        if left:
            self.do_quit()

    def do_tour(self) -> None:
        """What there is, in four screens."""
        from reader.screens.tour import Tour

        self._state.toured = True
        self.app.push_screen(Tour(typing=self._where() == "find"))
