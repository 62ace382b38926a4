"""The margin and the drawer: what cards say, and where they stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotations.text import decode
from reader.cards import Card, card_lines
from reader.glyphs import ASCII, UNICODE
from reader.session import Session
from reader.widgets.margin import leader
from tests.reader.shelf import HARBOUR, annotated, make_library, opened, settled

METRE = next(one for one in annotated(decode(HARBOUR.encode())).annotations if one.id == "claimmetre0000001")


def text_of(card: Card, *, expanded: bool = True, width: int = 32) -> list[str]:
    return [
        line.plain.rstrip()
        for line in card_lines(card, width, UNICODE, expanded=expanded, name_of=lambda name: name[-5:].upper())
    ]


def test_the_current_card_says_everything() -> None:
    said = "\n".join(text_of(Card(METRE)))
    for part in (
        "◆ Ines Halloran", "direct", "a pilot", "against", "◔ checking", "silt, safety", "Which datum?",
        "⇄ contradicts 00001", "↳ ben: Chart datum, I asked.", "✓ accepted · ben", "ada 2031-03-04",
    ):  # fmt: skip
        assert part in said, part


def test_the_others_say_it_in_two_lines() -> None:
    assert text_of(Card(METRE), expanded=False) == ["◆ Ines Halloran                ◔", "  Which datum?"]


@pytest.mark.parametrize("expanded", [True, False])
@pytest.mark.parametrize("width", [8, 20, 32, 60])
def test_no_line_is_wider_than_the_card(width: int, *, expanded: bool) -> None:
    note = replace(METRE, note="A long note 金正恩 with ⟨marks⟩ that must be wrapped, " * 3)
    lines = card_lines(Card(note, "moved"), width, UNICODE, expanded=expanded)
    assert all(line.cell_length <= width for line in lines)


def test_what_is_not_saved_and_what_has_moved_is_said_in_words() -> None:
    assert any("! not saved" in line for line in text_of(Card(METRE, unsaved=True)))
    assert any("! not saved" in line for line in text_of(Card(METRE, unsaved=True), expanded=False))
    assert any("words changed" in line for line in text_of(Card(METRE, "edited")))


def test_the_ascii_signs_are_ascii() -> None:
    lines = card_lines(Card(METRE), 40, ASCII, expanded=True)
    assert all(line.plain.isascii() for line in lines)


@pytest.mark.parametrize("hostile", ["[@click=app.quit]x[/]", "[/]", "\x1b[2J", "\u202eabc", "a\nb\tc"])
def test_hostile_strings_are_only_text(hostile: str) -> None:
    assert METRE.claim is not None
    claim = replace(METRE.claim, speaker=hostile, affiliation=hostile, text=hostile, status=hostile, form=hostile)
    card = Card(replace(METRE, author=hostile, tags=(hostile,), note=hostile, claim=claim))
    said = "".join(text_of(card, width=200))
    assert not set(said) & set("\x1b\u202e\t\n")
    if "[" in hostile and "\x1b" not in hostile:
        assert said.count(hostile) >= 5


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def row_of(lines: list[str], words: str) -> int:
    return next(row for row, line in enumerate(lines) if words in line)


async def test_cards_stand_level_with_their_lines(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("G")
        await settled(pilot)
        margin = [screen.article.margin.render_line(y).text for y in range(screen.article.margin.size.height)]
        pane = screen.article.pane
        text = screen.article.desk.article.text
        # The margin's first line stands beside the line above the text.
        for name, words in [("Tomas Reyl", "There is no silt"), ("question", "The authority has promised")]:
            assert row_of(margin, name) == pane.row_at(text.index(words)) - int(pane.scroll_offset.y) + 1


async def test_what_has_no_place_in_the_text_is_named_at_the_foot(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, _):
        margin = [screen.article.margin.render_line(y).text for y in range(screen.article.margin.size.height)]
        assert "1 not found" in margin[0]
        assert "words that we" in margin[-1]


async def test_a_click_on_a_card_makes_it_current(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        margin = screen.article.margin
        lines = [margin.render_line(y).text for y in range(margin.size.height)]
        await pilot.click(margin, offset=(6, row_of(lines, "Tomas Reyl")))
        await settled(pilot)
        assert screen.article.pane.current == "claimnosilt000001"


async def test_the_drawer_shows_the_mark_under_the_cursor(root: Path) -> None:
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert "Ines Halloran" in screen.article.drawer.render().plain
        await pilot.press("g")
        await settled(pilot)
        assert "next mark" in screen.article.drawer.render().plain


async def test_without_marks_the_margin_says_how_to_make_one(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    async with opened(root, path="harbour.txt") as (screen, _):
        margin = " ".join(screen.article.margin.render_line(y).text for y in range(6))
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
        lines = [margin.render_line(y).text for y in range(margin.size.height)]
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
            lines = "\n".join(margin.render_line(y).text for y in range(margin.size.height))
            assert all(f"n {at}" in lines for at in range(5)), lines


async def test_cards_without_room_are_counted_on_the_last_line(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    await crowd(root, "The pilots of Port Alma", 20)
    async with opened(root, path="harbour.txt") as (screen, pilot):
        margin = screen.article.margin
        lines = [margin.render_line(y).text for y in range(margin.size.height)]
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
