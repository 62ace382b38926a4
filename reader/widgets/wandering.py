"""The article that one wanders about in: where one was is remembered, and a speaker is followed from claim to claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.names import fold_name
from reader.jumps import Jumps, Spot
from reader.messages import Target
from reader.widgets.adjusting import Adjusting

if TYPE_CHECKING:
    from reader.amiss import Act
    from reader.glyphs import Glyphs
    from reader.session import Session
    from reader.widgets.card_pane import CardPane
    from reader.widgets.pane_messages import Leaving

__all__ = ["Wandering"]


class Wandering(Adjusting):
    """What leads elsewhere says so first, with `leave`; scrolling and motions do not."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self.jumps = Jumps()
        self._speaker = ""

    @property
    def spot(self) -> Spot:
        """Where one is."""
        return Spot(self.path, self.pane.cursor)

    def leave(self) -> None:
        """Remember where one is, before going elsewhere."""
        if self.path:
            self.jumps.leave(self.spot)

    def do_mark(self, count: int) -> None:
        """Go to another mark."""
        self.leave()
        super().do_mark(count)

    def do_hit(self, count: int) -> None:
        """Go to another hit."""
        self.leave()
        super().do_hit(count)

    def _attend(self, act: Act | None) -> None:
        self.leave()
        super()._attend(act)

    # Of messages that lead elsewhere; Textual has the classes above deal with each of them after this one.

    def on_card_pane_picked(self, event: CardPane.Picked) -> None:
        """A card was picked."""
        del event
        self.leave()

    def on_find_bar_kept(self) -> None:
        """What was looked for was found: one was where it began."""
        self.jumps.leave(Spot(self.path, self._begun.cursor))

    def on_article_pane_leaving(self, event: Leaving) -> None:
        """The pane goes far."""
        self.jumps.leave(Spot(self.path, event.offset))

    # A speaker's claims

    def do_speaker(self, count: int) -> None:
        """Go to another claim of the current claim's speaker, else of the one followed last."""
        claim = self.current.claim if self.current else None
        self._speaker = (claim.speaker if claim else "") or self._speaker
        if not self._speaker:
            self._say("no claim under the cursor: ] goes from mark to mark")
            return
        way = self._claims_of(self._speaker, count)
        if not way:
            which = "last" if count > 0 else "first"
            self._say(f"this is the {which} claim of {self._speaker} here")
            return
        self.leave()
        self.go_to(Target(self.path, way[min(abs(count), len(way)) - 1]), self._hits)

    def _claims_of(self, speaker: str, direction: int) -> list[str]:
        """The ids of a speaker's claims from here on, forward or back."""
        person = self._session.known_codebook.person(speaker)
        names = {fold_name(one) for one in ((person.name, *person.aliases) if person else (speaker,))}
        here, cursor = self._shown.at(self.pane.current), self.pane.cursor
        ahead: list[str] = []
        behind: list[str] = []
        for at, (mark, card) in enumerate(zip(self._shown.marks, self._shown.cards, strict=True)):
            claim = card.annotation.claim
            if at != here and claim and fold_name(claim.speaker) in names:
                is_ahead = mark.start >= cursor if here is None else at > here
                (ahead if is_ahead else behind).append(mark.id)
        return ahead if direction > 0 else behind[::-1]
