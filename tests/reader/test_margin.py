"""The margin and the drawer: where cards stand, and what keys and mouse do there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Static

from reader.glyphs import UNICODE
from reader.session import Session
from reader.widgets.card_pane import CardPane
from reader.widgets.margin import leader
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def drawn(cards: CardPane) -> list[str]:
    return [cards.render_line(y).text for y in range(cards.size.height)]


def row_of(lines: list[str], words: str) -> int:
    return next(row for row, line in enumerate(lines) if words in line)


async def test_cards_stand_level_with_their_lines(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("G")
        await settled(pilot)
        margin = drawn(screen.article.margin)
        pane = screen.article.pane
        text = screen.article.desk.article.text
        # The margin's first line stands beside the line above the text.
        for name, words in [("Tomas Reyl", "There is no silt"), ("question", "The authority has promised")]:
            assert row_of(margin, name) == pane.row_at(text.index(words)) - int(pane.scroll_offset.y) + 1


async def test_what_has_no_place_in_the_text_is_named_at_the_foot(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, _):
        margin = drawn(screen.article.margin)
        assert "1 not found" in margin[0]
        assert "words that we" in margin[-1]


async def test_the_foot_stays_in_view_where_sizes_were_asked_for_before_all_was_laid_out(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        margin = screen.article.margin
        height = margin.size.height
        line = Static("one line")
        line.styles.dock = "bottom"
        screen.article.mount(line)
        while margin.size.height == height:
            await asyncio.sleep(0)
            screen._compositor._full_map_invalidated = True  # as drawing what was just mounted does
        await settled(pilot)
        assert "words that we" in drawn(margin)[-1]


async def test_a_click_on_a_card_makes_it_current(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        margin = screen.article.margin
        lines = drawn(margin)
        await pilot.click(margin, offset=(6, row_of(lines, "Tomas Reyl")))
        await settled(pilot)
        assert screen.article.pane.current == "claimnosilt000001"


async def test_the_drawer_shows_the_mark_under_the_cursor(root: Path) -> None:
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert "Ines Halloran" in "\n".join(drawn(screen.article.drawer))
        await pilot.press("g")
        await settled(pilot)
        assert "next mark" in "\n".join(drawn(screen.article.drawer))


async def test_without_marks_the_margin_says_how_to_make_one(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    async with opened(root, path="harbour.txt") as (screen, _):
        margin = " ".join(drawn(screen.article.margin)[:6])
        assert "no marks yet" in margin


@pytest.mark.parametrize(
    ("want", "row", "signs"), [(3, 3, "3─"), (2, 5, "2╮ 3│ 4│ 5╰"), (5, 3, "5╯ 4│ 3╭"), (2, 3, "2╮ 3╰")]
)
def test_a_stem_leads_from_the_line_to_a_card_that_made_room(want: int, row: int, signs: str) -> None:
    assert " ".join(f"{at}{sign}" for at, sign in leader(want, row, UNICODE)) == signs


async def test_a_card_that_made_room_is_joined_to_its_line(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        margin, pane = screen.article.margin, screen.article.pane
        await pilot.press("right_square_bracket")
        await settled(pilot)
        lines = drawn(margin)
        tide = lines[row_of(lines, "note · ben") :][0]
        assert tide[0] == "╰"
        assert "│" in {line[0] for line in lines[: row_of(lines, "note · ben")]}
        assert pane.current == "claimmetre0000001"


async def crowd(root: Path, words: str, count: int) -> list[str]:
    """Make so many marks on the same words; their ids, in the order of the margin."""
    session = Session.start(root, author="ada")
    text = session.open("harbour.txt").article.text
    start = text.index(words)
    for at in range(count):
        kind = ("claim", "note")[at % 2]
        session.annotate("harbour.txt", start, start + len(words), kind, note=f"n {at}", annotation_id=f"crowd{at:012}")
    session.close()
    return [f"crowd{at:012}" for at in range(count)]


async def test_all_cards_in_view_are_there_while_rows_are_free(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    await crowd(root, "The pilots of Port Alma", 5)
    async with opened(root, path="harbour.txt") as (screen, pilot):
        margin = screen.article.margin
        for _ in range(5):
            await pilot.press("right_square_bracket")
            await settled(pilot)
            lines = "\n".join(drawn(margin))
            assert all(f"n {at}" in lines for at in range(5)), lines


async def test_cards_without_room_are_counted_on_the_last_line(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    await crowd(root, "The pilots of Port Alma", 20)
    async with opened(root, path="harbour.txt") as (screen, pilot):
        margin = screen.article.margin
        lines = drawn(margin)
        shown = sum(" n " in line for line in lines)
        assert f"+{20 - shown} more" in lines[-1]
        await pilot.click(margin, offset=(6, margin.size.height - 1))
        await settled(pilot)
        assert screen.article.pane.current == f"crowd{shown:012}"


async def test_the_current_mark_stays_while_the_cursor_does(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    _, second = await crowd(root, "The pilots of Port Alma", 2)
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket", "right_square_bracket")
        await settled(pilot)
        assert screen.article.pane.current == second
        for keys in (["r", "x", "enter"], ["E", "tab", *"2031", "enter"], ["u"], ["ctrl+s"], ["f5"]):
            await pilot.press(*keys)
            await settled(pilot)
            assert screen.article.pane.current == second, keys
        harbour = root / "harbour.txt"
        harbour.write_text(harbour.read_text() + "\nOne line more.\n")
        await pilot.press("f5")
        await settled(pilot)
        await pilot.press("f5")
        await settled(pilot)
        assert "One line more" in screen.article.desk.article.text
        assert screen.article.pane.current == second
