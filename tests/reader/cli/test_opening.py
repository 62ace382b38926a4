"""`postil [PATH]`: what opens in the reader, and what is said where none can."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reader.session import Session

from .conftest import Postil

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, dict[str, Any]]]:
    """Calls of the reader, in a terminal that can draw it."""
    calls: list[tuple[Path, dict[str, Any]]] = []

    def read(session: Session, **where: Any) -> int:
        asked = {name: value for name, value in where.items() if name != "review" or value is not None}
        calls.append((session.library.root, asked | {"author": session.author.id}))
        return 0

    app = ModuleType("reader.app")
    app.read = read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "reader.app", app)
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")
    return calls


_Calls = list[tuple[Path, dict[str, Any]]]


def test_alone_it_opens_the_library_here(library: Path, postil: Postil, opened: _Calls) -> None:
    assert postil("--author", "ben").status == 0
    assert opened == [(library, {"author": "ben", "article": None, "annotation": None})]


def test_a_folder(library: Path, postil: Postil, opened: _Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert postil(library).status == 0
    assert postil("--library", library).status == 0
    assert [folder for folder, _ in opened] == [library, library]


def test_an_article(library: Path, postil: Postil, opened: _Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library / "news")
    assert postil("summit.txt").status == 0
    assert postil("harvest.txt").status == 0
    monkeypatch.chdir("/")
    assert postil(library / "harvest.txt").status == 0
    assert postil("--library", library, "news/summit.txt").status == 0
    articles = [where["article"] for _, where in opened]
    assert articles == ["news/summit.txt", "harvest.txt", "harvest.txt", "news/summit.txt"]
    assert {folder for folder, _ in opened} == {library}


def test_an_annotation(library: Path, postil: Postil, opened: _Calls) -> None:
    made = postil("annotate", "harvest.txt", "--quote", "wheat").out.strip()
    assert postil(made).status == 0
    assert opened == [(library, {"author": "ada", "article": "harvest.txt", "annotation": made})]


def test_a_command_wins_over_a_file(library: Path, postil: Postil, opened: _Calls) -> None:
    (library / "list").mkdir()
    assert "harvest.txt" in postil("list").out
    assert opened == []
    assert postil("./list").status == 0
    assert opened[0][0] == library


@pytest.mark.parametrize("name", ["nothing.txt", "kqf3m2xw7tbz4h5a6", "lits", "[/]\x1b"])
def test_what_is_nothing_says_so(postil: Postil, opened: _Calls, name: str) -> None:
    ran = postil(name)
    assert (ran.status, ran.err.count("\n"), opened) == (2, 1, [])
    assert "no command, article or annotation" in ran.err
    assert "\x1b" not in ran.err


def test_without_a_terminal_it_says_so(postil: Postil, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = postil()
    assert (ran.status, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "terminal" in ran.err
    monkeypatch.setenv("TERM", "dumb")
    assert "TERM=dumb" in postil("harvest.txt").err


def test_demo_opens_the_copy(
    library: Path, tmp_path: Path, postil: Postil, opened: _Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def make(*, fresh: bool) -> tuple[Path, Path | None]:
        asked.append(fresh)
        return library, tmp_path / "former" if fresh else None

    demo = ModuleType("reader.demo")
    demo.make = make  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "reader.demo", demo)
    assert postil("demo").status == 0
    assert str(tmp_path / "former") in postil("demo", "--fresh").err
    assert asked == [False, True]
    assert opened == [(library, {"author": "ada", "article": None, "annotation": None})] * 2
    monkeypatch.setattr(os, "isatty", lambda handle: handle == 0)
    ran = postil("demo")
    assert ran.status == 3
    assert str(tmp_path) in ran.err


def test_a_review(library: Path, postil: Postil, opened: _Calls) -> None:
    from annotations.git import Git

    Git.init(library)
    assert postil("review").status == 2, "there is nothing to compare with yet"
    Git.init(library).commit([library / "harvest.txt"], "begin")
    assert postil("review", "HEAD..HEAD").status == 0
    assert [where["review"] for _, where in opened] == [("HEAD..HEAD",)]


def test_opening_loads_no_tls_and_leaves_it_to_who_wants_it() -> None:
    program = """
import sys
from reader.cli.opening import _load_asyncio
_load_asyncio()
assert "asyncio" in sys.modules and "_ssl" not in sys.modules
import asyncio

async def talk():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "print(1)", stdout=-1)
    return (await process.communicate())[0]

assert asyncio.run(talk()) == b"1\\n"
import ssl
ssl.create_default_context()
_load_asyncio()
assert sys.modules["ssl"] is ssl
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
