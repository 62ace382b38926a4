"""What several tests of the index begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.index.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Two small articles, indexed."""
    shelf = Shelf(tmp_path / "lib")
    shelf.write("a.txt", "One port.\n")
    shelf.write("b.txt", "Two ports.\n")
    shelf.update()
    yield shelf
    shelf.backend.close()
