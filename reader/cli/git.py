"""Commands about git: `git install`, and `textconv`, which git calls to show a sidecar."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError, UsageError
from reader.cli import driving
from reader.cli.command import Command, folder
from reader.cli.output import note, say

if TYPE_CHECKING:
    from annotations.git import Git

__all__ = ["COMMANDS"]


def _git_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("act", choices=("install",), help="set up this clone; --uninstall takes it back")
    parser.add_argument("--uninstall", action="store_true", help="take out what install wrote")
    parser.add_argument(
        "--global", dest="everywhere", action="store_true", help="for all repositories of this account; asks first"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _git(args: Namespace) -> int:
    from annotations.git import Git
    from index.library import Library

    root = Library.find(folder(args)).root
    git = Git.holding(root)
    if args.everywhere and not args.yes and not _agreed():
        raise UsageError("nothing was changed", hint="--yes says yes beforehand")
    if args.uninstall:
        return _uninstall(git, root, everywhere=args.everywhere)
    for name, value in driving.settings().items():
        git.set(name, value, everywhere=args.everywhere)
    added = driving.attribute(root)
    say("git merges and shows the sidecars of this library with postil now")
    if added:
        note(f"{root / '.gitattributes'}: commit it, so that others need only `postil git install`")
    return 0


def _uninstall(git: Git, root: Path, *, everywhere: bool) -> int:
    for name in driving.settings():
        git.set(name, "", everywhere=everywhere)
    removed = driving.unattribute(root)
    say("git merges sidecars as any text again")
    if removed:
        note(f"{root / '.gitattributes'}: commit its change")
    return 0


def _agreed() -> bool:
    try:
        return input("Write into your own git configuration, for all repositories? [y/N] ").strip().lower() == "y"
    except EOFError:
        return False


def _textconv_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a sidecar")


def _textconv(args: Namespace) -> int:
    from annotations.load import load_sidecar
    from annotations.plainly import told

    path = Path(args.file)
    data = path.read_bytes()  # what git hands over is a file of its own making
    try:
        lines = list(told(load_sidecar(data, path)))
    except InputError as error:
        note(str(error))
        lines = data.decode(errors="replace").splitlines()
    for line in lines:
        say(line)
    return 0


COMMANDS: dict[str, Command] = {
    "git": (_git_arguments, _git),
    "textconv": (_textconv_arguments, _textconv),
}
