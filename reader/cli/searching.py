"""The command `search`."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from reader.cli.command import Command, add_format, count, in_library, notice_changes, words
from reader.cli.edge import complain
from reader.cli.output import counting, marked, note, plural, print_json, say, shortened, width
from reader.display import display

if TYPE_CHECKING:
    from pathlib import Path

    from index.catalog import Catalog
    from index.search import Facet, Hit, Results
    from reader.session import Session

__all__ = ["COMMANDS"]

_ORDERS = ("relevance", "newest", "oldest", "title")
_TITLE = 40
_VALUES = 10


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "query", nargs="+", type=words, metavar="QUERY", help='words, "a phrase", prefix*, speaker:Zhao'
    )
    parser.add_argument("--in", dest="within", type=_labels, metavar="LABELS", help="only in such blocks: body,title")
    parser.add_argument("--sort", choices=_ORDERS, default="relevance", help="in which order (default: relevance)")
    parser.add_argument("--limit", type=count, default=20, metavar="N", help="print at most N results (default: 20)")
    parser.add_argument("--facets", type=_facets, default=(), metavar="NAMES", help="count by outlet,year,speaker,…")
    parser.add_argument("--no-furniture", action="store_true", help="leave page furniture out")
    add_format(parser)


def _labels(names: str) -> tuple[str, ...]:
    from index.article import Label

    return _listed(names, tuple(Label))


def _facets(names: str) -> tuple[str, ...]:
    from index.search import FACETS

    return _listed(names, FACETS)


def _listed(names: str, known: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(one.strip() for one in names.split(",")))
    if unknown := [one for one in found if one not in known]:
        raise ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(known)}")
    return found


def _search(session: Session, args: Namespace) -> int:
    from index.query import QueryError, parse
    from index.search import Wanted

    query = " ".join(one.removeprefix(" ") for one in args.query)  # the parser put it before a dash
    try:
        parse(query)  # before anything is indexed, and as it was typed
    except QueryError as error:
        complain(error)
        note(f"  {query}")
        note(f"  {' ' * width(display(query[: error.position]))}^")
        return error.exit_code
    notice_changes(session)
    updated = session.search.update(progress=counting("indexed"))
    wanted = Wanted(limit=args.limit, sort=args.sort, furniture=not args.no_furniture, facets=args.facets)
    found = session.search.search(_within(query, args.within), wanted)
    meant = _without(found.meant, args.within)
    if args.format == "json":
        from reader.cli import shapes

        print_json(shapes.results(query, meant, found))
    else:
        _print(session.library.root, found)
    _say_aside(query, meant, found, _missing(session.catalog))
    if updated.problem:
        note(str(updated.problem))
    return 0 if found.hits else 1


def _within(query: str, labels: tuple[str, ...] | None) -> str:
    """The query, in blocks with these labels."""
    return f"({query}) {_in(labels)}" if labels else query


def _without(meant: str, labels: tuple[str, ...] | None) -> str:
    """A query that `_within` was called on, as it was before."""
    return meant.removeprefix("(").removesuffix(f") {_in(labels)}") if labels else meant


def _in(labels: tuple[str, ...]) -> str:
    return f"in:({'|'.join(labels)})"


def _missing(catalog: Catalog) -> list[str]:
    """What no search can find until it is mended: a line for the annotations, a line for the articles."""
    refused, unread = catalog.refused, [one for one in catalog.skipped if one.amiss]
    more = f" (and {len(refused) - 1:,} more: `postil list` names them)" if len(refused) > 1 else ""
    lines = [f"annotations are missing here: {one.problem}{more}" for one in refused[:1]]
    if unread:
        lines.append(f"{plural(len(unread), 'file')} could not be read and searched: `postil list` says why")
    return lines


def _print(root: Path, found: Results) -> None:
    for hit in found.hits:
        say(_line(root, hit))
    for facet in found.facets:
        say(_counted(facet))


def _line(root: Path, hit: Hit) -> str:
    """`path:line: text`, as editors and pagers know it from grep; the path leads there from the working folder."""
    about = " ".join((hit.kind or "", hit.id or "")) if hit.result == "annotation" else hit.block or "article"
    speaker = f" {hit.speaker}:" if hit.speaker else ""
    text = marked(hit.snippet, hit.marks if sys.stdout.isatty() else ())
    return f"{_from_here(root / hit.path)}:{hit.line or 1}: [{about}]{speaker} {text} · {shortened(hit.title, _TITLE)}"


def _from_here(path: Path) -> str:
    """The shorter way to say where a file is."""
    return min(os.path.relpath(path), os.fspath(path), key=len)


def _counted(facet: Facet) -> str:
    values = [f"{value} {number:,}" for value, number in facet.values[:_VALUES]]
    more = len(facet.values) - len(values)
    return f"{facet.name}: {', '.join([*values, *([f'{more} more'] if more > 0 else [])]) or 'none'}"


def _say_aside(query: str, meant: str, found: Results, missing: list[str]) -> None:
    if not found.hits:
        note(f"nothing found for {query}")
    elif found.total > len(found.hits):
        note(f"{len(found.hits):,} of {found.total:,} results; --limit N shows more")
    if meant:
        note(f"did you mean: {meant}")
    if found.partial and not missing:
        note("the search index is not complete: there may be more")
    for line in missing:
        note(line)


COMMANDS: dict[str, Command] = {"search": (_arguments, in_library(_search))}
