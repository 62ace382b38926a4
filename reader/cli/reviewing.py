"""The command `review`: judging what changed about the claims, from the shell."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from annotations.errors import NotFoundError
from annotations.vocabulary import VERDICTS
from reader.cli.command import Command, folder, words
from reader.cli.output import note, plural, print_json, say

if TYPE_CHECKING:
    from pathlib import Path

    from reader.reviews import Item, Reviewing

__all__ = ["COMMANDS"]


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "range",
        nargs="*",
        type=words,
        metavar="BRANCH | A..B",
        help="a branch, from where it left this one; two revisions; nothing is from the last commit to the files",
    )
    parser.add_argument("--list", action="store_true", help="list what there is to judge, instead of the reader")
    parser.add_argument("--json", action="store_true", help="print what there is to judge as JSON")
    parser.add_argument("--verdict", nargs=2, metavar=("VERDICT", "ID"), help=f"judge one: {', '.join(VERDICTS)}")
    parser.add_argument("--comment", nargs=2, metavar=("TEXT", "ID"), help="say something of one")
    parser.add_argument("--take-back", metavar="ID", help="say nothing of one after all")
    parser.add_argument("--submit", action="store_true", help="write what is pending into the sidecars")
    parser.add_argument("--message", metavar="M", default="", help="of the commit, when another branch was reviewed")


def _review(args: Namespace) -> int:
    from annotations.git import Git
    from index.library import Library
    from reader.author import who
    from reader.config import load_settings, state_path
    from reader.reviews import Reviewing

    root = Library.find(folder(args)).root
    state = state_path().parent
    reviewing = Reviewing.start(Git.holding(root), root, args.range, state)
    if args.verdict or args.comment or args.take_back:
        _say(reviewing, args)
        reviewing.save(state)
    if args.submit:
        submitted = reviewing.submit(who(args.author, load_settings(), root).id, args.message)
        reviewing.save(state)
        where = f"committed on {submitted.commit}" if submitted.commit else "written, not committed"
        say(f"{plural(len(submitted.paths), 'sidecar')} {where}")
    elif args.json:
        print_json(_shape(reviewing))
    elif not (args.verdict or args.comment or args.take_back):
        return _look(reviewing, args, root)
    return 0


def _look(reviewing: Reviewing, args: Namespace, root: Path) -> int:
    """In the reader where there is a terminal; else as a list."""
    from reader.cli.opening import has_terminal, open_library

    if has_terminal() and not args.list:
        return open_library(args, root, review=tuple(args.range))
    _list(reviewing)
    return 0


def _say(reviewing: Reviewing, args: Namespace) -> None:
    if args.take_back:
        reviewing.take_back(_item(reviewing, args.take_back))
    if args.comment:
        reviewing.comment(_item(reviewing, args.comment[1]), args.comment[0])
    if args.verdict:
        reviewing.judge(_item(reviewing, args.verdict[1]), args.verdict[0])


def _item(reviewing: Reviewing, name: str) -> Item:
    for item in reviewing.items:
        if item.id == name:
            return item
    raise NotFoundError(f"{name} did not change there", hint="`postil review` lists what did")


def _list(reviewing: Reviewing) -> None:
    from reader.differences import change_lines

    for one in reviewing.articles:
        say(one.path)
        if one.problem:
            say(f"  cannot be read: {one.problem}")
        for change in one.changes:
            said = reviewing.pending.get(change.annotation.id)
            for line in change_lines(change):
                say(f"  {line}")
            if said:
                say(f"  pending   {said.verdict or 'comment'}" + (f": {said.note}" if said.note else ""))
        say()
    items = reviewing.items
    judged = sum(1 for item in items if item.id in reviewing.pending)
    note(f"{judged} of {plural(len(items), 'annotation')} judged" if items else "nothing changed there")


def _shape(reviewing: Reviewing) -> dict[str, Any]:
    from annotations.verdicts import standing
    from reader.differences import change_shape

    return {
        "from": reviewing.span.before,
        "to": reviewing.span.after,
        "items": [
            {
                "path": item.path,
                **change_shape(item.change),
                "verdicts": [
                    {"author": one.review.author, "verdict": one.review.verdict, "stale": one.stale}
                    for one in (standing(item.judged) if item.judged else ())
                ],
                "pending": {"verdict": said.verdict or None, "note": said.note, "outdated": reviewing.outdated(item)}
                if (said := reviewing.pending.get(item.id))
                else None,
            }
            for item in reviewing.items
        ],
    }


COMMANDS: dict[str, Command] = {"review": (_arguments, _review)}
