"""Opening the reader: on a library, an article or an annotation."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from annotations.errors import InputError, NotFoundError, UsageError
from reader.cli.command import folder, notice_changes, start

__all__ = ["open_reader", "require_terminal"]


def open_reader(args: Namespace, target: str, suggestion: str = "") -> int:
    """Open the reader on `target`: a library's folder, an article, the id of an annotation; "" is where we are.

    `suggestion` is for a target that is nearly a command: what to say when it is nothing else.
    """
    where = Path(target)
    if not target:
        return _read(args, folder(args))
    if where.is_dir():
        return _read(args, where)
    if where.exists() and args.library is None:
        from index.library import Library

        library = Library.find(where.absolute().parent)
        return _read(args, library.root, article=library.resolve(target, Path.cwd()))
    if suggestion and "." not in target:  # neither an id nor an article's name
        raise _nothing(target, suggestion)
    return _open_from_library(args, target, suggestion)


def require_terminal(instead: str, *, found: Path | None = None) -> None:
    """Refuse to go on without a terminal that can show the reader.

    Raises:
        InputError: there is none; says what to do `instead`, and about the library in `found`.
    """
    if os.environ.get("TERM") == "dumb":
        raise InputError("the reader cannot be drawn on this terminal (TERM=dumb)", path=found, hint=instead)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError("the reader needs a terminal to draw on", path=found, hint=instead)


def _open_from_library(args: Namespace, target: str, suggestion: str) -> int:
    session = start(args)
    root = session.library.root
    try:
        return _read(args, root, article=session.library.resolve(target, Path.cwd()))
    except NotFoundError:
        notice_changes(session)
    try:
        path, annotation = session.find(target)
    except NotFoundError as error:
        raise _nothing(target, suggestion) from error
    return _read(args, root, article=path, annotation=annotation.id)


def _nothing(target: str, suggestion: str) -> UsageError:
    return UsageError(
        f"{target!r} is no command, article or annotation{suggestion}",
        hint="`postil --help` lists the commands, `postil list` the articles",
    )


def _read(args: Namespace, root: Path, *, article: str | None = None, annotation: str | None = None) -> int:
    require_terminal("use `postil list`, `postil show` and `postil search` here")
    from reader.app import read

    return read(root, author=args.author, article=article, annotation=annotation)
