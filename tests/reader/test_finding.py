"""Finding in the open article, on the screen."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from reader.inpage import folded_page
from reader.screens.read import ReadScreen
from reader.widgets import findable
from tests.reader.shelf import HARBOUR, make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def under(screen: ReadScreen) -> str:
    """The text from the cursor on."""
    pane = screen.article.pane
    return pane.text[pane.cursor :]


def said(screen: ReadScreen) -> str:
    bar = screen.article.bar
    assert bar is not None
    return bar.said


async def test_one_goes_to_the_first_place_as_one_types_and_enter_stays_there(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("slash", *"told the cou")
        await settled(pilot)
        assert under(screen).startswith("told the Courier")
        assert said(screen).startswith("1 of 2")
        await pilot.press("enter")
        await settled(pilot)
        assert screen.article.pane.has_focus
        await pilot.press("n")
        await settled(pilot)
        assert under(screen).startswith("told the Courier that the last")
        assert said(screen).startswith("2 of 2")
        await pilot.press("n")
        await settled(pilot)
        assert said(screen).startswith("1 of 2")
        await pilot.press("N")
        await settled(pilot)
        assert said(screen).startswith("2 of 2")


async def test_a_phrase_over_a_paragraph_end_in_other_case_and_with_other_quotes_is_found(root: Path) -> None:
    (root / "harbour.txt").write_text(HARBOUR.replace("Another Winter", "Café\n    “Zum\u00a0Anker” Reopens"))
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("slash", *'CAFE "zum anker"', "enter")
        await settled(pilot)
        assert under(screen).startswith("Café\n")


async def test_escape_in_the_box_goes_back_to_where_one_was(root: Path) -> None:
    async with opened(root, path="harbour.txt", size=(80, 12)) as (screen, pilot):
        await pilot.press("s", "s")
        await settled(pilot)
        before = screen.article.pane.cursor, screen.article.pane.top_offset
        await pilot.press("slash", *"new sounding in may")
        await settled(pilot)
        assert screen.article.pane.cursor != before[0]
        await pilot.press("escape")
        await settled(pilot)
        assert (screen.article.pane.cursor, screen.article.pane.top_offset) == before
        assert screen.article.bar is None
        assert screen.article.pane.has_focus


async def test_what_is_nowhere_is_said_and_enter_goes_back(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        before = screen.article.pane.cursor
        await pilot.press("slash", *"soundings")
        await settled(pilot)
        assert "not in this article" in said(screen)
        await pilot.press("enter")
        await settled(pilot)
        assert screen.article.pane.cursor == before
        assert "no such place" in screen.footer.message


async def test_a_place_in_folded_furniture_is_unfolded_said_and_folded_again(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        assert screen.article.pane.folded
        await pilot.press("slash", *"port fees rise")
        await settled(pilot)
        assert not screen.article.pane.folded
        assert "page furniture" in said(screen)
        await pilot.press("escape")
        await settled(pilot)
        assert screen.article.pane.folded


async def test_n_walks_the_search_s_hits_once_finding_is_over(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"surveyor", "enter")
        await settled(pilot)
        assert under(screen).startswith("surveyor")
        await pilot.press("slash", *"channel", "enter", "n")
        await settled(pilot)
        assert under(screen).lower().startswith("channel")
        await pilot.press("escape")
        await settled(pilot)
        assert screen.article.bar is None
        await pilot.press("n")
        await settled(pilot)
        assert under(screen).startswith("surveyor")


async def test_down_and_up_go_on_while_typing(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("slash", *"sounding", "down")
        await settled(pilot)
        assert said(screen).startswith("2 of 2")
        await pilot.press("up")
        await settled(pilot)
        assert said(screen).startswith("1 of 2")
        assert screen.article.bar is not None
        assert screen.article.bar.has_focus_within


async def test_what_is_selected_grows_to_the_place(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("v", "slash", *"admits", "enter")
        await settled(pilot)
        start, end = screen.article.pane.selection or (0, 0)
        assert start < end
        assert HARBOUR[end - 1 :].startswith("admits")


async def test_another_article_ends_it(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("slash", *"silt", "enter", "f", *"quay", "enter")
        await settled(pilot)
        assert screen.article.path == "letter.txt"
        assert screen.article.bar is None


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Every text is a long one, and searching it waits for this."""
    gate = threading.Event()

    def slowly(*arguments: object, **options: object) -> object:
        gate.wait(5)
        return folded_page(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(findable, "_AT_ONCE", 10)
    monkeypatch.setattr("reader.inpage.folded_page", slowly)
    return gate


async def test_a_long_text_is_searched_while_keys_are_taken(root: Path, gate: threading.Event) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("slash", *"gro")
        await pilot.pause()
        assert "searching" in said(screen)
        await pilot.press("u")
        await pilot.pause()
        assert screen.article.bar is not None
        assert screen.article.bar.box.value == "grou"
        gate.set()
        await pilot.press("enter")
        await settled(pilot)
        assert under(screen).startswith("groundings")
        assert screen.article.pane.has_focus


async def test_enter_waits_also_for_a_search_that_begins_anew(root: Path, gate: threading.Event) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("slash", *"grou", "enter")
        screen.article.show_again()  # as after a change on the disk
        await pilot.pause()
        gate.set()
        await settled(pilot)
        assert under(screen).startswith("groundings")
        assert screen.article.pane.has_focus


async def test_a_text_of_many_places_marks_those_around_the_cursor(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findable, "_DRAWN", 4)
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("slash", "e")
        await settled(pilot)
        first, _, _ = said(screen).partition(" ")
        await pilot.press("enter", *"nnnnnnnnnn")
        await settled(pilot)
        assert said(screen).startswith(f"{int(first) + 10} of ")
        assert under(screen)[0].lower() == "e"
