"""The command `resolve`: what a merge could not decide, listed and decided."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from annotations.errors import NotFoundError, UsageError
from reader.cli.command import Command, add_format, in_library, notice_changes, resolved, words
from reader.cli.output import note, plural, print_json, say

if TYPE_CHECKING:
    from annotations.resolve import Undecided
    from reader.session import Session

__all__ = ["COMMANDS"]


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("target", nargs="?", type=words, metavar="ID|ARTICLE", help="which one (default: all)")
    parser.add_argument("field", nargs="?", type=words, metavar="FIELD", help="which field, as it is listed")
    parser.add_argument("--take", choices=("ours", "theirs", "base"), help="decide for that side's value")
    parser.add_argument("--value", type=words, metavar="TEXT", help="decide for another value")
    parser.add_argument(
        "--rescue", action="store_true", help="merge again an article's sidecar that holds conflict markers"
    )
    add_format(parser)


def _resolve(session: Session, args: Namespace) -> int:
    if args.rescue:
        return _rescue(session, args)
    notice_changes(session)
    if args.take or args.value is not None:
        return _decide(session, args)
    from reader.unfinished import unfinished

    found = [*_listed(session, args.target)]
    in_git = unfinished(session.library.root, _sidecar(session, args.target))
    left = bool(found) or any(one.why for one in in_git.sidecars)
    if args.format == "json":
        files = [{"path": one.path, "why": one.why or None, "then": one.then} for one in in_git.sidecars]
        conflicts = [_shape(path, one) for path, one in found]
        print_json({"under_way": in_git.what or None, "conflicts": conflicts, "files": files})
        return int(left)
    if in_git.what:
        note(f"a {in_git.what} is under way")
    for path, one in found:
        for line in _lines(path, one):
            say(line)
    for file in in_git.sidecars:
        say(f"{file.path}: {f'{file.why}; ' if file.why else ''}{file.then}")
    if found or not left:
        note(f"{plural(len(found), 'conflict')} to decide" if found else "nothing is left to decide")
    return int(left)


def _sidecar(session: Session, target: str | None) -> str | None:
    """The sidecar of an article that was named; None when none, or an id, was."""
    from annotations.model import SIDECAR_SUFFIX

    named = None if target is None else _named(session, target)
    return f"{named}{SIDECAR_SUFFIX}" if named else None


def _listed(session: Session, target: str | None = None) -> Iterator[tuple[str, Undecided]]:
    from annotations.resolve import undecided

    for path in session.catalog.annotated():
        for one in undecided(session.desk(path).sidecar):
            if target in (None, path, one.annotation.id if one.annotation else path):
                yield path, one


def _decide(session: Session, args: Namespace) -> int:
    from annotations.resolve import decide

    if args.take and args.value is not None:
        raise UsageError("--take and --value say two things")
    if args.target is None:
        raise UsageError(
            "decide what?", hint="name an annotation or article, and a field, as `postil resolve` lists them"
        )
    found = [
        (path, one) for path, one in _listed(session, _named(session, args.target)) if args.field in (None, one.field)
    ]
    if not found:
        raise NotFoundError("there is no such conflict", hint="`postil resolve` lists them")
    if args.field is None and len(found) > 1:
        raise UsageError(f"it has {plural(len(found), 'conflict')}", hint="name the field too")
    path, one = found[0]
    session.change(path, lambda sidecar: decide(sidecar, one, args.take or "", args.value), "decision")
    say(f"{path}: {one.field} is decided")
    return 0


def _named(session: Session, target: str) -> str:
    """The article's path from the root, or what was named as it is: an id."""
    try:
        return resolved(session, target)
    except NotFoundError:
        return target


def _rescue(session: Session, args: Namespace) -> int:
    """Merge a sidecar again from what git still holds of both sides; what stands in the file is left out."""
    from reader.unfinished import rescue

    if args.target is None:
        raise UsageError("rescue which article’s sidecar?")
    path, merged = rescue(session.library.root, resolved(session, args.target))
    say(f"{path}: both sides are in it; {plural(len(merged.conflicts), 'conflict')} to decide")
    note(f"then: git add '{path}'")
    return 0


def _lines(path: str, one: Undecided) -> Iterator[str]:
    from annotations.plainly import value_text
    from annotations.resolve import SIDES

    about = (
        f"{one.annotation.kind} by {one.annotation.author}, {one.annotation.id}" if one.annotation else "the article"
    )
    yield f"{path}  {about}"
    if one.annotation:
        yield f"  “{value_text(one.annotation.quote.exact)}”"
    if one.deleted:
        other = "theirs" if one.deleted == "ours" else "ours"
        yield f"  {one.field}: {one.deleted} deleted it, {other} changed it"
    else:
        yield f"  {one.field}:"
        yield from (f"    {side:<7} {value_text(one.sides[side])}" for side in SIDES if side in one.sides)
    yield ""


def _shape(path: str, one: Undecided) -> dict[str, Any]:
    from reader.cli.shapes import plain

    return {
        "path": path,
        "annotation": one.annotation.id if one.annotation else None,
        "field": one.field,
        **{side: plain(one.sides[side]) if side in one.sides else None for side in ("base", "ours", "theirs")},
        "deleted_by": one.deleted or None,
    }


COMMANDS: dict[str, Command] = {"resolve": (_arguments, in_library(_resolve))}
