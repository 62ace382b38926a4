"""The command `completion`: what a shell needs to complete `postil` by tab, made from the parsers themselves."""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from reader.cli.output import say
from reader.cli.table import COMMANDS as TABLE

if TYPE_CHECKING:
    from reader.cli.command import Command

__all__ = ["COMMANDS"]

_SHELLS = ("bash", "zsh", "fish")
_ARTICLES = """
_postil_articles() {
  compgen -d -S / -- "$1"
  compgen -f -X '!*.txt' -- "$1"
  compgen -f -X '!*.md' -- "$1"
}
"""
"""For bash: what may be an article, or lead to one."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=_SHELLS, metavar="SHELL", help="bash, zsh or fish")


def _completion(args: Namespace) -> int:
    script = _fish(_whole()) if args.shell == "fish" else _by_shtab(args.shell)
    for line in script.splitlines():
        say(line)
    return 0


def _by_shtab(shell: str) -> str:
    import shtab

    script = shtab.complete(_whole(), shell=shell, preamble=_ARTICLES if shell == "bash" else "")
    # `postil PATH` opens the reader there: where no command begins as typed, a file may
    return script.replace("complete -o bashdefault -F", "complete -o bashdefault -o default -F")


def _whole() -> ArgumentParser:
    """All commands in one parser: what completes, not what parses."""
    top = ArgumentParser(prog="postil", description="search, read and annotate articles")
    _completes(top.add_argument("--library", help="work in the library at or above this folder"), "folder")
    top.add_argument("--author", help="annotate as this author")
    top.add_argument("--version", action="store_true", help="say which version this is")
    commands = top.add_subparsers(dest="command")
    for name, (module, purpose, _) in TABLE.items():
        command: Command = import_module(f"reader.cli.{module}").COMMANDS[name]
        parser = commands.add_parser(name, help=purpose, description=purpose)
        command[0](parser)
        for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask what was added
            if action.metavar in ("ARTICLE", "DIR"):
                _completes(action, "article" if action.metavar == "ARTICLE" else "folder")
    return top


def _completes(action: Action, what: str) -> None:
    """Say what an argument is, in the words of the generator for bash and zsh."""
    import shtab

    by_shell = {**shtab.FILE, "bash": "_postil_articles"} if what == "article" else shtab.DIRECTORY
    action.complete = by_shell  # type: ignore[attr-defined]


def _fish(top: ArgumentParser) -> str:
    lines = ["complete -c postil -n __fish_use_subcommand -l version -d 'say which version this is'"]
    for parser, when in _parsers(top):
        for action in parser._actions:  # noqa: SLF001 - as above
            lines += _fish_lines(action, when)
    return "\n".join(lines) + "\n"


def _parsers(top: ArgumentParser) -> Iterator[tuple[ArgumentParser, str]]:
    yield top, "__fish_use_subcommand"
    for name, parser in _commands(top).items():
        yield parser, f"__fish_seen_subcommand_from {name}"


def _commands(top: ArgumentParser) -> dict[str, ArgumentParser]:
    found: list[Any] = [one for one in top._actions if isinstance(one, _SubParsersAction)]  # noqa: SLF001 - as above
    return dict(found[0].choices)


def _fish_lines(action: Action, when: str) -> Iterator[str]:
    if isinstance(action, _SubParsersAction):
        for name, (_, purpose, _) in TABLE.items():
            yield f"complete -c postil -n {when} -a {name} -d {_quoted(purpose)}"
        return
    long = [one.removeprefix("--") for one in action.option_strings if one.startswith("--")]
    choices = " ".join(str(one) for one in action.choices or () if one)
    if long and long[0] != "version":
        takes = f" -xa {_quoted(choices)}" if choices else " -r" if action.nargs != 0 else ""
        yield f"complete -c postil -n {_quoted(when)} -l {long[0]}{takes} -d {_quoted(action.help or '')}"
    elif choices:
        yield f"complete -c postil -n {_quoted(when)} -xa {_quoted(choices)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("%%", "%")
    return f"'{escaped}'"


COMMANDS: dict[str, Command] = {"completion": (_arguments, _completion)}
