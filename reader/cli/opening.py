"""Opening the reader: on a library, an article or an annotation."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError, NotFoundError, UsageError
from reader.cli.command import folder, in_library, notice_changes, resolved

if TYPE_CHECKING:
    from argparse import Namespace

    from reader.session import Session

__all__ = ["has_terminal", "open_library", "open_reader", "require_terminal"]

_FRAMES = "1000"
"""Frames a second at most, which is to say as they come: what was found need not wait for its turn."""


def open_reader(args: Namespace, target: str, suggestion: str = "") -> int:
    """Open the reader on `target`: a library's folder, an article, the id of an annotation; "" is where we are.

    `suggestion` is for a target that is nearly a command: what to say when it is nothing else.
    """
    where = Path(target)
    if not target:
        return open_library(args, folder(args))
    if where.is_dir():
        return open_library(args, where)
    if where.exists() and args.library is None:
        from index.library import Library

        library = Library.find(where.absolute().parent)
        return open_library(args, library.root, article=library.resolve(target, Path.cwd()))
    if suggestion and "." not in target:  # neither an id nor an article's name
        raise _nothing(target, suggestion)
    try:
        root, article, annotation = in_library(_located)(args)
    except NotFoundError as error:
        raise _nothing(target, suggestion) from error
    return open_library(args, root, article=article, annotation=annotation)


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


def open_library(
    args: Namespace,
    root: Path,
    *,
    article: str | None = None,
    annotation: str | None = None,
    review: tuple[str, ...] | None = None,
) -> int:
    """Open the reader on the library at `root`, on an article or an annotation in it, or on a review."""
    require_terminal("use `postil list`, `postil show` and `postil search` here")
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES)
    gc.disable()  # hardly anything that starting makes is garbage; the reader looks for it from its first paint on
    from index.library import Library
    from reader.session import Session

    Library.find(root)  # where there is none, that is said before anything is loaded
    _load_asyncio()
    session = Session.start(root, author=args.author)
    from reader.app import read

    return read(session, article=article, annotation=annotation, review=review)


def _load_asyncio() -> None:
    """Load asyncio as on a Python without TLS: nothing here speaks to a network, and OpenSSL takes its time to load."""
    if "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # says "there is none" to who asks: see the import system
    try:
        import asyncio  # noqa: F401 - for later
    finally:
        del sys.modules["ssl"]
