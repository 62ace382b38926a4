"""Arguments: what is a command, what is not, and that help costs next to nothing."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from reader import __version__
from reader.cli.table import COMMANDS

from .conftest import Postil

PLANNED = ["export"]
JSON = ["init", "list", "show", "search", "annotate", "edit", "rm", "sidecars", "index", "doctor"]
JSON += ["diff", "review", "log", "check", "reanchor", "resolve", "merge"]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_its_purpose_and_an_example(postil: Postil, name: str) -> None:
    ran = postil(name, "--help")
    _, purpose, example = COMMANDS[name]
    assert ran.status == 0
    assert ran.err == ""
    assert purpose[1:] in ran.out
    assert example in ran.out
    assert ("--json" in ran.out) == (name in JSON)


def test_the_table_and_the_modules_name_the_same_commands() -> None:
    for module in {module for module, _, _ in COMMANDS.values()}:
        assert set(import_module(f"reader.cli.{module}").COMMANDS) == {
            name for name, (one, _, _) in COMMANDS.items() if one == module
        }


def test_each_example_parses(postil: Postil, monkeypatch: pytest.MonkeyPatch) -> None:
    import shlex

    for name, (module, _, example) in COMMANDS.items():
        commands = import_module(f"reader.cli.{module}").COMMANDS
        monkeypatch.setitem(commands, name, (commands[name][0], lambda _: 0))
        ran = postil(*shlex.split(example)[1:])
        assert ran.status == 0, (example, ran.err)


def test_help_lists_the_commands_that_there_are_and_no_others(postil: Postil) -> None:
    out = postil("--help").out
    assert all(f"  {name} " in out for name in COMMANDS)
    assert not any(f"  {name} " in out for name in PLANNED)
    assert not set(PLANNED) & set(COMMANDS)


def test_version(postil: Postil) -> None:
    assert postil("--version").out == f"postil {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["annotate", "a.txt"], "--quote"),
        (["annotate", "a.txt", "--quote", "x", "--kind", "joke"], "joke"),
        (["annotate", "a.txt", "--quote", "x", "--speaker", "Li"], "--kind claim"),
        (["annotate", "a.txt", "--quote", "x", "--occurrence", "0"], "from 1"),
        (["annotate", "a.txt", "--quote", "x", "--occurrence", "²"], "from 1"),
        (["annotate", "a.txt", "--quote", "x", "--note", "\udcff"], "UTF-8"),
        (["show"], "ARTICLE"),
        (["list", "extra"], "extra"),
        (["list", "--form", "json"], "--form"),
        (["search"], "QUERY"),
        (["search", "x", "--limit", "many"], "many"),
        (["set", "a.txt"], "KEY=VALUE"),
        (["--bogus"], "--bogus"),
        (["serach", "x"], "`postil search`?"),
        (["lsit"], "`postil list`?"),
    ],
)
def test_a_call_that_makes_no_sense_is_one_line_and_2(postil: Postil, arguments: list[str], says: str) -> None:
    ran = postil(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("postil: ")
    assert says in ran.err


def test_foreign_words_in_a_complaint_are_shown_not_obeyed(postil: Postil) -> None:
    ran = postil("list", "\x1b]52;c;aGk=\x07")
    assert "\x1b" not in ran.err
    assert "␛" in ran.err


_PROBE = """
import sys
from reader.cli import main
status = main(sys.argv[1:])
print(status, *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["annotate", "--help"], ["list", "--help"]])
def test_help_and_version_import_next_to_nothing(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, *arguments], capture_output=True, text=True, check=True, timeout=30
    )
    status, *modules = done.stderr.split()
    assert status == "0"
    heavy = {"dataclasses", "json", "pathlib", "platformdirs", "rich", "shutil", "subprocess", "textual", "tomllib"}
    heavy |= {"whoosh", "yaml", "index", "annotations.model", "reader.session"}
    if arguments[0].startswith("-"):
        heavy |= {"typing"}
    assert not heavy & (set(modules) - _always_there())


def _always_there() -> set[str]:
    """What a bare interpreter holds here: editable installs and coverage import at its start."""
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(bare.stdout.split())
