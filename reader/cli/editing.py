"""What `edit` and `set` make of their arguments."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.errors import UsageError
from annotations.model import STANCES, Annotation, Claim, Stance
from annotations.rebase import rebase
from index.article import Label
from index.corrections import CORRECTABLE

if TYPE_CHECKING:
    from reader.session import Session

__all__ = ["corrected", "edited"]

_KEYS = (*CORRECTABLE, "line:N=LABEL")
_OF_A_CLAIM = ("speaker", "affiliation", "text", "form", "status")


def edited(annotation: Annotation, args: Namespace, text: str) -> Annotation:
    """The annotation as the options of `edit` want it.

    Args:
        annotation: as it is.
        args: the options; those not given leave things as they are.
        text: the article's text, for a passage that moves.

    Raises:
        UsageError: an option that does not fit the annotation.
    """
    kind = args.kind or annotation.kind
    note = annotation.note if args.note is None else args.note
    tags, claim = _tags(annotation.tags, args), _claim(annotation, args)
    changed = replace(annotation, kind=kind, note=note, tags=tags, claim=claim)
    if args.start is None and args.end is None:
        return changed
    if args.start is None or args.end is None or not 0 <= args.start < args.end <= len(text):
        raise UsageError("a passage takes --start and --end", hint=f"with 0 <= start < end <= {len(text)}")
    return rebase(changed, text, args.start, args.end)


def _tags(tags: Sequence[str], args: Namespace) -> tuple[str, ...]:
    added = [one.strip() for one in args.tag]
    if not all(added):
        raise UsageError("a tag is empty", hint="give it a word")
    return tuple(one for one in dict.fromkeys((*tags, *added)) if one not in args.untag)


def _claim(annotation: Annotation, args: Namespace) -> Claim | None:
    asked = {name: getattr(args, name) for name in _OF_A_CLAIM if getattr(args, name) is not None}
    if (args.kind or annotation.kind) != "claim":
        if asked or args.stance:
            options = ", ".join(f"--{name}" for name in (*asked, *(["stance"] if args.stance else [])))
            raise UsageError(f"{options} goes with a claim", hint="--kind claim makes it one")
        return None if args.kind else annotation.claim
    claim = annotation.claim or Claim(status="new")
    return replace(claim, **asked, stance=_stances(claim.stance, args.stance or ()))


def _stances(stances: Iterable[Stance], given: Iterable[str]) -> tuple[Stance, ...]:
    by_target = {one.toward: one for one in stances}
    for one in given:
        toward, _, value = one.rpartition("=")
        if value not in ("", *STANCES):
            raise UsageError(f"no stance is called {value!r}", hint=f"there are {', '.join(STANCES)}")
        if value:
            by_target[toward] = replace(by_target.get(toward, Stance(toward=toward)), value=value)
        else:
            by_target.pop(toward, None)
    return tuple(by_target.values())


def corrected(session: Session, path: str, changes: Iterable[str]) -> None:
    """Keep `KEY=VALUE` corrections of that article; `line:N=LABEL` says what a line is.

    Raises:
        UsageError: a key, line or value that means nothing; nothing was kept then.
    """
    known: dict[str, str] = {}
    lines: list[tuple[int, Label | None]] = []
    text = session.desk(path).article.text
    for one in changes:
        key, equals, value = one.partition("=")
        if not equals:
            raise UsageError(f"{one!r} is no KEY=VALUE", hint="as in published=2018-04-30")
        if key.startswith("line:"):
            lines.append((_offset(text, key.removeprefix("line:")), _label(value)))
        elif key not in CORRECTABLE:
            raise UsageError(f"nothing called {key!r} can be set", hint=f"it is one of {', '.join(_KEYS)}")
        else:
            known[key] = value
    if known:
        session.correct(path, known)
    for offset, label in lines:
        session.relabel(path, offset, label)


def _offset(text: str, number: str) -> int:
    lines = text.split("\n")
    if not (number.isascii() and number.isdigit() and 0 < int(number) <= len(lines)):
        raise UsageError(f"there is no line {number}", hint=f"the text has lines 1 to {len(lines)}")
    if not lines[int(number) - 1].strip():
        raise UsageError(f"line {number} is blank", hint="a label goes to a line with words")
    return sum(len(one) + 1 for one in lines[: int(number) - 1])


def _label(name: str) -> Label | None:
    if name and name not in list(Label):
        raise UsageError(f"no label is called {name!r}", hint=f"there are {', '.join(Label)}")
    return Label(name) if name else None
