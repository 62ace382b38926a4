"""The card of keys: it shows what works where one is, and turns to all keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from reader.screens.help import Help
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "lib")


def card(pilot: Pilot[None]) -> str:
    screen = pilot.app.screen
    assert isinstance(screen, Help)
    return "\n".join(str(Content(str(one.content))) for one in screen.query(Static))


@pytest.mark.parametrize(
    ("keys", "title", "shown", "hidden"),
    [
        ("question_mark", "Keys in the article", "select the sentence;", "edit the mark under"),
        ("right_square_bracket question_mark", "Keys on a mark", "edit the mark under", "store the passage"),
        ("v question_mark", "Keys with words selected", "highlight the selection", "edit the mark under"),
        ("f f1", "Keys in the search box", "result before", "mark the chosen article done"),
        ("escape f1", "Keys in the list", "mark the chosen article done", "keep nothing of it"),
        ("slash f1", "Keys finding in the article", "next place in the article", "select the sentence;"),
        ("c f1", "Keys in a form", "keep nothing of it", "select the sentence;"),
        ("right_square_bracket tab question_mark", "Keys in the margin", "card before", "result before"),
    ],
)
async def test_it_shows_what_works_here(root: Path, keys: str, title: str, shown: str, hidden: str) -> None:
    async with opened(root, path="harbour.txt", size=(130, 40)) as (_, pilot):
        for key in keys.split():
            await pilot.press(key)
            await settled(pilot)
        said = card(pilot)
        assert title in said
        assert "esc close" in said
        assert shown in said
        assert hidden not in said


async def test_asked_again_it_shows_all_keys_and_escape_closes_it(root: Path) -> None:
    async with opened(root, path="harbour.txt", size=(80, 24)) as (screen, pilot):
        await pilot.press("question_mark", "question_mark")
        await settled(pilot)
        assert "All keys" in card(pilot)
        assert "store the passage" in card(pilot)
        await pilot.press("question_mark")
        assert "Keys in the article" in card(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert screen.is_current
