"""Git merging sidecars for real: two branches, the driver, and everything that can become of it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.emit import emit
from annotations.load import load_sidecar
from annotations.model import Annotation, Position, Quote, Reply, Sidecar
from reader.cli.driving import ATTRIBUTES, settings

GIT = shutil.which("git") or ""
NAME = "news.txt.postil.yaml"
pytestmark = pytest.mark.skipif(not GIT, reason="needs git")


def one(name: str, author: str = "ada", start: int = 3, **more: object) -> Annotation:
    fields = {"kind": "note", "created": "2026-11-22T10:11:12Z", **more}
    return Annotation(
        id=name, author=author, quote=Quote(exact=f"words of {name}"),
        position=Position(start=start, end=start + 5, text="00"), **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def file_of(*annotations: Annotation) -> bytes:
    sidecar = Sidecar(sections={"ada": (), "ben": ()})
    for each in annotations:
        sidecar = sidecar.put(each)
    return emit(sidecar).encode()


class Repository:
    def __init__(self, folder: Path, program: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        for name, value in settings().items():
            self.git("config", name, value.replace(settings_program(), program))
        (folder / ".gitattributes").write_text(f"{ATTRIBUTES}\n")

    def git(self, *words: str, status: int | None = 0) -> str:
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
        names = {f"GIT_{role}_{part}": "ada@x" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
        done = subprocess.run([GIT, *words], cwd=self.folder, env=environment | names, capture_output=True, check=False)
        if status is not None:
            assert done.returncode == status, done.stderr.decode()
        return (done.stdout + done.stderr).decode(errors="replace")

    def commit(self, data: bytes) -> None:
        (self.folder / NAME).write_bytes(data)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "annotate")

    def merge(self, base: bytes | None, ours: bytes, theirs: bytes, status: int) -> bytes:
        if base is None:
            self.git("add", "-A")
            self.git("commit", "-q", "-m", "begin")
        else:
            self.commit(base)
        self.git("checkout", "-q", "-b", "theirs")
        self.commit(theirs)
        self.git("checkout", "-q", "main")
        self.commit(ours)
        self.said = self.git("merge", "-q", "--no-edit", "theirs", status=status)
        return (self.folder / NAME).read_bytes()


def settings_program() -> str:
    return settings()["diff.postil.textconv"].removesuffix(" textconv")


def program_in(folder: Path) -> str:
    """How a shell calls a program, in that folder, that runs this checkout."""
    program = folder / "postil"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -P -m reader.cli \"$@\"\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    quoted = str(program).replace("'", "'\\''")
    return f"env PYTHONPATH='{Path(__file__).parents[3]}' '{quoted}'"


@pytest.fixture
def postil(tmp_path: Path) -> str:
    """The program, in a folder with a blank and quotes in its name."""
    folder = tmp_path / "a 'b' ü"
    folder.mkdir()
    return program_in(folder)


A, B = one("a1"), one("b2", "ben", 9)


def test_two_branches_that_add_and_edit_merge_without_a_conflict(tmp_path: Path, postil: str) -> None:
    ours = file_of(replace(A, note="ours"), B, one("c3", start=20))
    theirs = file_of(A, replace(B, note="theirs"), one("d4", start=20))
    merged = Repository(tmp_path / "r", postil).merge(file_of(A, B), ours, theirs, 0)
    assert merged == file_of(
        replace(A, note="ours"), replace(B, note="theirs"), one("c3", start=20), one("d4", start=20)
    )


def test_a_sidecar_that_both_sides_made_holds_both(tmp_path: Path, postil: str) -> None:
    merged = Repository(tmp_path / "r", postil).merge(None, file_of(A), file_of(B), 0)
    assert merged == file_of(A, B)


def test_one_real_conflict_is_data_in_a_valid_file(tmp_path: Path, postil: str) -> None:
    repository = Repository(tmp_path / "r", postil)
    ours = file_of(replace(A, note="ours", tags=("x",)), B)
    theirs = file_of(
        replace(A, note="theirs", tags=("y",), replies=(Reply(id="r", author="b", created="1", note="n"),)), B
    )
    sidecar = load_sidecar(repository.merge(file_of(A, B), ours, theirs, 1), Path(NAME))
    merged = sidecar.get("a1")
    assert merged is not None
    assert merged.conflicts == {"note": {"ours": "ours", "theirs": "theirs"}}
    assert (set(merged.tags), len(merged.replies)) == ({"x", "y"}, 1)
    assert "note: changed on both sides" in repository.said
    assert repository.git("ls-files", "-u").count(NAME) == 3


def test_a_deletion_against_an_edit_keeps_the_edit(tmp_path: Path, postil: str) -> None:
    merged = Repository(tmp_path / "r", postil).merge(file_of(A, B), file_of(A), file_of(A, replace(B, note="but")), 1)
    kept = load_sidecar(merged, Path(NAME)).get("b2")
    assert kept is not None
    assert kept.conflicts == {"deleted": "ours"}


BROKEN = {
    "killed": "sh -c 'kill -9 $$' --",
    "missing": "'/no such folder/postil'",
    "refusing": "sh -c 'exit 70' --",
    "crashing": f"'{sys.executable}' -c 'raise SystemError' --",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("nul", [False, True])
def test_whatever_becomes_of_the_driver_no_side_is_lost(tmp_path: Path, broken: str, *, nul: bool) -> None:
    ours, theirs = file_of(replace(A, note="what we say")), file_of(replace(A, note="what they say"))
    if nul:
        theirs += b"# \0\n"
    merged = Repository(tmp_path / "r", broken).merge(file_of(A), ours, theirs, 1)
    assert b"what we say" in merged
    assert b"what they say" in merged
    assert b"<<<<<<<" in merged


def test_a_side_that_is_no_sidecar_stands_beside_the_other(tmp_path: Path, postil: str) -> None:
    repository = Repository(tmp_path / "r", postil)
    merged = repository.merge(file_of(A), file_of(replace(A, note="what we say")), b"postil: [\nwhat they say", 1)
    assert b"what we say" in merged
    assert b"what they say" in merged
    assert "theirs cannot be read" in repository.said


def test_a_sidecar_merges_under_the_name_that_its_article_was_given(tmp_path: Path, postil: str) -> None:
    repository = Repository(tmp_path / "r", postil)
    repository.commit(file_of(A, B, one("c3", start=30), one("d4", start=40)))
    repository.git("checkout", "-q", "-b", "theirs")
    repository.git("mv", NAME, f"new {NAME}")
    repository.git("commit", "-q", "-m", "rename")
    repository.git("checkout", "-q", "main")
    repository.commit(file_of(replace(A, note="so"), B, one("c3", start=30), one("d4", start=40)))
    repository.git("merge", "-q", "--no-edit", "theirs")
    merged = load_sidecar((repository.folder / f"new {NAME}").read_bytes(), Path(NAME))
    assert [each.note for each in merged.annotations] == ["so", "", "", ""]


def test_criss_cross_merges_keep_two_different_decisions_apart(tmp_path: Path, postil: str) -> None:
    repository = Repository(tmp_path / "r", postil)
    git = repository.git
    repository.commit(file_of(A))
    git("checkout", "-q", "-b", "left")
    repository.commit(file_of(replace(A, note="left")))
    git("checkout", "-q", "-b", "right", "main")
    repository.commit(file_of(replace(A, note="right")))
    for branch, other, decision in (("left", "right~0", "L"), ("right", "left~1", "R")):
        git("checkout", "-q", branch)
        git("merge", "-q", "--no-edit", other, status=1)
        repository.commit(file_of(replace(A, note=decision)))
    git("checkout", "-q", "left")
    git("merge", "-q", "--no-edit", "right", status=1)
    merged = load_sidecar((repository.folder / NAME).read_bytes(), Path(NAME)).get("a1")
    assert merged is not None
    found = merged.conflicts["note"]
    assert isinstance(found, dict)
    assert {found["ours"], found["theirs"]} == {"L", "R"}


def test_textconv_shows_what_was_said_and_no_offsets(tmp_path: Path, postil: str) -> None:
    repository = Repository(tmp_path / "r", postil)
    repository.commit(file_of(A))
    (repository.folder / NAME).write_bytes(file_of(replace(A, note="so")))
    shown = repository.git("diff")
    assert "+  note: so" in shown
    assert "position" not in shown
