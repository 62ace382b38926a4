"""The claim form: who said it, how, for or against what; and where the work on it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotations.model import FORMS, STANCES, STATUSES, Claim, Stance
from reader.drafts import Subject, Values, split_tags
from reader.messages import Said
from reader.widgets.choice import Choice
from reader.widgets.completing import Completing
from reader.widgets.field import Field
from reader.widgets.form import Form, NoteArea
from reader.widgets.note_form import tags_field

if TYPE_CHECKING:
    from reader.glyphs import Glyphs
    from reader.vocabulary import Offer, Vocabulary

__all__ = ["ClaimForm"]


class ClaimForm(Form):
    """All that the record of a claim holds."""

    DEFAULT_CSS = """
    ClaimForm .stance { height: auto; width: 1fr; }
    ClaimForm .stance Horizontal { height: 1; }
    ClaimForm .stance Choice { width: 35; }
    ClaimForm .wrong { height: auto; color: $error; display: none; }
    ClaimForm NoteArea { height: 2; }
    """

    def __init__(self, subject: Subject, values: Values, signs: Glyphs, vocabulary: Vocabulary) -> None:
        super().__init__(subject, values, signs, vocabulary)
        claim = values.claim or Claim()
        claim = replace(claim, status=claim.status or "new")
        self._initial = replace(values, claim=claim)
        first = claim.stance[0] if claim.stance else Stance()
        self._claim = claim
        self._filled = ""
        self._speaker = Completing(claim.speaker, vocabulary.speakers, self._remark, self._meant, name="speaker")
        self._affiliation = Field(claim.affiliation, compact=True, select_on_focus=False)
        self._form = Choice(FORMS, claim.form)
        self._stance = Choice(STANCES, first.value)
        self._toward = Field(first.toward, placeholder="toward what", compact=True, select_on_focus=False)
        self._wrong = Static(Content("for or against? Choose one, or clear what it is toward"), classes="wrong")
        self._tags = tags_field(values, vocabulary)
        self._text = Field(claim.text, placeholder="the claim in your own words", compact=True, select_on_focus=False)
        self._status = Choice(STATUSES, claim.status, optional=False)
        self._note = NoteArea(values.note, soft_wrap=True, compact=True)

    def fields(self) -> Iterable[tuple[str, Widget]]:
        """The rows, what is filled in most often first."""
        yield "speaker", self._speaker
        yield "tags", self._tags
        yield "affiliation", self._affiliation
        yield "said as", self._form
        yield "stance", Vertical(Horizontal(self._stance, self._toward), self._wrong, classes="stance")
        yield "restated", self._text
        yield "status", self._status
        yield "note", self._note

    def typed(self) -> Values:
        """What is filled in now, as it was typed."""
        claim = replace(
            self._claim,
            text=self._text.value.strip(),
            speaker=" ".join(self._speaker.value.split()),
            affiliation=self._affiliation.value.strip(),
            form=self._form.value,
            stance=self._stances(),
            status=self._status.value,
        )
        return Values(note=self._note.text, tags=split_tags(self._tags.value), claim=claim)

    def on_mount(self) -> None:
        """What was wrong is right once a side was chosen."""
        self.watch(self._stance, "value", self._recheck, init=False)

    def _recheck(self) -> None:
        self._wrong.display = self._wrong.display and self._half

    def values(self) -> Values:
        """What is filled in; a new name without the full stop that says that it is one."""
        values = super().values()
        claim = values.claim
        return replace(values, claim=claim and replace(claim, speaker=self._vocabulary.as_new(claim.speaker)))

    def do_submit(self) -> None:
        """Save, unless a number took no offer, or a stance has only its half: toward what, but not for or against."""
        offer = self._speaker.complete()
        if offer:
            self._introduce(offer)
        number = self._number()
        if number:
            self.screen.set_focus(number)
            self.post_message(Said(f"nothing is offered under {number.value.strip()} here: write it out, or clear it"))
            return
        self._wrong.display = self._half
        if self._half:
            self.screen.set_focus(self._stance)
        else:
            super().do_submit()

    def _number(self) -> Input | None:
        """The field in which a digit was to take an offer where there was none."""
        was = Claim() if self._subject.drafted else self._claim
        for field, before in ((self._speaker.input, was.speaker), (self._affiliation, was.affiliation)):
            value = field.value.strip()
            if len(value) == 1 and value.isdigit() and value != before:
                return field
        return None

    @property
    def _half(self) -> bool:
        return bool(self._toward.value.strip()) and not self._stance.value

    def _stances(self) -> tuple[Stance, ...]:
        value, toward = self._stance.value, self._toward.value.strip()
        if not value and not toward:
            return self._claim.stance[1:]
        first = self._claim.stance[0] if self._claim.stance else Stance()
        return (replace(first, value=value, toward=toward), *self._claim.stance[1:])

    def _remark(self, name: str) -> Iterator[str]:
        meant, person, typed = self._meant(name), self._vocabulary.person(name), name.strip()
        if meant:
            yield f"= {meant.text}"
            yield f"{typed}. for a new name"
        elif person and person.name != typed:
            yield f"= {person.name}"
        elif typed and not person:
            new = self._vocabulary.as_new(typed)
            yield "new speaker" if new == typed else f"new speaker {new}"

    def _meant(self, name: str) -> Offer | None:
        """The person whose name is begun; what was recorded before stays as it is."""
        recorded = not self._subject.drafted and name.strip() == self._claim.speaker
        return None if recorded else self._vocabulary.meant(name)

    def on_completing_taken(self, event: Completing.Taken) -> None:
        """An offered speaker comes with the affiliation that was offered."""
        if event.completing is self._speaker:
            self._introduce(event.offer)

    def _introduce(self, offer: Offer) -> None:
        """Fill in the affiliation, unless one was typed."""
        if self._affiliation.value == self._filled:
            self._filled = self._affiliation.value = offer.affiliation

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fill in a known speaker's affiliation, unless one was typed; what was wrong may be right now."""
        self._recheck()
        if event.input is not self._speaker.input or event.value == self._claim.speaker:
            return
        if self._affiliation.value == self._filled and not self._speaker.offered:
            person = self._vocabulary.person(event.value)
            self._filled = self._vocabulary.affiliation(person) if person else ""
            self._affiliation.value = self._filled
