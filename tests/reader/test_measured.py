from __future__ import annotations

from pathlib import Path

from index.article import Block, Label
from reader.config import State, load_settings
from reader.widgets.page import MEASURE
from tests.reader.desk import LONG, desk, rows
from tests.reader.shelf import make_library, opened, settled


def widest(shown: list[str]) -> int:
    return max(len(row.strip()) for row in shown)


async def test_the_measure_is_comfortable_and_can_be_set_by_steps() -> None:
    text = "word " * 2000
    async with desk(text, size=(160, 12)) as (app, _):
        assert app.pane.measure == MEASURE
        assert MEASURE - 5 < widest(rows(app)) <= MEASURE
        app.pane.action_measure(-2)
        assert MEASURE - 13 < widest(rows(app)) <= MEASURE - 8
        app.pane.action_measure(5)
        assert widest(rows(app)) > MEASURE
        app.pane.action_measure(100)
        assert app.pane.measure == 120
        app.pane.action_measure(-100)
        assert app.pane.measure == 32


async def test_in_a_narrow_window_the_first_step_is_seen() -> None:
    async with desk("word " * 2000, size=(52, 12)) as (app, _):
        app.pane.action_measure(1)
        assert app.pane.measure == MEASURE, "there is no room for more"
        app.pane.action_measure(-1)
        assert app.pane.measure == 44


async def test_a_new_measure_keeps_the_top_and_the_cursor_in_sight() -> None:
    async with desk(LONG.replace("\n\n", " "), size=(120, 12), offset=4000) as (app, pilot):
        app.pane.go(app.pane.rows.row_span(app.pane.scroll_offset.y + 11)[0])
        top = app.pane.top_offset
        app.pane.action_measure(-6)
        await pilot.pause()
        row = app.pane.row_at(app.pane.cursor) - app.pane.scroll_offset.y
        assert 0 <= row < 12
        app.pane.action_measure(6)
        app.pane.go(top)
        app.pane.scroll_to_row(app.pane.row_at(top))
        app.pane.action_measure(-2)
        await pilot.pause()
        start, end = app.pane.rows.row_span(app.pane.scroll_offset.y)
        assert start <= top < end


async def test_the_paragraph_is_said_and_counted_without_furniture() -> None:
    text = "Menu\n\nOne here.\n\nTwo here.\n\nThree here."
    starts = [(0, 4, Label.UI), (6, 15, Label.BODY), (17, 26, Label.BODY), (28, 39, Label.BODY)]
    async with desk(text, tuple(Block(*one) for one in starts)) as (app, _):
        assert app.pane.whereabouts.endswith("¶ 1/3")
        app.pane.go(20)
        assert app.pane.whereabouts.endswith("¶ 2/3")
        app.pane.ascii = True
        app.pane.go(30)
        assert app.pane.whereabouts == "100%  par. 3/3"


async def test_the_measure_is_set_by_keys_and_is_the_same_next_time(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    async with opened(root, path="harbour.txt", size=(160, 40)) as (screen, pilot):
        before = screen.article.pane.measure
        await pilot.press("minus", "minus")
        await settled(pilot)
        assert screen.article.pane.measure == before - 8
        assert f"{before - 8} columns" in screen.footer.message
        await pilot.press("s")
        await settled(pilot)
        assert "¶" in screen.footer.progress
        assert screen._state.measure == before - 8


async def test_measure_and_theme_are_written_down_when_they_change(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    async with opened(root, path="harbour.txt", size=(160, 40)) as (screen, pilot):
        await pilot.press("minus", "minus", "minus", "t")
        await settled(pilot)
        state = State.load()
        assert state.measure == screen.article.pane.measure == MEASURE // 4 * 4 - 12
        assert state.theme == pilot.app.theme
        await pilot.press("plus", "q")
        await settled(pilot)
    assert State.load().measure == MEASURE // 4 * 4 - 8


def test_the_measure_is_kept_with_the_state(tmp_path: Path) -> None:
    state = State(measure=60)
    state.save(tmp_path / "state.json")
    assert State.load(tmp_path / "state.json").measure == 60
    (tmp_path / "state.json").write_text('{"measure": "wide"}')
    assert State.load(tmp_path / "state.json").measure == 0


def test_plain_widths_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('widths = "plain"\n')
    assert load_settings(tmp_path / "config.toml").widths == "plain"


async def test_with_plain_widths_emoji_are_drawn_as_their_first_character() -> None:
    async with desk("a ❤\ufe0f b") as (app, _):
        app.pane.simple = True
        assert rows(app)[0].strip() == "a ❤ b"
