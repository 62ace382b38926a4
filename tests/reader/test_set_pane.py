"""The pane over an article that is set: air, joined lines and hidden indentation are nothing one can stand on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from index.article import Block
from index.formats.txt import read_txt
from reader.layout import Layout
from reader.widgets.pane import Mark
from reader.widgets.strips import GUTTER
from tests.reader.desk import desk, rows

WIRE = """  A TITLE OVER THE PIECE THAT SAYS SOMETHING
  PORT CITY (Wire) - Negotiators left the table on Friday after four
  days of talks that both sides had called the last chance for the
  harbour, saying that a deal was close.



  "We are nearer than we were on Monday, and further than we ought to
  be," the mayor said. "There is nothing in this paper."
  - an item that is long enough to go over the edge of the row here and so
    goes on
  - two
  Listen Live
  中文字句が続く文章です中文字句が続く文章です中文字句が続く文章です
"""


@pytest.fixture
def article() -> tuple[str, tuple[Block, ...]]:
    return WIRE, read_txt("wire.txt", WIRE).blocks


async def test_lines_go_down_through_air_and_up_again(article: tuple[str, tuple[Block, ...]]) -> None:
    async with desk(*article, size=(50, 40)) as (app, _):
        app.pane.go(0)
        seen = [app.pane.row_at(app.pane.cursor)]
        for _ in range(60):
            app.pane.action_line(1)
            seen.append(app.pane.row_at(app.pane.cursor))
        last = max(seen)
        assert last >= len(app.pane.rows) - 2
        assert sorted(seen) == seen
        for _ in range(60):
            app.pane.action_line(-1)
        assert app.pane.row_at(app.pane.cursor) == min(seen)


async def test_any_walk_stays_on_graphemes_that_are_drawn(article: tuple[str, tuple[Block, ...]]) -> None:
    random = Random(3)  # noqa: S311 - the same every time
    async with desk(*article, size=(46, 12)) as (app, pilot):
        pane = app.pane
        walks: list[Callable[[], object]] = [
            lambda: pane.action_line(random.choice([-3, -1, 1, 4])),
            lambda: pane.action_character(random.choice([-5, -1, 1, 7])),
            lambda: pane.action_word(random.choice([-1, 1])),
            lambda: pane.action_sentence(random.choice([-1, 1])),
            lambda: pane.action_page(random.choice([-1, 1])),
            lambda: pane.action_row(random.choice(["start", "end"])),
            pane.action_select,
            pane.action_cancel,
            lambda: None if pane.selection else pane.toggle_furniture(),
            lambda: pane.action_measure(random.choice([-1, 1])),
        ]
        for _ in range(400):
            random.choice(walks)()
            row = pane.rows.at(pane.cursor)
            assert pane.cursor in row.edges
            assert row.start < row.end or pane.cursor == len(WIRE)
            if pane.selection:
                assert pane.rows.snap(*pane.selection) == pane.selection
                words = WIRE[slice(*pane.passage)]
                assert words == words.strip() or not words.strip()
        await pilot.pause()


async def test_a_drag_over_joined_lines_takes_what_is_under_its_cells(article: tuple[str, tuple[Block, ...]]) -> None:
    async with desk(*article, size=(60, 30)) as (app, pilot):
        shown = rows(app)
        y = next(index for index, row in enumerate(shown) if "four days" in row)
        x = shown[y].index("four days")
        await pilot.mouse_down(app.pane, offset=(x, y))
        await pilot.hover(app.pane, offset=(x + 8, y))
        await pilot.mouse_up(app.pane, offset=(x + 8, y))
        assert app.pane.selection is not None
        assert WIRE[slice(*app.pane.selection)] == "four\n  days"


async def test_a_passage_over_joined_lines_is_one_without_a_gap(article: tuple[str, tuple[Block, ...]]) -> None:
    start = WIRE.index("four\n")
    async with desk(*article, size=(60, 30)) as (app, _):
        app.pane.add_mark(Mark("a", start, start + 11, "claim"))
        y = next(index for index, row in enumerate(rows(app)) if "four days" in row)
        marked = [part.text for part in app.pane.render_line(y) if part.style and part.style.underline]
        assert "".join(marked) == "four days"
        assert rows(app)[y][:GUTTER].strip() == "◆"


def test_the_seeds_are_set_without_a_gap_or_an_indent(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text()
        layout = Layout(text, read_txt(path.name, text).blocks, 68)
        layout.finish()
        words = [row.draw(row.start, row.end) for row in map(layout.row, range(len(layout)))]
        assert not [row for row in words if row.strip() and row.startswith(" ")]
        assert not [one for one, after in pairwise(words) if not one.strip() and not after.strip()]
