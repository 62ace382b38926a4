"""The texts that an article had in git: in odd repositories, under other names, and within limits."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from annotations import git as git_module
from annotations import history
from annotations.git import Git
from annotations.history import Found, Versions, find, texts, walked
from annotations.revisions import read_blobs
from annotations.text import canonical, fingerprint

GIT = shutil.which("git") or ""
pytestmark = pytest.mark.skipif(not GIT, reason="needs git")
LINES = [f"Line {number} of what the article says.\n" for number in range(30)]


def git(folder: Path, *words: str) -> str:
    options = ["-c", "user.name=ada", "-c", "user.email=ada", "-c", "protocol.file.allow=always"]
    done = subprocess.run([GIT, *options, *words], cwd=folder, check=True, capture_output=True)
    return os.fsdecode(done.stdout).strip()


def text(version: int) -> str:
    return "".join([*LINES, f"This is version {version} — “so”.\n"])


def commit(folder: Path, name: str, content: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")


def at(folder: Path) -> Git:
    found = Git.at(folder)
    assert found is not None
    return found


def sought(folder: Path, name: str, wanted: Iterable[str], known: Versions | None = None) -> Found:
    marks = {fingerprint(canonical(one)) for one in wanted}
    return find(at(folder), name, marks, known or Versions(), seconds=20)


def has(folder: Path, name: str, wanted: str) -> bool:
    found = sought(folder, name, [wanted])
    assert set(found.texts.values()) <= {canonical(wanted)}
    return bool(found.texts)


@pytest.fixture(params=["sha1", "sha256"])
def top(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "li brary"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main", f"--object-format={request.param}")
    return folder


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that git is asked from now on."""
    asked: list[str] = []
    real = Git.query

    def query(self: Git, *words: str, **options: object) -> bytes | None:
        asked.append(words[0])
        return real(self, *words, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Git, "query", query)
    return asked


@pytest.mark.parametrize(
    "name", ["a.txt", "-p.txt", "--output=x.txt", ":(top)a.txt", "über 中/a b.txt", "a[b]*.txt", "na\tme\n.txt"]
)
def test_every_version_is_found_whatever_the_article_is_called(top: Path, name: str) -> None:
    for number in range(4):
        commit(top, name, text(number))
    commit(top, "other.txt", text(9))
    found = sought(top, name, map(text, range(4)))
    assert set(found.texts.values()) == set(map(text, range(4)))
    assert len(found.versions.blobs) == 4
    assert not found.cut
    assert not has(top, name, "never written")
    assert len(sought(top, name, [text(2)]).versions.prints) == 2, "older ones need not be read"
    assert not [path for path in top.iterdir() if path.name == "x.txt"]


def test_a_version_is_known_by_its_canonical_text(top: Path) -> None:
    commit(top, "a.txt", text(1).replace("\n", "\r\n").encode("utf-16"))
    commit(top, "a.txt", b"\xef\xbb\xbf" + "Cafe\u0301\r\n".encode())
    commit(top, "a.txt", "now")
    assert has(top, "a.txt", text(1))
    assert has(top, "a.txt", "Caf\u00e9\n")


def test_an_article_is_followed_through_renames(top: Path) -> None:
    commit(top, "a.txt", text(1))
    (top / "in").mkdir()
    git(top, "mv", "a.txt", "in/b.txt")
    commit(top, "in/b.txt", text(2))
    git(top, "mv", "in/b.txt", "c.txt")
    commit(top, "c.txt", text(3))
    assert has(top, "c.txt", text(1))
    assert has(top, "c.txt", text(2))


def test_what_only_a_merge_brought_is_found(top: Path) -> None:
    commit(top, "a.txt", text(0))
    git(top, "checkout", "-q", "-b", "side")
    commit(top, "a.txt", text(1))
    git(top, "checkout", "-q", "main")
    commit(top, "a.txt", text(2))
    with pytest.raises(subprocess.CalledProcessError):
        git(top, "merge", "-q", "side")
    commit(top, "a.txt", text(3))
    assert has(top, "a.txt", text(3))
    commit(top, "a.txt", text(4))
    assert has(top, "a.txt", text(3))
    assert has(top, "a.txt", text(1))


@pytest.mark.parametrize(
    "odd", [b"\x00\xff\xfe binary \x80\x81", b"\xff" * 1000, b"", b"version https://git-lfs.github.com/spec/v1\n"]
)
def test_versions_that_are_no_text_are_passed_over_and_not_read_again(top: Path, odd: bytes, calls: list[str]) -> None:
    commit(top, "a.txt", text(1))
    commit(top, "a.txt", odd)
    commit(top, "a.txt", text(2))
    found = sought(top, "a.txt", ["never written"])
    assert (found.texts, found.cut, len(found.versions.prints)) == ({}, "", 3)
    calls.clear()
    again = sought(top, "a.txt", ["never written"], found.versions)
    assert again == found
    assert calls == ["rev-parse"]
    calls.clear()
    assert sought(top, "a.txt", [text(1)], found.versions).texts == {fingerprint(text(1)): text(1)}
    assert "log" not in calls


def test_a_link_or_a_submodule_in_its_place_is_passed_over(top: Path) -> None:
    commit(top, "a.txt", text(1))
    (top / "a.txt").unlink()
    (top / "a.txt").symlink_to("/etc/passwd")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "a link")
    git(top, "update-index", "--cacheinfo", f"160000,{git(top, 'rev-parse', 'HEAD')},a.txt")
    git(top, "commit", "-q", "-m", "a submodule")
    git(top, "reset", "-q", "--hard")
    shutil.rmtree(top / "a.txt", ignore_errors=True)
    commit(top, "a.txt", text(2))
    assert has(top, "a.txt", text(1))
    assert not has(top, "a.txt", "/etc/passwd")


def test_a_history_that_grew_is_walked_again_and_what_was_read_is_not(top: Path, calls: list[str]) -> None:
    commit(top, "a.txt", text(1))
    commit(top, "a.txt", text(2))
    known = sought(top, "a.txt", ["none"]).versions
    commit(top, "a.txt", text(3))
    read: list[str] = []
    calls.clear()

    def reading(git: Git, blobs: Iterable[str], **options: float | None) -> dict[str, bytes]:
        read.extend(names := list(blobs))
        return read_blobs(git, names, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "read_blobs", reading)
        found = sought(top, "a.txt", ["none"], known)
    assert "log" in calls
    assert read == [git(top, "rev-parse", "HEAD:a.txt")]
    assert len(found.versions.prints) == 3


def test_a_version_that_is_too_large_is_passed_over(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LARGEST", 5000)
    commit(top, "a.txt", text(1) * 10)
    commit(top, "a.txt", text(2))
    commit(top, "a.txt", text(3))
    assert not has(top, "a.txt", text(1) * 10)
    assert has(top, "a.txt", text(2))


def test_versions_are_held_a_few_at_a_time(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_ROOM", 3 * len(text(0).encode()))
    for number in range(8):
        commit(top, "a.txt", text(number))
    assert has(top, "a.txt", text(0))


def test_a_history_of_too_many_versions_says_so(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tuple("--max-count=3" if word.startswith("--max-count") else word for word in history._RAW)
    monkeypatch.setattr(history, "_RAW", raw)
    monkeypatch.setattr(history, "MOST", 3)
    for number in range(6):
        commit(top, "a.txt", text(number))
    found = sought(top, "a.txt", [text(0)])
    assert (found.texts, found.cut) == ({}, "its history has more than 3 versions")
    assert sought(top, "a.txt", [text(4)]).texts


def test_a_search_that_takes_too_long_says_so_and_goes_on_next_time(top: Path) -> None:
    for number in range(5):
        commit(top, "a.txt", text(number))
    wanted = {fingerprint(text(0))}
    found = find(at(top), "a.txt", wanted, Versions(), seconds=0.000_001)
    assert found.texts == {}
    assert found.cut == "its history takes longer than 1e-06 s to search"
    assert find(at(top), "a.txt", wanted, found.versions, seconds=20).texts == {fingerprint(text(0)): text(0)}


def test_a_git_that_hangs_is_not_waited_for(top: Path, tmp_path: Path) -> None:
    commit(top, "a.txt", text(1))
    hanging = tmp_path / "git"
    walks = tmp_path / "walks"
    program = f'case "$*" in *"log --follow"*) echo walk >> {walks}; sleep 60;; esac\nexec {GIT} "$@"\n'
    hanging.write_text(f"#!/bin/sh\n{program}")
    hanging.chmod(0o755)
    found = find(Git(str(hanging), top), "a.txt", {"0" * 16}, Versions(), seconds=0.3)
    assert found.cut == "its history takes longer than 0.3 s to search"
    again = find(Git(str(hanging), top), "a.txt", {"0" * 16}, found.versions, seconds=0.3)
    assert again == found
    assert walks.read_text() == "walk\n", "waiting again would tell the same"


def clone(top: Path, *options: str) -> Path:
    git(top, "config", "uploadpack.allowFilter", "true")
    folder = top.parent / "clone"
    git(top.parent, "clone", "-q", *options, top.as_uri(), str(folder))
    return folder


@pytest.fixture
def source(top: Path) -> Path:
    for number in range(3):
        commit(top, "news/a.txt", text(number))
        commit(top, "other/b.txt", text(10 + number))
    return top


def test_a_shallow_clone_has_what_it_has_and_says_so(source: Path) -> None:
    folder = clone(source, "--depth=4")
    assert has(folder, "news/a.txt", text(1))
    found = sought(folder, "news/a.txt", [text(0)])
    assert found.texts == {}
    assert found.cut == "its history is not all here, as in a shallow clone"
    git(folder, "fetch", "-q", "--unshallow")
    assert sought(folder, "news/a.txt", [text(0)], found.versions).texts


@pytest.mark.parametrize("kind", ["blob:none", "tree:0"])
def test_in_a_partial_clone_nothing_is_fetched(source: Path, kind: str) -> None:
    folder = clone(source, f"--filter={kind}")
    there = git(folder, "count-objects", "-v")
    found = sought(folder, "news/a.txt", [text(0)])
    assert found.texts == {}
    assert "not here" in found.cut
    if kind == "blob:none":
        assert has(folder, "news/a.txt", text(2))
        git(folder, "show", "HEAD~4:news/a.txt")  # fetches it
        there = git(folder, "count-objects", "-v")
        assert sought(folder, "news/a.txt", [text(0)], found.versions).texts
    assert git(folder, "count-objects", "-v") == there


def test_a_rename_in_a_partial_clone_is_followed_when_its_objects_came(source: Path) -> None:
    git(source, "mv", "news/a.txt", "a.txt")
    commit(source, "a.txt", text(3))
    commit(source, "a.txt", text(4))
    folder = clone(source, "--filter=blob:none")
    found = sought(folder, "a.txt", [text(0)])
    assert (found.texts, "not here" in found.cut) == ({}, True)
    git(folder, "fetch", "-q", "--refetch", "--no-filter")
    assert sought(folder, "a.txt", [text(0)], found.versions).texts


def test_a_sparse_clone_and_a_work_tree_have_all_of_it(source: Path) -> None:
    folder = clone(source, "--sparse")
    git(folder, "sparse-checkout", "set", "other")
    assert not (folder / "news").exists()
    assert has(folder, "news/a.txt", text(0))
    git(source, "worktree", "add", "-q", str(source.parent / "tree"))
    assert has(source.parent / "tree", "news/a.txt", text(0))


def test_where_nothing_was_committed_there_is_nothing(top: Path) -> None:
    (top / "a.txt").write_text(text(1))
    assert sought(top, "a.txt", [text(1)]) == Found({}, Versions())


def test_a_repository_that_is_broken_is_said(top: Path) -> None:
    commit(top, "a.txt", text(1))
    there = at(top)
    name = git(top, "rev-parse", "HEAD:a.txt")
    commit(top, "a.txt", text(2))
    broken = top / ".git" / "objects" / name[:2] / name[2:]
    broken.chmod(0o600)
    broken.write_bytes(b"no object")
    found = find(there, "a.txt", {fingerprint(text(1))}, Versions(), seconds=20)
    assert found.texts == {}
    assert found.cut


def test_the_texts_of_a_history_come_oldest_first(top: Path) -> None:
    for number in range(3):
        commit(top, "a.txt", text(number))
    commit(top, "a.txt", b"\xff\xff")
    versions = walked(at(top), "a.txt", Versions(), 20)
    assert [*texts(at(top), versions)] == [text(0), text(1), text(2)]


def test_a_broken_git_program_is_no_reason_to_crash(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(top, "a.txt", text(1))
    there = at(top)
    monkeypatch.setattr(git_module, "_FIXED", {"GIT_DIR": "/nowhere"})
    assert find(there, "a.txt", {"0" * 16}, Versions(), seconds=20).texts == {}
