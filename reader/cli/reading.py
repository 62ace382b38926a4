"""Commands that read: `list`, `show`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from reader.cli.command import Command, add_article, add_format, in_library, notice_changes, resolved
from reader.cli.output import columns, marked, note, plural, print_json, say, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.anchor import Placed
    from index.article import Article
    from index.catalog import Entry
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


COMMANDS: dict[str, Command] = {
    "list": (add_format, in_library(_list)),
    "show": (_show_arguments, in_library(_show)),
}
