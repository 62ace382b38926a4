"""Correcting what is known of an article: what is wrong says why, a line is chosen a label, all of it can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from annotations import store
from annotations.model import Record
from index.article import Label, label_at
from index.corrections import line_hash
from reader.screens.correct import Correct
from reader.widgets.choice import Choice
from tests.reader.shelf import HARBOUR, make_library, opened, settled

WINTER = HARBOUR.index("Another Winter")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port", marks=False)


def saved(root: Path) -> Record:
    return store.load(store.sidecar_path(root / "harbour.txt")).sidecar.article


async def go_to_the_line(pilot: Pilot[None]) -> None:
    """From the first field on."""
    screen = pilot.app.screen
    assert isinstance(screen, Correct)
    while not isinstance(screen.focused, Choice):
        await pilot.press("down")


async def test_a_wrong_date_says_why_beside_it_and_nothing_is_saved(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("E", "tab", *"2031-13", "enter")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, Correct)
        said = [one for one in screen.query(".wrong") if one.display]
        assert len(said) == 1
        assert "is no date; write 2018-04-30" in str(said[0].render())
        assert isinstance(screen.focused, Input)
        assert screen.focused.name == "published"
        await pilot.press("backspace", "2")
        await settled(pilot)
        assert not [one for one in screen.query(".wrong") if one.display], "it is right now, and said so at once"
        await pilot.press("enter")
        await settled(pilot)
    assert saved(root) == {"published": "2031-12"}


async def test_a_line_is_chosen_a_label_which_u_takes_back(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (reading, pilot):
        reading.article.pane.go(WINTER)
        await pilot.press("E")
        await go_to_the_line(pilot)
        choice = pilot.app.screen.focused
        assert isinstance(choice, Choice)
        assert choice.value == "automatic"
        await pilot.press("c")
        assert choice.value == "caption"
        await pilot.press("enter")
        await settled(pilot)
        assert saved(root) == {"lines": [{"line": line_hash("Another Winter"), "label": "caption"}]}
        assert label_at(reading.article.desk.article, WINTER) is Label.CAPTION
        assert "pane--caption" in str(reading.article.pane._label_layers(reading.article.pane.rows.at(WINTER)))
        await pilot.press("u")
        await settled(pilot)
        assert label_at(reading.article.desk.article, WINTER) is not Label.CAPTION
        assert "pane--caption" not in str(reading.article.pane._label_layers(reading.article.pane.rows.at(WINTER)))
    assert saved(root) == {}


async def test_automatic_takes_a_label_back(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (reading, pilot):
        reading.article.pane.go(WINTER)
        for first in ("automatic", "ui"):
            await pilot.press("E")
            await go_to_the_line(pilot)
            choice = pilot.app.screen.focused
            assert isinstance(choice, Choice)
            assert choice.value == first
            await pilot.press("u" if first == "automatic" else "a", "enter")
            await settled(pilot)
    assert saved(root) == {}


async def test_value_and_label_together_are_one_step_to_undo(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (reading, pilot):
        reading.article.pane.go(WINTER)
        await pilot.press("E", "X")
        await go_to_the_line(pilot)
        await pilot.press("c", "enter")
        await settled(pilot)
        assert set(saved(root)) == {"title", "lines"}
        await pilot.press("u")
        await settled(pilot)
        assert saved(root) == {}
        assert "X" not in reading.article.desk.article.title
        assert "X" not in reading.titlebar.article
