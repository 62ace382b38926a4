"""Frames that are put together from what is seen of each widget show what drawing everything would show."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from reader.widgets.bar import Bar
from reader.widgets.listing import Listing
from reader.widgets.sparing import Sparing
from tests.reader.shelf import make_library, opened, settled

KEYS = (
    *"sounding", "down", "down", "up", "enter", "j", "j", "v", "w", "h", "down", "down", "f", "ctrl+u", "z", "z",
    "escape", "tab", "down", "ctrl+t", "ctrl+t", "escape", "slash", "s", "enter", "n", "escape", "question_mark",
    "escape",
)  # fmt: skip


@pytest.mark.parametrize("size", [(150, 12), (90, 30)])
async def test_frames_show_what_drawing_everything_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    pieces, seen = Sparing._pieces, []

    def both(self: Sparing, spans: Iterable[tuple[int, int, int]]) -> object:
        spans = list(spans)
        drawn = pieces(self, spans)
        whole = Compositor._render_chops(self, self.size.region, lambda _: True)
        for y, left, right in spans:
            for x, end in pairwise(self.cuts[y]):
                if x < right and left < end:
                    part = drawn[y][x]
                    assert part is not None, (y, x)
                    assert part.simplify() == whole[y][x].simplify(), (y, x)
        seen.append(sum(right - left for _, left, right in spans))
        return drawn

    monkeypatch.setattr(Sparing, "_pieces", both)
    async with opened(make_library(tmp_path / "port"), size=size) as (_, pilot):
        for key in KEYS:
            await pilot.press(key)
            await settled(pilot)
    assert len(seen) > len(KEYS)
    assert min(seen) < size[0] * 2


async def test_an_unseen_widget_is_not_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, draw = [], Listing.render_lines

    def noted(self: Listing, crop: Region) -> list[Strip]:
        drawn.append(crop)
        return draw(self, crop)

    monkeypatch.setattr(Listing, "render_lines", noted)
    async with opened(make_library(tmp_path / "port")) as (screen, pilot):
        drawn.clear()
        screen.titlebar.refresh()
        screen.footer.say("said")
        await settled(pilot)
        assert not drawn


async def test_the_bar_of_a_list_is_as_textual_draws_it(tmp_path: Path) -> None:
    async with opened(make_library(tmp_path / "port"), size=(120, 8)) as (screen, pilot):
        await settled(pilot)
        bar = screen.find.listing.vertical_scrollbar
        assert isinstance(bar, Bar)
        assert bar.region.height > 1
        ours = bar.render_lines(bar.size.region)
        assert ours == ScrollBar.render_lines(bar, bar.size.region)
        assert len({tuple(line) for line in ours}) > 1
