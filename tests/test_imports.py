"""What an import pulls in: the arrows between the packages, seen in `sys.modules` of a fresh interpreter."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WITHOUT_SEARCHING = (
    "index.article",
    "index.catalog",
    "index.corrections",
    "index.formats",
    "index.library",
    "index.search",
)
"""What listing and reading a library takes; it starts without the search engine."""


def modules(package: str) -> list[str]:
    found = pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
    return [package, *sorted(one.name for one in found)]


def pulled_in(*names: str) -> set[str]:
    """The top-level packages in `sys.modules` after importing these modules."""
    program = f"import sys, {', '.join(names)}\nprint(*{{one.partition('.')[0] for one in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_record_stands_alone() -> None:
    assert not pulled_in(*modules("annotations")) & {"index", "reader", "textual", "rich", "whoosh"}


def test_the_library_knows_no_screen() -> None:
    assert not pulled_in(*modules("index")) & {"reader", "textual", "rich"}


def test_only_searching_loads_the_search_engine() -> None:
    there = [one for one in modules("index") if one.startswith(WITHOUT_SEARCHING)]
    assert "whoosh" not in pulled_in(*there)


@pytest.mark.parametrize("package", ["annotations", "index"])
def test_every_module_can_be_imported_first(package: str) -> None:
    """No module needs another to have been imported before it."""
    program = "\n".join(
        [
            "import importlib, sys",
            f"for name in {modules(package)!r}:",
            f"    for one in [one for one in sys.modules if one.partition('.')[0] == {package!r}]:",
            "        del sys.modules[one]",
            "    importlib.import_module(name)",
        ]
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
