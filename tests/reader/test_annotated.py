"""The lists of annotations: of the article, of the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations import store
from annotations.anchor import describe
from annotations.model import Annotation, Sidecar
from annotations.text import decode
from reader import annotated
from reader.screens.pick import Pick
from tests.reader.shelf import CREATED, LETTER, make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_library(tmp_path / "port")
    text = decode(LETTER.encode())
    sidecar = Sidecar()
    for number, words in enumerate(("The quay is empty", "the sounding boat")):
        start = text.index(words)
        quote, position = describe(text, start, start + len(words))
        sidecar = sidecar.put(
            Annotation(
                id=f"letter{number}000000000", author="ben", kind="highlight", created=CREATED, tags=("quay",),
                quote=quote, position=position,
            )
        )  # fmt: skip
    path = store.sidecar_path(root / "letter.txt")
    store.save(store.load(path), sidecar, team=("ada", "ben"))
    return root


def pick(pilot: Pilot[None]) -> Pick:
    screen = pilot.app.screen
    assert isinstance(screen, Pick)
    return screen


def listed(pilot: Pilot[None]) -> list[list[str]]:
    return [[line.plain.strip() for line in item.draw(80)] for item in pick(pilot).listing.items]


async def test_the_annotations_of_the_article_are_listed_in_the_order_of_the_text(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("L")
        await settled(pilot)
        assert pick(pilot).said == "5 annotations"
        rows = listed(pilot)
        metre = next(row for row in rows if "Ines Halloran" in row[0])
        assert "silt, safety" in metre[0]
        assert "checking" in metre[0]
        assert metre[1].startswith("“The channel has lost a metre")
        assert any("not in the text" in row[0] for row in rows)
        await pilot.press(*"tide", "enter")
        await settled(pilot)
        assert screen.article.current is not None
        assert screen.article.current.id == "notetide000000001"


async def test_a_mark_without_a_place_says_so_when_it_is_gone_to(root: Path) -> None:
    async with opened(root, path="letter.txt") as (screen, pilot):
        await pilot.press("A", *"where did this", "enter")
        await settled(pilot)
        assert screen.article.path == "harbour.txt"
        assert "not in the text" in screen.footer.message


async def test_all_annotations_are_grouped_by_article_and_narrowed_as_a_search_is(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("A")
        await settled(pilot)
        assert pick(pilot).said == "7 annotations in 2 articles"
        headings = [item.key.path for item in pick(pilot).listing.items if item.heading]
        assert headings == ["harbour.txt", "letter.txt"]
        await pilot.press(*"author:ben tag:quay")
        await settled(pilot)
        assert pick(pilot).said == "2 annotations in 1 article"
        await pilot.press("down", "enter")
        await settled(pilot)
        assert screen.article.path == "letter.txt"
        assert screen.article.current is not None
        assert screen.article.current.id == "letter1000000000"


async def test_the_list_comes_back_as_it_was_left(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("A", *"tag:quay", "down", "enter")
        await settled(pilot)
        assert screen.article.path == "letter.txt"
        await pilot.press("A")
        await settled(pilot)
        chosen = pick(pilot).listing.chosen
        assert pick(pilot).box.value == "tag:quay"
        assert chosen is not None
        assert chosen.key.annotation == "letter1000000000"
        await pilot.press("escape")
        await settled(pilot)
        assert screen.is_current


async def test_a_long_list_says_that_it_is_cut_and_goes_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotated, "_PAGE", 2)
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("A")
        await settled(pilot)
        assert pick(pilot).said.startswith("the first 2 of 7 annotations")
        for _ in range(8):
            await pilot.press("down")
            await settled(pilot)
        assert pick(pilot).said == "7 annotations in 2 articles"
        chosen = pick(pilot).listing.chosen
        assert chosen is not None
        assert chosen.key.annotation == "letter1000000000"


async def test_words_that_match_nothing_and_a_query_that_makes_no_sense_teach(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("A", *"zeppelin")
        await settled(pilot)
        assert "speaker:name" in pick(pilot).teaching
        pick(pilot).box.value = "nosuchfield:x"
        await settled(pilot)
        assert "nosuchfield" in pick(pilot).teaching


async def test_a_sidecar_that_is_refused_is_said(root: Path) -> None:
    store.sidecar_path(root / "letter.txt").write_text("postil: 1\nannotations: [\n")
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("A")
        await settled(pilot)
        assert "annotations of 1 article cannot be read" in pick(pilot).said


async def test_a_library_without_annotations_teaches(tmp_path: Path) -> None:
    async with opened(make_library(tmp_path / "bare", marks=False), path="letter.txt") as (_, pilot):
        for key in "LA":
            await pilot.press(key)
            await settled(pilot)
            assert "No annotations yet" in pick(pilot).teaching
            await pilot.press("escape")
            await settled(pilot)
