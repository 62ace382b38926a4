"""Articles that were labelled before are there at once, and are the same."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from index import entry, formats, kept
from index.inside import stamp_of
from index.kept import keep, recall
from index.library import Library

PAGE = """08:12 GMT 14 May 2031

    Silt Worries Pilots

    PORT ALMA (Courier), Dana Whitlock - The channel is silting up faster than the port admits, two pilots said.

    harbour, silt, port
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    return Library.create(tmp_path, ["ada"])


def test_a_kept_article_is_the_same_and_is_not_labelled_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = library.read("a.txt")
    library.keep(article)
    monkeypatch.setattr(formats, "label", None)
    assert library.read("a.txt") == article


def test_another_text_or_another_name_is_another_article(library: Library) -> None:
    article = library.read("a.txt")
    library.keep(article)
    assert recall(library.root, "a.txt", f"{PAGE} ".encode()) is None
    assert recall(library.root, "b.txt", PAGE.encode()) is None
    assert recall(library.root, "a.txt", PAGE.encode()) == article


def test_what_was_kept_by_another_version_or_is_damaged_is_not_used(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = library.read("a.txt")
    library.keep(article)
    (file,) = kept._folder(library.root).iterdir()
    whole = file.read_bytes()
    for damaged in (b"", b"[]", b"{}", whole[:-20], whole[:-20] + bytes(20), whole.replace(b'"body"', b'"belly"')):
        file.write_bytes(damaged)
        assert recall(library.root, "a.txt", PAGE.encode()) is None
    file.write_bytes(whole)
    monkeypatch.setattr(kept, "VERSION", entry.VERSION + 1)
    assert recall(library.root, "a.txt", PAGE.encode()) is None


def test_those_kept_longest_ago_go_first(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 3)
    article = library.read("a.txt")
    for number in range(6):
        keep(library.root, replace(article, path=f"{number}.txt"))
    found = [number for number in range(6) if recall(library.root, f"{number}.txt", PAGE.encode())]
    assert found == [3, 4, 5]


def test_a_first_look_at_a_file_that_is_as_it_was_does_not_look_through_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, file = library.read("a.txt"), library.root / "a.txt"
    monkeypatch.setattr(kept, "_SETTLED", 0)
    library.keep(article)
    monkeypatch.setattr(kept, "fingerprint", None)
    assert library.glance("a.txt").article == article
    monkeypatch.undo()
    other = PAGE.replace("Silt", "Sand")
    file.write_text(other, "utf-8")
    assert library.glance("a.txt").article.text == other
    assert library.glance("a.txt").article.title == "Sand Worries Pilots"


def test_a_file_that_changed_a_moment_ago_is_looked_through(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    file = library.root / "a.txt"
    library.keep(library.read("a.txt"))
    before = file.stat()
    file.write_text(PAGE.replace("Silt", "Sand"), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    monkeypatch.setattr("index.library.stamp_of", lambda _state: stamp_of(before))
    assert library.glance("a.txt").article.title == "Sand Worries Pilots"


def test_opening_always_looks_through_it(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    file = library.root / "a.txt"
    monkeypatch.setattr(kept, "_SETTLED", 0)
    library.keep(library.read("a.txt"))
    before = file.stat()
    file.write_text(PAGE.replace("Silt", "Sand"), "utf-8")
    monkeypatch.setattr("index.library.stamp_of", lambda _state: stamp_of(before))
    assert library.glance("a.txt").article.title == "Silt Worries Pilots"
    assert library.open("a.txt").article.title == "Sand Worries Pilots"
