"""Opening the reader: on a library, an article or an annotation."""

from __future__ import annotations

import gc
import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError, NotFoundError, UsageError
from reader.cli.command import folder, in_library, notice_changes, resolved

if TYPE_CHECKING:
    from reader.session import Session

__all__ = ["has_terminal", "open_reader", "require_terminal"]

_OBJECTS = 50_000
"""How many objects are made between two looks for garbage: hardly any of what starting makes is, and looking every
few hundred takes a tenth of the time to the first paint."""


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
    try:
        root, article, annotation = in_library(_located)(args)
    except NotFoundError as error:
        raise _nothing(target, suggestion) from error
    return _read(args, root, article=article, annotation=annotation)


def require_terminal(instead: str, *, found: Path | None = None) -> None:
    """Refuse to go on without a terminal that can show the reader.

    Raises:
        InputError: there is none; says what to do `instead`, and about the library in `found`.
    """
    if os.environ.get("TERM") == "dumb":
        raise InputError("the reader cannot be drawn on this terminal (TERM=dumb)", path=found, hint=instead)
    if not has_terminal():
        raise InputError("the reader needs a terminal to draw on", path=found, hint=instead)


def has_terminal() -> bool:
    """Whether a person sits at both ends; the reader draws on stderr, so that counts too."""
    return all(map(os.isatty, (0, 1, 2)))


def _located(session: Session, args: Namespace) -> tuple[Path, str, str | None]:
    """The library's root, the article, and the annotation if one was named by its id."""
    root, target = session.library.root, args.command[0]
    try:
        return root, resolved(session, target), None
    except NotFoundError:
        notice_changes(session)
    path, annotation = session.find(target)
    return root, path, annotation.id


def _nothing(target: str, suggestion: str) -> UsageError:
    return UsageError(
        f"{target!r} is no command, article or annotation{suggestion}",
        hint="`postil --help` lists the commands, `postil list` the articles",
    )


def _read(args: Namespace, root: Path, *, article: str | None = None, annotation: str | None = None) -> int:
    require_terminal("use `postil list`, `postil show` and `postil search` here")
    gc.set_threshold(_OBJECTS)
    from reader.app import read

    return read(root, author=args.author, article=article, annotation=annotation)
