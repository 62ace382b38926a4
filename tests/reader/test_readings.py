"""How far one is with each article, and what else is there again the next time."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import store
from reader.config import Place, State
from reader.readings import DONE, READING, STATES, UNREAD, Readings, readings_from
from reader.screens.read import ReadScreen
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def said(screen: ReadScreen) -> str:
    return screen.find.said


def states(screen: ReadScreen) -> list[str]:
    words = [set(item.draw(60)[-1].plain.split()) for item in screen.find.listing.items]
    return [next(state for state in STATES if state in one) for one in words]


def test_done_and_unread_again() -> None:
    readings = Readings()
    readings.begin("a")
    assert readings.of("a") == READING
    assert readings.turn("a") == DONE
    readings.begin("a")
    assert readings.of("a") == DONE
    assert readings.turn("a") == UNREAD
    assert not readings.states


def test_what_the_state_file_holds_is_read_as_far_as_it_makes_sense(tmp_path: Path) -> None:
    state = State()
    place = state.at(tmp_path)
    place.readings.turn("a.txt")
    place.query = "silt"
    state.save(tmp_path / "state.json")
    again = State.load(tmp_path / "state.json").at(tmp_path)
    assert (again.readings.of("a.txt"), again.query) == (DONE, "silt")
    assert readings_from({"states": {"a": "done", "b": "eaten", "c": 3}}).states == {"a": "done"}
    assert readings_from([]) == readings_from(None) == Readings()


def test_a_renamed_article_is_where_it_was() -> None:
    place = Place(article="a", spots={"a": (1, 2), "b": (3, 4)})
    place.readings.begin("a")
    place.rename("a", "c")
    assert place.article == "c"
    assert list(place.spots) == ["c", "b"]
    assert (place.readings.of("a"), place.readings.of("c")) == (UNREAD, READING)


async def test_the_list_says_of_each_article_how_far_one_is(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        assert states(screen) == [UNREAD, UNREAD]
        assert said(screen) == "2 articles · 2 unread"
        await pilot.press("enter")
        await settled(pilot)
        assert states(screen) == [READING, UNREAD]
        await pilot.press("D")
        await settled(pilot)
        assert said(screen) == "2 articles · 1 unread"
        assert "D marks it unread again" in screen.footer.message
    async with opened(root) as (screen, pilot):
        assert states(screen) == [DONE, UNREAD]
        await pilot.press("D")
        await settled(pilot)
        assert states(screen) == [UNREAD, UNREAD]


async def test_the_list_can_be_narrowed_and_an_empty_one_teaches(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press("enter", "f", "ctrl+t")
        await settled(pilot)
        assert [item.key.path for item in screen.find.listing.items] == ["letter.txt"]
        assert said(screen) == "unread: 1 of 2 (ctrl+t)"
        await pilot.press("ctrl+t", "ctrl+t")
        await settled(pilot)
        assert "No article is done" in screen.find.teaching
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert len(screen.find.listing) == 2


async def test_d_in_the_list_marks_the_chosen_article_and_keeps_the_place(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press("tab", "down", "D")
        await settled(pilot)
        assert states(screen) == [UNREAD, DONE]
        assert screen.find.listing.at == 1


async def test_what_was_searched_for_is_there_again_and_typing_takes_its_place(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"sounding")
        await settled(pilot)
    async with opened(root) as (screen, pilot):
        assert screen.find.box.value == "sounding"
        assert said(screen) == "2 articles · 1 annotation"
        await pilot.press(*"quay")
        await settled(pilot)
        assert screen.find.box.value == "quay"


async def test_results_say_whose_annotations_cannot_be_read_and_not_that_there_will_be_more(root: Path) -> None:
    store.sidecar_path(root / "letter.txt").write_text("postil: 1\nannotations: [\n")
    async with opened(root) as (screen, pilot):
        await pilot.press(*"quay")
        await settled(pilot)
        assert "so far" not in said(screen)
        assert "annotations of 1 article cannot be read" in said(screen)


async def test_the_list_keeps_its_place_when_something_is_saved(root: Path) -> None:
    for number in range(30):
        (root / f"more{number:02}.txt").write_text(f"More of it, number {number}\n\nThe quay is empty here too.\n")
    async with opened(root, size=(120, 24)) as (screen, pilot):
        await pilot.press(*["down"] * 12, *["up"] * 2, "enter")
        await settled(pilot)
        chosen, top = screen.find.listing.chosen, screen.find.listing.scroll_offset.y
        await pilot.press("s", "h")
        await settled(pilot)
        assert screen.find.listing.chosen is not None
        assert chosen is not None
        assert screen.find.listing.chosen.key == chosen.key
        assert screen.find.listing.scroll_offset.y == top


def test_two_programs_on_two_libraries_do_not_forget_for_each_other(tmp_path: Path) -> None:
    one, two = State.load(tmp_path / "state.json"), State.load(tmp_path / "state.json")
    one.at(tmp_path / "one").readings.turn("a.txt")
    two.at(tmp_path / "two").readings.turn("b.txt")
    one.save(tmp_path / "state.json")
    two.save(tmp_path / "state.json")
    again = State.load(tmp_path / "state.json")
    assert again.at(tmp_path / "one").readings.of("a.txt") == again.at(tmp_path / "two").readings.of("b.txt") == DONE


async def test_what_is_done_is_written_down_before_the_end(root: Path) -> None:
    async with opened(root, path="letter.txt") as (_, pilot):
        await pilot.press("D")
        await settled(pilot)
        assert State.load().at(root).readings.of("letter.txt") == DONE
