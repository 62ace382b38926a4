"""Commands about anchors: `reanchor`, and what `check --against-history` prints."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotations.errors import PostilError
from reader.cli.command import Command, add_format, in_library, notice_changes, resolved, words
from reader.cli.edge import complain
from reader.cli.output import columns, counting, note, plural, print_json, say, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotations.anchor import State
    from annotations.model import Annotation
    from index.library import Library
    from reader.against_history import Rates, Report
    from reader.reanchoring import Step
    from reader.session import Session

__all__ = ["COMMANDS", "compare"]

_ROOM = 60  # code points of a quotation


def _reanchor_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("articles", nargs="*", type=words, metavar="ARTICLE", help="which ones (default: all)")
    parser.add_argument("--write", action="store_true", help="write the anchors of passages that are the same words")
    parser.add_argument("--accept-edited", action="store_true", help="also of those whose words were changed")
    parser.add_argument("--others", action="store_true", help="accept changed words also for other authors")
    add_format(parser)


def _reanchor(session: Session, args: Namespace) -> int:
    from index.former import SECONDS_AT_A_PROMPT
    from reader.reanchoring import outdated
    from reader.repairs import accept

    session.library = replace(session.library, patience=SECONDS_AT_A_PROMPT)
    notice_changes(session)
    articles = [resolved(session, one) for one in args.articles] or list(session.catalog.annotated())
    steps: list[tuple[Step, bool]] = []
    failed = 0
    for path in articles:
        try:
            desk = session.open(path)
            if desk.problem:
                raise desk.problem
            found = [(one, _taken(session, one, args)) for one in outdated(desk)]
            if args.write and any(taken for _, taken in found):
                accept(session, path, [one.placed for one, taken in found if taken])
        except PostilError as error:
            failed += 1
            complain(error)
        else:
            steps += found
    if steps or not failed:
        _tell(steps, args)
    return 3 if failed else 1 if not all(taken for _, taken in steps) else 0


def _taken(session: Session, step: Step, args: Namespace) -> bool:
    """Whether a new anchor is, or would be, written."""
    edited = args.accept_edited and step.placed.start is not None
    return step.certain or (edited and (args.others or session.mine(step.placed.annotation)))


def _tell(steps: list[tuple[Step, bool]], args: Namespace) -> None:
    if args.format == "json":
        print_json({"written": args.write, "annotations": [_shape(*one) for one in steps]})
        return
    for line in columns([_row(*one) for one in steps]):
        say(line)
    taken = sum(taken for _, taken in steps)
    if not steps:
        note("every anchor is up to date")
        return
    verb = "written" if args.write else "to write with --write"
    note(f"{plural(taken, 'anchor')} {verb}, {len(steps) - taken:,} for a person to decide")


def _shape(step: Step, taken: bool) -> dict[str, Any]:
    from reader.findings import as_anchor

    one = step.placed.annotation
    return {"path": step.path, "id": one.id, "author": one.author, "write": taken, **as_anchor(step.anchor)}


def _row(step: Step, taken: bool) -> tuple[str, ...]:
    one = step.placed
    quoted = f"“{_short(one.annotation.quote.exact)}”"
    if one.start is not None and not step.certain:
        quoted += f" → “{_short(step.anchor.words)}”"
    why = f" ({one.reason})" if one.reason else ""
    return ("+" if taken else "·", step.path, one.annotation.id, str(one.state), f"{quoted}{why}")


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _ROOM)


def compare(library: Library, args: Namespace, sidecars: dict[str, str]) -> int:
    """Place annotations on the versions that git has of their articles, and say how many were found again how.

    Args:
        library: the library.
        args: of `check`.
        sidecars: the sidecars to look at, each with its article.
    """
    from annotations.git import Git
    from reader.against_history import Report, against_history

    git, report = Git.holding(library.root), Report()
    progress, done = counting("compared"), 0

    def tell() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, len(sidecars))

    try:
        against_history(library, git, _annotated(library, sidecars), report, tell)
    except KeyboardInterrupt:
        note("\ninterrupted: this is what was placed until then")
        _tell_rates(report, args)
        raise
    _tell_rates(report, args)
    return 0


def _annotated(library: Library, sidecars: dict[str, str]) -> Iterator[tuple[str, tuple[Annotation, ...]]]:
    from annotations.store import load

    for path, article in sorted(sidecars.items()):
        try:
            found = load(library.root / path, inside=library.root).sidecar.annotations
        except PostilError as error:
            note(str(error))
            found = ()
        yield article or path, found


def _tell_rates(report: Report, args: Namespace) -> None:
    from annotations.anchor import State

    if args.format == "json":
        counts = {"versions": report.versions, "annotations": report.annotations, "unknown": report.unknown}
        rates = {"with_old_text": _counts(report.aligned), "without": _counts(report.words)}
        print_json({**counts, **rates, "cut": report.cut})
        return
    head = ("", *map(str, State), "wrong")
    rows = [_rates("with the old text", report.aligned, list(State)), _rates("without", report.words, list(State))]
    for line in columns([head, *rows]):
        say(line)
    what = f"{plural(report.annotations, 'annotation')} on {plural(report.versions, 'later version')}"
    note(f"{what}; of {report.unknown:,} no later version is known" if report.unknown else what)
    for path, why in report.cut.items():
        note(f"{path}: {why}")


def _rates(name: str, rates: Rates, states: list[State]) -> tuple[str, ...]:
    total = rates.states.total() or 1
    numbers = (*(rates.states[one] for one in states), rates.wrong)
    return (name, *(f"{100 * number / total:.1f} %" for number in numbers))


def _counts(rates: Rates) -> dict[str, int]:
    from annotations.anchor import State

    return {**{str(one): rates.states[one] for one in State}, "wrong": rates.wrong}


COMMANDS: dict[str, Command] = {"reanchor": (_reanchor_arguments, in_library(_reanchor))}
