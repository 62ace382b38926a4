"""Walking through the hits of a search: from one article into the next, and back to the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.search import Hit
from reader.found import grouped
from reader.screens.read import ReadScreen
from reader.walk import Walk, stops
from tests.reader.shelf import make_library, opened, settled


def hit(path: str, *, places: int = 0, annotation: str | None = None, start: int | None = 0) -> Hit:
    end = None if start is None else start + 4
    return Hit(
        path=path, title=path, result="annotation" if annotation else "article", id=annotation, kind=None, score=1.0,
        snippet="", marks=(), block=None, line=None, start=start, end=end, places=places,
    )  # fmt: skip


def walk(*, whole: bool = True) -> Walk:
    hits = [hit("b", places=2), hit("a", annotation="1"), hit("c", places=3), hit("a", annotation="2")]
    return Walk("silt", grouped(hits), whole=whole)


def test_the_articles_come_in_the_order_of_the_list() -> None:
    assert walk().beside("b", 1) == "a"
    assert walk().beside("a", 1) == "c"
    assert walk().beside("c", 1) is None
    assert walk().beside("b", -1) is None
    assert walk().beside("elsewhere", 1) is None
    assert (walk().end(1), walk().end(-1)) == ("b", "c")


def test_where_one_is_is_counted_here_and_among_all() -> None:
    assert walk().said("c", 0, "·") == "hit 1 of 3 in this article · 5 of 7"
    assert walk(whole=False).said("c", 0, "·") == "hit 1 of 3 in this article · 5 of 7 or more"
    come_by = walk()
    come_by.counted("b", 4)
    assert come_by.said("b", 3, "·") == "hit 4 of 4 in this article · 4 of 9"
    come_by.take(grouped([hit("b", places=2), hit("d", places=1)]), whole=True)
    assert come_by.said("d", 0, "·") == "hit 1 of 1 in this article · 5 of 5"


def test_one_stops_at_words_and_at_annotations_without_any() -> None:
    (group,) = grouped([
        hit("a", annotation="holds a hit", start=10),
        hit("a", annotation="found for its note", start=30),
        hit("a", annotation="lost", start=None),
    ])  # fmt: skip
    assert stops([(12, 14), (50, 52)], group) == ((12, 14), (30, 34), (50, 52))
    assert stops([(12, 14)], None) == ((12, 14),)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_library(tmp_path / "port")
    (root / "tide.txt").write_text("Tide Tables\n\nA sounding was taken at noon. The next sounding is in June.\n")
    return root


def standing(screen: ReadScreen) -> tuple[str, str]:
    pane = screen.article.pane
    return screen.article.path, pane.text[pane.cursor : pane.cursor + 8]


async def test_n_goes_through_the_articles_and_round_and_escape_comes_back_to_the_list(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"sounding", "enter")
        await settled(pilot)
        seen, said = [], []
        listed = [one.path for one in screen.find.groups]
        assert len(listed) == 3
        for _ in range(12):
            seen.append((*standing(screen), screen.article.pane.cursor))
            await pilot.press("n")
            await settled(pilot)
            said.append(screen.footer.message)
            if (*standing(screen), screen.article.pane.cursor) == seen[0]:
                break
        assert len(seen) == len(set(seen)) >= 5
        assert all(words == "sounding" for _, words, _ in seen)
        assert [path for path, _, _ in seen] == sorted((path for path, _, _ in seen), key=listed.index)
        assert said[-1].endswith("first article again")
        await pilot.press("N")
        await settled(pilot)
        assert (*standing(screen), screen.article.pane.cursor) == seen[-1]
        await pilot.press("escape")
        assert screen.find.listing.has_focus
        assert screen.find.box.value == "sounding"
        assert screen.find.listing.chosen is not None
        assert screen.find.listing.chosen.key.path == seen[-1][0]
