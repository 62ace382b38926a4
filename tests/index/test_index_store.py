"""The index on disk: kept up to date, never trusted when it could be somebody else's, made anew when it is damaged."""

from __future__ import annotations

import errno
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.errors import InputError
from annotations.model import Claim
from index import store
from index.article import Article
from index.cache import cache_folder
from index.catalog import Catalog
from index.engine.backend import WhooshBackend
from index.engine.folder import ArrayIndex
from index.engine.merge import MOST_SEGMENTS
from index.library import INDEX_LIMIT, LIST_LIMIT
from index.search import SearchBackend, Updated, Wanted
from index.searching import Search
from tests.index.shelf import Shelf


class Payload:
    """Touches a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.file,)


def poison(folder: Path, ran: Path) -> None:
    """Make every file that Whoosh reads first a pickle that runs code."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [file.name for file in folder.iterdir() if file.is_file()] or ["_MAIN_1.toc"]
    for name in names:
        (folder / name).write_bytes(pickle.dumps(Payload(ran)))


@pytest.fixture
def folder(shelf: Shelf) -> Path:
    return shelf.backend.folder


def again(shelf: Shelf) -> Search:
    """The same library's search, as the next run of the program has it."""
    shelf.backend.close()
    shelf.backend = Search(shelf.library, shelf.catalog)
    return shelf.backend


# Keeping up


def test_an_update_reads_only_what_changed(shelf: Shelf, articles_opened: list[str]) -> None:
    articles_opened.clear()
    assert shelf.update() == Updated(0)
    shelf.write("b.txt", "Two harbours.\n")
    shelf.write("c.txt", "Three.\n")
    assert shelf.update() == Updated(2)
    (shelf.library.root / "a.txt").unlink()
    assert shelf.update() == Updated(1)
    assert articles_opened == ["b.txt", "c.txt"]
    assert shelf.paths("port") == []
    assert shelf.paths("harbour") == ["b.txt"]


def test_a_renamed_article_is_found_under_its_new_name(shelf: Shelf) -> None:
    (shelf.library.root / "a.txt").rename(shelf.library.root / "z.txt")
    shelf.update()
    assert shelf.paths("port") == ["b.txt", "z.txt"]


def test_saving_an_annotation_replaces_those_of_its_article(shelf: Shelf) -> None:
    one = shelf.annotate("a.txt", "port", note="harbour")
    other = shelf.annotate("b.txt", "ports", note="harbour", claim=Claim(speaker="Mia"))
    for path in ("a.txt", "b.txt"):
        shelf.catalog.refresh()
        assert shelf.backend.update_one(path) == Updated(1)
    assert shelf.ids("harbour") == {one.id, other.id}
    (shelf.library.root / "a.txt.postil.yaml").unlink()
    shelf.catalog.refresh()
    shelf.backend.update_one("a.txt")
    assert shelf.ids("harbour") == {other.id}
    assert shelf.paths("port") == ["a.txt", "b.txt"]


def test_an_annotation_does_not_write_its_article_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(article: Article, _placed: object) -> None:
        pytest.fail(f"{article.path} is written again")

    shelf.annotate("a.txt", "One")
    shelf.update()
    monkeypatch.setattr("index.update.article_document", unwanted)
    shelf.annotate("a.txt", "port")
    shelf.update()
    assert len(shelf.hits("port")) == 3


def test_an_article_is_written_again_when_it_has_what_it_had_not(shelf: Shelf) -> None:
    assert shelf.paths("has:claim") == []
    shelf.claim("a.txt", "port", "Mia")
    shelf.update()
    assert shelf.paths("has:claim has:speaker") == ["a.txt"]
    assert shelf.ids("has:claim") != set()


def test_what_was_indexed_before_a_crash_is_not_doubled(shelf: Shelf) -> None:
    shelf.write("c.txt", "Three ports.\n")
    lost = Catalog.load(shelf.library)  # as if the program died before it saved the catalog
    shelf.update()
    lost.refresh()
    assert Search(shelf.library, lost).update() == Updated(0)
    assert shelf.paths("port") == ["a.txt", "b.txt", "c.txt"]


def test_what_the_catalog_knows_and_the_index_does_not_is_made_up_for(shelf: Shelf) -> None:
    shelf.write("c.txt", "Three ports.\n")
    shelf.catalog.refresh()
    shelf.catalog.save()
    assert not shelf.catalog.refresh()
    assert shelf.backend.update() == Updated(1)
    assert shelf.paths("three") == ["c.txt"]


def test_what_is_too_large_or_unreadable_is_left_out(shelf: Shelf) -> None:
    shelf.write("large.txt", "huge " * (INDEX_LIMIT // 5 + 1))
    shelf.write("listed.txt", "long " * (LIST_LIMIT // 5 + 1))
    (shelf.library.root / "bad.txt").write_bytes(b"harbour \xff\xfe\xfd")
    shelf.write("c.txt", "A harbour.\n")
    assert shelf.update().problem is None
    assert shelf.paths("harbour") == ["c.txt"]
    assert shelf.paths("huge") == []
    assert shelf.paths('"long long"') == ["listed.txt"]


def test_a_refused_sidecar_hides_no_article(shelf: Shelf) -> None:
    shelf.write("a.txt.postil.yaml", "postil: 1\npostil: 1\n")
    assert shelf.update().problem is None
    assert shelf.paths("port") == ["a.txt", "b.txt"]


def test_many_small_commits_stay_few_segments(shelf: Shelf, folder: Path) -> None:
    for number in range(MOST_SEGMENTS + 3):
        shelf.write(f"{number}.txt", f"One harbour, {number} ships.\n")
        shelf.update()
    merging = shelf.backend._merging
    assert merging
    merging.join()
    assert len(list(folder.glob("*.seg"))) <= 3
    assert len(shelf.paths("harbour", limit=100)) == MOST_SEGMENTS + 3
    assert shelf.paths('"22 ships"') == ["22.txt"]


def test_a_cancelled_update_keeps_what_was_done(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "new")
    for name in "abc":
        shelf.write(f"{name}.txt", "Port.\n")
    shelf.catalog.refresh()
    told: list[tuple[int, int]] = []
    shelf.backend.update(progress=lambda *done: told.append(done), cancelled=lambda: len(told) == 2)
    assert told == [(1, 3), (2, 3)]
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    shelf.backend.update()
    assert len(shelf.paths("port")) == 3


def test_a_rebuild_finds_the_same(shelf: Shelf) -> None:
    before = shelf.hits("port")
    assert shelf.backend.rebuild() == Updated(2)
    assert shelf.hits("port") == before
    stats = shelf.backend.stats()
    assert (stats.articles, stats.annotations, stats.folder) == (2, 0, str(shelf.backend.folder))
    assert stats.bytes > 0


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "port", "ship port", "ship"])), max_size=6))
@settings(max_examples=15)
def test_any_history_gives_the_index_of_its_end(tmp_path_factory: pytest.TempPathFactory, history: list[Any]) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("history") / "lib")
    for name, words in history:
        if words:
            shelf.write(f"{name}.txt", f"The {words}.\n")
        else:
            (shelf.library.root / f"{name}.txt").unlink(missing_ok=True)
        shelf.update()
    end = {f"{name}.txt": words for name, words in dict(history).items() if words}
    for word in ("ship", "port"):
        assert shelf.paths(word) == sorted(path for path, words in end.items() if word in words)
    assert shelf.paths('"ship port"') == sorted(path for path, words in end.items() if words == "ship port")
    shelf.backend.close()


# Trust


def test_a_poisoned_index_in_the_library_is_never_opened(shelf: Shelf, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for inside in (".", "whoosh", ".postil", ".cache/postil"):
        poison(shelf.library.root / inside / "index", ran)
        (shelf.library.root / inside / "_MAIN_1.toc").write_bytes(pickle.dumps(Payload(ran)))
    shelf.update()
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    shelf.backend.rebuild()
    assert not ran.exists()


def test_a_cache_inside_the_library_is_refused(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(shelf.library.root / "cache"))
    ran = tmp_path / "ran"
    backend = again(shelf)
    poison(cache_folder(shelf.library.root) / "whoosh" / "v1", ran)
    with pytest.raises(InputError, match="inside the library"):
        backend.search("port", Wanted())
    assert isinstance(backend.update().problem, InputError)
    assert not ran.exists()


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o755, 0o777])
def test_an_index_others_could_have_written_is_made_anew(shelf: Shelf, folder: Path, tmp_path: Path, mode: int) -> None:
    shelf.backend.close()
    ran = tmp_path / "ran"
    poison(folder, ran)
    folder.chmod(mode)
    again(shelf).update()
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert not ran.exists()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_so_is_one_with_a_link_in_it(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    shelf.backend.close()
    ran = tmp_path / "ran"
    poison(tmp_path / "elsewhere", ran)
    record = next(folder.glob("*.toc"))
    record.unlink()
    record.symlink_to(tmp_path / "elsewhere" / "_MAIN_1.toc")
    again(shelf).update()
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert not any(file.is_symlink() for file in folder.iterdir())
    assert not ran.exists()


def test_so_is_one_of_another_owner(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = tmp_path / "ran"
    poison(folder, ran)
    me = os.geteuid()
    monkeypatch.setattr("os.geteuid", lambda: me + 1)
    assert not list(store.private_folder(folder).iterdir())
    assert not ran.exists()


@pytest.mark.parametrize("umask", [0o002, 0o000, 0o077])
def test_whatever_the_umask_it_is_kept(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        shelf = Shelf(tmp_path / "new")
        shelf.write("a.txt", "One port.\n")
        shelf.update()
        kept = sorted(shelf.backend.folder.iterdir())
        assert sorted(store.private_folder(shelf.backend.folder).iterdir()) == kept
        assert again(shelf).update() == Updated(0)
    finally:
        os.umask(before)
    shelf.backend.close()


def test_what_vanishes_during_the_look_does_not_cost_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {file.name for file in folder.iterdir()}
    (folder / ".1-half.part").touch()
    with os.scandir(folder) as entries:
        seen = list(entries)
    (folder / ".1-half.part").unlink()
    monkeypatch.setattr("index.store.os.scandir", lambda _folder: seen)
    store.private_folder(folder)
    monkeypatch.undo()
    assert {file.name for file in folder.iterdir()} == kept


def test_links_are_not_followed(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    shelf.backend.close()
    ran, elsewhere = tmp_path / "ran", tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    poison(elsewhere, ran)
    store.wipe(folder)
    folder.symlink_to(elsewhere)
    again(shelf).update()
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert not ran.exists()
    assert list(elsewhere.iterdir())


# Damage


@pytest.mark.parametrize("suffix", [".toc", ".seg", ""])
@pytest.mark.parametrize("how", ["empty", "cut", "noise", "gone"])
def test_a_damaged_index_is_made_anew(shelf: Shelf, folder: Path, suffix: str, how: str) -> None:
    shelf.backend.close()
    for file in folder.glob(f"*{suffix}"):
        if how == "gone":
            file.unlink()
        else:
            data = file.read_bytes()
            file.write_bytes({"empty": b"", "cut": data[: len(data) // 2], "noise": bytes(len(data))}[how])
    again(shelf).update()
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert shelf.paths('"two ports"') == ["b.txt"]
    assert shelf.paths("po*") == ["a.txt", "b.txt"]


def test_an_index_that_vanishes_while_open_is_made_anew(shelf: Shelf, folder: Path) -> None:
    assert shelf.paths("port")
    store.wipe(folder)
    shelf.write("c.txt", "Three ports.\n")
    shelf.update()
    assert shelf.paths("port") == ["a.txt", "b.txt", "c.txt"]


def test_a_full_disk_leaves_the_old_index(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    shelf.write("c.txt", "Three ports.\n")
    with monkeypatch.context() as patched:
        patched.setattr("index.engine.arrays.ArraySink.extend", full)
        problem = shelf.update().problem
    assert problem is not None
    assert "the disk is full" in str(problem)
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert shelf.update() == Updated(1)
    assert shelf.paths("port") == ["a.txt", "b.txt", "c.txt"]


# Others at the same index

WRITER = """
import sys
from pathlib import Path
from index.catalog import Catalog
from index.library import Library
from index.searching import Search

library = Library.find(Path(sys.argv[1]))
catalog = Catalog.load(library)
backend = Search(library, catalog)
for number in range(1000):
    (library.root / "a.txt").write_text(f"One port, {number} ships.\\n")
    (library.root / f"new{number}.txt").write_text(f"Another harbour {number}.\\n")
    catalog.refresh()
    backend.update()
    print(number, flush=True)
"""


def writer(shelf: Shelf) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(shelf.library.root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def test_killed_while_writing_it_still_answers(shelf: Shelf, scale: int) -> None:
    for _ in range(2 if scale == 1 else 100):
        with writer(shelf) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.uniform(0, 0.2))  # noqa: S311 - any moment will do
            process.send_signal(signal.SIGKILL)
        again(shelf)
        assert set(shelf.paths("port")) <= {"a.txt", "b.txt"}
        assert "b.txt" in shelf.paths("port")
        assert shelf.update().problem is None
        # The one that the writer was at may be empty.
        new = sorted(file.name for file in shelf.library.root.glob("new*.txt") if "harbour" in file.read_text())
        assert shelf.paths("harbour", limit=10_000) == new


def test_while_another_process_writes_the_old_index_answers(shelf: Shelf) -> None:
    shelf.write("c.txt", "Three ports.\n")
    shelf.backend = Search(shelf.library, shelf.catalog, lambda folder: WhooshBackend(folder, patience=0.1))
    with ArrayIndex(shelf.backend.folder)._locked():
        problem = shelf.update().problem
        assert "another process is updating" in str(problem)
        assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert shelf.update() == Updated(1)
    assert shelf.paths("port") == ["a.txt", "b.txt", "c.txt"]


def test_what_another_process_indexed_is_found(shelf: Shelf) -> None:
    assert shelf.paths("three") == []
    shelf.write("c.txt", "Three ports.\n")
    other = Catalog.load(shelf.library)
    other.refresh()
    Search(shelf.library, other).update()
    assert shelf.paths("three") == ["c.txt"]


def test_whoosh_is_not_imported_before_it_is_needed() -> None:
    look = "import sys, index.search, index.query, index.words; sys.exit('whoosh' in sys.modules)"
    subprocess.run([sys.executable, "-c", look], check=True, cwd=Path(__file__).parents[2])


def test_the_backend_is_what_the_protocol_says() -> None:
    public = {name for name in vars(SearchBackend) if not name.startswith("_")}
    assert public <= set(dir(WhooshBackend))
