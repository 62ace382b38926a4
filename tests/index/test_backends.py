"""The backends there are, held to what every one does; and a search of a library over any of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.engine.backend import WhooshBackend
from index.search import SearchBackend
from index.searching import Search
from tests.index.conformance import Conformance, article, found
from tests.index.fake import Fake
from tests.index.shelf import Shelf


class TestWhoosh(Conformance):
    @pytest.fixture
    def backend(self, tmp_path: Path) -> SearchBackend:
        return WhooshBackend(tmp_path / "whoosh" / "v0")


class TestFake(Conformance):
    @pytest.fixture
    def backend(self) -> SearchBackend:
        return Fake()


def test_a_library_is_searched_over_any_backend(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "lib")
    fake = Fake()
    shelf.backend = Search(shelf.library, shelf.catalog, lambda _: fake)
    shelf.write("a.txt", "One port.\n")
    shelf.write("b.txt", "Two ports.\n")
    one = shelf.claim("b.txt", "ports", "Mia")
    shelf.update()
    assert shelf.paths("port") == ["a.txt", "b.txt"]
    assert shelf.ids("port") == {one.id}
    (shelf.library.root / "a.txt").unlink()
    shelf.update()
    assert shelf.paths("port") == ["b.txt"]


def test_a_large_batch_is_searched_before_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.engine.backend._FIRST", 3)
    backend, reader = (WhooshBackend(tmp_path / "whoosh" / "v0") for _ in range(2))
    counts = []
    for number in range(12):
        both = [article(f"{number}", "A port"), article(f"{number}", "Another port")]
        backend.update(f"{number}", both)
        counts.append(len(found(reader, "port", limit=100)))
    assert counts[0] == 0
    assert 0 < counts[5] < 12
    assert all(count % 2 == 0 for count in counts)  # an owner's documents come together
    backend.commit()
    assert len(found(reader, "port", limit=100)) == 24
