"""Panes made wider and narrower, by keys and by dragging their edges, and kept so."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from reader.config import State
from reader.screens.read import ReadScreen
from reader.widgets.margin import Margin
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def widths(screen: ReadScreen) -> tuple[int, int, int]:
    article = screen.article.outer_size.width - screen.article.margin.outer_size.width
    return screen.find.outer_size.width, article, screen.article.margin.outer_size.width


async def drag(pilot: Pilot[None], screen: ReadScreen, start: int, end: int) -> None:
    """From one column to another, over the whole screen, as a mouse does."""
    await pilot.mouse_down(screen, offset=(start, 12))
    for x in range(start, end, 5 if end > start else -5):
        await pilot.hover(screen, offset=(x, 14))
    await pilot.hover(screen, offset=(end, 14))
    await pilot.mouse_up(screen, offset=(end, 14))
    await pilot.pause()


async def test_keys_move_the_edges_and_what_they_did_is_remembered(root: Path) -> None:
    async with opened(root, path="harbour.txt", size=(140, 40)) as (screen, pilot):
        find, _, margin = widths(screen)
        await pilot.press("greater_than_sign", "3", "greater_than_sign", "ctrl+left")
        await pilot.pause()
        assert widths(screen) == (find + 8, 140 - find - 8 - margin - 2, margin + 2)
        await pilot.press("less_than_sign", "ctrl+right", "ctrl+right")
        await pilot.pause()
        assert widths(screen)[::2] == (find + 6, margin - 2)
    assert (State.load().find_width, State.load().margin_width) == (find + 6, margin - 2)
    async with opened(root, path="harbour.txt", size=(140, 40)) as (screen, _):
        assert widths(screen)[::2] == (find + 6, margin - 2)


@pytest.mark.parametrize("columns", [120, 130])
async def test_the_article_keeps_its_room_whatever_is_asked_for(root: Path, columns: int) -> None:
    async with opened(root, path="harbour.txt", size=(columns, 30)) as (screen, pilot):
        await pilot.press("9", "9", "greater_than_sign", "9", "9", "ctrl+left")
        await pilot.pause()
        find, article, margin = widths(screen)
        assert (find + article + margin, article) == (columns, 50)
        await pilot.press("9", "9", "less_than_sign", "9", "9", "ctrl+right")
        await pilot.pause()
        assert widths(screen) == (24, columns - 48, 24)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert screen.article.outer_size.width == 80
        await pilot.press("greater_than_sign")
        assert "from 100 columns on" in screen.footer.message


async def test_under_120_columns_the_list_comes_when_asked_for_and_goes_when_something_is_opened(root: Path) -> None:
    async with opened(root, path="harbour.txt", size=(100, 30)) as (screen, pilot):
        assert not screen.find.display
        assert screen.article.margin.display
        assert widths(screen)[1] >= 60
        await pilot.press("f")
        await pilot.pause()
        assert screen.find.display
        assert screen.article.outer_size.width == 100, "it comes over the article"
        await pilot.press("down", "enter")
        await settled(pilot)
        assert not screen.find.display


async def test_a_window_made_narrower_puts_the_list_away_and_made_wider_brings_it_back(root: Path) -> None:
    async with opened(root, path="harbour.txt", size=(120, 30)) as (screen, pilot):
        assert screen.find.display
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert not screen.find.display
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert screen.find.display
        await pilot.press("l")
        await pilot.resize_terminal(100, 30)
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert not screen.find.display


async def test_a_window_of_another_size_is_styled_once_and_its_cards_are_put_together_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def counted(of: type[Widget], name: str) -> None:
        known = getattr(of, name)

        def call(*arguments: object, **options: object) -> object:
            done.append(name)
            return known(*arguments, **options)

        monkeypatch.setattr(of, name, call)

    counted(Margin, "spots")
    counted(ReadScreen, "update_node_styles")
    async with opened(root, path="harbour.txt", size=(130, 40)) as (_, pilot):
        for width in (110, 130):
            done.clear()
            await pilot.resize_terminal(width, 40)
            await settled(pilot)
            assert sorted(done) == ["spots", "update_node_styles"]


async def test_what_asked_to_be_drawn_is_drawn_with_the_rest(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, _):
        screen.article.pane.refresh()
        screen.footer.refresh()
        screen._compositor_refresh()
        assert not screen.article.pane._repaint_required
        assert not screen.footer._repaint_required
        assert not screen._compositor._dirty_regions


async def test_edges_can_be_dragged(root: Path) -> None:
    async with opened(root, path="harbour.txt", size=(140, 40)) as (screen, pilot):
        find, _, margin = widths(screen)
        await drag(pilot, screen, find - 1, find + 9)
        assert widths(screen)[::2] == (find + 10, margin)
        await drag(pilot, screen, 140 - margin, 140 - margin + 5)
        assert widths(screen)[::2] == (find + 10, margin - 5)
        assert screen.article.pane.selection is None
        screen.post_message(
            events.MouseMove(screen, 60, 14, 1, 0, 1, shift=False, meta=False, ctrl=False, screen_x=60, screen_y=14)
        )
        await pilot.pause()
        assert widths(screen)[::2] == (find + 10, margin - 5), "it was let go of"
