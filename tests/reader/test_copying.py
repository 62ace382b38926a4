"""Copying words and their citation: what the terminal gets, what the desk's clipboard gets, what is said of it."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from annotations.model import Claim
from index.formats import label
from reader.copying import Quote, citation, copy, words_of
from tests.reader.shelf import HARBOUR, make_library, opened, settled
from tests.reader.terminal import COMMAND, Terminal

TMUX = shutil.which("tmux") or ""
ARTICLE = label("harbour.txt", HARBOUR)
DESKS = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "DISPLAY", "WAYLAND_DISPLAY", "WSL_INTEROP", "TMUX", "STY")


@pytest.fixture(autouse=True)
def _no_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in DESKS:
        monkeypatch.delenv(name, raising=False)


class Copied:
    """Stands in for an app: what its terminal is asked to copy."""

    text = ""

    def copy_to_clipboard(self, text: str) -> None:
        self.text = text


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Let there be a desk with a program that copies; gives the file that it copies into."""

    def put(script: str) -> Path:
        program = tmp_path / "xclip"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        monkeypatch.setenv("DISPLAY", ":7")
        return tmp_path / "copied"

    return put


def said(words: str, annotation: str = "") -> Quote:
    start = HARBOUR.index(words)
    return Quote(start, start + len(words), annotation)


def test_a_citation_says_what_is_known_and_what_is_not() -> None:
    assert citation(ARTICLE, said("We take the tide or we do not go.", "notetide000000001")) == (
        "“We take the tide or we do not go.”\n"
        "Harbour Pilots Warn of Silt, Port Says Channel Is Safe; Dana Whitlock; Courier; date unknown; "
        "harbour.txt, line 8; notetide000000001"
    )


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        (Claim(speaker="Ines Kallio", affiliation="the Delta Institute", form="direct"),
         "— Ines Kallio, the Delta Institute (direct)"),
        (Claim(speaker="Ines Kallio"), "— Ines Kallio"),
        (Claim(affiliation="the port", form="indirect"), "— speaker unknown, the port (indirect)"),
    ],
)  # fmt: skip
def test_the_citation_of_a_claim_says_who_said_it(claim: Claim, line: str) -> None:
    quoted = Quote(0, 5, "claim", claim)
    assert citation(ARTICLE, quoted).splitlines()[1] == line


def test_a_heading_has_a_line_and_a_quote_of_several_lines_becomes_one() -> None:
    assert "harbour.txt, line 14" in citation(ARTICLE, said("Another Winter"))
    assert citation(ARTICLE, said("Another Winter\n\n    Halloran")).startswith("“Another Winter Halloran”")


def test_what_a_terminal_would_obey_is_not_copied() -> None:
    text = "Plain\x1b]52;c;x\x07 words\u00a0stay\tso.\x9b31m\n"
    article = label("a.txt", text)
    assert words_of(article, Quote(0, len(text))) == "Plain]52;c;x words\u00a0stay\tso.31m\n"


@pytest.mark.parametrize(
    ("name", "doubt"),
    [("", "if it allows that"), ("TMUX", "tmux may need set-clipboard on"), ("STY", "screen may not")],
)
async def test_the_terminal_is_asked_and_not_trusted(name: str, doubt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name:
        monkeypatch.setenv(name, "/somewhere,1,0")
    app = Copied()
    told = await copy(app, "fünf\u00a0W")  # type: ignore[arg-type]
    assert app.text == "fünf\u00a0W"
    assert told.startswith(f"copied 6 characters (terminal; {doubt}")


async def test_on_a_desk_its_clipboard_has_it_too(desk: Callable[[str], Path]) -> None:
    file = desk('cat > "$(dirname "$0")/copied"')
    assert await copy(Copied(), "fünf\u00a0W") == "copied 6 characters (clipboard)"  # type: ignore[arg-type]
    assert file.read_text() == "fünf\u00a0W"


async def test_over_ssh_the_far_desk_is_left_alone(
    desk: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk('cat > "$(dirname "$0")/copied"')
    monkeypatch.setenv("SSH_CONNECTION", "a 1 b 2")
    assert "(terminal" in await copy(Copied(), "x")  # type: ignore[arg-type]
    assert not file.exists()


@pytest.mark.parametrize("script", ["echo no >&2; exit 1", "sleep 60", "kill -9 $PPID"])
async def test_a_desk_that_fails_or_hangs_costs_nothing(
    script: str, desk: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk(script)
    monkeypatch.setattr("reader.copying._SECONDS", 0.5)
    begun = time.monotonic()
    told = await copy(Copied(), "x")  # type: ignore[arg-type]
    assert "(terminal" in told or script.startswith("echo")
    assert time.monotonic() - begun < 5


async def test_nothing_is_run_from_the_library(
    desk: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("cat > /dev/null")
    (tmp_path / "pyperclip.py").write_text("raise SystemExit('run from the library')")
    monkeypatch.chdir(tmp_path)
    assert await copy(Copied(), "x") == "copied 1 character (clipboard)"  # type: ignore[arg-type]


@pytest.mark.skipif(not TMUX, reason="needs tmux")
async def test_tmux_has_it_as_it_is_set_up_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX_TMPDIR", str(tmp_path))
    tmux = partial(subprocess.run, check=True, capture_output=True, text=True)
    where = tmux([TMUX, "-f", "/dev/null", "new-session", "-d", "-P", "-F", "#{socket_path},#{pid},0", "sleep 60"])
    try:
        monkeypatch.setenv("TMUX", where.stdout.strip())
        told = await copy(Copied(), "fünf\u00a0W")  # type: ignore[arg-type]
        assert told == "copied 6 characters (tmux; the terminal too, if it allows that)"
        assert tmux([TMUX, "show-buffer"]).stdout == "fünf\u00a0W"
    finally:
        tmux([TMUX, "kill-server"])


async def test_an_old_tmux_is_asked_as_it_can(desk: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    file = desk('[ "$2" = -w ] && exit 1; cat > "$(dirname "$0")/copied"')
    file.with_name("xclip").rename(file.with_name("tmux"))
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("TMUX", "/somewhere,1,0")
    assert "(tmux" in await copy(Copied(), "x")  # type: ignore[arg-type]
    assert file.read_text() == "x"


async def test_y_takes_the_selection_then_the_mark_then_the_sentence(tmp_path: Path) -> None:
    async with opened(make_library(tmp_path / "port"), path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket", "y")
        await settled(pilot)
        assert pilot.app.clipboard == "The channel has lost a metre since January"
        await pilot.press("Y")
        await settled(pilot)
        assert pilot.app.clipboard.endswith("; claimmetre0000001")
        assert pilot.app.clipboard.splitlines()[1] == "— Ines Halloran, a pilot (direct)"
        await pilot.press("v", "w", "y")
        await settled(pilot)
        assert pilot.app.clipboard != "The channel has lost a metre since January"
        assert f"copied {len(pilot.app.clipboard)} characters" in screen.footer.message
        await pilot.press("escape")
        screen.article.pane.go(HARBOUR.index("The pilots of Port Alma"))
        await pilot.press("y")
        await settled(pilot)
        assert screen.article.current is None
        assert pilot.app.clipboard == screen.article.pane.text[slice(*screen.article.pane.sentence)]


def test_the_terminal_gets_exactly_the_words(tmp_path: Path) -> None:
    with Terminal([*COMMAND, "harbour.txt"], make_library(tmp_path / "port")) as terminal:
        terminal.until_shown("Ines Halloran")
        terminal.write("]y")
        terminal.until_shown("copied 42 characters (terminal")
        asked = terminal.drawn.split(b"\x1b]52;c;")[1].split(b"\a")[0]
        assert base64.b64decode(asked).decode() == "The channel has lost a metre since January"
    assert "pyperclip" not in sys.modules
