"""Where errors end: whatever happens, one line and an exit status."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from annotations.errors import InputError, NotFoundError, UsageError
from reader.cli.edge import guarded

from .conftest import COMMAND, Process


def _raising(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (NotFoundError("no such thing"), 1, "postil: no such thing\n"),
        (UsageError("what", hint="do this"), 2, "postil: what; do this\n"),
        (InputError("bad", path="a.txt", line=3, hint="mend it"), 3, "postil: a.txt:3: bad; mend it\n"),
        (InputError("bad\x1b[2J\nname"), 3, "postil: bad␛[2J␊name\n"),
        (KeyboardInterrupt(), 130, ""),
        (SystemExit(0), 0, ""),
    ],
)
def test_an_error_is_a_line_and_a_status(
    error: BaseException, status: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded(_raising(error)) == status
    assert capsys.readouterr().err == line


def test_an_error_of_the_system_names_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(_raising(PermissionError(errno.EACCES, "Permission denied", "/a/b"))) == 3
    assert capsys.readouterr().err.startswith("postil: /a/b: permission denied; ")


def test_a_bug_is_one_line_and_its_traceback_a_log(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(_raising(ZeroDivisionError("divided\nby zero"))) == 3
    err = capsys.readouterr().err
    log = home / "state" / "postil" / "errors.log"
    assert err.count("\n") == 1
    assert "bug" in err
    assert str(log) in err
    assert "Traceback" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_bug_is_one_line_even_where_no_log_can_be_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(home / "state")
    (home / "state").write_text("in the way")
    assert guarded(_raising(RecursionError("too deep"))) == 3
    assert capsys.readouterr().err.count("\n") == 1


def _list(library: Path, stdout: int | IO[str]) -> subprocess.CompletedProcess[bytes]:
    """Run `list` into something, buffered as it is for people: the trouble shows when the buffer is written."""
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        [*COMMAND, "list"], stdout=stdout, stderr=subprocess.PIPE, check=False, cwd=library, env=buffered
    )


def test_a_reader_that_leaves_early_hears_nothing(library: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    quiet = _list(library, writing)
    os.close(writing)
    assert (quiet.returncode, quiet.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_cannot_be_written_is_trouble(library: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = _list(library, full)
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1
    assert b"no space left" in done.stderr


def test_an_encoding_without_the_characters_shows_escapes(library: Path, process: Process) -> None:
    done = process("show", "news/summit.txt", cwd=library, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "\\u201cSanctions" in done.stdout


def test_without_stdout_a_command_still_works(library: Path) -> None:
    shell = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, "list"]
    done = subprocess.run(shell, stderr=subprocess.PIPE, check=False, cwd=library)
    assert (done.returncode, done.stderr) == (0, b"")


_DRAWS = """
import signal, sys
from reader.cli.edge import guarded

def draw():
    signal.signal(signal.SIGWINCH, lambda *_: None)
    sys.__stderr__.write("." * 300_000 + "all")
    sys.__stderr__.flush()
    return 0

sys.exit(guarded(draw))
"""


def test_nothing_is_lost_of_what_a_signal_interrupts() -> None:
    program = [sys.executable, "-c", _DRAWS]
    unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(program, stderr=subprocess.PIPE, env=unbuffered, cwd=Path(__file__).parents[3]) as drawing:
        assert drawing.stderr
        drawn = b""
        while part := os.read(drawing.stderr.fileno(), 4096):
            drawn += part
            drawing.send_signal(signal.SIGWINCH)
    assert drawn == b"." * 300_000 + b"all"
