"""Marks without a place, open decisions, damaged entries: listed at any width, with what to do, and done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations import store
from annotations.anchor import describe
from annotations.model import Annotation, Record, Sidecar
from reader.screens.attention import Attention
from reader.screens.read import ReadScreen
from reader.screens.repair import RepairScreen
from tests.reader.shelf import LETTER, make_library, opened, settled

CONFLICTS: Record = {"note": {"base": "", "ours": "Which datum?", "theirs": "Chart datum?"}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_library(tmp_path / "port")
    path = store.sidecar_path(root / "harbour.txt")
    loaded = store.load(path)
    metre = loaded.sidecar.get("claimmetre0000001")
    assert metre
    gone = replace(metre, id="gonegonegone00001", claim=None, kind="note", quote=replace(metre.quote, exact="No such"),
                   position=replace(metre.position, text="0" * 16))  # fmt: skip
    store.save(loaded, loaded.sidecar.put(replace(metre, conflicts=CONFLICTS)).put(gone))
    letter = root / "letter.txt"
    letter.write_text(LETTER + "\nThe quay is empty.\n\nThe quay is empty.\n")
    text = LETTER
    quote, position = describe(text, text.index("The quay"), text.index("The quay") + 17)
    quote = replace(quote, exact="The quay is empty", prefix="", suffix="")
    twice = Annotation(id="twicetwicetwice01", author="ada", kind="note", note="Which?", quote=quote, position=position)
    store.save(store.load(store.sidecar_path(letter)), Sidecar().put(twice))
    return root


def saved(root: Path, annotation_id: str, name: str = "harbour.txt") -> Annotation | None:
    return store.load(store.sidecar_path(root / name)).sidecar.get(annotation_id)


def listed(pilot: Pilot[None]) -> list[str]:
    screen = pilot.app.screen
    assert isinstance(screen, Attention)
    return [" ".join(line.plain for line in item.draw(70)) for item in screen.listing.items]


def drawer(screen: ReadScreen) -> str:
    drawn = screen.article.drawer
    return "\n".join(drawn.render_line(y).text.rstrip() for y in range(drawn.content_size.height))


@pytest.mark.parametrize("size", [(80, 24), (60, 24)])
async def test_a_narrow_screen_says_how_many_marks_it_cannot_show(root: Path, size: tuple[int, int]) -> None:
    async with opened(root, size=size, path="harbour.txt") as (screen, pilot):
        assert "2 marks have no place, 1 is undecided" in drawer(screen)
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert "2 marks have no place" in drawer(screen).splitlines()[-1]
        await pilot.press("exclamation_mark")
        await settled(pilot)
        found = listed(pilot)
        assert ["not in the text" in one for one in found] == [True, True, False]
        assert any("words that were edited away" in one for one in found)


async def test_an_orphan_can_be_edited_and_deleted(root: Path) -> None:
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        await pilot.press("exclamation_mark")
        await settled(pilot)
        mine = next(at for at, one in enumerate(listed(pilot)) if "No such" in one)
        await pilot.press(*["down"] * mine, "e")
        await settled(pilot)
        assert screen.article.form is not None
        await pilot.press("x", "ctrl+s")
        await settled(pilot)
        edited = saved(root, "gonegonegone00001")
        assert edited
        assert "x" in edited.note
        await pilot.press("exclamation_mark")
        await settled(pilot)
        await pilot.press(*["down"] * mine, "d")
        await settled(pilot)
        assert saved(root, "gonegonegone00001"), "another's reply would go with it"
        await pilot.press("d")
        await settled(pilot)
        assert saved(root, "gonegonegone00001") is None


async def test_deleting_another_s_orphan_asks_first(root: Path) -> None:
    async with opened(root, size=(80, 24), path="harbour.txt") as (_, pilot):
        await pilot.press("exclamation_mark")
        await settled(pilot)
        theirs = next(at for at, one in enumerate(listed(pilot)) if "edited away" in one)
        await pilot.press(*["down"] * theirs, "d")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert saved(root, "notelost000000001")


async def test_an_orphan_is_put_on_another_passage(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("p")
        assert "no mark was chosen" in screen.footer.message
        await pilot.press("exclamation_mark")
        await settled(pilot)
        mine = next(at for at, one in enumerate(listed(pilot)) if "No such" in one)
        await pilot.press(*["down"] * mine, "p")
        await settled(pilot)
        await pilot.press("G")
        start, end = screen.article.pane.passage
        await pilot.press("p")
        await settled(pilot)
        put = saved(root, "gonegonegone00001")
        assert put
        assert (put.position.start, put.position.end) == (start, end)
        assert put.quote.exact == screen.article.desk.article.text[start:end]


async def test_enter_repairs_the_chosen_one(root: Path) -> None:
    async with opened(root, size=(80, 24), path="letter.txt") as (screen, pilot):
        await pilot.press("exclamation_mark", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, RepairScreen)
        assert pilot.app.screen.item
        assert pilot.app.screen.item.annotation.id == "twicetwicetwice01"
        await pilot.press("2", "escape")
        await settled(pilot)
        put = saved(root, "twicetwicetwice01", "letter.txt")
        assert put
        text = screen.article.desk.article.text
        assert put.position.start == text.index("The quay is empty", text.index("The quay is empty") + 1)
        assert screen.article.mark_of("twicetwicetwice01")


async def test_what_is_retired_is_listed_and_not_counted(root: Path) -> None:
    path = store.sidecar_path(root / "harbour.txt")
    loaded = store.load(path)
    gone = loaded.sidecar.get("gonegonegone00001")
    assert gone
    store.save(loaded, loaded.sidecar.put(replace(gone, retired="2031-05-06T07:08:09Z")))
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        assert "1 mark has no place, 1 is undecided" in drawer(screen)
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert "retired" in listed(pilot)[-1]
        await pilot.press("up", *["down"] * len(listed(pilot)), "p")
        await settled(pilot)
        await pilot.press("G", "p")
        await settled(pilot)
        put = saved(root, "gonegonegone00001")
        assert put
        assert put.retired == ""


async def test_what_a_merge_left_open_is_on_the_card_and_can_be_taken_as_it_is(root: Path) -> None:
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert "undecided: note" in drawer(screen)
        await pilot.press("exclamation_mark")
        await settled(pilot)
        open_ = next(at for at, one in enumerate(listed(pilot)) if "undecided" in one)
        await pilot.press(*["down"] * open_)
        assert "theirs “Chart datum?”" in str(pilot.app.screen.query("Static").first().screen.matter.reasons)  # type: ignore[attr-defined]
        await pilot.press("a")
        await settled(pilot)
        metre = saved(root, "claimmetre0000001")
        assert metre
        assert not metre.conflicts
        assert metre.note == "Which datum?"
        await pilot.press("u")
        await settled(pilot)
        assert getattr(saved(root, "claimmetre0000001"), "conflicts", None) == CONFLICTS


@pytest.mark.parametrize(("keys", "note"), [(["t"], "Chart datum?"), (["e", "x", "enter"], "Which datum?x")])
async def test_what_a_merge_left_open_is_decided_field_by_field(root: Path, keys: list[str], note: str) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("exclamation_mark")
        await settled(pilot)
        open_ = next(at for at, one in enumerate(listed(pilot)) if "undecided" in one)
        await pilot.press(*["down"] * open_, "c")
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)
        metre = saved(root, "claimmetre0000001")
        assert metre
        assert (metre.note, metre.conflicts) == (note, {})
        await pilot.press("u")
        await settled(pilot)
        assert getattr(saved(root, "claimmetre0000001"), "conflicts", None) == CONFLICTS


async def test_a_damaged_entry_is_named_with_its_line_and_what_to_do(root: Path) -> None:
    path = store.sidecar_path(root / "harbour.txt")
    path.write_text(path.read_text().replace("    kind: question\n", "    kind: [question]\n"))
    async with opened(root, path="harbour.txt") as (screen, pilot):
        assert "1 entry is damaged" in screen.article.margin.amiss
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert any("harbour.txt.postil.yaml:" in one and "damaged" in one for one in listed(pilot))
        await pilot.press("down", "down", "down", "enter", "d")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Attention), "nothing can be done about it here"


async def test_a_refused_sidecar_is_named_and_nothing_can_be_put_anywhere(root: Path) -> None:
    store.sidecar_path(root / "harbour.txt").write_text("postil: 1\npostil: 1\n")
    async with opened(root, size=(60, 24), path="harbour.txt") as (screen, pilot):
        assert "annotating is off" in drawer(screen)
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert "harbour.txt.postil.yaml:2" in listed(pilot)[0]


async def test_a_refused_sidecar_is_not_said_to_be_saved_nor_to_be_empty(root: Path) -> None:
    store.sidecar_path(root / "harbour.txt").write_text("postil: 1\npostil: 1\n")
    async with opened(root, path="harbour.txt") as (screen, pilot):
        title = screen.titlebar.render().plain
        assert "read-only" in title
        assert "saved" not in title
        margin = " ".join(screen.article.margin.render_line(y).text.strip() for y in range(8))
        assert "annotations cannot be read" in margin
        assert "no marks yet" not in margin
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert "harbour.txt.postil.yaml:2" in screen.footer.message


async def test_without_anything_amiss_the_key_says_so(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert "every mark has its place" in screen.footer.message
