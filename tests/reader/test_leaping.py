"""Going back and forward, places with a letter, and a speaker's claims one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from reader.config import Place, State
from reader.jumps import Jumps, Spot, spots_from
from reader.screens.read import ReadScreen
from tests.reader.shelf import make_library, opened, settled

A, B, C, D = (Spot("a.txt", offset) for offset in (1, 2, 3, 4))


def test_back_and_forward_and_what_is_forgotten() -> None:
    jumps = Jumps()
    jumps.leave(A)
    jumps.leave(B)
    assert [jumps.back(C), jumps.back(B), jumps.back(A)] == [B, A, None]
    assert [jumps.forward(A), jumps.forward(B), jumps.forward(C)] == [B, C, None]
    assert jumps.back(C) == B
    jumps.leave(B)
    assert jumps.forward(D) is None


def test_the_last_place_and_this_one_change_places() -> None:
    jumps = Jumps()
    assert jumps.last(A) is None
    jumps.leave(A)
    assert [jumps.last(B), jumps.last(A), jumps.last(B)] == [A, B, A]


@given(st.lists(st.tuples(st.sampled_from(["leave", "back", "forward", "last"]), st.sampled_from([A, B, C, D]))))
def test_going_back_always_leads_elsewhere_and_forward_again(steps: list[tuple[str, Spot]]) -> None:
    jumps = Jumps()
    for verb, here in steps:
        there = getattr(jumps, verb)(here)
        assert there != here
        if verb == "back" and there:
            assert jumps.forward(there) == here
            assert jumps.back(here) == there


def test_there_is_an_end_to_what_is_remembered() -> None:
    jumps = Jumps()
    for offset in range(1000):
        jumps.leave(Spot("a.txt", offset))
    here, steps = Spot("a.txt", 1000), 0
    while there := jumps.back(here):
        here, steps = there, steps + 1
    assert steps == 100


@pytest.mark.parametrize(
    "found",
    [None, 3, [], {"a": 1}, {"a": {}}, {"a": {"path": 1, "offset": 2}}, {"a": {"path": "x", "offset": -1}},
     {"a": {"path": "x", "offset": True}}],
)  # fmt: skip
def test_places_that_make_no_sense_are_none(found: object) -> None:
    assert spots_from(found) == {}


def test_places_with_a_letter_survive_in_the_state(tmp_path: Path) -> None:
    state = State()
    state.at(tmp_path).letters["q"] = A
    state.save(tmp_path / "state.json")
    place = State.load(tmp_path / "state.json").at(tmp_path)
    assert isinstance(place, Place)
    assert place.letters == {"q": A}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


async def go(screen: ReadScreen, pilot: Pilot[None], *keys: str) -> tuple[str, int]:
    await pilot.press(*keys)
    await settled(pilot)
    return screen.article.path, screen.article.pane.cursor


async def test_back_and_forward_across_articles_by_keys(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        begin = await go(screen, pilot)
        mark = await go(screen, pilot, "right_square_bracket")
        end = await go(screen, pilot, "G")
        letter = await go(screen, pilot, "f", *"berth", "enter")
        assert (mark[0], letter[0]) == ("harbour.txt", "letter.txt")
        assert len({begin, mark, end, letter}) == 4
        assert [await go(screen, pilot, key) for key in ("ctrl+o", "alt+left", "ctrl+o")] == [end, mark, begin]
        assert await go(screen, pilot, "ctrl+o") == begin
        assert screen.footer.message == "no place to go back to"
        assert [await go(screen, pilot, "3", "alt+right"), await go(screen, pilot, "2", "ctrl+o")] == [letter, mark]
        assert await go(screen, pilot, "apostrophe", "apostrophe") == begin
        assert await go(screen, pilot, "apostrophe", "apostrophe") == mark


async def test_a_place_gets_a_letter_and_is_found_again_after_quitting(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        place = await go(screen, pilot, *"ssssma")
        assert "'a comes back" in screen.footer.message
        await pilot.press("q")
        await settled(pilot)
    async with opened(root, path="letter.txt") as (screen, pilot):
        here = await go(screen, pilot, "s")
        assert await go(screen, pilot, "apostrophe", "a") == place
        assert await go(screen, pilot, "apostrophe", "apostrophe") == here
        assert await go(screen, pilot, "apostrophe", "z") == here
        assert screen.footer.message == "no place is z: mz says so of one; there are a"


async def test_the_claims_of_a_speaker_one_after_the_other(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await go(screen, pilot, "semicolon")
        assert "no claim under the cursor" in screen.footer.message
        first = await go(screen, pilot, "right_square_bracket")
        await go(screen, pilot, "G", *"ScINES HALLORAN", "enter")
        assert await go(screen, pilot, "comma") == first
        last = await go(screen, pilot, "semicolon")
        assert last > first
        assert await go(screen, pilot, "semicolon") == last
        assert screen.footer.message == "this is the last claim of Ines Halloran here"
        assert await go(screen, pilot, "ctrl+o") == first


async def test_a_chord_that_the_palette_began_waits_for_its_letter(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await go(screen, pilot, "ctrl+p", *"give this place", "enter")
        assert screen.footer.begun == "m"
        await go(screen, pilot, "k")
        assert screen.footer.message == "this place is k: 'k comes back to it"
