"""The review screen: one changed annotation at a time, judged by key, pending until it is submitted."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations.model import Claim
from reader.app import Reader
from reader.config import State
from reader.screens.read import ReadScreen
from reader.screens.review import ReviewScreen
from reader.session import Session
from tests.reader.shelf import make_library, opened, settled

GIT = shutil.which("git") or ""
pytestmark = pytest.mark.skipif(not GIT, reason="needs git")


def git(folder: Path, *words: str) -> str:
    return subprocess.run([GIT, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library whose branch `ben` has one more claim, an edited one, and one less than main."""
    root = make_library(tmp_path / "port", marks=False)
    git(root, "init", "-q", "-b", "main")
    session = Session.start(root, author="ben")
    text = session.open("harbour.txt").article.text
    at = [text.index(" ", 200 + 60 * number) + 1 for number in range(3)]
    old, gone = (
        session.annotate("harbour.txt", start, start + 20, "claim", claim=Claim(speaker="A")) for start in at[:2]
    )
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "begin")
    git(root, "checkout", "-q", "-b", "ben")
    session.annotate("harbour.txt", at[2], at[2] + 20, "claim", claim=Claim(speaker="B"), note="new")
    session.replace("harbour.txt", replace(old, note="changed"))
    session.delete("harbour.txt", gone.id)
    git(root, "commit", "-q", "-a", "-m", "change")
    git(root, "checkout", "-q", "main")
    return root


@asynccontextmanager
async def reviewing(root: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[ReviewScreen, Pilot[None]]]:
    app = Reader(Session.start(root, author="ada"), State.load())
    app.review = ("main..ben",)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ReviewScreen)
        yield app.screen, pilot


def change(screen: ReviewScreen) -> str:
    return str(screen._change.render())


async def test_it_shows_what_changed_in_its_passage(root: Path) -> None:
    async with reviewing(root) as (screen, pilot):
        assert "1 of 3" in str(screen.title_line.render())
        assert "changed" in change(screen)
        assert screen.pane.current
        await pilot.press("right_square_bracket")
        assert "removed" in change(screen)
        await pilot.press("a")
        assert "nothing to judge" in screen.footer.message
        await pilot.press("y")
        assert "speaker: A" in change(screen)


async def test_verdicts_pend_over_a_restart_and_are_submitted_on_the_branch(root: Path) -> None:
    async with reviewing(root) as (screen, pilot):
        await pilot.press("a", "m", *"so?", "enter", "r")
        await settled(pilot)
        assert "all are judged" in screen.footer.message
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.return_code == 0  # who came for the review alone leaves with it
    async with reviewing(root) as (screen, pilot):
        assert "2 judged" in str(screen.title_line.render())
        await pilot.press("S", "s")
        await settled(pilot)
        assert "committed on ben" in screen.footer.message
    written = git(root, "show", "ben:harbour.txt.postil.yaml")
    assert written.count("verdict: accepted") == written.count("verdict: rejected") == written.count("note: so?") == 1
    assert git(root, "status", "--short") == ""


async def test_a_verdict_is_taken_back_and_a_comment_left(root: Path) -> None:
    async with reviewing(root, (80, 24)) as (screen, pilot):
        await pilot.press("w", "left_square_bracket", "left_square_bracket", "u")
        await pilot.press("m", "x", "escape")
        assert "0 judged" in str(screen.title_line.render())
        await pilot.press("S")
        assert "nothing is pending" in screen.footer.message


async def test_a_range_that_is_none_is_said(root: Path) -> None:
    app = Reader(Session.start(root, author="ada"), State.load())
    app.review = ("nowhere",)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ReadScreen)
        assert "nowhere" in app.screen.footer.message


async def test_branches_are_offered(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("V", *"ben")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        await pilot.press("q")
        await settled(pilot)
        assert pilot.app.screen_stack[-1:] == [screen]
        await pilot.press("V", *"ben", "enter")
        await settled(pilot)
        await pilot.press("o")
        await settled(pilot)
        assert pilot.app.screen_stack[-1:] == [screen]
        assert screen.article.path == "harbour.txt"
