"""What others change on disk is seen by itself: real files, real git, and events of the system."""

from __future__ import annotations

import asyncio
import errno
import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations import store
from annotations.errors import InputError
from reader.app import Reader
from reader.cli import main
from reader.config import State
from reader.session import Session
from reader.unfinished import Unfinished
from reader.watching import Watch, moved
from reader.widgets.footer import Footer
from reader.widgets.titlebar import TitleBar
from tests.reader.shelf import HARBOUR, LETTER, make_library, opened, settled

_PATIENCE = 20.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.watching._STEP", 20)
    monkeypatch.setattr("reader.watching._BURST", 200)


async def until(pilot: Pilot[None], seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not seen():
            await pilot.pause(0.02)
    await pilot.pause()


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)  # noqa: S607 - as installed


async def test_articles_and_marks_changed_by_others_are_shown_where_one_reads(root: Path) -> None:
    async with opened(root, path="harbour.txt", watch=True) as (screen, pilot):
        await until(pilot, lambda: "watch" in {one.name for one in threading.enumerate()})
        screen.article.pane.go(HARBOUR.index("The port authority disagreed"))
        await pilot.pause()
        (root / "harbour.txt").write_text(HARBOUR.replace("Listen Live", "Listen Live, everybody"))
        await until(pilot, lambda: "everybody" in screen.article.pane.text)
        pane = screen.article.pane
        assert pane.text[pane.cursor :].startswith("The port authority disagreed")
        assert screen.article.mark_of("claimnosilt000001")
        loaded = store.load(store.sidecar_path(root / "harbour.txt"))
        store.save(loaded, loaded.sidecar.drop("questionmay000001"))
        await until(pilot, lambda: screen.article.mark_of("questionmay000001") is None)
        assert main(["--library", str(root), "set", "letter.txt", "title=Another Letter"]) == 0
        (root / "inner").mkdir()
        (root / "inner" / "new.txt").write_text("A New Day\n\nThe lamps are lit again.\n")
        listed = screen.find.listing
        await until(pilot, lambda: {item.key.path for item in listed.items} >= {"inner/new.txt"})
        (root / "inner" / "new.txt").write_text("An Old Day\n\nThe lamps are out.\n")  # in a folder that is new
        await until(pilot, lambda: any("Old Day" in item.draw(60)[0].plain for item in listed.items))
        assert any("Another Letter" in item.draw(60)[0].plain for item in listed.items)
        (root / "inner" / "new.txt").unlink()
        await until(pilot, lambda: all(item.key.path != "inner/new.txt" for item in listed.items))
    for one in threading.enumerate():
        if one.name == "watch":
            one.join(_PATIENCE)
            assert not one.is_alive()


async def test_a_branch_is_checked_out_under_an_open_article(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "all")
    git(root, "switch", "-qc", "other")
    (root / "letter.txt").write_text(LETTER.replace("Monday", "Friday"))
    (root / "more.txt").write_text("More\n\nMore of it.\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "other")
    git(root, "switch", "-q", "main")
    async with opened(root, path="letter.txt", watch=True) as (screen, pilot):
        await until(pilot, lambda: "watch" in {one.name for one in threading.enumerate()})
        git(root, "switch", "-q", "other")
        await until(pilot, lambda: "Friday" in screen.article.pane.text)
        assert any(item.key.path == "more.txt" for item in screen.find.listing.items)
        await pilot.press("h")
        await settled(pilot)
        git(root, "switch", "-q", "main")
        await until(pilot, lambda: "Monday" in screen.article.pane.text)
        assert len(screen.article.desk.sidecar.annotations) == 1


async def test_an_edit_that_could_not_be_saved_and_one_on_disk_come_together(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(root, path="harbour.txt", watch=True) as (screen, pilot):
        await until(pilot, lambda: "watch" in {one.name for one in threading.enumerate()})
        with monkeypatch.context() as full:

            def fail(*_: object, **__: object) -> None:
                raise InputError("the disk is full")

            full.setattr("reader.session.store.save", fail)
            await pilot.press("h")
            await settled(pilot)
            assert screen.titlebar.problem
        loaded = store.load(store.sidecar_path(root / "harbour.txt"))
        store.save(loaded, loaded.sidecar.drop("questionmay000001"))
        await until(pilot, lambda: screen.titlebar.problem is None)
        ids = {one.id for one in store.load(loaded.path).sidecar.annotations}
        assert len(ids) == len(loaded.sidecar.annotations)
        assert "questionmay000001" not in ids
        assert screen.article.mark_of("questionmay000001") is None


async def test_a_form_a_selection_and_a_question_are_not_disturbed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "vi")  # only asked about, never started
    async with opened(root, path="letter.txt", watch=True) as (screen, pilot):
        await until(pilot, lambda: "watch" in {one.name for one in threading.enumerate()})
        for number, (begin, end) in enumerate([("a", "escape"), ("v", "escape"), ("e", "escape")]):
            await pilot.press(begin)
            await settled(pilot)
            words = f"News {number}"
            (root / "letter.txt").write_text(f"{LETTER}\n{words}\n")
            await until(pilot, lambda: "it is shown as it is now when" in screen.footer.message)
            assert words not in screen.article.pane.text
            await pilot.press(end)
            await until(pilot, lambda words=words: words in screen.article.pane.text)  # type: ignore[misc]


def test_what_postil_wrote_itself_and_what_is_no_article_is_no_news(root: Path) -> None:
    session = Session.start(root, author="ada")
    session.refresh()
    folders = session.catalog.folders
    session.annotate("letter.txt", 0, 6)
    (root / ".letter.txt.swp").write_text("x")
    (root / "notes.bin").write_text("x")
    own = ["letter.txt", "letter.txt.postil.yaml", "harbour.txt", ".letter.txt.swp", ".git", "notes.bin", "gone"]
    assert not moved(session, [str(root / one) for one in own] + [str(root.parent)], folders)
    (root / "letter.txt").write_text("Other.\n")
    assert moved(session, [str(root / "letter.txt")], folders)
    (root / "inner").mkdir()
    assert moved(session, [str(root / "inner")], folders)
    assert not moved(session, [str(root / "inner")], (*folders, "inner/"))
    before = session.codebook
    (root / "postil.yaml").write_text("postil: 1\n\nteam: [ada, ben, eve]\n")
    assert not moved(session, [str(root / "postil.yaml")], folders)
    assert before.team != session.codebook.team


def test_folders_that_hold_no_articles_are_not_watched(root: Path, tmp_path: Path) -> None:
    git(root, "init", "-q")
    for name in ("inner/deep", "ignored", ".hidden"):
        (root / name).mkdir(parents=True)
    (root / ".gitignore").write_text("ignored/\n")
    (root / "away").symlink_to(tmp_path)
    session = Session.start(root, author="ada")
    session.refresh()
    assert session.catalog.folders == ("", "inner/", "inner/deep/")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError("OS file watch limit reached. about"), "inotify’s limit"),
        (OSError(errno.EACCES, "Permission denied"), "cannot be watched (Permission denied)"),
    ],
)
def test_when_watching_is_not_possible_that_is_said_once(
    error: OSError, said: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise error

    heard: list[str] = []
    told = threading.Event()

    def trouble(why: str) -> None:
        heard.append(why)
        told.set()

    monkeypatch.setattr("watchfiles._rust_notify.RustNotify", refuse)
    watch = Watch(root, heard.append, trouble)  # type: ignore[arg-type]
    watch.follow(("",))
    assert told.wait(_PATIENCE)
    watch.follow(("",))
    assert len(heard) == 1
    assert said in heard[0]


async def test_who_does_not_want_it_turns_it_off(root: Path) -> None:
    before = threading.active_count()
    async with opened(root, watch=False) as (screen, pilot):
        await settled(pilot)
        assert "watch" not in {one.name for one in threading.enumerate()}
        assert threading.active_count() >= before
        assert replace(screen._session.settings, watch=True).watch


async def test_to_leave_while_the_library_is_looked_at_is_no_fault(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, taken_apart = threading.Event(), threading.Event()

    def slowly(_: Path) -> Unfinished:
        begun.set()
        assert taken_apart.wait(_PATIENCE)
        return Unfinished()

    async def more_slowly(_: Footer) -> None:
        await asyncio.sleep(0.2)

    monkeypatch.setattr("reader.unfinished.unfinished", slowly)
    monkeypatch.setattr(TitleBar, "on_unmount", lambda _: taken_apart.set(), raising=False)
    monkeypatch.setattr(Footer, "on_unmount", more_slowly, raising=False)
    async with Reader(Session.start(root, author="ada"), State.load()).run_test() as pilot:
        await until(pilot, begun.is_set)
    assert taken_apart.is_set()
