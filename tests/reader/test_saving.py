"""When saving fails: what was marked stays on the screen, it is said, offered again, and asked about on the way out."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from textual.widgets import Static

from annotations import durable, store
from annotations.durable import explained
from index import library
from reader import desk
from reader.messages import OpenArticle, Target
from reader.screens.ask import Ask
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port", marks=False)


def marks(root: Path, name: str) -> int:
    return len(store.load(store.sidecar_path(root / name)).sidecar.annotations)


def broken(monkeypatch: pytest.MonkeyPatch, number: int, *, only: str = "") -> None:
    """Let the durable write fail as the system would."""
    write = durable.write_atomically

    def fail(path: Path, data: bytes, *, inside: Path | None = None) -> None:
        if only in path.name:
            raise explained(OSError(number, "broken"), path)
        write(path, data, inside=inside)

    monkeypatch.setattr(store, "write_atomically", fail)


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "permission denied")],
    ids=["full", "denied"],
)
async def test_a_mark_that_is_not_saved_stays_and_is_offered_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        with monkeypatch.context() as failing:
            broken(failing, number)
            await pilot.press("s", "h")
            await settled(pilot)
            assert screen.article.current is not None
            assert "not saved" in screen.titlebar.render().plain
            assert said in screen.footer.message
            await pilot.press("ctrl+s")
            await settled(pilot)
            assert "not saved" in screen.titlebar.render().plain
            await pilot.press("q")
            await settled(pilot)
            assert isinstance(pilot.app.screen, Ask)
            assert said in " ".join(str(one.render()) for one in pilot.app.screen.query(Static))
            await pilot.press("escape")
        assert marks(root, "harbour.txt") == 0
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert marks(root, "harbour.txt") == 1
        assert "✓ saved" in screen.titlebar.render().plain


async def test_a_save_elsewhere_does_not_hide_what_is_not_saved(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        with monkeypatch.context() as failing:
            broken(failing, errno.ENOSPC, only="harbour")
            await pilot.press("h")
            await settled(pilot)
            await pilot.press("escape", "down", "enter")
            await settled(pilot)
            assert screen.article.path == "letter.txt"
            await pilot.press("h")
            await settled(pilot)
            assert marks(root, "letter.txt") == 1
            assert "not saved" in screen.titlebar.render().plain
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert marks(root, "harbour.txt") == 1
        assert "not saved" not in screen.titlebar.render().plain


async def test_a_correction_that_is_not_saved_is_shown_all_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        with monkeypatch.context() as failing:
            broken(failing, errno.EROFS)
            await pilot.press("E", "tab", *"2031", "enter")
            await settled(pilot)
            assert screen.article.desk.article.published == "2031"
            assert "not saved" in screen.titlebar.render().plain
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert store.load(store.sidecar_path(root / "harbour.txt")).sidecar.article == {"published": "2031"}


async def test_names_that_cannot_be_learnt_do_not_make_a_saved_mark_look_lost(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        (root / "postil.yaml").write_text("postil: 1\npostil: 1\n")
        await pilot.press("h")
        await settled(pilot)
        assert marks(root, "harbour.txt") == 1
        await pilot.press("c")
        await settled(pilot)
        await pilot.press(*"Zed", "enter")
        await settled(pilot)
        (claim,) = store.load(store.sidecar_path(root / "harbour.txt")).sidecar.annotations
        assert claim.claim
        assert claim.claim.speaker == "Zed"
        assert "postil.yaml:2" in screen.footer.message
        assert "not saved" not in screen.titlebar.render().plain


async def test_an_article_too_large_says_why_when_opened_and_when_marked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "READ_ONLY_ABOVE", 100)
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        assert "too large to annotate" in screen.footer.message
        for key in ("h", "c", "a", "Q", "E", "p"):
            await pilot.press(key)
            await settled(pilot)
            assert "too large to annotate" in screen.footer.message, key
        assert "read-only" in str(screen.article.query_one(".about").render())
    assert not store.sidecar_path(root / "harbour.txt").exists()


async def test_an_article_too_large_to_be_searched_says_so_under_its_title(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        about = screen.article.query_one(".about")
        assert "too large" not in str(about.render())
        monkeypatch.setattr(desk, "INDEX_LIMIT", 100)
        screen.post_message(OpenArticle(Target("letter.txt")))
        await settled(pilot)
        assert "too large to be searched" in str(about.render())
        await pilot.press("h")
        await settled(pilot)
    assert marks(root, "letter.txt") == 1, "it can be marked all the same"


async def test_a_folder_in_the_place_of_the_sidecar_is_said(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        store.sidecar_path(root / "harbour.txt").mkdir()
        await pilot.press("h")
        await settled(pilot)
        assert "not a regular file" in screen.footer.message
        assert screen.article.current is not None
        store.sidecar_path(root / "harbour.txt").rmdir()
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert marks(root, "harbour.txt") == 1
