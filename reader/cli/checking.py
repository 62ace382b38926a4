"""Commands that look over sidecars: `check` and `fmt`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError, NotFoundError, PostilError
from annotations.vocabulary import LEVELS
from reader.cli.command import Command, folder, words
from reader.cli.edge import complain
from reader.cli.output import note, plural, print_json, say

if TYPE_CHECKING:
    from index.library import Library

__all__ = ["COMMANDS"]


def _check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", type=words, metavar="PATH", help="articles or sidecars (default: all)")
    parser.add_argument("--since", metavar="REF", help="only sidecars that changed since the branch left REF")
    parser.add_argument(
        "--against-history",
        action="store_true",
        help="place annotations on every later version in git instead, and say how many are found again",
    )
    parser.add_argument(
        "--format", choices=("text", "json", "sarif", "github"), default="text", help="how to print (default: text)"
    )
    parser.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")
    parser.add_argument(
        "--fail-level", choices=LEVELS, default="warning", help="exit with 1 from this on (default: warning)"
    )


def _check(args: Namespace) -> int:
    from index.former import SECONDS_AT_A_PROMPT
    from index.library import Library
    from index.scan import scan
    from reader import __version__, findings
    from reader.checking import check_library

    library = replace(Library.find(folder(args)), patience=SECONDS_AT_A_PROMPT)
    sidecars = scan(library.root).sidecars
    only = _only(library, args, sidecars)
    if args.against_history:
        from reader.cli.anchoring import compare

        return compare(library, args, {path: sidecars[path] for path in sidecars if only is None or path in only})
    found = list(check_library(library, only, sidecars=sidecars))
    if args.format == "json":
        print_json(findings.as_json(found))
    elif args.format == "sarif":
        print_json(findings.as_sarif(found, __version__))
    else:
        for line in (findings.as_text if args.format == "text" else findings.as_github)(found):
            say(line)
        note(plural(len(found), "finding") if found else "nothing is amiss")
    least = LEVELS.index(args.fail_level)
    return 1 if any(LEVELS.index(one.rule.level) >= least for one in found) else 0


def _only(library: Library, args: Namespace, sidecars: Collection[str]) -> set[str] | None:
    """The sidecars that were asked for; None is all of them."""
    only = {_sidecar(library, path) for path in args.paths} if args.paths else None
    if args.since is None:
        return only
    changed = _changed(library, args.since, sidecars)
    return changed if only is None else only & changed


def _changed(library: Library, since: str, sidecars: Collection[str]) -> set[str]:
    from annotations.git import Git
    from annotations.revisions import find_range
    from reader.differences import changed_sidecars

    git = Git.holding(library.root)
    return set(changed_sidecars(git, library.root, find_range(git, [since]), sidecars))


def _sidecar(library: Library, named: str) -> str:
    """The sidecar that is meant by its own path or its article's, from the root.

    Raises:
        NotFoundError: there is none.
    """
    import os

    from annotations.model import SIDECAR_SUFFIX

    name = named if named.endswith(SIDECAR_SUFFIX) else f"{named}{SIDECAR_SUFFIX}"
    for base in (Path.cwd(), library.root):
        real = Path(os.path.realpath(base / name))
        if real.is_file() and real.is_relative_to(library.root):
            return real.relative_to(library.root).as_posix()
    raise NotFoundError("there is no such sidecar in this library", path=named)


def _fmt_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="sidecars (default: all of the library)")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")


def _fmt(args: Namespace) -> int:
    """Exits with 1 when something was, or would be, changed: as hooks before a commit want it."""
    paths = [Path(one) for one in args.files] or _all(args)
    changed, refused = 0, 0
    for path in paths:
        try:
            if _formatted(path, write=not args.dry_run):
                changed += 1
                say(f"{path}: {'would be ' if args.dry_run else ''}written in canonical form")
        except PostilError as error:
            refused += 1
            complain(error)
    return 3 if refused else 1 if changed else 0


def _all(args: Namespace) -> list[Path]:
    from annotations.model import SIDECAR_SUFFIX
    from index.library import Library

    library = Library.find(folder(args))
    return [library.root / f"{one.path}{SIDECAR_SUFFIX}" for one in library.scan().files if one.sidecar is not None]


def _formatted(path: Path, *, write: bool) -> bool:
    """Bring a sidecar into canonical form; says whether it was in another.

    Raises:
        InputError: it cannot be read, or holds what the canonical form would lose.
    """
    from annotations.durable import write_atomically
    from annotations.emit import emit
    from annotations.lines import comments
    from annotations.store import load

    if not path.is_file():
        raise InputError("there is no such file", path=path)
    loaded = load(path.absolute())
    canonical = emit(loaded.sidecar).encode()
    if loaded.data in (None, canonical):
        return False
    lost = comments((loaded.data or b"").decode("utf-8-sig"))
    if lost or loaded.sidecar.damaged:
        line = lost[0].line + 1 if lost else loaded.sidecar.damaged[0].line
        what = "a comment would be lost" if lost else "an entry is no annotation"
        raise InputError(f"left as it is: {what}", path=path, line=line, hint="remove it, or mend it, first")
    if write:
        write_atomically(path.absolute(), canonical)
    return True


COMMANDS: dict[str, Command] = {
    "check": (_check_arguments, _check),
    "fmt": (_fmt_arguments, _fmt),
}
