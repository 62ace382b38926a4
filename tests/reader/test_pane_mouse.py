from __future__ import annotations

from textual.pilot import Pilot

from reader.layout.cells import clusters
from reader.widgets.pane import ArticlePane, Mark
from reader.widgets.strips import GUTTER
from tests.reader.desk import LONG, PROSE, WIDTH, desk

FAMILY = "👩\u200d👩\u200d👧"

HARD = {
    "ascii": "plain words in a row",
    "no-break": "with\xa0the\xa0sanctions of it",
    "cjk": "中文字と한글 mixed 。」in",
    "family": f"a{FAMILY}b{FAMILY}{FAMILY} cd",
    "selector": "I ❤\ufe0f you ☎\ufe0f call",
    "skin": "ok 👍🏽 and 👍🏽👍🏽 done",
    "flags": "🇯🇵🇰🇷 and 🇨🇳 flags",
    "combining": "e\u0301a\u0308 cafe\u0301s n\u0303o",
    "tab": "a\tbc\tdef",
    "zero-width": "no\u200bspace \u200bhere",
    "form feed": "before\x0cafter it",
    "separator": "one\u2028two\x85three",
    "hebrew": "שלום hello עולם",
    "soft hyphen": "hy\xadphen\xadated",
}


async def test_a_drag_selects_the_graphemes_under_its_cells_and_tells_it_once() -> None:
    text = f"e\u0301a 中文 {FAMILY}b\nnext line"
    async with desk(text, size=(70, 8)) as (app, pilot):
        await drag(pilot, 0, 4)
        assert app.pane.selection == (0, 5)
        assert app.said() == (0, 5)
        heard = len(app.heard)
        await drag(pilot, 9, 4)
        assert app.pane.selection == (4, text.index("b"))
        assert app.said() == (4, text.index("b"))
        assert len([one for one in app.heard[heard:] if isinstance(one, ArticlePane.Selected)]) == 1


async def drag(pilot: Pilot[None], first: int, last: int) -> None:
    await pilot.mouse_down(ArticlePane, offset=(GUTTER + first, 0))
    await pilot.hover(ArticlePane, offset=(GUTTER + last, 0))
    await pilot.mouse_up(ArticlePane, offset=(GUTTER + last, 0))


async def test_characters_by_key_are_graphemes() -> None:
    async with desk("", size=(70, 8)) as (app, _):
        for text in HARD.values():
            edges = [cluster.start for cluster in clusters(text, 0, len(text))]
            app.pane.show(text, ())
            app.pane.go(0)
            for edge in edges[1:]:
                app.pane.action_character(1)
                assert app.pane.cursor == edge, repr(text)
            app.pane.action_select()
            app.pane.action_character(-2)
            assert app.pane.selection == (edges[-3], len(text))
            app.pane.action_cancel()


async def test_a_click_moves_the_cursor_and_picks_the_innermost_mark_then_the_next() -> None:
    text = "One is here. Two is here.\n\nThree is here."
    async with desk(text) as (app, pilot):
        app.pane.set_marks([Mark("outer", 0, 25, "claim"), Mark("inner", 13, 16, "note")])
        await pilot.click(ArticlePane, offset=(GUTTER + 14, 0))
        assert app.pane.cursor == 14
        assert app.pane.selection is None
        assert app.picked() == ["inner"]
        app.pane.current = "inner"
        await pilot.click(ArticlePane, offset=(GUTTER + 15, 0))
        assert app.picked()[-1] == "outer"
        heard = len(app.picked())
        await pilot.click(ArticlePane, offset=(GUTTER + 3, 2))
        assert len(app.picked()) == heard
        await pilot.click(ArticlePane, offset=(1, 0))
        assert len(app.picked()) == heard + 1


async def test_double_click_takes_the_word_and_triple_click_the_paragraph() -> None:
    async with desk(PROSE) as (app, pilot):
        await pilot.double_click(ArticlePane, offset=(GUTTER + 14, 0))
        assert PROSE[slice(*app.pane.passage)] == "Two"
        await pilot.triple_click(ArticlePane, offset=(GUTTER + 8, 3))
        assert PROSE[slice(*app.pane.passage)] == "Three goes on and on over the edge of a row. Four."
        await pilot.press("v", "s")
        assert PROSE[slice(*app.pane.passage)].endswith("Line 0 stands alone.")


async def test_dragging_below_the_window_scrolls_and_selects_while_the_pointer_rests() -> None:
    async with desk(LONG, size=(WIDTH, 16)) as (app, pilot):
        await pilot.mouse_down(ArticlePane, offset=(GUTTER + 2, 1))
        await pilot.hover(None, offset=(GUTTER + 5, 14))
        await pilot.pause(0.3)
        selected = app.pane.selection
        assert selected is not None
        assert app.pane.scroll_offset.y > 3
        await pilot.pause(0.2)
        assert app.pane.selection is not None
        assert app.pane.selection[1] > selected[1]
        await pilot.mouse_up(None, offset=(GUTTER + 5, 14))
        top = app.pane.scroll_offset.y
        await pilot.pause(0.2)
        assert app.pane.scroll_offset.y == top
        assert app.pane._scrolling is None
