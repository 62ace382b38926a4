"""The passage of a mark, adjusted by keys: wider, narrower, at either end, or left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations import store
from reader.screens.ask import Ask
from tests.reader.shelf import make_library, opened, settled

METRE, TIDE = "claimmetre0000001", "notetide000000001"
WORDS = "The channel has lost a metre since January"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def quote(root: Path, annotation_id: str) -> str:
    found = store.load(store.sidecar_path(root / "harbour.txt")).sidecar.get(annotation_id)
    assert found is not None
    return found.quote.exact


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


ADJUSTED = [
    ("b", "The channel has lost a metre since"),
    ("3b", "The channel has lost a"),
    ("bbw", "The channel has lost a metre since"),
    ("w", f'{WORDS}," said'),
    ("ow", "channel has lost a metre since January"),
    ("o2we", "lost a metre since January"),
    ("o2wbo2b", "channel has lost a metre"),
    ("hh", "The channel has lost a metre since Janua"),
    ("oh", f'"{WORDS}'),
]


async def test_motions_move_an_edge_and_enter_stores_it(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "right_square_bracket")
        for keys, words in ADJUSTED:
            await pilot.press("x")
            assert screen.article.situation() == "adjusting"
            assert screen.footer.commands[0].id == "mark.adjust-store"
            await press(pilot, *keys, "enter")
            assert quote(root, METRE) == words, keys
            assert screen.article.pane.selection is None
            assert screen.article.pane.current == METRE
            await press(pilot, "u")
            assert quote(root, METRE) == WORDS


async def test_esc_leaves_it_as_it_was(root: Path) -> None:
    before = store.sidecar_path(root / "harbour.txt").read_bytes()
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "right_square_bracket", "x", "b", "escape")
        assert screen.footer.message == "the passage is as it was"
        assert screen.article.situation() == "mark"
        await press(pilot, "x", "enter")
        assert screen.footer.message == "the passage is as it was"
    assert store.sidecar_path(root / "harbour.txt").read_bytes() == before


async def test_meanwhile_nothing_else_is_marked(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "right_square_bracket", "x", "c")
        assert "being adjusted" in screen.footer.message
        assert screen.article.form is None


async def test_another_authors_mark_asks_first(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "2", "right_square_bracket", "x")
        assert isinstance(screen.app.screen, Ask)
        await press(pilot, "escape")
        assert screen.article.situation() == "mark"
        await press(pilot, "x", "a", *"bbb", "enter")
        assert quote(root, TIDE) == "We take the tide or we"


async def test_without_a_mark_it_says_so(root: Path) -> None:
    async with opened(root, path="letter.txt") as (screen, pilot):
        await press(pilot, "x")
        assert "no mark under the cursor" in screen.footer.message
