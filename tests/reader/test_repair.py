"""Repair: marks whose article changed, gone through one by one by keyboard, and everything can be undone.

How passages are found is for other tests: here the places are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

import index.former
from annotations import store
from annotations.anchor import Placed, State, place
from annotations.model import Annotation, Sidecar
from annotations.text import fingerprint
from reader.screens.ask import Ask
from reader.screens.read import ReadScreen
from reader.screens.repair import RepairScreen
from tests.reader.shelf import HARBOUR, LETTER, make_library, mark, opened, settled

METRE, TIDE, SILT, LOST = "claimmetre0000001", "notetide000000001", "claimnosilt000001", "notelost000000001"
OLD = "The channel has lost a metre since January"
NEW = "The channel has lost two metres since May"
MOVED = "highlightmoved001"
NOW = {METRE: NEW, TIDE: "We took the tide or we do not go.", "noteclerk00000001": "Nobody said"}
SIZES = [(120, 40), (80, 24), (60, 24)]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reworded claim, one in three places, another's note in other words, a mark that moved, one that is gone.

    The letter's one mark is reworded too.
    """
    root = make_library(tmp_path / "port")
    harbour, letter = root / "harbour.txt", root / "letter.txt"
    path = store.sidecar_path(harbour)
    loaded = store.load(path)
    moved = mark(HARBOUR, MOVED, "Halloran expects groundings", "ada", "highlight")
    lost = loaded.sidecar.get(LOST)
    assert lost
    last = replace(lost.position, start=len(HARBOUR) - 9, end=len(HARBOUR))
    store.save(loaded, loaded.sidecar.put(moved).put(replace(lost, position=last)))
    clerk = mark(LETTER, "noteclerk00000001", "A clerk said", "ada", "note")
    store.save(store.load(store.sidecar_path(letter)), Sidecar().put(clerk))
    harbour.write_text(HARBOUR.replace(OLD, NEW).replace("We take the tide", "We took the tide"))
    letter.write_text(LETTER.replace("A clerk said", "Nobody said"))

    def given(text: str, annotations: Iterable[Annotation], texts: Mapping[str, str]) -> tuple[Placed, ...]:
        return tuple(_given(text, one) for one in place(text, annotations, texts))

    monkeypatch.setattr(index.former, "place", given)
    return root


def _given(text: str, placed: Placed) -> Placed:
    one = placed.annotation
    if one.position.text == fingerprint(text):
        return placed
    if words := NOW.get(one.id):
        start = text.index(words)
        return Placed(one, State.EDITED, start, start + len(words), reason="its words were changed", confidence=0.8)
    if one.id == MOVED:
        return replace(placed, state=State.MOVED, reason="its words stand elsewhere")
    if one.id == SILT:
        spans = tuple((text.index(words), text.index(words) + 4) for words in ("silt", "schedule", "sounding"))
        return Placed(one, State.AMBIGUOUS, candidates=spans, reason="3 places read the same")
    return placed


def saved(root: Path, annotation_id: str, name: str = "harbour.txt") -> Annotation:
    found = store.load(store.sidecar_path(root / name)).sidecar.get(annotation_id)
    assert found
    return found


def on(pilot: Pilot[None]) -> RepairScreen:
    screen = pilot.app.screen
    assert isinstance(screen, RepairScreen)
    return screen


def shown(pilot: Pilot[None]) -> str:
    screen = on(pilot)
    return "\n".join(str(part.render()) for part in (screen.title_line, screen._what, screen._was, screen._now))


def at(pilot: Pilot[None]) -> str:
    item = on(pilot).item
    return item.annotation.id if item else ""


def asked(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, Ask)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def gutter(screen: ReadScreen) -> str:
    pane = screen.article.pane
    return "\n".join(pane.render_line(y).text[:4] for y in range(pane.size.height))


async def test_a_mark_whose_words_changed_is_told_where_it_stands(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        assert gutter(screen).count("≠") == 2
        await press(pilot, "right_square_bracket")
        margin = screen.article.margin
        said = " ".join(" ".join(margin.line(y).text.strip(" │╭╰") for y in range(margin.size.height)).split())
        assert "the wording that was quoted changed" in said
        assert "[-a metre-]" in said
        assert "2 marks have no place, 2 wordings changed" in margin.amiss
        listed = "\n".join(line.plain for item in screen.find.listing.items for line in item.draw(38))
        assert "≠ 4" in listed
        assert "≠ 1" in listed


@pytest.mark.parametrize("size", SIZES)
async def test_all_are_gone_through_with_a_key_each(root: Path, size: tuple[int, int]) -> None:
    async with opened(root, size=size, path="harbour.txt") as (screen, pilot):
        before = store.sidecar_path(root / "harbour.txt").read_bytes()
        await press(pilot, "X")
        assert at(pilot) == METRE
        assert "the wording you quoted changed" in shown(pilot)
        assert "[-a metre-]" in shown(pilot)
        assert "[+two metres+]" in shown(pilot)
        await press(pilot, "n", "n", "p", "p")
        assert store.sidecar_path(root / "harbour.txt").read_bytes() == before, "looking writes nothing"
        await press(pilot, "enter")
        assert saved(root, METRE).quote.exact == NEW
        assert saved(root, METRE).quote.was == (OLD,)
        assert at(pilot) == TIDE
        await press(pilot, "n", "2")
        assert saved(root, SILT).quote.exact == "sche"
        assert at(pilot) == LOST
        await press(pilot, "m", "x", "y", "enter", "enter")
        assert at(pilot) == "noteclerk00000001", "one more article is to be repaired"
        await press(pilot, "a")
        assert "Nothing to repair" in shown(pilot)
        assert saved(root, LOST).retired
        assert saved(root, "noteclerk00000001", "letter.txt").quote.was == ("A clerk said",)
        await press(pilot, "escape")
        assert pilot.app.screen is screen
        assert screen.article.path == "harbour.txt"
        assert screen.article.margin.amiss == ""


async def test_whatever_was_done_is_undone_and_stands_there_again(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        loaded = store.load(store.sidecar_path(root / "harbour.txt")).sidecar
        await press(pilot, "X", "enter", "n", "3", "x", "y", "m")
        assert on(pilot).left == tuple(one for one in on(pilot).left if one.annotation.id == TIDE)
        for expected in (MOVED, LOST, SILT, METRE):
            await press(pilot, "u")
            assert at(pilot) == expected
        assert store.load(store.sidecar_path(root / "harbour.txt")).sidecar == loaded
        await press(pilot, "u")
        assert "nothing to undo" in on(pilot).footer.message
        await press(pilot, "ctrl+r", "escape")
        assert saved(root, METRE).quote.exact == NEW
        assert screen.article.desk.sidecar.get(METRE) == saved(root, METRE)


async def test_another_s_is_repaired_only_after_asking_and_once_for_all_of_theirs(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "X", "n", "enter")
        assert asked(pilot)
        await press(pilot, "escape")
        assert saved(root, TIDE).quote.exact.startswith("We take")
        await press(pilot, "enter", "y")
        assert saved(root, TIDE).quote.exact.startswith("We took")
        await press(pilot, "n", "x")
        assert saved(root, LOST).retired, "asked once"
        await press(pilot, "u", "escape", "X")
        await press(pilot, *["n"] * 2, "x", "r")
        assert pilot.app.screen is screen
        assert screen.article.form, "a reply instead"
        assert not saved(root, LOST).retired


async def test_what_is_gone_is_put_on_what_is_selected_and_the_repair_goes_on(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "X", "n", "n", "n", "h", "y")
        assert pilot.app.screen is screen
        assert "then p puts it there" in screen.footer.message
        await press(pilot, "G")
        start, end = screen.article.pane.passage
        await press(pilot, "p")
        put = saved(root, LOST)
        assert (put.position.start, put.position.end) == (start, end)
        assert LOST not in {one.annotation.id for one in on(pilot).left}
        await press(pilot, "escape")
        assert pilot.app.screen is screen


async def test_the_place_of_a_reworded_one_is_selected_to_begin_with(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "X", "h")
        span = screen.article.pane.passage
        assert screen.article.desk.article.text[slice(*span)] == NEW
        await press(pilot, "escape", "exclamation_mark", "X", "o")
        assert screen.article.pane.current == METRE


async def test_a_mark_of_the_next_article_is_selected_there(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "X", "enter", "enter", "y", "1", "x", "m", "enter", "h")
        assert pilot.app.screen is screen
        assert screen.article.path == "letter.txt"
        await press(pilot, "p")
        assert isinstance(pilot.app.screen, RepairScreen)
        assert saved(root, "noteclerk00000001", "letter.txt").position.text


async def test_keys_that_can_do_nothing_say_why(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await press(pilot, "X", "1")
        assert "one place at most" in on(pilot).footer.message
        await press(pilot, "p")
        assert "this is the first" in on(pilot).footer.message
        await press(pilot, "n", "n", "enter")
        assert at(pilot) == SILT
        assert "1 to 9" in on(pilot).footer.message
        await press(pilot, "9")
        assert "choose 1 to 3" in on(pilot).footer.message
        await press(pilot, "n", "n", "x")
        assert at(pilot) == MOVED
        assert "enter accepts" in on(pilot).footer.message
        await press(pilot, "n", "question_mark")
        await press(pilot, "escape", "q")


async def test_what_could_not_be_saved_is_said_and_stays(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "X")
        path = store.sidecar_path(root / "harbour.txt")
        path.write_text("postil: 1\npostil: 1\n")
        await press(pilot, "enter")
        assert "not saved" in on(pilot).footer.message
        await press(pilot, "escape")
        assert screen.titlebar.problem
        assert "harbour.txt" in screen.article._session.unsaved


async def test_without_anything_to_repair_it_says_what_comes_here(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    async with opened(root, size=(60, 24), path="letter.txt") as (_, pilot):
        await press(pilot, "X")
        assert "every mark stands on its words" in shown(pilot)
        await press(pilot, "enter")
        assert "nothing is left" in on(pilot).footer.message


async def test_a_refused_sidecar_is_not_repaired(root: Path) -> None:
    store.sidecar_path(root / "harbour.txt").write_text("postil: 1\npostil: 1\n")
    async with opened(root, path="harbour.txt") as (_, pilot):
        await press(pilot, "X", "m")
        assert "harbour.txt.postil.yaml:2" in on(pilot).footer.message


async def test_what_changes_on_disk_meanwhile_is_not_accepted_unseen(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await press(pilot, "X")
        harbour = root / "harbour.txt"
        harbour.write_text("A new first line.\n\n" + harbour.read_text())
        screen.article._session.open("harbour.txt")
        await press(pilot, "enter")
        assert "changed just now" in on(pilot).footer.message
        assert saved(root, METRE).quote.exact == OLD
        await press(pilot, "enter")
        assert saved(root, METRE).quote.exact == NEW
