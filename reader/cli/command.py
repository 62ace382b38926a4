"""What the commands share: finding the library, and arguments that several take."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from annotations.errors import InputError
from reader.cli.output import counting

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

    from reader.session import Session

__all__ = [
    "Command",
    "add_article",
    "add_format",
    "count",
    "folder",
    "in_library",
    "notice_changes",
    "resolved",
    "words",
]

Result = TypeVar("Result")
Command: TypeAlias = "tuple[Callable[[ArgumentParser], object], Callable[[Namespace], int]]"
"""What adds a command's arguments to its parser, and what does it and returns the exit status."""


def folder(args: Namespace, named: str | None = None) -> Path:
    """Where to look for the library: the one `named`, else `--library`, else the working folder.

    Raises:
        InputError: `--library` names nothing.
    """
    from pathlib import Path

    where = args.library if named is None else named
    if named is None and where is not None and not Path(where).exists():
        raise InputError("there is no such folder", path=where, hint="--library takes the folder of a library")
    return Path.cwd() if where is None else Path(where)


def in_library(act: Callable[[Session, Namespace], Result]) -> Callable[[Namespace], Result]:
    """What does `act` in a session on the library this call is about, and closes it."""

    def run(args: Namespace) -> Result:
        from reader.session import Session

        session = Session.start(folder(args), author=args.author)
        try:
            return act(session, args)
        finally:
            session.close()

    return run


def notice_changes(session: Session) -> None:
    """Bring the catalog up to date, without the search index: listing and finding an id need no more."""
    session.catalog.refresh(counting("read"))
    session.catalog.save()


def resolved(session: Session, article: str) -> str:
    """The path, from the library's root, of the article that was named from here or from the root."""
    from pathlib import Path

    return session.library.resolve(article, Path.cwd())


def add_article(parser: ArgumentParser) -> None:
    """Give a command the argument ARTICLE."""
    parser.add_argument("article", metavar="ARTICLE", help="its path, from here or from the library's root")


def add_format(parser: ArgumentParser) -> None:
    """Give a command `--format text|json` and its short form `--json`."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    parser.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")


def words(value: str) -> str:
    """An argument that is text; says so when the shell handed over bytes that are not UTF-8."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _refusal("is not UTF-8 text") from None
    return value


def count(value: str) -> int:
    """An argument that counts from 1."""
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise _refusal(f"takes a number from 1, not {value!r}")
    return int(value)


def _refusal(why: str) -> Exception:
    from argparse import ArgumentTypeError

    return ArgumentTypeError(why)
