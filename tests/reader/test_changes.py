"""A library that changes while it is open, one that takes long to read, and annotations that lost their article."""

from __future__ import annotations

import asyncio
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from annotations import store
from index.catalog import Catalog, Changes
from reader.screens.ask import Ask
from reader.screens.read import ReadScreen
from tests.reader.shelf import HARBOUR, LETTER, make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


async def come_back(pilot: Pilot[None]) -> None:
    """Leave the terminal, and come back to it."""
    pilot.app.post_message(events.AppBlur())
    await pilot.pause()
    pilot.app.post_message(events.AppFocus())
    await settled(pilot)


def listed(screen: ReadScreen) -> list[str]:
    return [" ".join(line.plain.strip() for line in item.draw(60)) for item in screen.find.listing.items]


async def test_a_new_article_is_listed_when_one_comes_back(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        (root / "new.txt").write_text("A New Day\n\nThe lamps are lit again, the harbour master says.\n")
        await come_back(pilot)
        assert any("A New Day" in one for one in listed(screen))


async def test_an_article_that_vanishes_stays_on_the_screen_and_can_be_annotated(root: Path) -> None:
    async with opened(root, path="letter.txt") as (screen, pilot):
        (root / "letter.txt").unlink()
        await come_back(pilot)
        assert "letter.txt is gone" in screen.footer.message
        assert screen.article.pane.text == LETTER.rstrip("\n") + "\n"
        await pilot.press("h")
        await settled(pilot)
        assert len(store.load(store.sidecar_path(root / "letter.txt")).sidecar.annotations) == 1
        assert screen.titlebar.problem is None


async def test_when_its_folder_is_gone_too_saving_says_why_not(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    (root / "inner").mkdir()
    (root / "letter.txt").rename(root / "inner" / "letter.txt")
    async with opened(root, path="inner/letter.txt") as (screen, pilot):
        (root / "inner" / "letter.txt").unlink()
        (root / "inner").rmdir()
        await pilot.press("h")
        await settled(pilot)
        assert "not saved" in screen.footer.message
        assert "folder is gone" in screen.footer.message
        assert screen.article.current is not None


async def test_a_renamed_article_is_named(root: Path) -> None:
    async with opened(root, path="letter.txt") as (screen, pilot):
        (root / "letter.txt").rename(root / "quay.txt")
        await come_back(pilot)
        assert "letter.txt is now called quay.txt" in screen.footer.message


async def test_a_changed_article_is_shown_as_it_is_and_its_marks_are_placed_anew_in_memory(root: Path) -> None:
    sidecar = store.sidecar_path(root / "harbour.txt")
    async with opened(root, path="harbour.txt") as (screen, pilot):
        before = sidecar.read_bytes()
        (root / "harbour.txt").write_text(
            HARBOUR.replace("    The port authority", "    Nobody asked.\n\n    The port authority")
        )
        await come_back(pilot)
        assert "read again" in screen.footer.message
        assert "Nobody asked." in screen.article.pane.text
        silt = screen.article.mark_of("claimnosilt000001")
        assert silt
        assert screen.article.pane.text[silt.start : silt.end] == "There is no silt that a schedule cannot manage"
        assert sidecar.read_bytes() == before


async def test_annotations_that_somebody_else_wrote_are_shown(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        loaded = store.load(store.sidecar_path(root / "harbour.txt"))
        store.save(loaded, loaded.sidecar.drop("questionmay000001"))
        await come_back(pilot)
        assert screen.article.mark_of("questionmay000001") is None
        assert "changed on disk" in screen.footer.message


async def test_a_mended_sidecar_can_be_annotated_again(root: Path) -> None:
    sidecar = store.sidecar_path(root / "harbour.txt")
    whole = sidecar.read_bytes()
    sidecar.write_bytes(b"postil: 1\npostil: 1\n")
    async with opened(root, path="harbour.txt") as (screen, pilot):
        assert screen.article.desk.read_only
        sidecar.write_bytes(whole)
        await pilot.press("f5")
        await settled(pilot)
        assert not screen.article.desk.read_only
        assert screen.article.mark_of("questionmay000001")


async def test_an_open_form_keeps_the_text_it_was_opened_on(root: Path) -> None:
    async with opened(root, path="letter.txt") as (screen, pilot):
        await pilot.press("a")
        await settled(pilot)
        (root / "letter.txt").write_text("Other.\n\n" + LETTER)
        await pilot.press("f5")
        await settled(pilot)
        assert screen.article.form is not None
        assert "when the form is closed" in screen.footer.message
        assert not screen.article.pane.text.startswith("Other")
        await pilot.press("escape")
        await settled(pilot)
        assert screen.article.pane.text.startswith("Other")


async def test_f5_says_what_it_found(root: Path) -> None:
    async with opened(root, path="letter.txt") as (screen, pilot):
        await pilot.press("f5")
        await settled(pilot)
        assert screen.footer.message == "nothing has changed"


def slow(go_on: threading.Event) -> Callable[..., Changes]:
    """Reading that goes on until it is told to end, or stopped."""

    def refresh(_: Catalog, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Changes:
        while not go_on.wait(0.25) and not cancelled():
            progress(3, 100)
        return Changes()

    return refresh


async def test_reading_says_how_far_it_is_and_can_be_stopped_and_resumed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(root) as (screen, pilot):
        about = screen.find.query_one(".about")
        with monkeypatch.context() as reading:
            reading.setattr(Catalog, "refresh", slow(threading.Event()))
            await pilot.press("f5")
            for _ in range(40):
                await asyncio.sleep(0.05)
                if "3 of 100" in str(about.render()):
                    break
            assert "reading the library: 3 of 100 (esc stops)" in str(about.render())
            await pilot.press("escape")
            await settled(pilot)
            assert "stopped before the end: f5 goes on" in str(about.render())
            assert len(listed(screen)) == 2, "what was read before is still there"
        await pilot.press("f5")
        await settled(pilot)
        assert "stopped" not in str(about.render())


async def test_a_mark_is_saved_while_the_library_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    async with opened(root, path="letter.txt") as (screen, pilot):
        with monkeypatch.context() as reading:
            reading.setattr(Catalog, "refresh", slow(go_on))
            await pilot.press("f5", "h")
            sidecar = store.sidecar_path(root / "letter.txt")
            for _ in range(60):
                await asyncio.sleep(0.05)
                if sidecar.exists():
                    break
            assert sidecar.exists()
            go_on.set()
            await settled(pilot)
        assert screen.titlebar.problem is None


async def test_annotations_without_an_article_follow_it_when_asked(root: Path) -> None:
    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b", *words],  # noqa: S607 - as installed
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "all")
    (root / "harbour.txt").rename(root / "silt.txt")
    async with opened(root) as (screen, pilot):
        stray = next(at for at, one in enumerate(listed(screen)) if "annotations without an article" in one)
        assert "enter: give them to silt.txt" in listed(screen)[stray]
        await pilot.press(*["down"] * stray, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Ask)
        await pilot.press("y")
        await settled(pilot)
        assert not any("without an article" in one for one in listed(screen))
        await pilot.press(*"datum")
        await settled(pilot)
        assert any(item.key.path == "silt.txt" and item.key.annotation for item in screen.find.listing.items)
    git("add", "-A")
    assert "R100" in git("diff", "--cached", "--name-status", "-M")


async def test_annotations_that_follow_nothing_say_what_to_do(root: Path) -> None:
    (root / "harbour.txt").unlink()
    async with opened(root, size=(60, 24)) as (screen, pilot):
        stray = next(at for at, one in enumerate(listed(screen)) if "annotations without an article" in one)
        await pilot.press(*["down"] * stray, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Ask)
        await pilot.press("escape")
        await settled(pilot)
        assert store.sidecar_path(root / "harbour.txt").exists()


async def test_a_file_that_is_no_text_is_listed_with_the_reason_and_opening_says_it(root: Path) -> None:
    (root / "zz.txt").write_bytes(b"\x00\x01\xff" * 50)
    async with opened(root) as (screen, pilot):
        at = next(at for at, one in enumerate(listed(screen)) if "not read zz.txt" in one)
        await pilot.press(*["down"] * at, "enter")
        await settled(pilot)
        assert "zz.txt" in screen.footer.message
        assert screen.footer.loud
