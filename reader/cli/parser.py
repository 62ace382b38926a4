"""From arguments to a command: the table of commands, and which one is meant.

Parsing takes two steps: the options before the command, then the command's own.  Only the command that was asked
for is imported and gets a parser; a first word that is no command is something to open in the reader.
"""

from __future__ import annotations

import os
from argparse import REMAINDER, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from importlib import import_module

from annotations.errors import UsageError
from reader import __version__
from reader.cli.table import COMMANDS

TYPE_CHECKING = False  # typing itself would be a sixth of the time that `--version` takes
if TYPE_CHECKING:
    from typing import NoReturn

    from reader.cli.command import Command

__all__ = ["run"]


class _Parser(ArgumentParser):
    """An argument parser whose complaints are errors like all others, in one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, hint=f"`{self.prog} --help` shows how")


class _Formatter(RawDescriptionHelpFormatter):
    """The stock formatter asks `shutil` for the width, at several times the cost of asking the terminal."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width(), max_help_position=28)


def _width() -> int:
    try:
        return min(max(os.get_terminal_size().columns, 60), 100)
    except OSError:
        return 80


def run(argv: list[str]) -> int:
    """Do what the arguments say; returns the exit status.

    Raises:
        PostilError: it could not be done.
        SystemExit: after printing help or the version.
    """
    args = _top().parse_args(argv)
    name, *rest = args.command or [""]
    if name in COMMANDS:
        return _run_command(name, rest, args)
    if rest:
        raise UsageError(f"{name!r} is no command{_close_to(name)}", hint="`postil --help` lists them")
    from reader.cli.opening import open_reader

    return open_reader(args, name, _close_to(name))


def _run_command(name: str, rest: list[str], args: Namespace) -> int:
    module, purpose, example = COMMANDS[name]
    command: Command = import_module(f"reader.cli.{module}").COMMANDS[name]
    add_arguments, act = command
    parser = _Parser(
        prog=f"postil {name}",
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        epilog=f"example:\n  {example}",
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    add_arguments(parser)
    if name == "search":
        return act(parser.parse_intermixed_args(_dashes_kept(rest), args))
    return act(parser.parse_args(rest, args))


def _dashes_kept(rest: list[str]) -> list[str]:
    """The arguments of a search, with a blank before those that are of the query whatever they begin with.

    They are `-word`, and all after `--`.
    """
    end = rest.index("--") if "--" in rest else len(rest)
    options = [f" {one}" if one[:1] == "-" and one[1:2] != "-" and one != "-h" else one for one in rest[:end]]
    return [*options, *(f" {one}" for one in rest[end + 1 :])]


def _top() -> ArgumentParser:
    listing = "\n".join(f"  {name:<10} {purpose}" for name, (_, purpose, _) in COMMANDS.items())
    parser = _Parser(
        prog="postil",
        usage="postil [--library DIR] [--author A] COMMAND …\n       postil [PATH]",
        description="Search, read and annotate news articles; review the claims in git.\n\n"
        "Without a command the reader opens, at PATH if there is one: a library's folder, an article,\n"
        "or the id of an annotation.  A command's name wins over a file's; ./NAME is always a path.",
        epilog=f"commands:\n{listing}\n\n`postil COMMAND --help` tells more.  Exit status: 0 done, 1 not found, "
        "2 usage,\n3 trouble with the input or the environment.",
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--library", metavar="DIR", help="instead of the library at or above the working folder")
    parser.add_argument("--author", metavar="A", help="who annotates (`postil doctor` says who it is otherwise)")
    parser.add_argument("--version", action="version", version=f"postil {__version__}")
    parser.add_argument("command", nargs=REMAINDER, metavar="COMMAND | PATH", help="see below")
    return parser


def _close_to(name: str) -> str:
    """A suggestion, for a word that is nearly a command."""
    from difflib import get_close_matches

    close = get_close_matches(name, COMMANDS, n=1)
    return f" (`postil {close[0]}`?)" if close else ""
