"""Two people annotate the same article in clones of one library, and git brings their work together."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.load import load_sidecar
from annotations.model import SIDECAR_SUFFIX, Claim, Sidecar
from annotations.resolve import undecided
from index.library import Library
from reader.cli.driving import ATTRIBUTES, settings
from reader.session import Session

GIT = shutil.which("git") or ""
pytestmark = pytest.mark.skipif(not GIT, reason="needs git")


def git(folder: Path, *words: str, status: int = 0) -> str:
    done = subprocess.run([GIT, *words], cwd=folder, capture_output=True, check=False)
    assert done.returncode == status, done.stderr.decode()
    return os.fsdecode(done.stdout)


@pytest.fixture
def shelf(tmp_path: Path, seeds: Path) -> Path:
    """A library of the two articles, in git; the clones are made from it."""
    root = tmp_path / "shelf"
    root.mkdir()
    for seed in seeds.glob("*.txt"):
        (root / seed.name).write_bytes(seed.read_bytes())
    Library.create(root, ["ada", "ben"])
    git(root, "init", "-q", "-b", "main")
    return root


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")


def clone(shelf: Path, name: str, *, driver: bool, program: Path) -> Path:
    root = shelf.parent / name
    git(shelf.parent, "clone", "-q", str(shelf), name)
    if driver:
        for key, value in settings().items():
            call = settings()["diff.postil.textconv"].removesuffix(" textconv")
            git(root, "config", key, value.replace(call, f"'{program}'"))
    return root


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """This checkout's postil, as git can call it."""
    path = tmp_path / "postil"
    path.write_text(
        f"#!/bin/sh\nPYTHONPATH='{Path(__file__).parents[1]}' exec '{sys.executable}' -P -m reader.cli \"$@\"\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def article(root: Path) -> str:
    return min(path.name for path in root.glob("*.txt"))


def annotate(root: Path, author: str, first: int, count: int = 6) -> None:
    """New claims on the words from one on, each author on other ones."""
    session = Session.start(root, author=author)
    path = article(root)
    text = session.open(path).article.text
    for number in range(first, first + count):
        start = 800 + number * 37
        start = text.index(" ", start) + 1
        claim = Claim(speaker=f"Speaker {number}", status="new")
        session.annotate(path, start, text.index(" ", start + 12), "claim", claim=claim)


def sidecar(root: Path) -> Sidecar:
    path = root / f"{article(root)}{SIDECAR_SUFFIX}"
    return load_sidecar(path.read_bytes(), path)


def change(root: Path, author: str) -> None:
    """Four acts on what both began with: an edit that clashes, a tag, a reply; a deletion against an edit."""
    session = Session.start(root, author=author)
    path = article(root)
    clash, shared, gone, quiet = session.desk(path).sidecar.sections["ada"]
    ada = author == "ada"
    assert clash.claim
    session.replace(path, replace(clash, claim=replace(clash.claim, speaker=f"Zhao, says {author}")))
    session.replace(path, replace(shared, tags=(*shared.tags, author)))
    session.reply(path, shared.id, f"{author} was here")
    if ada:
        session.delete(path, gone.id)
    else:
        session.replace(path, replace(quiet, note="ben alone wrote this"))


@pytest.mark.parametrize("ada_merges", [True, False])
def test_ten_acts_each_leave_one_thing_to_decide(shelf: Path, program: Path, *, ada_merges: bool) -> None:
    (shelf / ".gitattributes").write_text(f"{ATTRIBUTES}\n")
    annotate(shelf, "ada", 0, 4)
    commit(shelf)
    roots = {name: clone(shelf, name, driver=True, program=program) for name in ("ada", "ben")}
    for author, root in roots.items():
        change(root, author)
        annotate(root, author, 10 if author == "ada" else 30)
        commit(root)
    mine, theirs = (roots[name] for name in (("ada", "ben") if ada_merges else ("ben", "ada")))
    git(mine, "pull", "-q", "--no-rebase", "--no-edit", str(theirs), "main", status=1)
    merged = sidecar(mine)
    [left] = undecided(merged)
    assert left.field == "claim.speaker"
    assert {left.sides["ours"], left.sides["theirs"]} == {"Zhao, says ada", "Zhao, says ben"}
    assert len(merged.sections["ada"]) == 3 + 6
    assert len(merged.sections["ben"]) == 6
    shared = next(one for one in merged.annotations if one.replies)
    assert (set(shared.tags), len(shared.replies)) == ({"ada", "ben"}, 2)
    assert sum(one.note == "ben alone wrote this" for one in merged.annotations) == 1


def test_a_deletion_against_an_edit_is_left_to_decide(shelf: Path, program: Path) -> None:
    (shelf / ".gitattributes").write_text(f"{ATTRIBUTES}\n")
    annotate(shelf, "ada", 0, 2)
    commit(shelf)
    ada, ben = (clone(shelf, name, driver=True, program=program) for name in ("ada", "ben"))
    one = sidecar(ada).sections["ada"][0]
    Session.start(ada, author="ada").delete(article(ada), one.id)
    Session.start(ben, author="ben").replace(article(ben), replace(one, note="but"))
    commit(ada)
    commit(ben)
    git(ada, "pull", "-q", "--no-rebase", "--no-edit", str(ben), "main", status=1)
    assert [(left.field, left.deleted) for left in undecided(sidecar(ada))] == [("deleted", "ours")]


def test_a_sidecar_that_each_side_made_holds_the_work_of_both(shelf: Path, program: Path) -> None:
    (shelf / ".gitattributes").write_text(f"{ATTRIBUTES}\n")
    commit(shelf)
    ada, ben = (clone(shelf, name, driver=True, program=program) for name in ("ada", "ben"))
    for root, author, first in ((ada, "ada", 0), (ben, "ben", 20)):
        annotate(root, author, first, 10)
        commit(root)
    git(ada, "pull", "-q", "--no-rebase", "--no-edit", str(ben), "main")
    assert {author: len(section) for author, section in sidecar(ada).sections.items()} == {"ada": 10, "ben": 10}


def test_adds_alone_merge_without_the_driver_where_both_sections_were_there(shelf: Path, program: Path) -> None:
    file = shelf / f"{article(shelf)}{SIDECAR_SUFFIX}"
    file.write_text("postil: 1\n\narticle:\n\nannotations:\n\n  ada:\n\n  ben:\n")
    commit(shelf)
    ada, ben = (clone(shelf, name, driver=False, program=program) for name in ("ada", "ben"))
    for root, author, first in ((ada, "ada", 0), (ben, "ben", 20)):
        annotate(root, author, first, 10)
        commit(root)
    git(ada, "pull", "-q", "--no-rebase", "--no-edit", str(ben), "main")
    assert {author: len(section) for author, section in sidecar(ada).sections.items()} == {"ada": 10, "ben": 10}
