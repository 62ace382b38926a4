"""The tour: shown once, turned or left with a key, in nobody's way."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from annotations import store
from reader.config import config_path, state_path
from reader.screens.help import Help
from reader.screens.read import ReadScreen
from reader.screens.tour import PAGES, Tour
from tests.reader.shelf import make_library, opened, settled
from tests.reader.terminal import COMMAND, Terminal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def words(tour: Tour) -> str:
    return "\n".join(str(one.render()) for one in tour.query(Static))


@pytest.mark.parametrize("size", [(120, 40), (60, 24)])
async def test_every_page_is_seen_whole_and_turned_with_a_key(root: Path, size: tuple[int, int]) -> None:
    async with opened(root, path="letter.txt", size=size) as (_, pilot):
        await pilot.press("f2")
        tour = pilot.app.screen
        assert isinstance(tour, Tour)
        for at, (heading, _) in enumerate(PAGES):
            await pilot.pause()
            assert f"{heading}   {at + 1} of 4" in words(tour)
            box = tour.query_one("Vertical")
            assert box.region.height == box.virtual_region.height <= size[1]
            assert all(tour.region.contains_region(one.region) for one in tour.query(Static))
            assert tour.query(Static).first().region.height == len(PAGES[at][1]) + 2, "no line is wrapped"
            await pilot.press("right")
        assert isinstance(pilot.app.screen, ReadScreen)


@pytest.mark.parametrize(("path", "search", "keys"), [("", "type", "f1"), ("letter.txt", "f", "?")])
async def test_its_keys_are_those_that_work_where_one_is(root: Path, path: str, search: str, keys: str) -> None:
    async with opened(root, path=path) as (_, pilot):
        await pilot.press("f2")
        assert isinstance(pilot.app.screen, Tour)
        assert f"\n{search:8} search titles" in words(pilot.app.screen)
        await pilot.press("right", "right", "right")
        assert f"\n{keys:8} all keys" in words(pilot.app.screen)


async def test_it_goes_back_and_is_left_with_escape_or_a_click_beside_it(root: Path) -> None:
    async with opened(root, path="letter.txt") as (_, pilot):
        await pilot.press("f2", "space", "left", "left")
        assert isinstance(pilot.app.screen, Tour)
        assert "1 of 4" in words(pilot.app.screen)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ReadScreen)
        await pilot.press("f2")
        await pilot.click(offset=(60, 20))
        assert isinstance(pilot.app.screen, Tour)
        assert "2 of 4" in words(pilot.app.screen)
        await pilot.click(offset=(2, 2))
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReadScreen)


async def test_any_other_key_closes_it_and_does_what_it_does(root: Path) -> None:
    async with opened(root, path="letter.txt") as (_, pilot):
        await pilot.press("f2", "h")
        await settled(pilot)
        assert len(store.load(store.sidecar_path(root / "letter.txt")).sidecar.annotations) == 1
        await pilot.press("f2", "question_mark")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Help)


def test_it_comes_once_and_keys_typed_blind_reach_what_is_below(root: Path) -> None:
    state_path().unlink()
    with Terminal(COMMAND, root) as terminal:
        terminal.until_shown("1 of 4")
        terminal.write("surveyor")
        terminal.until_shown("⌕ surveyor")
        assert "1 of 4" not in terminal.text
        terminal.write("\x11")
        assert terminal.status() == 0
    with Terminal(COMMAND, root) as terminal:
        terminal.until_shown("Harbour Pilots")  # all are listed first, and soon those that were searched for last
        assert "1 of 4" not in terminal.text


@pytest.mark.parametrize("turned_off", [True, False])
def test_who_opens_an_article_or_turned_it_off_is_not_shown_around(root: Path, turned_off: bool) -> None:
    state_path().unlink()
    if turned_off:
        config_path().parent.mkdir(parents=True)
        config_path().write_text("tour = false\n")
    with Terminal([*COMMAND, *([] if turned_off else ["letter.txt"])], root) as terminal:
        terminal.until_shown("2 articles")
        terminal.write("\x11")
        assert terminal.status() == 0
        assert "of 4" not in terminal.text
