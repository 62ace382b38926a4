"""Commands that change what is said of an article: `annotate`, `edit`, `rm`, `set`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from annotations.errors import NotFoundError, PostilError, UsageError
from annotations.vocabulary import FORMS, KINDS, STANCES, STATUSES
from reader.cli.command import Command, add_article, add_format, count, in_library, notice_changes, resolved, words
from reader.cli.output import marked, note, plural, print_json, say

if TYPE_CHECKING:
    from annotations.model import Annotation
    from reader.session import Desk, Session

__all__ = ["COMMANDS"]


def _annotate_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    add = parser.add_argument
    add("--quote", required=True, type=words, metavar="TEXT", help="the passage; quotes, dashes and blanks of any kind")
    add("--occurrence", type=count, metavar="N", help="the N-th passage that reads so, counted from 1")
    add("--kind", choices=KINDS, default="highlight", help="what to make of it (default: highlight)")
    add("--speaker", type=words, metavar="S", help="who is quoted; for a claim")
    add("--tag", action="append", type=words, default=[], metavar="T", help="may be given several times")
    add("--note", type=words, default="", metavar="N", help="what there is to say of it")
    add_format(parser)


def _annotate(args: Namespace) -> int:
    if args.speaker is not None and args.kind != "claim":
        raise UsageError(f"--speaker goes with --kind claim, not {args.kind}", hint="a note needs no speaker")
    return in_library(_annotate_passage)(args)


def _annotate_passage(session: Session, args: Namespace) -> int:
    from annotations.model import Claim

    tags = _tags(args.tag)
    path = resolved(session, args.article)
    desk = session.open(path)
    desk.require_writable()
    spans, wanted = _passages(desk, args.quote), args.occurrence
    if (len(spans) != 1 and wanted is None) or len(spans) < (wanted or 1):
        return _offer(args, desk, spans)
    start_, end = spans[(wanted or 1) - 1]
    claim = Claim(speaker=args.speaker or "", status="new") if args.kind == "claim" else None
    tags, claim = session.in_known_words(tags, claim)
    made = session.annotate(path, start_, end, args.kind, tags=tags, note=args.note, claim=claim)
    _learn(session, made)
    return _done(args, made, path)


def _learn(session: Session, made: Annotation) -> None:
    """Teach `postil.yaml` what is new; the annotation is saved, whatever becomes of that."""
    try:
        session.learn(made.tags, made.claim)
    except PostilError as error:
        note(f"saved, but not learnt: {error}")


def _passages(desk: Desk, quote: str) -> tuple[tuple[int, int], ...]:
    from annotations.anchor import find_quote
    from annotations.fold import fold_str

    if not fold_str(quote).strip():
        raise UsageError("--quote is empty", hint="give it words of the article")
    return find_quote(desk.article.text, quote)


def _offer(args: Namespace, desk: Desk, spans: tuple[tuple[int, int], ...]) -> int:
    """Say that the quote means no single passage, and which ones it may mean: those that read so, or nearly."""
    from reader.cli.shapes import candidate

    text = desk.article.text
    near = spans or _nearly(text, args.quote)
    if args.format == "json":
        print_json({"candidates": [candidate(text, *span) for span in near]})
    for number, span in enumerate(near if args.format == "text" else (), 1):
        say(f"{f'{number}. ' if spans else ''}{_candidate_line(text, *span)}")
    raise _no_single_passage(desk.article.path, len(spans), len(near), args.occurrence)


def _no_single_passage(path: str, exact: int, near: int, wanted: int | None) -> NotFoundError:
    if exact:
        what = f"the quote occurs {exact} times" if exact > 1 else "the quote occurs once"
        return NotFoundError(
            f"{what}, so it has no occurrence {wanted}" if wanted else what, path=path, hint="--occurrence N picks one"
        )
    hint = f"{plural(near, 'passage')} but for case and accents" if near else "`postil show` prints the text"
    return NotFoundError("the quote is not in the text", path=path, hint=hint)


def _nearly(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Passages that read as quoted but for case and accents."""
    from annotations.fold import find_all, search_fold, search_fold_str

    return tuple(find_all(search_fold(text), search_fold_str(quote).strip()))


def _candidate_line(text: str, start: int, end: int) -> str:
    from reader.cli.shapes import candidate

    found = candidate(text, start, end)
    before = start - max(0, start - 40)
    return f"line {found['line']}  {start}-{end}  {marked(found['snippet'], [(before, before + end - start)])}"


def _tags(given: list[str]) -> tuple[str, ...]:
    tags = [one.strip() for one in given]
    if not all(tags):
        raise UsageError("a tag is empty", hint="give it a word")
    return tuple(dict.fromkeys(tags))


def _edit_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="of the annotation")
    add = parser.add_argument
    add("--note", type=words, metavar="N", help="the new note; an empty one removes it")
    add("--tag", action="append", type=words, default=[], metavar="T", help="add a tag; may be given several times")
    add("--untag", action="append", type=words, default=[], metavar="T", help="take a tag away")
    add("--kind", choices=KINDS, help="make it another kind; what only a claim has goes with the claim")
    add("--start", type=int, metavar="OFFSET", help="move the passage: its first code point …")
    add("--end", type=int, metavar="OFFSET", help="… and the one after its last")
    claim = parser.add_argument_group("of a claim (an empty value removes it)")
    claim.add_argument("--speaker", type=words, metavar="S", help="who is quoted")
    claim.add_argument("--affiliation", type=words, metavar="A", help="of the speaker, as printed")
    claim.add_argument("--text", type=words, metavar="T", help="the claim in your own words")
    claim.add_argument("--form", choices=("", *FORMS), help="how it is reported")
    claim.add_argument("--status", choices=("", *STATUSES), help="where the work on it stands")
    claim.add_argument("--stance", action="append", type=words, metavar="TOWARD=VALUE", help="|".join(STANCES))
    parser.add_argument("--reply", type=words, metavar="NOTE", help="answer under it, whoever wrote it")
    parser.add_argument("--others", action="store_true", help="also when another author wrote it")
    add_format(parser)


def _edit(session: Session, args: Namespace) -> int:
    from reader.cli.editing import edited

    path, before = _find(session, args.id)
    args.tag = [session.tag(one) for one in args.tag]
    person = session.person(args.speaker or "")
    args.speaker = person.name if person else args.speaker
    after = edited(before, args, session.desk(path).article.text)
    if after == before and not args.reply:
        raise UsageError("nothing to change", hint="`postil edit --help` lists what can be")
    if after != before:
        _require_own(session, before, args, "edit")
        session.replace(path, after, "edit")
        if args.tag or args.speaker:
            _learn(session, after)
    if args.reply:
        session.reply(path, args.id, args.reply)
    return _done(args, after, path)


def _rm_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="of the annotation")
    parser.add_argument("--others", action="store_true", help="also when another author wrote it")
    add_format(parser)


def _rm(session: Session, args: Namespace) -> int:
    path, annotation = _find(session, args.id)
    _require_own(session, annotation, args, "delete")
    session.delete(path, annotation.id)
    return _done(args, annotation, path)


def _find(session: Session, annotation_id: str) -> tuple[str, Annotation]:
    notice_changes(session)
    return session.find(annotation_id)


def _require_own(session: Session, annotation: Annotation, args: Namespace, act: str) -> None:
    if not (session.mine(annotation) or args.others):
        raise UsageError(
            f"{annotation.id} is {annotation.author}'s, and you are {session.author.id}",
            hint=f"answer it with `postil edit {annotation.id} --reply NOTE`, or {act} it with --others",
        )


def _done(args: Namespace, annotation: Annotation, path: str) -> int:
    from reader.cli.shapes import created

    if args.format == "json":
        print_json(created(annotation, path))
    else:
        say(annotation.id)
    return 0


def _set_arguments(parser: ArgumentParser) -> None:
    add_article(parser)
    parser.add_argument(
        "changes",
        nargs="+",
        type=words,
        metavar="KEY=VALUE",
        help="title, published (2018-04-30, 2018-04 or 2018), agency, byline, dateline, tags (a, b), or line:N=LABEL; "
        "an empty value goes back to what the text says",
    )


def _set(session: Session, args: Namespace) -> int:
    from reader.cli.editing import corrected

    path = resolved(session, args.article)
    corrected(session, path, args.changes)
    note(f"{path}: {plural(len(args.changes), 'correction')} kept in its sidecar")
    return 0


COMMANDS: dict[str, Command] = {
    "annotate": (_annotate_arguments, _annotate),
    "edit": (_edit_arguments, in_library(_edit)),
    "rm": (_rm_arguments, in_library(_rm)),
    "set": (_set_arguments, in_library(_set)),
}
