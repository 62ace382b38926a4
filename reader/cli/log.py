"""The command `log`: the life of one annotation, or of all on an article."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.errors import InputError, NotFoundError
from reader.cli.command import Command, add_format, in_library, notice_changes, resolved, words
from reader.cli.output import note, print_json, say

if TYPE_CHECKING:
    from annotations.git import Git
    from annotations.log import Event
    from reader.session import Session

__all__ = ["COMMANDS"]


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("target", type=words, metavar="ID|ARTICLE", help="an annotation's id, or an article")
    add_format(parser)


def _log(session: Session, args: Namespace) -> int:
    from annotations.git import Git
    from annotations.log import is_cut, life

    root = session.library.root
    git = Git.holding(root)
    path, annotation = _meant(session, git, args.target)
    file = git.top / path
    events = life(git, path, annotation, now=file.read_bytes() if file.is_file() and not file.is_symlink() else None)
    if args.format == "json":
        print_json({"path": path, "annotation": annotation or None, "events": [_shape(one) for one in events]})
        return 0 if events else 1
    for line in _lines(events):
        say(line)
    if not events:
        note("nothing of it was ever committed")
    if is_cut(git):
        note("this is a shallow clone: what came before is not here (`git fetch --unshallow` brings it)")
    return 0 if events else 1


def _meant(session: Session, git: Git, target: str) -> tuple[str, str]:
    """The sidecar, from the repository's top, and the annotation's id if one was named."""
    from annotations.log import where_it_was
    from annotations.store import sidecar_path

    def from_top(path: Path) -> str:
        return path.relative_to(git.top).as_posix()

    try:
        return from_top(sidecar_path(session.library.root / resolved(session, target))), ""
    except NotFoundError:
        notice_changes(session)
    try:
        path, found = session.find(target)
        return from_top(sidecar_path(session.library.root / path)), found.id
    except (NotFoundError, InputError):
        path_then = where_it_was(git, target) if target.isalnum() else None
        if path_then is None:
            raise NotFoundError(f"no annotation or article {target!r}, now or in git’s history") from None
        return path_then, target


def _lines(events: list[Event]) -> Iterator[str]:
    from reader.differences import change_lines

    former = ""
    for one in events:
        if one.commit:
            commit = one.commit
            yield f"{commit.date[:16].replace('T', ' ')}  {commit.author}  {commit.id[:10]} {commit.subject}"
        else:
            yield "not committed yet"
        if former and one.path != former:
            yield f"  renamed: {former} → {one.path}"
        former = one.path
        if one.problem:
            yield f"  cannot be read: {one.problem}"
        for change in one.changes:
            yield from (f"  {line}" for line in change_lines(change))
        yield ""


def _shape(one: Event) -> dict[str, Any]:
    from reader.differences import change_shape

    commit = one.commit
    about = (
        {"commit": commit.id, "author": commit.author, "date": commit.date, "subject": commit.subject} if commit else {}
    )
    return {
        "commit": None,
        **about,
        "path": one.path,
        "problem": one.problem or None,
        "changes": [change_shape(change) for change in one.changes],
    }


COMMANDS: dict[str, Command] = {"log": (_arguments, in_library(_log))}
