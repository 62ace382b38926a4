"""A fault in the reader ends it in good order: no traceback, one line, the terminal as it was, edits saved."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from annotations import store
from tests.reader.shelf import make_library
from tests.reader.terminal import Terminal

BREAK = """
import sys
from annotations import store
from index.search import Results
from reader import app
from reader.session import Session
from reader.widgets import annotator, find, footer, pane

def boom(*_, **__):
    raise ZeroDivisionError("the secret of the article")

{fault}
from reader.cli import main
sys.exit(main(["--author", "ada", "harbour.txt"]))
"""
MODE = re.compile(r"\x1b(?:\[[?<>]?[0-9;]*[a-zA-Z]|\][^\x07]*\x07)")
FAULTS = {
    "a handler": ("pane.ArticlePane.action_sentence = boom", "s"),
    "a message": ("annotator.Annotator.on_form_closed = boom", "c\x1b"),
    "a worker": ("Session.look_up = boom", "fsilt"),
    "a thread that saves": ("Session.annotate = boom", "h"),
    "drawing": ("footer.Footer._keys = boom", ""),
    "the beginning": ("find.FindPane.list_library = boom", ""),
    "a timer": ("app.Reader.on_ready = lambda self: self.set_timer(0.2, boom)", ""),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port", marks=False)


def broken(root: Path, fault: str) -> Terminal:
    return Terminal([sys.executable, "-c", BREAK.format(fault=fault)], root)


@pytest.mark.parametrize("where", FAULTS)
def test_a_fault_is_one_line(root: Path, home: Path, where: str) -> None:
    fault, keys = FAULTS[where]
    with broken(root, fault) as terminal:
        if keys:
            terminal.until_shown("s sentence")
            terminal.write(keys)
        assert terminal.status() == 3
        after = MODE.sub("", terminal.drawn.rpartition(b"\x1b[?1049l")[2].decode())
    (line,) = [one for one in after.splitlines() if "postil" in one]
    assert line.startswith("postil: this is a bug in postil (ZeroDivisionError: ")
    assert "errors.log" in line
    assert "Traceback" not in after
    assert "boom" in (home / "state" / "postil" / "errors.log").read_text()
    for mode in (b"\x1b[?1000l", b"\x1b[?2004l", b"\x1b[?25h"):
        assert mode in terminal.drawn, "mouse, paste and cursor are as they were"


def test_what_was_not_saved_is_saved_on_the_way_out(root: Path) -> None:
    fault = "save = store.save\ndef once(*a, **k):\n    store.save = save\n    boom()\nstore.save = once"
    with broken(root, fault) as terminal:
        terminal.until_shown("s sentence")
        terminal.write("h")
        assert terminal.status() == 3
    (mark,) = store.load(store.sidecar_path(root / "harbour.txt")).sidecar.annotations
    assert mark.kind == "highlight"


def test_what_cannot_be_saved_is_named(root: Path) -> None:
    with broken(root, "store.save = boom") as terminal:
        terminal.until_shown("s sentence")
        terminal.write("h")
        assert terminal.status() == 3
        assert b"not saved: harbour.txt" in terminal.drawn
