"""What the line at the bottom says in terminals of different widths."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reader.shelf import make_library, opened, settled

TEXT = ("c claim", "h highlight", "? keys")
MARK = ("enter edit", "r reply", "? keys")


@pytest.mark.parametrize(
    ("width", "text", "mark"),
    [
        (
            120,
            (*TEXT, '" quote', "v select", "] next", "/ find", "f search"),
            (*MARK, "d delete", "R relate", "c claim"),
        ),
        (80, (*TEXT, '" quote', "v select", "] next"), (*MARK, "d delete", "R relate", "c claim")),
        (60, (*TEXT, '" quote'), (*MARK, "d delete")),
    ],
)
async def test_the_point_of_the_program_is_in_every_footer(
    width: int, text: tuple[str, ...], mark: tuple[str, ...], tmp_path: Path
) -> None:
    async with opened(make_library(tmp_path / "port"), path="harbour.txt", size=(width, 24)) as (screen, pilot):
        drawn = screen.footer.render().plain
        assert [one for one in text if one not in drawn] == []
        await pilot.press("right_square_bracket")
        await settled(pilot)
        drawn = screen.footer.render().plain
        assert screen.article.situation() == "mark"
        assert [one for one in mark if one not in drawn] == [], drawn


async def test_a_message_is_not_cut_for_how_far_one_is(tmp_path: Path) -> None:
    async with opened(make_library(tmp_path / "port"), path="harbour.txt", size=(60, 24)) as (screen, pilot):
        await pilot.press("n")
        drawn = screen.footer.render().plain
        assert drawn.rstrip() == screen.footer.message == "no hits in this article: / finds, f searches the library"


@pytest.mark.parametrize(("path", "begin"), [("", "postil · port"), ("harbour.txt", "port  Harbour")])
async def test_names_are_not_cut_where_there_is_room(path: str, begin: str, tmp_path: Path) -> None:
    async with opened(make_library(tmp_path / "port"), path=path, size=(48, 24)) as (screen, _):
        assert screen.titlebar.render().plain.startswith(begin)


@pytest.mark.parametrize("width", [120, 80, 60])
async def test_help_is_in_every_footer_and_never_cut(width: int, tmp_path: Path) -> None:
    async with opened(make_library(tmp_path / "port"), size=(width, 24)) as (screen, pilot):
        for keys, named in (("", "f1 keys"), ("pilots", "f1 keys"), (("enter", "escape"), "? keys")):
            await pilot.press(*keys)
            await settled(pilot)
            assert named in screen.footer.render().plain[: screen.footer.content_size.width]


async def test_a_letter_that_was_meant_for_the_box_does_not_quit(tmp_path: Path) -> None:
    async with opened(make_library(tmp_path / "port"), path="harbour.txt") as (screen, pilot):
        await pilot.press("escape", "q")
        await settled(pilot)
        assert screen.find.listing.has_focus
        assert screen.is_running
        assert "ctrl+q quits" in screen.footer.message
        await pilot.press("slash", "q")
        await settled(pilot)
        assert screen.find.box.value == "q"
