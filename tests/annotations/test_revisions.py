"""Sidecars as they were in git, in odd and hostile repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from annotations.errors import InputError, UsageError
from annotations.git import Git
from annotations.revisions import Range, find_range, merge_base, pairs, read_blobs, resolve

GIT = shutil.which("git") or ""
NAME = "a b.txt.postil.yaml"
pytestmark = pytest.mark.skipif(not GIT, reason="needs git")


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=ada", "-c", "user.email=ada"]
    done = subprocess.run([GIT, *who, *words], cwd=folder, check=True, capture_output=True)
    return os.fsdecode(done.stdout).strip()


def at(folder: Path) -> Git:
    found = Git.at(folder)
    assert found is not None
    return found


def commit(folder: Path, **files: str | None) -> str:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", " ")
        path = path.with_name(f"{path.name}.txt.postil.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x", "--allow-empty")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(params=["sha1", "sha256"])
def top(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "li brary"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main", f"--object-format={request.param}")
    return folder


def names(top: Path, *words: str, folder: str = "") -> list[tuple[str, bytes | None, bytes | None]]:
    files = [path.relative_to(top).as_posix() for path in top.rglob("*.postil.yaml")]
    return sorted(
        (one.path, one.before, one.after) for one in pairs(at(top), find_range(at(top), words), files, folder)
    )


def test_what_two_commits_hold_and_what_the_files_hold(top: Path) -> None:
    commit(top, a_b="one", gone="x", same="y")
    git(top, "checkout", "-q", "-b", "side")
    commit(top, a_b="two", gone=None, new="z")
    (top / NAME).write_text("three")
    gone, new = "gone.txt.postil.yaml", "new.txt.postil.yaml"
    assert names(top, "main", "side") == [(NAME, b"one", b"two"), (gone, b"x", None), (new, None, b"z")]
    assert names(top, "main..side") == names(top, "main", "side") == names(top, "main...side")
    assert names(top) == [(NAME, b"two", b"three")]
    assert names(top, "main") == [(NAME, b"one", b"three"), (gone, b"x", None), (new, None, b"z")]


def test_what_the_other_branch_gained_meanwhile_is_nobody_s_change(top: Path) -> None:
    commit(top, a="one")
    git(top, "checkout", "-q", "-b", "side")
    commit(top, b="two")
    git(top, "checkout", "-q", "main")
    commit(top, c="three")
    assert names(top, "main..side") == [("b.txt.postil.yaml", None, b"two")]


def test_a_renamed_sidecar_is_found_again(top: Path) -> None:
    text = "\n".join(map(str, range(50)))
    first = commit(top, old=text)
    git(top, "mv", "old.txt.postil.yaml", "new.txt.postil.yaml")
    second = commit(top, new=f"{text}\nmore")
    found = pairs(at(top), Range(first, second), ())
    assert [(one.before_path, one.path) for one in found] == [("old.txt.postil.yaml", "new.txt.postil.yaml")]


def test_a_library_in_a_folder_of_the_repository_is_looked_at_alone(top: Path) -> None:
    commit(top, a="one", sub__b="two")
    commit(top, a="ONE", sub__b="TWO")
    assert names(top, "HEAD~1", "HEAD", folder="sub") == [("sub/b.txt.postil.yaml", b"two", b"TWO")]


def test_no_commits_yet(top: Path) -> None:
    with pytest.raises(UsageError, match="no commits yet"):
        find_range(at(top), [])


@pytest.mark.parametrize("name", ["nowhere", "--output=pwned", "-x", "", "a\nb", "HEAD:a.txt", "main..", "@{upstream}"])
def test_a_name_that_means_no_commit(top: Path, name: str) -> None:
    commit(top, a="one")
    if name == "main..":
        assert find_range(at(top), [name]).after == resolve(at(top), "HEAD")
        return
    with pytest.raises(UsageError):
        resolve(at(top), name)
    assert not (top / "pwned").exists()


def test_histories_with_nothing_in_common(top: Path) -> None:
    one = commit(top, a="one")
    git(top, "checkout", "-q", "--orphan", "other")
    other = commit(top, a="two")
    with pytest.raises(UsageError, match="no commit in common"):
        merge_base(at(top), one, other)


def test_a_shallow_clone_says_what_is_missing(top: Path, tmp_path: Path) -> None:
    commit(top, a="one")
    git(top, "checkout", "-q", "-b", "side")
    commit(top, a="two")
    git(top, "checkout", "-q", "main")
    commit(top, b="three")
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", top.as_uri(), "shallow")
    with pytest.raises(UsageError, match="unshallow"):
        find_range(at(tmp_path / "shallow"), ["main..origin/side"])


def test_links_are_named_where_they_took_a_file_s_place_and_else_passed_over(top: Path) -> None:
    commit(top, a="one")
    link = top / "l.txt.postil.yaml"
    link.symlink_to("a.txt.postil.yaml")
    first = commit(top)
    assert names(top) == []
    link.unlink()
    second = commit(top, l="two")
    assert [one.odd for one in pairs(at(top), Range(first, second), ())] == ["it was a link"]
    assert [one.odd for one in pairs(at(top), Range(second, first), ())] == ["it is now a link"]
    assert [one.odd for one in pairs(at(top), Range(first), [link.name])] == ["it was a link"]


def test_an_object_that_is_not_here_is_said_and_never_taken_for_nothing(top: Path) -> None:
    head = commit(top, a="one")
    with pytest.raises(InputError, match="not here"):
        read_blobs(at(top), ["0" * (len(head) - 1) + "1"])


def test_odd_names(top: Path) -> None:
    odd = ['new\nline "quoted".txt.postil.yaml', "-x.txt.postil.yaml", os.fsdecode(b"\xff.txt.postil.yaml")]
    for name in odd:
        (top / name).write_text("one")
    first = commit(top)
    for name in odd:
        (top / name).write_text("two")
    second = commit(top)
    assert {one.path for one in pairs(at(top), Range(first, second), ())} == set(odd)


def test_nothing_that_a_repository_names_is_run(top: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/pwned'\ncat\n")
    trap.chmod(0o755)
    first = commit(top, a="one")
    second = commit(top, a="two")
    (top / "a.txt.postil.yaml").write_text("three")
    (top / ".gitattributes").write_text("* filter=x diff=x merge=x\n")
    for name in (
        *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "diff.external", "credential.helper"),
        *("filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.x.textconv", "diff.x.command"),
        *("merge.x.driver", "gpg.program", "core.alternateRefsCommand"),
    ):
        git(top, "config", name, str(trap))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "reference-transaction", "pre-commit", "post-checkout"):
        shutil.copy(trap, hooks / hook)
    git(top, "config", "core.hooksPath", str(hooks))
    (tmp_path / "pwned").unlink(missing_ok=True)
    found = pairs(at(top), Range(first, second), ())
    assert [one.after for one in found] == [b"two"]
    assert names(top) == [("a.txt.postil.yaml", b"two", b"three")]
    assert not (tmp_path / "pwned").exists()


def test_a_repository_of_somebody_else(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(top, a="one")
    found = at(top)
    monkeypatch.setattr(
        "annotations.git._environment", lambda: {"PATH": os.defpath, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    )
    with pytest.raises(InputError, match=r"safe\.directory"):
        resolve(found, "HEAD")
