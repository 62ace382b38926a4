"""A merge that git left unfinished, in the reader: it is said, and a sidecar with conflict markers is merged again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from annotations import store
from reader.session import Session
from tests.reader.shelf import make_library, opened, settled

GIT = shutil.which("git") or ""
pytestmark = pytest.mark.skipif(not GIT, reason="needs git")


def git(folder: Path, *words: str, status: int = 0) -> None:
    assert subprocess.run([GIT, *words], cwd=folder, check=False, capture_output=True).returncode == status


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library in the middle of a merge, with a note that two branches changed."""
    root = make_library(tmp_path / "port", marks=False)
    sidecar = store.sidecar_path(root / "harbour.txt")
    git(root, "init", "-q", "-b", "main")
    Session.start(root, author="ada").annotate("harbour.txt", 200, 220, "note", note="begin")
    written = sidecar.read_text()
    for branch, note in (("main", "begin"), ("theirs", "theirs"), ("main", "ours")):
        if note != "begin":
            git(root, "checkout", "-q", *["-b"] * (branch == "theirs"), branch)
        sidecar.write_text(written.replace("note: begin", f"note: {note}"))
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", note)
    git(root, "merge", "-q", "--no-edit", "theirs", status=1)
    return root


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_merge_under_way_is_said_and_both_sides_are_merged_again(root: Path, size: tuple[int, int]) -> None:
    async with opened(root, size=size, path="harbour.txt") as (screen, pilot):
        await settled(pilot)
        title = screen.titlebar.render().plain
        assert ("merge under way, 1 sidecar to resolve" if size[0] == 120 else "merge under way, 1…") in title
        assert screen.titlebar.read_only
        await pilot.press("exclamation_mark", "r")
        await settled(pilot)
        assert not screen.titlebar.read_only
        [one] = screen.article.desk.sidecar.annotations
        assert (one.note, [*one.conflicts]) == ("ours", ["note"])


async def test_what_git_holds_no_sides_of_stays_as_it_is(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "with markers")
    before = store.sidecar_path(root / "harbour.txt").read_bytes()
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await settled(pilot)
        assert "under way" not in screen.titlebar.render().plain
        await pilot.press("exclamation_mark", "r")
        await settled(pilot)
        assert "git holds no sides" in screen.footer.message
        assert store.sidecar_path(root / "harbour.txt").read_bytes() == before
