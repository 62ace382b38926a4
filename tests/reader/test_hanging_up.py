"""The terminal goes away while one works, or the program is told to end: it does so at once, and nothing is lost."""

from __future__ import annotations

import os
import pty
import re
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotations import store
from annotations.model import Annotation
from reader import terminal as real
from tests.reader.shelf import make_library
from tests.reader.terminal import COMMAND, Terminal

READER = (*COMMAND, "--author", "ada", "harbour.txt")
SAVING = """
import sys
from annotations import store
from annotations.errors import InputError
from reader import writing
from reader.cli import main

save = store.save

{how}
sys.exit(main(["--author", "ada", "harbour.txt"]))
"""
LATE = "writing._FRAME = 1.0"
FULL = """
def full(*_, **__):
    {then}
    raise InputError("the disk is full")
store.save = full
"""
MODE = re.compile(rb"\x1b\[[?<>]?[0-9;]*[a-zA-Z]")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port", marks=False)


def started(root: Path, program: Sequence[str] = READER) -> Terminal:
    """The program behind a shell that gets the signals of the terminal and, as `make` does, waits for it."""
    return Terminal(["/bin/sh", "-c", 'trap : HUP TERM; "$@"; exit $?', "sh", *program], root)


def saving(how: str) -> tuple[str, ...]:
    return (sys.executable, "-c", SAVING.format(how=how))


def saved(root: Path) -> tuple[Annotation, ...]:
    return store.load(store.sidecar_path(root / "harbour.txt")).sidecar.annotations


def test_when_the_terminal_is_gone_the_program_ends_and_the_form_comes_back(root: Path) -> None:
    with started(root) as terminal:
        terminal.until_shown("s sentence")
        terminal.write("ssahalf a wo")
        terminal.until_shown("half a wo")
        terminal.close()
        assert terminal.status() == 128 + signal.SIGHUP
    with Terminal(READER, root) as terminal:
        terminal.until_shown("this is what you were writing")
        terminal.write("rd\r")
        terminal.until_shown("note saved")
    assert [one.note for one in saved(root)] == ["half a word"]


@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGTERM])
def test_told_to_end_it_leaves_the_terminal_as_it_was(root: Path, sent: signal.Signals) -> None:
    with Terminal(READER, root) as terminal:
        terminal.until_shown("s sentence")
        terminal.write("ssahalf a wo")
        terminal.until_shown("half a wo")
        os.kill(terminal.pid, sent)
        assert terminal.status() == 128 + sent
        assert MODE.sub(b"", terminal.drawn.rpartition(b"\x1b[?1049l")[2]) == b"", "nothing is said"
        for mode in (b"\x1b[?1000l", b"\x1b[?2004l", b"\x1b[?25h"):
            assert mode in terminal.drawn, "mouse, paste and cursor are as they were"
    with Terminal(READER, root) as terminal:
        terminal.until_shown("half a wo")


def test_what_was_asked_for_is_saved_first(root: Path) -> None:
    with started(root, saving(LATE)) as terminal:
        terminal.until_shown("s sentence")
        terminal.write("h")
        terminal.until_shown("saving")
        terminal.close()
        assert terminal.status() == 128 + signal.SIGHUP
    assert len(saved(root)) == 1


def test_what_could_not_be_saved_is_tried_once_more(root: Path) -> None:
    with started(root, saving(FULL.format(then="store.save = save"))) as terminal:
        terminal.until_shown("s sentence")
        terminal.write("h")
        terminal.until_shown("disk is full")
        terminal.close()
        assert terminal.status() == 128 + signal.SIGHUP
    assert len(saved(root)) == 1


def test_what_cannot_be_saved_is_named(root: Path) -> None:
    with Terminal(saving(FULL.format(then="")), root) as terminal:
        terminal.until_shown("s sentence")
        terminal.write("h")
        terminal.until_shown("disk is full")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.status() == 3
        assert "postil: not saved: harbour.txt: the disk is full" in terminal.text


def test_the_terminal_goes_while_an_editor_has_it(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor, begun = tmp_path / "editor", tmp_path / "begun"
    editor.write_text(f'#!/bin/sh\n: > "{begun}"\ncat > /dev/null\nprintf "from the editor" > "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    with started(root) as terminal:
        terminal.until_shown("s sentence")
        terminal.write("ssahere\x05")
        terminal.until(begun.exists)
        terminal.close()
        assert terminal.status() == 128 + signal.SIGHUP
    with Terminal(READER, root) as terminal:
        terminal.until_shown("from the editor")


def test_what_is_drawn_on_a_terminal_that_is_gone_is_lost_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(real, "_hang_up", lambda: told.append(True))
    end, ours = pty.openpty()
    with os.fdopen(ours, "w") as file:
        drawn = real._Drawn(file)
        os.close(end)
        for _ in range(100):
            drawn.write("something " * 100)
            drawn.flush()
    assert told == [True]


def test_bytes_that_make_no_character_are_shown_as_such_and_halves_are_waited_for(root: Path) -> None:
    with Terminal(READER, root) as terminal:
        terminal.until_shown("s sentence")
        terminal.write("ssacaf\udce9 or caf\udcc3")
        terminal.until_shown("caf� or caf")
        terminal.write("\udca9 au lait \udcf0")
        terminal.until_shown("café au lait")
        for half in "\udc9f\udc8d\udcb5":
            time.sleep(0.05)  # so that each is read by itself
            terminal.write(half)
        terminal.until_shown("🍵")
