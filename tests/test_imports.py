"""What an import pulls in: the arrows between the packages, seen in `sys.modules` of a fresh interpreter."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.formats import label
from index.kept import keep

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


NOT_BEFORE_THE_FIRST_PAINT = {
    "annotations.align", "annotations.archive", "annotations.codebook", "annotations.emit", "annotations.git",
    "annotations.history", "annotations.load", "annotations.log", "annotations.match", "annotations.merge",
    "annotations.placing", "annotations.rebase", "annotations.record", "annotations.seek", "annotations.splice",
    "annotations.threeway", "argparse", "getpass", "index.cues", "index.examine", "index.formats.markdown",
    "index.formats.txt", "index.scan", "index.search", "index.searching", "index.strays", "markdown_it",
    "pyperclip", "reader.carried", "reader.editor", "reader.inpage", "reader.layout.spread", "reader.layout.tabs",
    "reader.palette", "reader.quotations", "reader.screens.ask", "reader.screens.attention", "reader.screens.help",
    "reader.vocabulary", "textual.widgets._text_area", "tomllib", "watchfiles", "whoosh", "yaml",
}  # fmt: skip
"""What the first screen does without.  What is needed later is imported where it is used."""
_FIRST_PAINT = """
import os, sys
from pathlib import Path

from textual.app import App

def painted(app, screen, renderable):
    ours = [one for name, one in sorted(sys.modules.items()) if name.partition(".")[0] in OURS]
    slow = {
        value.__name__
        for module in ours
        for value in vars(module).values()
        if getattr(value, "__module__", "") == module.__name__
        and getattr(getattr(value, "__dataclass_params__", None), "frozen", False)
    }
    fields = [type(one).__name__ for one in screen.query("Input, TextArea, ArticleView .teach")]
    said = "\\n".join([" ".join(sys.modules), " ".join(sorted(slow)), " ".join(fields)])
    print(said, file=sys.__stdout__, flush=True)  # the app has taken print for itself
    os._exit(0)

OURS = {"annotations", "index", "reader"}
App._display = painted
from reader.app import Reader
from reader.config import State
from reader.session import Session

root, state = Path(sys.argv[1]), State()
state.at(root).visit("one.txt", 0, 0)
Reader(Session.start(root, author="ada"), state).run(headless=True, size=(120, 40))
"""


@pytest.fixture
def painted(tmp_path: Path) -> list[set[str]]:
    """The modules, the slow classes and the fields that there are when an article is painted that was read before."""
    text = "A sentence to read.\n"
    (tmp_path / "one.txt").write_text(text)
    (tmp_path / "postil.yaml").write_text("")
    keep(tmp_path, label("one.txt", text))
    program = [sys.executable, "-c", _FIRST_PAINT, str(tmp_path)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout, done.stderr
    return [set(line.split()) for line in done.stdout.split("\n")]


def test_the_first_paint_waits_for_nothing_that_it_does_not_show(painted: list[set[str]]) -> None:
    modules, slow, fields = painted[:3]
    assert "reader.screens.read" in modules
    assert sorted(modules & NOT_BEFORE_THE_FIRST_PAINT) == []
    assert sorted(slow) == [], "declare these with annotations.frozen"
    assert not fields, "mount these when they are wanted, or after the first paint"
