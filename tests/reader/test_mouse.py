"""The mouse: whatever a key does that is on the screen can be clicked on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations import store
from reader.screens.ask import Ask
from reader.screens.help import Help
from reader.screens.read import ReadScreen
from tests.reader.shelf import make_library, opened, settled
from tests.reader.terminal import COMMAND, Terminal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


async def click_on(pilot: Pilot[None], words: str, *, row: int | None = None) -> None:
    """On the first place where the screen shows these words."""
    lines = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
    at = row % len(lines) if row is not None else next(at for at, line in enumerate(lines) if words in line)
    await pilot.click(offset=(lines[at].index(words), at))
    await settled(pilot)


async def test_keys_in_the_footer_do_what_they_say(root: Path) -> None:
    async with opened(root, path="letter.txt") as (screen, pilot):
        await click_on(pilot, "highlight", row=-1)
        assert screen.article.current
        await pilot.press("s")
        await click_on(pilot, "select", row=-1)
        assert screen.article.pane.selection is not None
        await pilot.press("escape")
        await click_on(pilot, "keys", row=-1)
        assert isinstance(pilot.app.screen, Help)


async def test_an_article_of_the_list_is_opened_and_a_card_goes_to_its_mark(root: Path) -> None:
    async with opened(root, path="letter.txt") as (screen, pilot):
        await click_on(pilot, "Harbour Pilots")
        assert screen.article.path == "harbour.txt"
        await click_on(pilot, "Tomas Reyl  ")
        assert screen.article.pane.current == "claimnosilt000001"


async def test_the_title_leads_to_the_outline_and_the_library_to_the_search(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await click_on(pilot, "port ", row=0)
        assert screen.find.box.has_focus
        await pilot.press("escape")
        await click_on(pilot, "Harbour Pilots", row=0)
        assert not isinstance(pilot.app.screen, ReadScreen)


async def test_a_question_is_answered_with_a_click(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket", "right_square_bracket", "d")
        assert isinstance(pilot.app.screen, Ask)
        await click_on(pilot, "leave it")
        assert not isinstance(pilot.app.screen, Ask)
        await pilot.press("d")
        await click_on(pilot, "delete it all the same")
        assert screen.article.mark_of("notetide000000001") is None


def test_in_a_real_terminal_a_click_on_a_key_of_the_footer_does_it(root: Path) -> None:
    with Terminal([*COMMAND, "letter.txt"], root) as terminal:
        terminal.until(lambda: "h highlight" in terminal.text.splitlines()[-1])
        column = terminal.text.splitlines()[-1].index("h highlight") + 3
        terminal.write(f"\x1b[<0;{column};40M\x1b[<0;{column};40m")
        terminal.until_shown("highlighted: ")
    assert len(store.load(store.sidecar_path(root / "letter.txt")).sidecar.annotations) == 1
