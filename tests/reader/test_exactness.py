"""What is selected is exactly the graphemes under the cells, by a mouse in a real terminal and by the keyboard.

Lines are put together from known graphemes, so that where one ends is known without asking the layout; their cells are
counted as `rich.cells` does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from rich.cells import cell_len

from reader.display import display
from tests.reader.desk import desk
from tests.reader.terminal import Terminal

POOL = [
    *"abcdefg    .,-", "\xa0", "中", "文", "字", "한", "글", "。", "\t", "\u200b", "\x0c", "\u2028", "\x85", "\xad",
    "👩\u200d👩\u200d👧", "👨🏽\u200d💻", "❤\ufe0f", "☎\ufe0f", "👍🏽", "🇯🇵", "🇰🇷",
    "e\u0301", "n\u0303", "a\u0308\u0301", "ש", "ל", "ו", "ם", "س", "ไ", "ทั",
]  # fmt: skip
WIDEST = 60
LINES = 30

APP = """
import sys
from pathlib import Path
from textual.app import App
from reader.widgets.pane import ArticlePane

text, out = Path(sys.argv[1]).read_bytes().decode(), open(sys.argv[2], "a")

def say(*words):
    print(*words, file=out, flush=True)

class Pane(ArticlePane):
    def on_key(self, event):
        say(*(self.selection or (-1, -1)))
        self.clear_selection()

class Desk(App):
    def compose(self):
        yield Pane()

    def on_mount(self):
        pane = self.query_one(Pane)
        pane.show(text, ())
        pane.focus()
        self.call_after_refresh(lambda: say(pane.text_left))

Desk().run()
"""


@dataclass
class Line:
    """Graphemes, the offset of each, and the cells they are drawn in."""

    start: int
    graphemes: list[str]

    def spans(self) -> Iterator[tuple[int, int, int, int]]:
        """Of each grapheme the offsets and the cells."""
        offset, cell = self.start, 0
        for one in self.graphemes:
            cells = (cell // 8 + 1) * 8 - cell if one == "\t" else cell_len(display(one))
            yield offset, offset + len(one), cell, cell + cells
            offset, cell = offset + len(one), cell + cells

    def under(self, cell: int) -> tuple[int, int]:
        """The grapheme drawn over a cell; at the end of the line, nothing."""
        end = self.start + sum(map(len, self.graphemes))
        return next(((a, b) for a, b, left, right in self.spans() if left <= cell < right), (end, end))


def page(random: Random) -> list[Line]:
    lines, start = [], 0
    for _ in range(LINES):
        line = Line(start, [])
        while len(line.graphemes) < 30:
            line.graphemes.append(random.choice(POOL))
            if list(line.spans())[-1][3] > WIDEST:
                line.graphemes.pop()
                break
        lines.append(line)
        start += sum(map(len, line.graphemes)) + 1
    return lines


def text_of(lines: list[Line]) -> str:
    return "\n".join("".join(line.graphemes) for line in lines)


def dragged(lines: list[Line], here: tuple[int, int], there: tuple[int, int]) -> tuple[int, int]:
    first, last = lines[here[0]].under(here[1]), lines[there[0]].under(there[1])
    found = min(first[0], last[0]), max(first[1], last[1])
    return found if found[0] < found[1] else (-1, -1)


def drags(random: Random, count: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Rows and cells where a button goes down and comes up, most of them not far apart."""
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    while len(found) < count:
        row, cell = random.randrange(LINES), random.randrange(WIDEST)
        to_row = min(max(row + random.choice([0, 0, 0, 0, 1, -1, 5]), 0), LINES - 1)
        to_cell = random.choice(
            [random.randrange(WIDEST), min(cell + random.randrange(1, 6), WIDEST), max(cell - 3, 0)]
        )
        if (row, cell) != (to_row, to_cell):
            found.append(((row, cell), (to_row, to_cell)))
    return found


def by_mouse(folder: Path, seed: int, count: int) -> None:
    random = Random(seed)  # noqa: S311 - the same every time
    lines = page(random)
    paper, out = folder / "text", folder / "out"
    paper.write_bytes(text_of(lines).encode())
    out.write_text("")
    wanted = drags(random, count)
    with Terminal(
        [sys.executable, "-c", APP, str(paper), str(out)], Path.cwd(), columns=100, rows=LINES + 2
    ) as terminal:
        terminal.until(lambda: out.read_text().endswith("\n"))
        left = int(out.read_text()) + 1
        for at in range(0, count, 20):
            for (row, cell), (to_row, to_cell) in wanted[at : at + 20]:
                here, there = f"{left + cell};{row + 1}", f"{left + to_cell};{to_row + 1}"
                terminal.write(f"\x1b[<0;{here}M\x1b[<32;{there}M\x1b[<0;{there}mx")
            enough = len(wanted[: at + 20]) + 1
            terminal.until(lambda enough=enough: out.read_text().count("\n") >= enough)  # type: ignore[misc]
    told = [tuple(map(int, line.split())) for line in out.read_text().splitlines()[1:]]
    expected = [dragged(lines, *one) for one in wanted]
    wrong = [(*one, got, want) for one, got, want in zip(wanted, told, expected, strict=True) if got != want]
    assert not wrong, f"{len(wrong)} of {count}: {wrong[:5]}"


def test_a_mouse_selects_what_is_under_its_cells(tmp_path: Path) -> None:
    by_mouse(tmp_path, 1, 40)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(2, 7))
def test_a_mouse_selects_what_is_under_its_cells_two_hundred_times(tmp_path: Path, seed: int) -> None:
    by_mouse(tmp_path, seed, 200)


async def by_keyboard(seed: int, count: int) -> None:
    random = Random(seed)  # noqa: S311 - as above
    lines = page(random)
    async with desk(text_of(lines), size=(100, LINES + 2)) as (app, pilot):
        for _ in range(count):
            line = random.choice([line for line in lines if len(line.graphemes) > 3])
            first = random.randrange(len(line.graphemes) - 1)
            steps = random.randrange(1, len(line.graphemes) - first)
            spans = list(line.spans())
            back = random.random() < 0.5
            begun, got_to = (first + steps, first) if back else (first, first + steps)
            app.pane.go(spans[begun][0])
            keys = "h" if back else "l"
            if count > 50:
                app.pane.action_select()
                app.pane.action_character(-steps if back else steps)
            else:
                await pilot.press("v", *keys * min(steps, 3))
                app.pane.action_character(-max(steps - 3, 0) if back else max(steps - 3, 0))
            assert app.pane.selection == (spans[min(begun, got_to)][0], spans[max(begun, got_to)][1]), line
            app.pane.action_cancel()


async def test_keys_select_graphemes() -> None:
    await by_keyboard(1, 4)


async def test_motions_select_graphemes_two_hundred_times() -> None:
    await by_keyboard(2, 200)
