"""Completion by tab: bash is asked what it would offer; the other shells' scripts are looked at."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reader.cli.table import COMMANDS

from .conftest import Postil

_ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
complete=$(complete -p postil | sed 's/.*-F \\([^ ]*\\).*/\\1/')
"$complete" postil "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def script(postil: Postil, tmp_path: Path) -> Path:
    path = tmp_path / "postil.bash"
    path.write_text(postil("completion", "bash").out)
    return path


def offered(script: Path, folder: Path, *words: str) -> set[str]:
    ran = subprocess.run(
        ["bash", "-c", _ASK, "ask", str(script), "postil", *words],  # noqa: S607 - as installed
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stderr == ""
    return set(ran.stdout.split())


def test_bash_offers_commands_options_values_and_articles(script: Path, library: Path) -> None:
    (library / "picture.png").write_bytes(b"")
    assert offered(script, library, "") >= set(COMMANDS)
    assert offered(script, library, "se") == {"search", "set"}
    assert offered(script, library, "list", "--") >= {"--json", "--format"}
    assert offered(script, library, "list", "--format", "j") == {"json"}
    assert offered(script, library, "show", "") >= {"harvest.txt", "news/"}
    assert "picture.png" not in offered(script, library, "show", "")
    assert offered(script, library, "show", "news/s") == {"news/summit.txt"}
    assert offered(script, library, "edit", "x", "--status", "ch") == {"checking"}
    assert offered(script, library, "completion", "") == {"bash", "zsh", "fish"}
    assert offered(script, library, "init", "n") == {"news"}


def test_where_no_command_begins_so_bash_offers_files(script: Path) -> None:
    assert "complete -o bashdefault -o default -F" in script.read_text()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_shells_get_every_command(postil: Postil, shell: str, tmp_path: Path) -> None:
    ran = postil("completion", shell)
    assert (ran.status, ran.err) == (0, "")
    assert all(name in ran.out for name in COMMANDS)
    assert "json" in ran.out
    if program := shutil.which(shell):
        path = tmp_path / f"postil.{shell}"
        path.write_text(ran.out)
        subprocess.run([program, "--no-execute", str(path)], check=True)


def test_another_shell_is_refused(postil: Postil) -> None:
    ran = postil("completion", "tcsh")
    assert ran.status == 2
    assert "tcsh" in ran.err
