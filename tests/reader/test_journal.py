"""Nothing that was typed is lost: killed, quit or failed, a form comes back as it was."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations import store
from annotations.errors import InputError
from annotations.model import Annotation, Claim, Stance
from reader.app import Reader
from reader.config import State, state_path
from reader.drafts import Draft, Values, Work
from reader.journal import Journal, Kept
from reader.messages import OpenArticle, Target
from reader.session import Session
from reader.widgets.claim_form import ClaimForm
from reader.widgets.field import Field
from tests.reader.shelf import HARBOUR, make_library, opened, settled
from tests.reader.terminal import COMMAND, Terminal

WORK = Work("harbour.txt", 10, 20, "claim")
CLAIM = Claim(text="It is.", speaker="Ines", affiliation="a pilot", stance=(Stance(toward="x"),), status="new")
KEPT = Kept(WORK, {WORK: Draft(Values("why\n", ("a", "b"), CLAIM), field=3)})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port", marks=False)


def saved(root: Path, article: str = "harbour.txt") -> tuple[Annotation, ...]:
    return store.load(store.sidecar_path(root / article)).sidecar.annotations


def files() -> list[Path]:
    return sorted((state_path().parent / "journal").rglob("*.json"))


# The file


def test_what_a_reader_left_is_taken_over_once(root: Path) -> None:
    first = Journal(root)
    first.keep(KEPT)
    assert Journal(root).left() == Kept(), "it is held by a reader that runs"
    (file,) = files()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first.close()
    second = Journal(root)
    assert second.left() == KEPT
    assert Journal(root).left() == Kept()
    assert files() == [file], "until it is written down again it stays where it was"
    second.keep(KEPT)
    assert len(files()) == 1
    assert files() != [file]
    second.keep(Kept())
    assert files() == []
    assert Journal(root).left() == Kept()


def test_two_readers_leave_both(root: Path) -> None:
    other = Work("letter.txt", 0, 4, "note", "abc")
    one, two = Journal(root), Journal(root)
    one.keep(Kept(None, {WORK: Draft(Values("one"))}))
    two.keep(Kept(other, {other: Draft(Values("two"))}, (other,)))
    one.close()
    two.close()
    assert Journal(root).left() == Kept(other, {WORK: Draft(Values("one")), other: Draft(Values("two"))}, (other,))


@pytest.mark.parametrize(
    "data",
    [b"{", b"[]", b"null", b"\xff\xfe", b'{"postil-journal": 1, "library": "/elsewhere", "drafts": []}', b"[" * 90_000,
     b'{"postil-journal": 1, "library": %r, "drafts": [{"work": {"path": 3}}]}'],
)  # fmt: skip
def test_what_is_no_journal_is_put_aside_with_a_word(root: Path, data: bytes) -> None:
    journal = Journal(root)
    journal.keep(KEPT)
    journal.close()
    (file,) = files()
    file.write_bytes(data.replace(b"%r", f'"{root}"'.encode()))
    reader = Journal(root)
    assert reader.left() == Kept()
    assert [path.suffix for path in reader.problems] == [".unreadable"]
    assert files() == []
    assert Journal(root).problems == []


def test_an_empty_file_is_nothing(root: Path) -> None:
    journal = Journal(root)
    journal.keep(KEPT)
    journal.close()
    files()[0].write_bytes(b"")
    reader = Journal(root)
    assert (reader.left(), reader.problems) == (Kept(), [])


@given(note=st.text(), tags=st.lists(st.text()), name=st.text(), at=st.integers(0, 9))
def test_whatever_is_typed_comes_back(
    tmp_path_factory: pytest.TempPathFactory, note: str, tags: list[str], name: str, at: int
) -> None:
    root = tmp_path_factory.mktemp("library")
    kept = Kept(WORK, {WORK: Draft(Values(note, tuple(tags), Claim(speaker=name)), field=at)})
    journal = Journal(root)
    journal.keep(kept)
    journal.close()
    reader = Journal(root)
    assert reader.left() == kept
    reader.keep(Kept())


# The reader


async def test_a_draft_survives_a_quit(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", *"Somebody", "tab", "tab", *"of the quay", "escape")
        await settled(pilot)
    async with opened(root, path="harbour.txt") as (screen, pilot):
        assert "a draft of a claim is kept" in screen.footer.message
        assert screen.article.form is None
        await pilot.press("c")
        await settled(pilot)
        assert "your draft" in pilot.app.export_screenshot().replace("&#160;", " ")
        await pilot.press("enter")
        await settled(pilot)
    (mark,) = saved(root)
    assert mark.claim
    assert (mark.claim.speaker, mark.claim.affiliation) == ("Somebody", "of the quay")
    assert files() == []


async def test_a_form_that_was_open_at_the_end_opens_again(root: Path) -> None:
    async with opened(root, path="letter.txt") as (_, pilot):
        await pilot.press("s", "a", *"half a wo")
        await settled(pilot)
    async with opened(root) as (screen, pilot):
        assert screen.article.path == "letter.txt"
        assert "this is what you were writing" in screen.footer.message
        await pilot.press(*"rd", "enter")
        await settled(pilot)
    (note,) = saved(root, "letter.txt")
    assert note.note == "half a word"
    assert files() == []


@pytest.mark.parametrize("clicked", [False, True])
async def test_who_leaves_or_clicks_before_it_was_taken_over_loses_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, clicked: bool
) -> None:
    first = Journal(root)
    first.keep(KEPT)
    first.close()
    real, begun, gate = Journal.left, threading.Event(), threading.Event()

    def slowly(journal: Journal) -> Kept:
        left = real(journal)
        begun.set()
        gate.wait(5)
        return left

    with monkeypatch.context() as slow:
        slow.setattr(Journal, "left", slowly)
        async with Reader(Session.start(root, author="ada"), State.load()).run_test() as pilot:
            while not begun.is_set():
                await pilot.pause()
            if clicked:
                pilot.app.screen.post_message(OpenArticle(Target("letter.txt")))
                await pilot.pause()
                gate.set()
                await settled(pilot)
        gate.set()
    assert Journal(root).left().drafts.keys() == KEPT.drafts.keys()


async def test_what_was_asked_for_comes_before_what_was_open(root: Path) -> None:
    async with opened(root, path="letter.txt") as (_, pilot):
        await pilot.press("a", *"later")
        await settled(pilot)
    async with opened(root, path="harbour.txt") as (screen, pilot):
        assert (screen.article.path, screen.article.form) == ("harbour.txt", None)
        assert "in letter.txt" in screen.footer.message
    assert len(files()) == 1


async def test_a_form_can_be_thrown_away(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c", *"Nobody", "ctrl+g")
        await settled(pilot)
        assert "thrown away" in screen.footer.message
        await pilot.press("c")
        await settled(pilot)
        assert isinstance(screen.article.form, ClaimForm)
        assert screen.article.form.typed().claim == Claim(status="new")
        await pilot.press("escape")
    assert files() == []


async def test_the_passage_is_found_in_an_article_that_changed(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("s", "s", "a", *"here")
        await settled(pilot)
    (root / "harbour.txt").write_text(HARBOUR.replace("Listen Live\n", "Listen Live\nand read on\n"))
    async with opened(root) as (_, pilot):
        await pilot.press("enter")
        await settled(pilot)
    (note,) = saved(root)
    assert note.quote.exact.startswith('"The channel has lost a metre')


async def test_what_could_not_be_saved_comes_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise InputError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("annotations.store.write_atomically", full)
        async with opened(root, path="harbour.txt") as (screen, pilot):
            await pilot.press("a", *"kept", "enter")
            await settled(pilot)
            assert "disk is full" in screen.footer.message
    async with opened(root) as (screen, pilot):
        assert "this was not saved" in screen.footer.message
        await pilot.press("enter")
        await settled(pilot)
    assert [one.note for one in saved(root)] == ["kept"]
    assert files() == []


async def test_what_was_saved_after_all_does_not_come_back(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("s", "a", *"kept", "tab", *"silt", "enter")
        await settled(pilot)
    (one,) = saved(root)
    work = Work("harbour.txt", one.position.start, one.position.end, "note")
    journal = Journal(root)
    journal.keep(Kept(None, {work: Draft(Values("kept", ("silt",)))}, (work,)))
    journal.close()
    async with opened(root) as (screen, pilot):
        assert screen.article.form is None
    assert files() == []


async def test_a_correction_comes_back(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("s", "E", *"2031-03")
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 2
        before = [one.value for one in pilot.app.screen.query(Field)]
    assert any("2031-03" in value for value in before)
    async with Reader(Session.start(root, author="ada"), State.load()).run_test() as pilot:
        await settled(pilot)
        assert [one.value for one in pilot.app.screen.query(Field)] == before
        await pilot.press("escape")
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 1
    assert files() == []


# The terminal


def test_killed_while_typing_nothing_is_lost(root: Path) -> None:
    with Terminal([*COMMAND, "harbour.txt"], root) as terminal:
        terminal.until_shown("s sentence")
        terminal.write("ssc")
        terminal.until_shown("restated")
        terminal.write("Somebody\ttide, \t\t\t\t\t\t\tone\x0atwo")
        terminal.until_shown("two")
        terminal.until(lambda: any("one\\ntwo" in file.read_text("utf-8") for file in files()))
    with Terminal([*COMMAND], root) as terminal:
        terminal.until_shown("this is what you were writing")
        terminal.until_shown("Somebody")
        terminal.write(" three\r")
        terminal.until_shown("claim saved")
    (mark,) = saved(root)
    assert mark.claim
    assert (mark.claim.speaker, mark.tags, mark.note) == ("Somebody", ("tide",), "one\ntwo three")
    with Terminal([*COMMAND], root) as terminal:
        terminal.until_shown("s sentence")
        assert "writing" not in terminal.text
