from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from textual.strip import Strip

from reader.widgets.pane import Mark
from reader.widgets.strips import GUTTER
from tests.reader.desk import LONG, PROSE, WIDTH, blocks_of, desk, rows, styles_over


async def test_a_text_stands_beside_its_gutter_and_no_wider_than_the_window() -> None:
    async with desk(PROSE) as (app, _):
        shown = rows(app)
        assert shown[0].rstrip() == " " * GUTTER + "One is here. Two is here."
        assert {len(row) for row in shown} == {WIDTH - 1}


async def test_a_wide_window_keeps_lines_readable() -> None:
    async with desk("word " * 100, size=(160, 10)) as (app, _):
        lengths = [len(row.strip()) for row in rows(app) if row.strip()]
        assert max(lengths) <= 76
        margin = len(rows(app)[0]) - len(rows(app)[0].lstrip())
        assert margin > 30


async def test_keys_move_by_sentence_and_paragraph() -> None:
    async with desk(PROSE) as (app, pilot):
        assert PROSE[slice(*app.pane.sentence)] == "One is here."
        await pilot.press("s")
        assert PROSE[slice(*app.pane.passage)] == "Two is here."
        await pilot.press("s", "s")
        assert PROSE[slice(*app.pane.sentence)] == "Four."
        await pilot.press("P")
        assert PROSE[app.pane.cursor :].startswith("Three")
        await pilot.press("P", "p", "S")
        assert PROSE[slice(*app.pane.sentence)] == "Two is here."
        assert app.pane.selection is None


async def test_while_selecting_every_motion_extends() -> None:
    async with desk(PROSE) as (app, pilot):
        await pilot.press("s", "v")
        assert app.pane.selection == (13, 14)
        await pilot.press("e")
        assert PROSE[slice(*app.pane.passage)] == "Two"
        await pilot.press("w")
        assert PROSE[slice(*app.pane.passage)] == "Two is"
        await pilot.press("l", "l")
        assert PROSE[slice(*app.pane.passage)] == "Two is h"
        await pilot.press("s")
        assert PROSE[slice(*app.pane.passage)] == "Two is here."
        await pilot.press("p")
        assert PROSE[slice(*app.pane.passage)].endswith("Four.")
        await pilot.press("o", "b", "b")
        assert PROSE[slice(*app.pane.passage)].startswith("is here. Two")
        await pilot.press("escape")
        assert app.pane.selection is None
        assert not app.pane.selecting
        assert app.said() == (None, None)


async def test_select_again_keeps_the_selection_and_the_next_motion_drops_it() -> None:
    async with desk(PROSE) as (app, pilot):
        await pilot.press("v", "e", "v")
        assert app.pane.selection == (0, 3)
        await pilot.press("l")
        assert app.pane.selection is None


async def test_lines_keep_their_column_and_the_window_follows() -> None:
    text = "a long enough first line\nx\nanother long line here\n" * 20
    async with desk(text) as (app, pilot):
        await pilot.press(*"lllll", "j", "j")
        assert app.pane.cursor == text.index("another") + 5
        await pilot.press(*"j" * 20)
        top = app.pane.scroll_offset.y
        assert 0 < app.pane.row_at(app.pane.cursor) - top < app.pane.size.height
        await pilot.press("G")
        assert app.pane.row_at(app.pane.cursor) >= 58
        assert app.pane.progress > 0.9
        await pilot.press("g")
        assert (app.pane.cursor, app.pane.scroll_offset.y) == (0, 0)


async def test_pages_scroll_by_a_window_and_come_back() -> None:
    async with desk(LONG) as (app, pilot):
        await pilot.press("space")
        assert app.pane.scroll_offset.y == app.pane.size.height - 2
        await pilot.press("d", "u")
        assert app.pane.scroll_offset.y == app.pane.size.height - 2
        app.pane.action_page(-1)
        await pilot.pause()
        assert app.pane.scroll_offset.y == 0


async def test_a_new_width_keeps_the_offset_at_the_top() -> None:
    async with desk(LONG, offset=LONG.index("Paragraph 50")) as (app, pilot):
        top = app.pane.top_offset
        assert LONG[top:].startswith("Paragraph 50")
        for width in (30, 100, 25, WIDTH):
            await pilot.resize_terminal(width, 12)
            await pilot.pause()
            start, end = app.pane.rows.row_span(app.pane.scroll_offset.y)
            assert start <= top < end
        assert app.pane.top_offset == top


async def test_what_is_found_in_a_fold_is_said_on_its_line_and_does_not_light_all_of_it() -> None:
    text = "Menu one\nMenu two\n\nBody here.\n\nMenu three\n"
    for width in (60, 40):
        async with desk(text, blocks_of(text), size=(width, 12)) as (app, _):
            app.pane.set_hits([(5, 8)])
            found = [one.text for one in app.pane.render_line(0) if one.style == app.pane._style(("pane--hit",))]
            assert found == [" found in it "]
            assert "2 lines" in rows(app)[0]
            assert "found in it" not in rows(app)[-1]
            app.pane.set_hits(())
            assert "found in it" not in rows(app)[0]


async def test_the_hit_one_has_gone_to_looks_the_same_from_its_first_letter_on() -> None:
    text = "Nothing here but a word."
    async with desk(text, blocks_of(text), size=(60, 12)) as (app, _):
        app.pane.focus()
        start = text.index("word")
        app.pane.move(start)
        app.pane.set_hits([(start, start + 4)], (start, start + 4))
        [hit] = [one for one in app.pane.render_line(0) if "word" in one.text]
        assert hit.text == "word"
        app.pane.move(start - 2)
        assert [one.text for one in app.pane.render_line(0) if one.style and one.style.reverse] == ["a"]


async def test_furniture_is_folded_and_shown_by_one_key() -> None:
    text = "Menu one\nMenu two\n\nBody here.\n\nMenu three\n"
    async with desk(text, blocks_of(text), size=(60, 12)) as (app, _):
        assert "⋯ 2 lines of page furniture (z shows them)" in rows(app)[0]
        app.pane.ascii = True
        assert "- 2 lines of page furniture (z shows them)" in rows(app)[0]
        assert text[slice(*app.pane.sentence)] == "Body here."
        app.pane.toggle_furniture()
        assert rows(app)[0].strip() == "Menu one"
        app.pane.go(text.index("two"))
        app.pane.toggle_furniture()
        assert text[slice(*app.pane.sentence)] == "Body here."
        app.pane.reveal(text.index("three"), text.index("three") + 5)
        assert not app.pane.folded
        assert text[app.pane.cursor :].startswith("three")


async def test_the_cursor_never_stays_behind_what_is_scrolled_away() -> None:
    async with desk(LONG) as (app, pilot):
        app.pane.scroll_to(y=100, animate=False)
        await pilot.pause()
        assert app.pane.row_at(app.pane.cursor) == 100
        app.pane.scroll_to(y=20, animate=False)
        await pilot.pause()
        assert app.pane.row_at(app.pane.cursor) == 31


async def test_reveal_brings_a_far_passage_into_view_with_its_surroundings() -> None:
    async with desk(LONG) as (app, pilot):
        start = LONG.index("Paragraph 150")
        app.pane.reveal(start, start + 13)
        await pilot.pause()
        window_row = app.pane.row_at(start) - app.pane.scroll_offset.y
        assert 2 <= window_row <= 8
        assert "Paragraph 150" in rows(app)[window_row]


async def test_marks_show_their_glyphs_bars_and_styles() -> None:
    text = "Here is a passage that is long enough to go over two rows, surely. And a second sentence stands here.\n"
    async with desk(text) as (app, _):
        claim = Mark("a", 0, text.index(" And"), "claim")
        note = Mark("b", text.index("go over"), text.index("second"), "note")
        app.pane.set_marks([claim])
        app.pane.add_mark(note)
        shown = rows(app)
        assert [row[:GUTTER] for row in shown[:4]] == [" ◆  ", " │✎ ", " ││ ", "    "]
        assert "bold" in styles_over(app, 0, text)[0]
        assert "underline" in styles_over(app, 0, text)[0]
        app.pane.current = "a"
        assert rows(app)[1][:GUTTER] == " ┃✎ "
        app.pane.ascii = True
        assert rows(app)[0][:GUTTER] == " # ["
        app.pane.remove_mark("a")
        assert rows(app)[0][:GUTTER] == "    "
        assert "bold" not in styles_over(app, 0, text)[-1]


async def test_more_marks_than_lanes_still_leave_the_text_where_it_is() -> None:
    async with desk("Some words here.") as (app, _):
        app.pane.set_marks([Mark(str(end), 0, end, "note") for end in range(1, 9)])
        assert rows(app)[0].rstrip() == "6✎✎▕Some▏words here."


async def test_adding_a_mark_draws_only_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(LONG) as (app, pilot):
        rows(app)
        drawn: list[int] = []
        draw = app.pane._draw

        def watched(number: int) -> Strip:
            drawn.append(number)
            return draw(number)

        monkeypatch.setattr(app.pane, "_draw", watched)
        app.pane.add_mark(Mark("x", LONG.index("Paragraph 2"), LONG.index("Paragraph 2") + 5, "note"))
        await pilot.pause()
        rows(app)
        assert drawn == [app.pane.row_at(LONG.index("Paragraph 2"))]


async def test_hits_and_the_current_mark_look_different_from_the_rest() -> None:
    async with desk("One is here. Two is here.") as (app, _):
        app.pane.set_marks([Mark("a", 0, 3, "highlight"), Mark("b", 13, 16, "highlight")])
        app.pane.set_hits([(4, 6)])
        app.pane.current = "a"
        app.pane.go(20)
        looks = [set(styles_over(app, 0, words)) for words in ("One", "is", "Two", "here.")]
        assert all(one and other and one != other for one, other in pairwise(looks))


async def test_a_long_slow_text_is_there_at_once_and_complete_soon() -> None:
    text = ("中文字句が続く文章です。" * 20 + "\n") * 700
    async with desk(text) as (app, pilot):
        assert rows(app)[0].strip()
        for _ in range(200):
            if app.pane._growing is None:
                break
            await pilot.pause(0.02)
        assert app.pane._growing is None
        assert app.pane.rows.complete
        assert app.pane.virtual_size.height == len(app.pane.rows)


async def test_the_end_of_a_long_text_can_be_gone_to_before_it_is_wrapped() -> None:
    text = "word " * 400_000
    async with desk(text) as (app, pilot):
        app.pane.action_edge("end")
        await pilot.pause()
        assert app.pane.progress > 0.9


@pytest.mark.parametrize("text", ["", "\n", "   ", "\u200b", "x"])
async def test_a_text_with_nothing_to_say_does_no_harm(text: str) -> None:
    async with desk(text) as (app, pilot):
        await pilot.press(*"jkwbelhvsSpPGgodu")
        assert 0 <= app.pane.cursor <= len(text)
        assert app.pane.passage[0] <= app.pane.passage[1] <= len(text)


async def test_what_acts_on_a_terminal_is_shown_not_sent() -> None:
    async with desk("a\x1b[31mred [@click=app.bell]bell[/]", size=(60, 5)) as (app, _):
        assert rows(app)[0].strip() == "a␛[31mred [@click=app.bell]bell[/]"
        assert [part.style.meta for part in app.pane.render_line(0) if part.style and part.style.meta] == []


@pytest.fixture
def seed(seeds: Path) -> str:
    return min(seeds.glob("*.txt")).read_text()


async def test_a_seed_reads_from_top_to_end_by_sentences(seed: str) -> None:
    async with desk(seed, size=(80, 24)) as (app, _):
        seen: list[int] = []
        for _ in range(100):
            seen.append(app.pane.cursor)
            app.pane.action_sentence(1)
            start = app.pane.sentence[0]
            assert 0 <= app.pane.row_at(start) - app.pane.scroll_offset.y < 24
        assert seen == sorted(seen)
        assert seen[-1] > len(seed) * 0.9


async def test_the_caret_shows_only_where_the_keys_go() -> None:
    async with desk("One is here.") as (app, pilot):
        assert "reverse" in styles_over(app, 0, "One")[0]
        app.set_focus(None)
        await pilot.pause()
        assert not [style for style in styles_over(app, 0, "One is here.") if "reverse" in style]


async def test_a_kind_nobody_knows_is_shown_all_the_same() -> None:
    async with desk("One is here.") as (app, _):
        app.pane.set_marks([Mark("a", 0, 3, "[/]"), Mark("b", 4, 900, "claim")])
        assert rows(app)[0].startswith(" ✎◆ One is here.")


@pytest.mark.parametrize("width", range(1, 9))
async def test_the_narrowest_window_is_still_drawn(width: int) -> None:
    async with desk(PROSE + "中文\t\u200b", size=(width, 3)) as (app, pilot):
        app.pane.set_marks([Mark("a", 0, 30, "claim")])
        await pilot.press("j", "G", "v", "S")
        assert all(len(row) <= width for row in rows(app))


async def test_moving_to_the_ends_of_a_row() -> None:
    async with desk("   One is here, and goes on over the edge.\nTwo.") as (app, _):
        app.pane.go(9)
        app.pane.action_row("start")
        assert app.pane.cursor == 3
        app.pane.action_select()
        app.pane.action_row("end")
        assert app.pane.text[slice(*app.pane.passage)] == "One is here, and goes on over"
