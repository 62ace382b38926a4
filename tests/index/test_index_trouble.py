"""What can happen to an index and to the files it is made of: it answers, is made anew, or says what it cannot do."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from annotations.errors import InputError
from index.engine.backend import WhooshBackend
from index.library import Library, Opened
from index.search import Updated, Wanted
from index.searching import Search
from index.store import wipe
from tests.index.conformance import article, found
from tests.index.shelf import Shelf


def again(shelf: Shelf) -> None:
    """The same library's search, as the next run of the program has it."""
    shelf.backend.close()
    shelf.backend = Search(shelf.library, shelf.catalog)


class Payload:
    """Touches a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.file,)


# Damage


@pytest.mark.parametrize("suffix", [".toc", ".seg"])
def test_with_any_byte_flipped_it_answers_or_is_made_anew(
    shelf: Shelf, tmp_path: Path, suffix: str, scale: int
) -> None:
    folder, kept = shelf.backend.folder, tmp_path / "kept"
    shelf.backend.close()
    shutil.copytree(folder, kept)
    (whole,) = kept.glob(f"*{suffix}")
    data = whole.read_bytes()
    for at in range(0, len(data), max(1, len(data) // (12 * scale))):
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        (folder / whole.name).write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        again(shelf)
        for query in ("port", '"two ports"', "po*", "is:article", "prot~"):
            assert shelf.search(query).total <= 2, (at, query)
        assert shelf.update().problem is None
        assert len(shelf.hits("is:article")) <= 2
    shelf.backend.rebuild()
    assert shelf.paths("port") == ["a.txt", "b.txt"]


def test_a_pickle_in_place_of_any_file_never_runs(shelf: Shelf, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for file in list(shelf.backend.folder.iterdir()):
        file.write_bytes(pickle.dumps(Payload(ran)))
    again(shelf)
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert shelf.update() == Updated(0)
    assert not ran.exists()


def test_files_of_a_whoosh_index_never_run(shelf: Shelf, tmp_path: Path) -> None:
    ran, folder = tmp_path / "ran", shelf.backend.folder
    newest = max(int(file.stem.rpartition("_")[2]) for file in folder.glob("*.toc"))
    for name in (f"_MAIN_{newest + 1}.toc", "MAIN_0123456789abcdef.trm", "MAIN_0123456789abcdef.seg"):
        (folder / name).write_bytes(pickle.dumps(Payload(ran)))
    again(shelf)
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert not ran.exists()


def test_a_damaged_index_is_searched_while_it_is_made_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write("c.txt", "Three ports.\n")
    shelf.update()
    monkeypatch.setattr("index.searching._REPAIR_SECONDS", -1)  # not an article
    for file in shelf.backend.folder.glob("*.toc"):
        file.write_bytes(b"")
    again(shelf)
    first = shelf.search("port")
    assert first.partial or first.total == 3
    for _ in range(200):
        if not shelf.search("port").partial:
            break
        time.sleep(0.02)
    assert shelf.paths("port") == ["a.txt", "b.txt", "c.txt"]


# Others at it


def test_a_mistake_of_ours_does_not_make_the_index_anew_each_time(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(shelf)
    index = shelf.backend._index
    made, rebuild = list[None](), index.rebuild
    monkeypatch.setattr(index, "rebuild", lambda: made.append(rebuild()))
    with monkeypatch.context() as patched:
        patched.setattr("index.searching.hit", lambda *_, **__: 1 // 0)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                shelf.search("port")
    assert len(made) == 1
    assert shelf.search("port").total


def test_a_lock_that_nobody_holds_is_none(shelf: Shelf) -> None:
    (lock,) = shelf.backend.folder.glob("*WRITELOCK*")
    lock.write_text("held")
    shelf.write("c.txt", "Three ports.\n")
    again(shelf)
    assert shelf.update() == Updated(1)


def test_two_searches_write_one_index_at_once(shelf: Shelf) -> None:
    other, problems = Search(shelf.library, shelf.catalog), []
    for number in range(40):
        shelf.write(f"new{number}.txt", f"Harbour {number}.\n")
    shelf.catalog.refresh()

    def write(search: Search) -> None:
        for number in range(40):
            updated = search.update_one(f"new{number}.txt")
            if updated.problem:
                problems.append(updated.problem)
            search.search("harbour", Wanted())

    threads = [threading.Thread(target=write, args=(search,)) for search in (shelf.backend, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert shelf.search("harbour").total == 40
    assert other.search("harbour", Wanted()).total == 40
    assert shelf.update() == Updated(0)
    other.close()


# The process that indexes much


def many(shelf: Shelf, count: int = 60) -> None:
    for number in range(count):
        shelf.write(f"{number:03}.txt", f"A harbour, {number} ships.\n")
    shelf.catalog.refresh()


def test_many_articles_are_indexed_in_a_process_of_their_own(shelf: Shelf, articles_opened: list[str]) -> None:
    many(shelf)
    articles_opened.clear()
    assert shelf.backend.update() == Updated(60)
    assert articles_opened == []  # not in this one
    assert shelf.search("harbour").total == 60
    assert shelf.backend.update() == Updated(0)


def test_it_tells_how_far_it_is_and_stops_when_told(shelf: Shelf) -> None:
    many(shelf, 600)
    told: list[tuple[int, int]] = []
    updated = shelf.backend.update(progress=lambda *done: told.append(done), cancelled=lambda: bool(told))
    assert updated.problem is None
    assert all(0 < done <= total == 600 for done, total in told)
    if told:
        assert updated.articles < 600
    assert shelf.search("harbour").total == updated.articles
    assert shelf.backend.update() == Updated(600 - updated.articles)
    assert shelf.search("harbour").total == 600


class _Killed(subprocess.Popen[bytes]):
    """A process that is killed after a moment."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        threading.Timer(0.3, self.kill).start()


def test_when_it_is_killed_nothing_is_lost(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    many(shelf, 400)
    with monkeypatch.context() as patched:
        patched.setattr("index.worker.subprocess.Popen", _Killed)
        updated = shelf.backend.update()
    assert isinstance(updated.problem, InputError) or updated == Updated(400)
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert shelf.backend.update().problem is None
    assert shelf.search("harbour").total == 400
    assert not list(shelf.backend.folder.glob(".*.part"))


def test_without_a_process_it_is_done_here(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise BlockingIOError(11, os.strerror(11))

    many(shelf)
    monkeypatch.setattr("index.worker.subprocess.Popen", none)
    assert shelf.backend.update() == Updated(60)
    assert shelf.search("harbour").total == 60


# Articles


def test_an_article_that_goes_while_it_is_indexed_is_left_out(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Library.open

    def gone(library: Library, path: str) -> Opened:
        if path == "c.txt":
            (library.root / path).unlink()
        return real(library, path)

    shelf.write("c.txt", "Three ports.\n")
    shelf.write("d.txt", "Four ports.\n")
    shelf.catalog.refresh()
    monkeypatch.setattr(Library, "open", gone)
    assert shelf.backend.update() == Updated(2)
    assert shelf.paths("port") == ["a.txt", "b.txt", "d.txt"]
    shelf.update()
    assert shelf.paths("port") == ["a.txt", "b.txt", "d.txt"]


def test_one_that_changes_meanwhile_is_indexed_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Library.open

    def changed(library: Library, path: str) -> Opened:
        (library.root / path).write_text("Three harbours, and half of")
        return real(library, path)

    shelf.write("c.txt", "Three ports.\n")
    shelf.catalog.refresh()
    with monkeypatch.context() as patched:
        patched.setattr(Library, "open", changed)
        shelf.backend.update()
    shelf.write("c.txt", "Three harbours, and half of the ships.\n")
    shelf.update()
    assert shelf.paths('"half of the ships"') == ["c.txt"]
    assert shelf.paths("port") == ["a.txt", "b.txt"]


def test_one_that_cannot_be_dealt_with_costs_no_other(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Library.open

    def broken(library: Library, path: str) -> Opened:
        if path == "c.txt":
            raise RecursionError
        return real(library, path)

    monkeypatch.setattr(Library, "open", broken)
    for name in "cd":
        shelf.write(f"{name}.txt", "More ports.\n")
    assert shelf.update() == Updated(2)
    assert shelf.paths("port") == ["a.txt", "b.txt", "d.txt"]


def test_odd_text_is_indexed(shelf: Shelf) -> None:
    odd = "".join(map(chr, [*range(1, 32), *range(0x7F, 0xA0), 0x2028, 0xFEFF, 0x202E, 0xE000, 0x10FFFF]))
    shelf.write("odd.txt", f"A harbour {odd} and{odd}ships.\n")
    shelf.write("long.txt", f"A harbour {'x' * 1_000_000} and ships.\n")
    shelf.write("bytes.txt", f"A harbour {'QUJD' * 200_000} and ships.\n")
    (shelf.library.root / "nul.txt").write_bytes(b"A harbour \x00\x00 and ships.\n")
    assert shelf.update().problem is None
    assert shelf.paths("harbour ships") == ["bytes.txt", "long.txt", "nul.txt", "odd.txt"]
    assert shelf.paths("x" * 64 + "*") == ["long.txt"]


def test_many_files_in_one_folder(tmp_path: Path, scale: int) -> None:
    shelf = Shelf(tmp_path / "many")
    count = 1000 * scale * scale
    for number in range(count):
        shelf.write(f"{number}.txt", f"A harbour, {number} ships.\n")
    assert shelf.update() == Updated(count)
    assert shelf.search("harbour").total == count
    assert shelf.paths(f'"{count - 1} ships"') == [f"{count - 1}.txt"]
    shelf.backend.close()


def test_two_that_find_no_index_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(folder: Path) -> None:
        time.sleep(0.05 * len(threading.current_thread().name))
        wipe(folder)

    monkeypatch.setattr("index.store.wipe", slow)
    folder = tmp_path / "cache" / "whoosh" / "v9"
    (tmp_path / "cache").mkdir(mode=0o700)
    backends = [WhooshBackend(folder) for _ in range(4)]
    begin = threading.Barrier(len(backends))

    def write(number: int) -> None:
        begin.wait()
        backends[number].add_many([article(f"{number}", "A port")])
        backends[number].commit()

    threads = [
        threading.Thread(target=write, args=(number,), name="x" * (number + 1)) for number in range(len(backends))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found(backends[0], "port")) == ["0", "1", "2", "3"]
