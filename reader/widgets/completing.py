"""A one-line field that offers what the library knows: a digit or arrow down takes it, and says so beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from annotations.frozen import late
from reader.commands import key_name
from reader.drafts import split_tags
from reader.messages import Said
from reader.showing import DIM, fit, shown
from reader.widgets.field import Field
from reader.widgets.offers import Offers

if TYPE_CHECKING:
    from reader.vocabulary import Offer

__all__ = ["Completing"]


class _Typed(Field):
    """Asks first whether a digit takes an offer."""

    def __init__(self, value: str, take: Callable[[int], bool]) -> None:
        super().__init__(value, compact=True, select_on_focus=False)
        self._take = take

    def on_key(self, event: events.Key) -> None:
        """Take an offer by its number, while there is one of that number."""
        if event.character and event.character in "123456789" and self._take(int(event.character)):
            event.stop()
            event.prevent_default()


class Completing(Vertical):
    """An input, what is to be said of its value beside it, and below it what it could be completed to.

    Beside it stands what `remark` says of the value, and how an offer is taken, as much as there is room for.  `meant`
    is the offer that is taken when the field is left by key.
    With `several`, the field holds a list with commas: its last part is completed, and several can be taken in a row.

    Attributes:
        input: where one types.
        below: the offers; whoever holds the field puts them on the screen after its row.
    """

    DEFAULT_CSS = """
    Completing { height: 1; width: 1fr; }
    Completing Horizontal { height: 1; }
    Completing Input { width: 1fr; }
    Completing Static { width: auto; height: 1; padding: 0 0 0 2; }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        Binding("down", "take(1)", show=False),
        Binding("up", "take(-1)", show=False),
    ]

    @late
    class Taken(Message):
        """An offer was taken into the field."""

        completing: Completing
        offer: Offer

    def __init__(
        self,
        value: str,
        offers: Callable[[str], Sequence[Offer]],
        remark: Callable[[str], Iterable[str]],
        meant: Callable[[str], Offer | None],
        *,
        several: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(name=name)
        self._offers_for = offers
        self._remark = remark
        self._meant = meant
        self._several = several
        self._typed = value
        self._made = value
        self._offered: str | None = None
        self.input = _Typed(value, self._take_number)
        self._beside = Static()
        self.below = Offers(partial(self._take_number, clicked=True), across=several)

    @property
    def value(self) -> str:
        """What the field holds."""
        return self.input.value

    @property
    def offered(self) -> bool:
        """Whether what the field holds is an offer that was taken."""
        return self._offered is not None and self._offered == self.value

    def compose(self) -> ComposeResult:
        """The input, and what stands beside it."""
        with Horizontal():
            yield self.input
            yield self._beside

    def complete(self) -> Offer | None:
        """Take the one offer that is meant by what was typed, if one is."""
        if self.value != self._made:
            self._typed = self._made = self.value
        offer = None if self.offered else self._meant(self._part)
        if offer:
            self._take(offer, self._with(offer.text))
        return offer

    def on_mount(self) -> None:
        """Say what there is to say of the first value."""
        self._say()

    def on_resize(self) -> None:
        """Say as much as there is room for now."""
        self._say()

    def on_input_changed(self) -> None:
        """Offer anew, unless it was an offer that was taken."""
        if self.value != self._made:
            self._typed = self._made = self.value
            self.below.at = -1
            self._look()
        self._say()

    def on_descendant_focus(self) -> None:
        """Offer while the field is in use; a list that is there is gone on with."""
        if self._several and self.value and not self.value.rstrip().endswith(","):
            self._put(f"{self.value.rstrip()}, ")
            self._typed = self.value
        self._look()
        self._say()

    def on_descendant_blur(self) -> None:
        """Only what is to be said of the value stays."""
        self.below.offers, self.below.at = (), -1
        if self._several:
            self._put(", ".join(split_tags(self.value)))
            self._typed = self.value
        self._say()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let an arrow up through to the form where there is nothing to go back to."""
        return action != "take" or parameters != (-1,) or bool(self.below.offers and self.below.at >= 0)

    def action_take(self, count: int) -> None:
        """Take the next offer into the field; back beyond the first brings back what was typed."""
        offers, at = self.below.offers, self.below.at
        if not offers:
            self.post_message(Said("nothing is offered here: tab goes to the next field"))
            return
        self.below.at = at = max(-1, min(len(offers) - 1, at + count))
        if at < 0:
            self._put(self._typed)
        else:
            self._take(offers[at], self._with(offers[at].text))

    def _take_number(self, number: int, *, clicked: bool = False) -> bool:
        """Take the offer of that number; false if there is none, or digits are meant as they are."""
        part = self._part
        if number > len(self.below.offers) or (self._literal and not clicked):
            return False
        offer = self.below.offers[number - 1]
        if not self._several:
            self._take(offer, offer.text)
            self.below.offers = ()
            self._say()
            return True
        before = split_tags(self._typed.rpartition(",")[0])
        kept = [tag for tag in before if tag != offer.text]
        tags = kept if not part and len(kept) < len(before) else [*kept, offer.text]
        self._take(offer, "".join(f"{tag}, " for tag in tags))
        self._typed = self.value
        self.below.at = -1
        self._look()
        self._say()
        return True

    @property
    def _literal(self) -> bool:
        """Whether digits are meant as they are."""
        return any(one.isdigit() or one in "#-/" for one in self._part)

    @property
    def _part(self) -> str:
        """What was typed of the name that is to be completed."""
        return (self._typed.rpartition(",")[2] if self._several else self._typed).strip()

    def _take(self, offer: Offer, value: str) -> None:
        self._put(value)
        self._offered = value
        self.post_message(self.Taken(self, offer))

    def _put(self, value: str) -> None:
        self._made = value
        self.input.value = value
        self.input.cursor_position = len(value)
        self._say()

    def _look(self) -> None:
        part = self._part
        self.below.taken = split_tags(self._typed) if self._several else ()
        self.below.offers = tuple(one for one in self._offers_for(part) if one.text != part)

    def _with(self, text: str) -> str:
        if not self._several:
            return text
        before, comma, _ = self._typed.rpartition(",")
        return f"{before}{comma} {text}" if comma else text

    def _say(self) -> None:
        """Say of the value, and of its offers, what there is room for; the value gives way to what comes first."""
        said = [(one, "$accent") for one in self._remark(self.value)] + [(one, DIM) for one in self._how()]
        width = self.size.width
        room = max(width // 2, min(width * 3 // 4, width - Content(self.value).cell_length - 2)) - 2
        beside = Content("")
        for text, style in said:
            longer = beside + Content("; " if beside.plain else "") + shown(text, style)
            beside = longer if longer.cell_length <= room or not beside.plain else beside
        self._beside.update(fit(beside, room))
        self._beside.display = bool(said)

    def _how(self) -> Iterator[str]:
        """How an offer is taken."""
        count = len(self.below.offers)
        if count and self.below.at < 0:
            numbers = [] if self._literal else [f"1-{count}" if count > 1 else "1"]
            yield f"{' or '.join([*numbers, key_name('down')])} takes {'one' if count > 1 else 'it'}"
