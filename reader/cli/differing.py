"""The command `diff`: what changed about the claims."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.command import Command, folder, words
from reader.cli.output import note, plural, print_json, say

__all__ = ["COMMANDS"]


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "revisions",
        nargs="*",
        type=words,
        metavar="A [B]",
        help="nothing: from the last commit to the files; A: from where this branch left A; A B or A..B: what B did",
    )
    parser.add_argument("--format", choices=("text", "json", "md"), default="text", help="md is for a pull request")
    parser.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")
    parser.add_argument("--exit-code", action="store_true", help="exit with 1 if anything changed")


def _diff(args: Namespace) -> int:
    from annotations.git import Git
    from annotations.revisions import find_range
    from index.library import Library
    from reader import differences

    root = Library.find(folder(args)).root
    git = Git.holding(root)
    span = find_range(git, args.revisions)
    found = differences.changes(git, root, span)
    if args.format == "json":
        print_json(differences.as_json(span, found))
    else:
        tell = differences.as_text if args.format == "text" else differences.as_markdown
        for line in tell(found):
            say(line)
        count = sum(len(one.changes) for one in found)
        note(
            f"{plural(count, 'annotation')} changed in {plural(len(found), 'article')}" if found else "nothing changed"
        )
    return 1 if args.exit_code and found else 0


COMMANDS: dict[str, Command] = {"diff": (_arguments, _diff)}
