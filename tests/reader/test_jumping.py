from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.article import Block, Label
from reader.layout.labels import LETTERS, labels
from reader.widgets.pane import Mark
from reader.widgets.strips import GUTTER
from tests.reader.desk import LONG, PROSE, desk, rows
from tests.reader.shelf import make_library, opened, settled


@given(st.integers(0, 800))
def test_labels_are_different_and_none_begins_another(count: int) -> None:
    found = labels(count)
    assert len(found) == min(count, len(LETTERS) ** 2)
    firsts = {label for label in found if len(label) == 1}
    assert len(set(found)) == len(found)
    assert not [label for label in found if len(label) == 2 and label[0] in firsts]
    assert found == sorted(found, key=len)


async def test_letters_stand_on_sentences_and_typing_one_goes_there() -> None:
    async with desk(PROSE) as (app, pilot):
        before = rows(app)
        app.pane.action_jump()
        assert rows(app)[0][GUTTER:].startswith("fne is here. jwo is here.")
        assert app.pane.jumping
        await pilot.press("j")
        assert PROSE[app.pane.cursor :].startswith("Two is here.")
        assert not app.pane.jumping
        assert rows(app) == before


async def test_marks_have_letters_too_and_a_selection_goes_along() -> None:
    async with desk(PROSE) as (app, pilot):
        app.pane.set_marks([Mark("a", PROSE.index("goes"), PROSE.index("goes") + 9, "note")])
        await pilot.press("v")
        app.pane.action_jump()
        assert "dhree koes on" in "\n".join(rows(app))
        await pilot.press("k")
        assert app.pane.selection == (0, PROSE.index("goes") + 1)


async def test_escape_and_other_keys_leave() -> None:
    async with desk(PROSE) as (app, pilot):
        for key in ("escape", "1", "z", "down"):
            app.pane.go(0)
            app.pane.action_jump()
            await pilot.press(key)
            assert not app.pane.jumping
            assert (app.pane.cursor == 0) == (key != "down")
        app.pane.action_jump()
        place = app.pane._labels["d"]
        await pilot.press("d")
        assert not app.pane.jumping
        assert app.pane.cursor == place, "d was a letter, not half a page"


async def test_with_many_places_two_letters_are_typed() -> None:
    text = "A b. " * 200
    async with desk(text, size=(60, 12)) as (app, pilot):
        app.pane.action_jump()
        two = next(label for label in app.pane._labels if len(label) == 2)
        place = app.pane._labels[two]
        await pilot.press(two[0])
        assert app.pane.jumping
        assert set(app.pane._labels) == {label for label in app.pane._labels if label[0] == two[0]}
        assert text[place] not in rows(app)[app.pane.row_at(place)][GUTTER + app.pane.rows.cell_of(place)]
        await pilot.press(two[1])
        assert app.pane.cursor == place


async def test_over_wide_characters_the_rest_of_the_row_stays_where_it_is() -> None:
    text = "中文。字句。End"
    async with desk(text, size=(40, 5)) as (app, _):
        app.pane.action_jump()
        assert rows(app)[0][GUTTER:].rstrip() == "f 文。j 句。dnd"


async def test_scrolling_leaves_and_furniture_has_no_letters() -> None:
    text = f"Menu one\n\n{LONG}"
    async with desk(text, (Block(0, 8, Label.UI), Block(10, len(text), Label.BODY))) as (app, pilot):
        app.pane.action_jump()
        assert "⋯ 1 line" in rows(app)[0]
        app.pane.scroll_to(y=20, animate=False)
        await pilot.pause()
        assert not app.pane.jumping


async def test_there_may_be_nothing_to_jump_to() -> None:
    async with desk("   ") as (app, _):
        app.pane.action_jump()
        assert not app.pane.jumping


async def test_in_the_reader_letters_are_no_commands_and_digits_no_counts(tmp_path: Path) -> None:
    async with opened(make_library(tmp_path / "port"), path="harbour.txt") as (screen, pilot):
        pane = screen.article.pane
        await pilot.press("J")
        await settled(pilot)
        assert "esc leaves" in screen.footer.message
        place = pane._labels["j"]
        await pilot.press("j")
        await settled(pilot)
        assert (pane.cursor, pane.jumping, screen.footer.message) == (place, False, "")
        for key in ("3", "m"):
            await pilot.press("J", key)
            await settled(pilot)
            assert f"{key} is on no place" in screen.footer.message
            assert pane.folded
        await pilot.press("v", "J", "d")
        await settled(pilot)
        assert pane.selection is not None
