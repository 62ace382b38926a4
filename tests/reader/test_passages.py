from __future__ import annotations

import pytest
from textual.strip import Strip

from reader.layout import Layout, Mark
from reader.widgets.passages import ASCII_SIGNS, SIGNS, edges, mark_layers
from reader.widgets.rail import Places
from reader.widgets.strips import GUTTER
from tests.reader.desk import LONG, Desk, desk, rows, styles_over

TEXT = "One two three four five six seven."


def mark(words: str, kind: str = "claim", status: str = "", name: str = "") -> Mark:
    start = TEXT.index(words)
    return Mark(name or words, start, start + len(words), kind, status)


def edged(marks: list[Mark], current: str | None = None, text: str = TEXT, width: int = 80) -> str:
    row = Layout(text, width=width).row(0)
    found = edges(row, marks, current, SIGNS)
    return "".join(found.signs.get(at, row.drawn[index]) for index, at in enumerate(row.edges[:-1]))


def test_passages_that_overlap_have_edges_in_the_blanks_around_them() -> None:
    assert edged([mark("two three four"), mark("four five")]) == "One▕two three▕four▏five▏six seven."
    assert edged([mark("two three"), mark("five")]) == TEXT
    assert edged([mark("two three"), mark("three"), mark("four", name="x")]) == "One▕two▕three▏four five six seven."
    assert edged([mark("two"), mark("three")], "two") == "One▕two▏three four five six seven."


def test_where_one_ends_and_another_begins_the_edges_meet() -> None:
    assert edged([mark("One two"), mark("two"), mark("three four"), mark("four")])[7] == "│"


def test_beside_a_quotation_mark_no_letter_is_hidden() -> None:
    text = 'He said "go" now.'
    marks = [Mark("a", 9, 11, "claim"), Mark("b", 8, 12, "note")]
    assert edged(marks, text=text) == 'He said▕"go"▏now.'
    row = Layout(text, width=80).row(0)
    assert {layer.start for layer in edges(row, marks, None, SIGNS).layers} == {7, 8, 11, 12}
    alone = edges(row, [marks[0]], "a", SIGNS)
    assert (alone.signs, list(alone.layers)) == ({}, []), "the quotation marks are not of the passage"


def test_no_break_spaces_hold_edges_as_blanks_do() -> None:
    text = "In\xa0April\xa0they met."
    marks = [Mark("a", 3, 8, "claim"), Mark("b", 3, 13, "note")]
    assert edged(marks, text=text) == "In▕April▏they▏met."


def test_an_edge_before_the_first_cell_of_a_row_is_told() -> None:
    row = Layout(TEXT, width=80).row(0)
    assert edges(row, [mark("One two"), mark("two")], None, ASCII_SIGNS).first == "pane--edge-claim"
    assert edges(row, [mark("two")], "two", ASCII_SIGNS).signs == {3: "[", 7: "]"}


def test_overlaps_are_darker_the_deeper_and_what_is_done_looks_done() -> None:
    marks = [mark("two three four"), mark("three four five", "note"), mark("four", "question")]
    names = [(layer.start, layer.end, layer.name) for layer in mark_layers(marks, None) if "overlap" in layer.name]
    assert names == [(8, 14, "pane--overlap"), (14, 18, "pane--overlaps")]
    styles = {layer.name for layer in mark_layers([mark("two", status="settled"), mark("six", status="dropped")], None)}
    assert styles == {"pane--claim", "pane--settled", "pane--void"}


async def test_a_claim_s_status_stands_below_its_kind_or_beside_it() -> None:
    text = "A claim that is long enough to go over two rows, surely. And a short one."
    async with desk(text) as (app, _):
        short = text.index("short")
        app.pane.set_marks([Mark("a", 0, 56, "claim", "settled"), Mark("b", short, short + 5, "claim", "checking")])
        assert [row[:GUTTER] for row in rows(app)[:2]] == [" ◆  ", " ●◆ "]
        app.pane.remove_mark("a")
        assert rows(app)[1][:GUTTER] == " ◆◔ "
        app.pane.add_mark(Mark("b", short, short + 5, "claim", "new"))
        assert rows(app)[1][:GUTTER] == " ◆  "


async def test_the_current_mark_has_a_lane_among_many() -> None:
    async with desk(TEXT) as (app, _):
        app.pane.set_marks([Mark(str(end), 0, end, "note") for end in range(1, 9)])
        app.pane.add_mark(Mark("q", 20, 25, "question"))
        assert "?" not in rows(app)[0][:GUTTER]
        app.pane.current = "q"
        assert "?" in rows(app)[0][1:3]


async def test_marks_that_overlap_a_new_one_get_their_edges() -> None:
    async with desk(TEXT) as (app, _):
        app.pane.add_mark(mark("two three four"))
        assert rows(app)[0].rstrip() == " ◆  One two three four five six seven."
        app.pane.add_mark(mark("four five"))
        assert rows(app)[0].rstrip() == " ◆◆ One▕two three▕four▏five▏six seven."
        app.pane.remove_mark("four five")
        assert rows(app)[0].rstrip() == " ◆  One two three four five six seven."


async def test_a_new_mark_moves_the_bars_of_those_beside_it_on_all_their_rows() -> None:
    text = "Here is a passage that is long enough to go over three rows, surely, and another that is not."
    async with desk(text) as (app, _):
        app.pane.add_mark(Mark("long", text.index("passage"), len(text), "note"))
        assert [row[:3] for row in rows(app)[:3]] == [" ✎ ", " │ ", " │ "]
        app.pane.add_mark(Mark("first", 0, 4, "note"))
        assert [row[:3] for row in rows(app)[:3]] == [" ✎✎", "  │", "  │"]


# In the scroll bar


def bar(app: Desk) -> list[str]:
    strips: list[Strip] = app.pane.vertical_scrollbar.render_lines(app.pane.vertical_scrollbar.size.region)
    return ["".join(part.text for part in strip) for strip in strips]


async def test_the_scroll_bar_shows_where_marks_and_hits_are() -> None:
    async with desk(LONG) as (app, pilot):
        assert not {"╶", "━", "◀"} & set(bar(app))
        app.pane.add_mark(Mark("a", LONG.index("Paragraph 199"), len(LONG), "note"))
        hit = LONG.index("Paragraph 100"), LONG.index("Paragraph 100") + 9
        app.pane.set_hits([(0, 9), hit], hit)
        await pilot.pause()
        shown = bar(app)
        assert (shown[0], shown[-1]) == ("━", "╶")
        assert shown.index("◀") in (len(shown) // 2 - 1, len(shown) // 2)
        app.pane.ascii = True
        app.pane.remove_mark("a")
        app.pane.set_hits([])
        await pilot.pause()
        assert not {"-", "=", "<"} & set(bar(app))


async def test_there_are_no_signs_in_the_bar_where_all_is_in_view() -> None:
    async with desk(TEXT) as (app, pilot):
        app.pane.add_mark(mark("two"))
        app.pane.set_hits([(0, 3)], (0, 3))
        await pilot.pause()
        assert set("".join(bar(app))) <= {" "}


async def test_of_the_hits_the_current_one_looks_different() -> None:
    async with desk(TEXT) as (app, _):
        app.pane.set_hits([(0, 3), (4, 7)], (4, 7))
        app.pane.go(30)
        assert styles_over(app, 0, "One") != styles_over(app, 0, "two")


@pytest.mark.parametrize("cells", [3, 50])
def test_a_short_text_has_its_signs_beside_its_rows(cells: int) -> None:
    layout = Layout("a\nb\nc", width=10)
    layout.finish()
    places = Places()
    places.set_marks([4, 2])
    places.remove_mark(4)
    places.remove_mark(3)
    assert list(places.on(layout, cells)) == ["", "mark", ""] + [""] * (cells - 3)
