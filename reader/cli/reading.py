"""Commands that read: `list`, `show`, `search`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from reader.cli.command import Command, add_article, add_format, count, in_library, notice_changes, resolved, words
from reader.cli.edge import complain
from reader.cli.output import columns, counting, marked, note, plural, print_json, say, shortened, width
from reader.display import display

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.anchor import Placed
    from index.article import Article
    from index.catalog import Catalog, Entry
    from index.search import Hit, Results
    from reader.session import Session

__all__ = ["COMMANDS"]


def _list(session: Session, args: Namespace) -> int:
    from reader.cli import shapes
    from reader.config import State

    notice_changes(session)
    readings = State.load().at(session.library.root).readings
    entries = session.catalog.entries
    skipped, problems = shapes.skipped(session.catalog), shapes.problems(session.catalog)
    if args.format == "json":
        articles = [shapes.listed(one, readings.of(one.path)) for one in entries]
        print_json({"articles": articles, "skipped": skipped, "problems": problems})
        return 0
    for line in columns([_row(one) for one in entries]):
        say(line)
    for line in shapes.lines(skipped, problems):
        note(line)
    if not entries:
        note(f"no articles in {session.library.root}: put .txt or .md files there")
    return 0


def _row(entry: Entry) -> tuple[str, ...]:
    marks = str(entry.annotations) if entry.annotations else "-"
    return entry.published or "unknown", marks, entry.path, f"{shortened(entry.title)}{_stand_in(entry)}{_by(entry)}"


def _stand_in(about: Entry | Article) -> str:
    return " (not a title)" if about.title_from == "first-sentence" else ""


def _by(about: Entry | Article) -> str:
    return "".join(f" · {one}" for one in (about.byline, about.agency) if one)


def _show_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    parser.add_argument("--encoding", metavar="E", help="read an article that is not UTF-8; without its annotations")
    add_format(parser)


def _show(session: Session, args: Namespace) -> int:
    path = resolved(session, args.article)
    if args.encoding:
        return _print_article(args, session.library.read(path, encoding=args.encoding), ())
    desk = session.open(path)
    _print_article(args, desk.article, desk.placed)
    if desk.problem:  # the article is whole, but what people said of it could not be read
        raise desk.problem
    return 0


def _print_article(args: Namespace, article: Article, placed: Sequence[Placed]) -> int:
    from reader.cli import shapes

    if args.format == "json":
        print_json(shapes.shown(article, placed))
    else:
        _print_text(article, placed)
    if article.problem:
        note(article.problem)
    return 0


def _print_text(article: Article, placed: Sequence[Placed]) -> None:
    say(f"{article.title}{_stand_in(article)}")
    about = [
        article.byline,
        article.agency,
        article.dateline,
        f"published {article.published}" if article.published else "date unknown",
    ]
    say(" · ".join(one for one in about if one))
    say(article.path)
    say()
    say(article.text.rstrip("\n"), keep="\n\t")
    if placed:
        say()
        say(plural(len(placed), "annotation"))
    for one in placed:
        _print_annotation(article.text, one)


def _print_annotation(text: str, placed: Placed) -> None:
    annotation, claim = placed.annotation, placed.annotation.claim
    where = "not in the text" if placed.start is None else f"line {text.count(chr(10), 0, placed.start) + 1}"
    state = [] if placed.state == "same" else [str(placed.state)]
    said = [one for one in (claim.speaker, claim.form, claim.status) if one] if claim else []
    facts = [annotation.kind, annotation.id, annotation.author, where, *state, *said, *annotation.tags]
    say()
    say(" · ".join(facts))
    say(f"  “{marked(annotation.quote.exact, ())}”")
    for stance in claim.stance if claim else ():
        say(f"  {stance.value} {stance.toward}")
    for line in annotation.note.splitlines():
        say(f"  {line}")
    for reply in annotation.replies:
        say(f"  {reply.author}: {marked(reply.note, ())}")


def _search_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "query", nargs="+", type=words, metavar="QUERY", help='words, "a phrase", prefix*, speaker:Zhao'
    )
    parser.add_argument("--limit", type=count, default=20, metavar="N", help="print at most N results (default: 20)")
    add_format(parser)


def _search(session: Session, args: Namespace) -> int:
    from index.query import QueryError
    from index.search import Wanted
    from reader.cli import shapes

    query = " ".join(one.removeprefix(" ") for one in args.query)  # the parser put it before a dash
    notice_changes(session)
    updated = session.search.update(progress=counting("indexed"))
    try:
        found = session.search.search(query, Wanted(limit=args.limit))
    except QueryError as error:
        complain(error)
        note(f"  {query}")
        note(f"  {' ' * width(display(query[: error.position]))}^")
        return error.exit_code
    missing = _missing(session.catalog)
    if args.format == "json":
        print_json(shapes.results(found))
    else:
        _print_results(found, cut=found.partial and not missing)
    for line in missing:
        note(line)
    if updated.problem:
        note(str(updated.problem))
    return 0 if found.hits else 1


def _missing(catalog: Catalog) -> list[str]:
    """What no search can find until it is mended: a line for the annotations, a line for the articles."""
    refused, unread = catalog.refused, [one for one in catalog.skipped if one.amiss]
    more = f" (and {len(refused) - 1:,} more: `postil list` names them)" if len(refused) > 1 else ""
    lines = [f"annotations are missing here: {one.problem}{more}" for one in refused[:1]]
    if unread:
        lines.append(f"{plural(len(unread), 'file')} could not be read and searched: `postil list` says why")
    return lines


def _print_results(found: Results, *, cut: bool) -> None:
    for hit in found.hits:
        say(_headline(hit))
        say(f"    {marked(hit.snippet, hit.marks)}")
    if not found.hits:
        note(f"nothing found for {found.query}")
    elif found.total > len(found.hits):
        note(f"{len(found.hits)} of {found.total:,} results; --limit N shows more")
    if cut:
        note("a prefix* stands for more words than were searched: there may be more")


def _headline(hit: Hit) -> str:
    where = hit.path if hit.line is None else f"{hit.path}:{hit.line}"
    what = [hit.kind, hit.id, hit.speaker] if hit.result == "annotation" else [hit.block]
    about = " · ".join(one for one in what if one)
    return f"{where}  {shortened(hit.title)}{f'  ({about})' if about else ''}"


COMMANDS: dict[str, Command] = {
    "list": (add_format, in_library(_list)),
    "show": (_show_arguments, in_library(_show)),
    "search": (_search_arguments, in_library(_search)),
}
