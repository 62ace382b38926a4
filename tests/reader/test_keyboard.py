"""Counts and chords: what keys mean that belong together, and what becomes of those that do not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from reader import typeahead
from reader.chords import MOST, Astray, Begun, Typed, follow
from reader.commands import key_name
from reader.keyboard import Keyboard
from reader.messages import Beginning, Said
from tests.reader.typist import Typist

BOUND = ("j", "q", "m~letter", "m~m", "i~quotation_mark", "i~s")


def typed(keys: str, *, counts: bool = True) -> list[Typed | Astray]:
    """What comes of keys one after the other."""
    found: list[Typed | Astray] = []
    begun = Begun()
    for key in keys.split():
        made = follow(begun, key, BOUND, counts=counts)
        begun = made if isinstance(made, Begun) else Begun()
        if not isinstance(made, Begun):
            found.append(made)
    return found


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("j", [Typed("j")]),
        ("x", [Typed("x")]),
        ("3 j", [Typed("j", 3)]),
        ("1 0 j", [Typed("j", 10)]),
        ("0", [Typed("0")]),
        ("9 9 9 9 9 9 9 9 9 j", [Typed("j", MOST)]),
        ("i quotation_mark", [Typed("i~quotation_mark")]),
        ("2 i s j", [Typed("i~s", 2), Typed("j")]),
        ("m a", [Typed("m~letter", 0, "a")]),
        ("m 1 m Z", [Typed("m~letter", 0, "1"), Typed("m~letter", 0, "Z")]),
        ("m m", [Typed("m~m")]),
        ("i q j", [Astray("i", "q"), Typed("j")]),
        ("m slash", [Astray("m", "slash")]),
        ("i escape j", [Typed("j")]),
        ("1 2 escape j", [Typed("j")]),
        ("escape", [Typed("escape")]),
    ],
)
def test_what_keys_mean_together(keys: str, meant: list[Typed | Astray]) -> None:
    assert typed(keys) == meant


def test_where_digits_are_no_counts_they_are_keys() -> None:
    assert typed("3 j", counts=False) == [Typed("3"), Typed("j")]


@given(st.lists(st.sampled_from(["j", "q", "m", "i", "s", "a", "0", "1", "7", "escape", "slash", "quotation_mark"])))
def test_two_keys_after_the_count_always_settle_it(keys: list[str]) -> None:
    begun = Begun()
    for key in keys:
        made = follow(begun, key, BOUND, counts=True)
        assert not begun.keys or not isinstance(made, Begun) or made == Begun()
        begun = made if isinstance(made, Begun) else Begun()
        assert 0 <= begun.count <= MOST


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("i~quotation_mark", 'i"'),
        ("m~letter", "m a-z"),
        ("apostrophe~apostrophe", "''"),
        ("alt+less_than_sign", "alt+<"),
        ("ctrl+s", "ctrl+s"),
        ("plus", "+"),
    ],
)
def test_how_keys_are_printed(key: str, printed: str) -> None:
    assert key_name(key) == printed


class Part(Vertical, can_focus=True):
    """Takes counts."""

    counts = True


class Board(Keyboard):
    """Remembers what was run, and what was said."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, f"ran({key!r})", id=key) for key in BOUND]

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[Typed] = []
        self.said: list[str] = []

    def compose(self) -> ComposeResult:
        yield Part()
        yield Input()

    def action_ran(self, key: str) -> None:
        typed = self.take_typed()
        self.ran.append(Typed(key, typed.count, typed.letter))

    def on_said(self, message: Said) -> None:
        self.said.append(message.text)

    def on_beginning(self, message: Beginning) -> None:
        self.said.append(message.typed)


async def pressed(pilot: Pilot[None], *keys: str) -> Board:
    app = pilot.app
    assert isinstance(app, Board)
    await pilot.press(*keys)
    await pilot.pause()
    return app


async def test_chords_and_counts_run_the_command_they_are_bound_to() -> None:
    async with Board().run_test() as pilot:
        app = await pressed(pilot, *"3jmb2i", "quotation_mark", *"jix", "i", "escape", "q")
        assert app.ran == [
            Typed("j", 3), Typed("m~letter", 0, "b"), Typed("i~quotation_mark", 2), Typed("j"), Typed("q"),
        ]  # fmt: skip
        assert [one for one in app.said if len(one) > 2] == ['x does not follow i: it takes ", s']


async def test_what_is_typed_into_a_field_is_text() -> None:
    async with Board().run_test() as pilot:
        await pressed(pilot, "2", "tab", *"3jmbi", "q")
        app = await pressed(pilot)
        assert app.query_one(Input).value == "3jmbiq"
        assert app.ran == []


async def test_a_keymap_moves_a_chord() -> None:
    async with Board().run_test() as pilot:
        pilot.app.set_keymap({"i~s": "z~z", "q": "i"})
        app = await pressed(pilot, *"zz")
        assert app.ran == [Typed("i~s")]


async def test_a_click_drops_what_was_begun() -> None:
    async with Board().run_test() as pilot:
        await pressed(pilot, "5", "m")
        await pilot.click(Part)
        app = await pressed(pilot, "j")
        assert app.ran == [Typed("j")]


class Slow(Vertical, can_focus=True):
    """Passes on what a key led to, after a while."""

    class Told(Message):
        """On its way up."""

    def on_key(self, event: events.Key) -> None:
        """Set it off."""
        if event.key == "x":
            event.stop()
            self.post_message(self.Told())

    async def on_slow_told(self) -> None:
        """Take some time for it."""
        await asyncio.sleep(0.25)


class SlowBoard(Keyboard):
    """Four parts in one another, and a field that one comes to in the end."""

    def compose(self) -> ComposeResult:
        with Slow(), Slow(), Slow():
            yield Slow(id="inmost")
        yield Input()

    def on_slow_told(self) -> None:
        """Go to the field."""
        self.screen.set_focus(self.query_one(Input))


async def test_a_key_waits_as_long_as_what_was_set_off_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeahead, "_PATIENCE", 0.8)
    app = SlowBoard()
    async with app.run_test():
        app.screen.set_focus(app.query_one("#inmost"))
        await Typist(app).press("x", "y")
        assert app.query_one(Input).value == "y"


class Stalled(Vertical, can_focus=True):
    """Keeps the whole program from going on."""

    def on_key(self, event: events.Key) -> None:
        """Set it off."""
        if event.key == "x":
            self.post_message(Slow.Told())

    async def on_slow_told(self) -> None:
        """Stand still, as on a machine that is busy with others, and be soon done then."""
        await asyncio.sleep(0.1)
        self.stand_still()
        await asyncio.sleep(0.1)

    def stand_still(self) -> None:
        """Nothing goes on meanwhile."""
        time.sleep(0.8)


class StalledBoard(SlowBoard):
    """One part of it stands still."""

    def compose(self) -> ComposeResult:
        """That part, and the field."""
        yield Stalled(id="inmost")
        yield Input()


async def test_a_program_that_stood_still_keeps_the_order_of_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeahead, "_PATIENCE", 0.5)
    app = StalledBoard()
    async with app.run_test():
        app.screen.set_focus(app.query_one("#inmost"))
        await Typist(app).press("x", "y")
        assert app.query_one(Input).value == "y"


class Answering(Vertical, can_focus=True):
    """Goes to the field when a worker has ended that a key began, by a message that it sends at its end."""

    class Answered(Message):
        """On its way up."""

    def on_key(self, event: events.Key) -> None:
        """Begin it."""
        if event.key == "x":
            event.stop()
            self.run_worker(self._answer(), group=typeahead.HOLDING)

    async def _answer(self) -> None:
        app = self.app
        assert isinstance(app, AnsweringBoard)
        await app.passed.wait()
        self.post_message(self.Answered())


class AnsweringBoard(Keyboard):
    """A part that answers, under one that sees each call go by."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = asyncio.Event()
        self.calls = self.last = 0

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Answering()
        yield Input()

    def on_answering_answered(self) -> None:
        """Go to the field."""
        self.screen.set_focus(self.query_one(Input))

    def _climb(self, number: int, rounds: int, place: DOMNode, way: Iterator[DOMNode]) -> None:
        super()._climb(number, rounds, place, way)
        if self._held:
            self.calls += 1
            self.last += rounds == 1
        if self.last == 3 or self.calls == 40:  # in the last round if there is one, and past the part that answers
            self.passed.set()


async def test_a_key_waits_for_what_a_worker_asks_for_at_its_end() -> None:
    app = AnsweringBoard()
    async with app.run_test():
        app.screen.set_focus(app.query_one(Answering))
        await Typist(app).press("x", "y")
        assert app.query_one(Input).value == "y"
