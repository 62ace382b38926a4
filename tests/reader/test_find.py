"""The find pane: the library, results as one types, and being empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.search import Hit
from reader.found import grouped, items_of
from reader.glyphs import UNICODE
from reader.screens.help import Help
from reader.screens.read import ReadScreen
from tests.reader.shelf import make_library, opened, settled


def listed(screen: ReadScreen) -> list[list[str]]:
    return [[line.plain.strip() for line in item.draw(34)] for item in screen.find.listing.items]


def at_the_article(screen: ReadScreen) -> int:
    """How far down the first result is that is an article."""
    return next(at for at, item in enumerate(screen.find.listing.items) if item.key.annotation is None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


async def test_the_library_is_there_at_once(root: Path) -> None:
    async with opened(root) as (screen, _):
        harbour, letter = listed(screen)
        assert harbour[0].startswith("Harbour Pilots Warn of Silt")
        assert harbour[2].startswith("•")
        assert "unknown" in harbour[2]
        assert "◆ 2" in harbour[2]
        assert letter[0] == "Letter From the Quay"


async def test_a_stand_in_for_a_title_is_not_passed_off_as_one(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    (root / "untitled.txt").write_text(
        "    PORT ALMA (Courier), Jo Hartwell - The lamps on the mole went dark on Sunday night, and nobody had seen "
        "it until the morning boat came in.\n\n    Nobody had seen it, the harbour master told the Courier that day.\n"
    )
    async with opened(root) as (screen, _):
        entry = next(lines for lines in listed(screen) if lines[0].startswith("The lamps"))
        assert entry[1] == "(no title in the file)"


async def test_results_come_as_one_types_and_enter_opens_at_the_hit(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"sounding")
        await settled(pilot)
        await pilot.press(*["down"] * at_the_article(screen))
        await pilot.press("enter")
        await settled(pilot)
        chosen = screen.find.listing.chosen
        assert chosen is not None
        assert screen.article.path == chosen.key.path
        text = screen.article.desk.article.text
        cursor = screen.article.pane.cursor
        assert text[cursor:].startswith("sounding")
        assert screen.article.pane.has_focus


async def test_down_typed_behind_the_words_chooses_among_what_they_find(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"sounding", "down", "down", "up", "enter")
        await settled(pilot)
        assert screen.find.listing.at == 1
        assert screen.find.listing.chosen is not None
        assert screen.article.path == screen.find.listing.chosen.key.path


async def test_down_typed_behind_words_that_nothing_has_says_so(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"zeppelin", "down")
        await settled(pilot)
        assert "nothing found" in screen.footer.message


async def test_escape_goes_back_to_the_same_place_in_the_list(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"sounding")
        await settled(pilot)
        await pilot.press("down")
        chosen = screen.find.listing.chosen
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert screen.find.listing.has_focus
        assert screen.find.box.value == "sounding"
        assert screen.find.listing.chosen == chosen


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 24)])
async def test_escape_once_too_often_types_no_command_into_the_box(root: Path, size: tuple[int, int]) -> None:
    async with opened(root, path="harbour.txt", size=size) as (screen, pilot):
        await pilot.press("escape", "c")
        await settled(pilot)
        assert screen.find.listing.has_focus
        assert screen.find.box.value == ""
        assert screen.footer.message == "this key is for the article: tab goes there"
        await pilot.press("tab")
        assert screen.article.pane.has_focus
        await pilot.press("escape", "slash", "c")
        await settled(pilot)
        assert screen.find.box.value == "c"


async def test_escape_in_the_list_empties_the_box_and_stays_in_the_list(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"sounding")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("escape", "escape", "h")
        await settled(pilot)
        assert screen.find.listing.has_focus
        assert screen.find.box.value == ""
        await pilot.press("escape")
        assert screen.article.pane.has_focus


async def test_an_annotation_is_found_and_opened_as_the_current_mark(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"speaker:Halloran")
        await settled(pilot)
        assert any("Ines Halloran" in line for item in listed(screen) for line in item)
        await pilot.press("enter")
        await settled(pilot)
        assert screen.article.current is not None
        assert screen.article.current.id == "claimmetre0000001"


async def test_n_goes_from_hit_to_hit(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"silt")
        await settled(pilot)
        await pilot.press(*["down"] * at_the_article(screen))
        await pilot.press("enter")
        await settled(pilot)
        text = screen.article.desk.article.text
        seen = {screen.article.pane.cursor}
        for _ in range(3):
            await pilot.press("n")
            await pilot.pause()
            seen.add(screen.article.pane.cursor)
        assert len(seen) > 1
        tagged = "The channel has lost a metre"  # a claim that was found for its tag
        assert all(text[at:].lower().startswith(("silt", tagged.lower())) for at in seen)


async def test_nothing_found_says_what_was_searched_and_how_to_widen_it(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"zeppelin")
        await settled(pilot)
        said = screen.find.teaching
        assert "zeppelin" in said
        assert "2 articles" in said
        assert "word*" in said
        await pilot.press("enter")
        await settled(pilot)
        assert "nothing found" in screen.footer.message


async def test_a_query_that_does_not_parse_says_where(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        screen.find.box.value = "nosuchfield:silt"
        await settled(pilot)
        assert "nosuchfield" in screen.find.teaching


async def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "postil.yaml").write_text("postil: 1\n")
    async with opened(tmp_path) as (screen, _):
        said = screen.find.teaching
        assert "No articles here yet" in said
        assert str(tmp_path) in said.replace("\n", "")


@pytest.mark.parametrize(("width", "said"), [(150, "Search: words, speaker:, tag:"), (120, "words, speaker:, tag:")])
async def test_the_empty_box_tells_of_fields(root: Path, width: int, said: str) -> None:
    async with opened(root, size=(width, 40)) as (screen, pilot):
        assert screen.find.box.placeholder == said
        assert said in "".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


async def test_a_slash_in_the_empty_box_is_no_search(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press("slash", "s")
        await settled(pilot)
        assert screen.find.box.value == "s"


async def test_a_question_mark_in_the_empty_box_shows_the_keys(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press("question_mark")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Help)
        await pilot.press("escape", "w", "h", "y", "question_mark")
        await settled(pilot)
        assert screen.is_current
        assert screen.find.box.value == "why?"


async def test_f_in_the_article_begins_another_search(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("f", *"silt")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("f", *"quay")
        await settled(pilot)
        assert screen.find.box.value == "quay"
        await pilot.press("escape", "escape", "escape", "f", "x")
        await settled(pilot)
        assert screen.find.box.value == "x"


async def test_the_list_stands_on_the_article_that_is_open(root: Path) -> None:
    async with opened(root):
        pass  # the library is known from now on
    async with opened(root, path="letter.txt") as (screen, _):
        assert screen.find.listing.chosen is not None
        assert screen.find.listing.chosen.key.path == "letter.txt"


def test_a_snippet_keeps_its_hit_in_the_first_two_lines() -> None:
    before = "word " * 30
    hit = Hit(
        path="a.txt", title="A", result="article", id=None, kind=None, score=1.0, snippet=f"{before}needle and more",
        marks=((150, 156),), block="body", line=1, start=0, end=1,
    )  # fmt: skip
    (item,) = items_of(grouped([hit]), "needle", UNICODE, lambda _: False)
    lines = item.draw(34)
    assert any("needle" in line.plain for line in lines[2:4])
    assert len(lines) == 4
