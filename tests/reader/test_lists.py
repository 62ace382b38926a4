"""Lists of places over the screen: headings, articles read last."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from index.formats import label
from reader.outline import sections
from reader.screens.pick import Pick
from reader.screens.read import ReadScreen
from tests.reader.shelf import HARBOUR, LETTER, make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def pick(pilot: Pilot[None]) -> Pick:
    screen = pilot.app.screen
    assert isinstance(screen, Pick)
    return screen


def listed(pilot: Pilot[None]) -> list[str]:
    return [item.draw(70)[0].plain.strip() for item in pick(pilot).listing.items]


def under(screen: ReadScreen) -> str:
    return screen.article.pane.text[screen.article.pane.cursor :]


async def test_headings_are_listed_with_the_one_that_is_read_chosen_and_enter_goes_there(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("G", "O")
        await settled(pilot)
        names = listed(pilot)
        assert [name.split("  ")[0] for name in names] == [
            "Harbour Pilots Warn of Silt, Port Says Channel Is Safe", "Another Winter",
        ]  # fmt: skip
        assert pick(pilot).listing.at == 1
        await pilot.press("up", "enter")
        await settled(pilot)
        assert screen.is_current
        assert under(screen).startswith("Harbour Pilots Warn")


async def test_what_is_typed_after_the_key_narrows_the_list(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("O", *"WINT", "enter")
        await settled(pilot)
        assert under(screen).startswith("Another Winter")


async def test_words_that_no_heading_has_and_escape(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        before = screen.article.pane.cursor
        await pilot.press("O", *"zeppelin", "enter")
        await settled(pilot)
        assert "No heading has these words" in pick(pilot).teaching
        assert "nothing is listed" in pick(pilot).said
        await pilot.press("escape")
        await settled(pilot)
        assert screen.article.pane.cursor == before


async def test_without_headings_the_paragraphs_are_listed(root: Path) -> None:
    async with opened(root, path="letter.txt") as (_, pilot):
        await pilot.press("O")
        await settled(pilot)
        assert "no headings in this article" in pick(pilot).said
        assert any(name.startswith("The quay is empty") for name in listed(pilot))


async def test_an_outline_wants_an_open_article(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press("tab", "O")
        await settled(pilot)
        assert "no article is open" in screen.footer.message


async def test_the_article_read_before_this_one_is_one_enter_away(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("f", *"quay", "enter")
        await settled(pilot)
        assert screen.article.path == "letter.txt"
        await pilot.press("P")
        await settled(pilot)
        assert [name.split("  ")[0] for name in listed(pilot)] == [
            "Letter From the Quay", "Harbour Pilots Warn of Silt, Port Says Channel Is Safe",
        ]  # fmt: skip
        await pilot.press("enter")
        await settled(pilot)
        assert screen.article.path == "harbour.txt"


async def test_nothing_read_yet_says_how_to_begin(root: Path) -> None:
    async with opened(root) as (_, pilot):
        await pilot.press("tab", "P")
        await settled(pilot)
        assert "f searches" in pick(pilot).teaching


def test_markdown_headings_stand_as_deep_as_they_are() -> None:
    article = label("a.md", "# Title\n\nBody.\n\n## One\n\nBody.\n\n### Two ##\n\nBody.\n")
    assert [(one.name, one.level) for one in sections(article)] == [("Title", 0), ("One", 1), ("Two", 2)]


def test_sections_stand_where_their_words_are() -> None:
    for text in (HARBOUR, LETTER):
        for one in sections(label("a.txt", text)):
            assert " ".join(text[one.start : one.end].split()).startswith(one.name)


async def test_the_hits_of_a_search_outlive_a_look_at_the_outline(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"groundings", "enter", "O", "up", "enter", "n")
        await settled(pilot)
        assert under(screen).startswith("groundings")
