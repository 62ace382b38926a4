"""The texts that annotations were made on: from the cache, from git or from neither, and only where one is wanted."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from annotations import anchor
from annotations import git as git_module
from annotations.anchor import Placed, State, describe
from annotations.git import Git
from annotations.model import Annotation
from annotations.text import fingerprint
from index import former
from index.former import Former, archive
from index.library import Library, Opened

from .shelf import Shelf

GIT = shutil.which("git") or ""
OLD = """\
The mayor spoke first, and for longer than he had been asked to.

At least 20 people came, he said, and more stood outside in the rain. Nobody counted them, then or later that evening.
"""
NEW = f"A new heading\n\n{OLD.replace('20', '35')}"
WORDS = "Nobody counted them"
PATH = "news/a.txt"


def git(folder: Path, *words: str) -> None:
    subprocess.run([GIT, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An article that is annotated, in no repository, with nothing kept of it."""
    shelf = Shelf(tmp_path / "library")
    shelf.write(PATH, OLD)
    shelf.annotate(PATH, WORDS)
    return shelf


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, str]]:
    """The old texts that were at hand, each time that something was placed."""
    texts: list[Mapping[str, str]] = []

    def place(text: str, annotations: tuple[Annotation, ...], old: Mapping[str, str]) -> tuple[Placed, ...]:
        texts.append(dict(old))
        return anchor.place(text, annotations, old)

    monkeypatch.setattr(former, "place", place)
    return texts


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What git is asked."""
    words: list[str] = []
    at, query = Git.at, Git.query

    def looked_for(folder: Path) -> Git | None:
        words.append("at")
        return at(folder)

    def queried(self: Git, *question: str, **options: object) -> bytes | None:
        words.append(question[0])
        return query(self, *question, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Git, "at", looked_for)
    monkeypatch.setattr(Git, "query", queried)
    return words


def in_git(shelf: Shelf, top: Path | None = None) -> None:
    top = top or shelf.library.root
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "x")


def opened(shelf: Shelf) -> Opened:
    return Library(shelf.library.root).open(PATH)


def test_where_all_were_made_on_the_present_text_nothing_is_looked_for(
    shelf: Shelf, given: list[Mapping[str, str]], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_git(shelf)
    monkeypatch.setattr(former, "cache_folder", lambda _: pytest.fail("the cache is looked at"))
    assert [one.state for one in opened(shelf).placed] == [State.SAME]
    assert (given, asked) == ([{}], [])


@pytest.mark.skipif(not GIT, reason="needs git")
@pytest.mark.parametrize("below", [False, True])
def test_the_text_comes_from_git_once_and_then_from_the_cache(
    shelf: Shelf, given: list[Mapping[str, str]], asked: list[str], *, below: bool
) -> None:
    in_git(shelf, shelf.library.root.parent if below else None)
    shelf.write(PATH, NEW)
    (placed,) = opened(shelf).placed
    assert placed.start == NEW.index(WORDS)
    assert given == [{fingerprint(OLD): OLD}]
    assert "log" in asked
    asked.clear()
    found = opened(shelf)
    assert given[1:] == [{fingerprint(OLD): OLD}]
    assert asked == []
    assert found.former.text(fingerprint(OLD)) == OLD
    assert found.former.text(fingerprint(NEW)) == NEW
    assert found.former.text("0" * 16) is None


@pytest.mark.skipif(not GIT, reason="needs git")
def test_what_git_does_not_have_is_looked_for_once(
    shelf: Shelf, given: list[Mapping[str, str]], asked: list[str]
) -> None:
    shelf.write(PATH, NEW)
    in_git(shelf)
    (placed,) = opened(shelf).placed
    assert "history" not in placed.reason, "all of it was searched"
    asked.clear()
    found = opened(shelf)
    assert asked == ["at", "rev-parse", "cat-file"][: len(asked)]
    assert "log" not in asked
    asked.clear()
    found.former.place([one.annotation for one in found.placed])
    assert asked == []
    assert given == [{}, {}, {}]


def test_without_git_the_text_comes_from_the_cache(
    shelf: Shelf, given: list[Mapping[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    shelf.library.remember(shelf.library.read(PATH))
    shelf.write(PATH, NEW)
    assert opened(shelf).placed
    assert given == [{fingerprint(OLD): OLD}]


def kept_file(shelf: Shelf) -> Path:
    return archive(shelf.library.root).folder / fingerprint(OLD)


@pytest.mark.parametrize("spoil", ["deleted", "tampered", "no folder", "nothing"])
def test_without_either_it_is_placed_by_its_words(
    shelf: Shelf, given: list[Mapping[str, str]], monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    monkeypatch.setenv("PATH", "")
    if spoil != "nothing":
        shelf.library.remember(shelf.library.read(PATH))
    if spoil == "deleted":
        shutil.rmtree(kept_file(shelf).parents[3])
    if spoil == "tampered":
        shelf.library.remember(shelf.library.read(PATH))
        other = fingerprint(NEW)
        archive(shelf.library.root).put(NEW)
        shutil.copy(kept_file(shelf).with_name(other), kept_file(shelf))
    if spoil == "no folder":
        shutil.rmtree(kept_file(shelf).parent)
        kept_file(shelf).parent.write_text("a file")
    shelf.write(PATH, NEW)
    (placed,) = opened(shelf).placed
    assert (placed.start, placed.state, placed.reason) == (NEW.index(WORDS), State.SAME, "")
    assert given == [{}]


def test_a_cache_that_is_not_ours_is_done_without(
    shelf: Shelf, given: list[Mapping[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    in_git(shelf)
    shelf.write(PATH, NEW)
    shelf.library.remember(shelf.library.read(PATH))
    assert opened(shelf).placed
    assert given == [{fingerprint(OLD): OLD}]


@pytest.mark.skipif(not GIT, reason="needs git")
@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"tip": 1, "blobs": 2}', b'{"tip": "", "blobs": [], "cut": "", "seconds": 9, "prints": []}'],
)
def test_what_was_learnt_of_a_history_may_be_anything(
    shelf: Shelf, given: list[Mapping[str, str]], data: bytes
) -> None:
    in_git(shelf)
    shelf.write(PATH, NEW)
    opened(shelf)
    kept_file(shelf).unlink()
    (file,) = kept_file(shelf).parents[1].joinpath("versions").iterdir()
    assert json.loads(file.read_bytes())["prints"]
    file.write_bytes(data)
    opened(shelf)
    assert given[1:] == [{fingerprint(OLD): OLD}]


@pytest.mark.skipif(not GIT, reason="needs git")
def test_a_fingerprint_that_was_learnt_wrong_gives_no_wrong_text(shelf: Shelf, given: list[Mapping[str, str]]) -> None:
    in_git(shelf)
    shelf.write(PATH, NEW)
    opened(shelf)
    (file,) = kept_file(shelf).parents[1].joinpath("versions").iterdir()
    learnt = json.loads(file.read_bytes())
    shelf.write(PATH, NEW.replace("35", "50"))
    git(shelf.library.root, "commit", "-qam", "x")
    opened(shelf)
    learnt = json.loads(file.read_bytes())
    learnt["prints"] = dict.fromkeys(learnt["blobs"], fingerprint(OLD))
    file.write_text(json.dumps(learnt))
    kept_file(shelf).unlink()
    opened(shelf)
    assert given[-1] == {fingerprint(OLD): OLD}


@pytest.mark.skipif(not GIT, reason="needs git")
def test_a_search_that_was_cut_short_is_said_of_what_it_did_not_find(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_git(shelf)
    shelf.write(PATH, NEW)
    hanging = tmp_path / "bin" / "git"
    hanging.parent.mkdir()
    hanging.write_text(f'#!/bin/sh\ncase "$*" in *"log --follow"*) exec sleep 60;; esac\nexec {GIT} "$@"\n')
    hanging.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{hanging.parent}:/bin")
        (placed,) = Library(shelf.library.root, patience=0.5).open(PATH).placed
    assert (placed.start, placed.reason) == (NEW.index(WORDS), "its history takes longer than 0.5 s to search")
    monkeypatch.setitem(git_module._FIXED, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    (placed,) = opened(shelf).placed
    assert "belongs to another user" in placed.reason


@pytest.mark.parametrize("text", ["", " \n", "\ufffd"])
def test_an_article_that_became_empty_has_orphans(shelf: Shelf, text: str) -> None:
    shelf.library.remember(shelf.library.read(PATH))
    shelf.write(PATH, text)
    assert [one.state for one in opened(shelf).placed] == [State.ORPHAN]


@pytest.mark.parametrize("position", ["{start: 900, end: 910", "{start: 0, end: 5", "{start: 0, end: 99999999"])
def test_a_position_that_was_edited_by_hand_is_placed_by_its_words(shelf: Shelf, position: str) -> None:
    sidecar = shelf.library.root / f"{PATH}.postil.yaml"
    written = sidecar.read_text()
    start = OLD.index(WORDS)
    sidecar.write_text(written.replace(f"{{start: {start}, end: {start + len(WORDS)}", position))
    assert sidecar.read_text() != written
    (placed,) = opened(shelf).placed
    assert (placed.start, placed.state) == (start, State.SAME)
    assert "position" in placed.reason
    shelf.library.remember(shelf.library.read(PATH))
    shelf.write(PATH, NEW)
    (placed,) = opened(shelf).placed
    assert placed.start in {NEW.index(WORDS), None}


@pytest.mark.skipif(not GIT, reason="needs git")
def test_a_large_article_and_what_is_no_text_in_its_history(shelf: Shelf, given: list[Mapping[str, str]]) -> None:
    large = OLD + "".join(f"Line {number} of the long article.\n" for number in range(300_000))
    words = "Line 299999 of the long"
    quote, position = describe(large, large.index(words), large.index(words) + len(words))
    one = Annotation(id="a2", author="ada", kind="note", quote=quote, position=position)
    root, file = shelf.library.root, shelf.library.root / PATH
    file.write_text(large)
    in_git(shelf)
    for odd in (b"\0binary\xff" * 10_000, b"\xff" * 21_000_000):
        file.write_bytes(odd)
        git(root, "commit", "-qam", "binary")
    now = f"First.\n{large}"
    (placed,) = Former(root, PATH, now, fingerprint(now)).place([one])
    assert (placed.start, placed.state) == (len("First.\n") + position.start, State.SAME)
    assert given == [{fingerprint(large): large}]
