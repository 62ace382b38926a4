"""What of an article's annotations wants a person's attention, in words: nothing that is kept gets out of sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias

from annotations.anchor import State
from annotations.frozen import frozen
from annotations.model import in_text_order
from annotations.repair import is_retired, needs_repair

if TYPE_CHECKING:
    from annotations.errors import PostilError
    from annotations.model import Annotation, Record, Value
    from reader.desk import Desk

__all__ = ["Act", "Matter", "matters", "short", "summary", "undecided"]

_REWORDED, _RETIRED = "words changed", "retired"
_DISPLACED = {State.EDITED: _REWORDED, State.AMBIGUOUS: "several places", State.ORPHAN: "not in the text"}

Verb: TypeAlias = Literal["repair", "go", "edit", "delete", "settle", "choose", "correct", "decide", "rescue"]


@frozen
class Matter:
    """One thing to look at.

    Attributes:
        state: what is the matter, in a word or two.
        annotation: the annotation it is about, if it is about one.
        author: whose it is; empty for what is nobody's.
        reasons: why, line by line.
        acts: what can be done about it here.
        advice: what else to do; may be empty.
    """

    state: str
    annotation: Annotation | None = None
    author: str = ""
    reasons: tuple[str, ...] = ()
    acts: tuple[Verb, ...] = ()
    advice: str = ""


@frozen
class Act:
    """What a person chose to do about a matter."""

    verb: Verb
    annotation: Annotation | None


def matters(desk: Desk) -> tuple[Matter, ...]:
    """All there is, the most pressing first."""
    return (*_refused(desk), *_displaced(desk), *_undecided(desk), *_damaged(desk), *_retired(desk))


def summary(found: tuple[Matter, ...]) -> str:
    """All of it in one line, but for what was retired; empty when there is nothing."""
    states = [one.state for one in found]
    places = sum(one in ("not in the text", "several places") for one in states)
    parts = [
        "annotating is off" * ("refused" in states),
        _count(places, "mark has no place", "marks have no place"),
        _count(states.count(_REWORDED), "wording changed", "wordings changed"),
        _count(states.count("undecided"), "is undecided", "are undecided"),
        _count(states.count("damaged"), "entry is damaged", "entries are damaged"),
    ]
    return ", ".join(filter(None, parts))


def undecided(annotation: Annotation) -> str:
    """The fields that a merge left open, in one line; empty when there are none."""
    fields = ["deleted or changed" if field == "deleted" else field for field in annotation.conflicts]
    return f"undecided: {', '.join(fields)}" if fields else ""


def short(problem: PostilError) -> str:
    """The problem in one line, with its file's name rather than its whole path: the reason has to be seen."""
    if problem.path is None:
        return str(problem)
    name = PurePath(problem.path).name
    return str(type(problem)(problem.what, path=name, line=problem.line, hint=problem.hint))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _refused(desk: Desk) -> Iterator[Matter]:
    if desk.problem is not None:
        acts: tuple[Verb, ...] = ()
        advice = "The file is left as it is. Mend it in an editor, then f5 reads it again."
        if "conflict markers" in desk.problem.what:
            acts, advice = ("rescue",), f"In the middle of a merge, r merges both sides again, from git. {advice}"
        yield Matter("refused", reasons=(short(desk.problem),), acts=acts, advice=advice)


def _displaced(desk: Desk) -> Iterator[Matter]:
    acts = _if_writable(desk, ("repair", "choose", "edit", "delete"))
    advice = "To put it somewhere else: p here, then select the passage, and p again."
    for placed in filter(needs_repair, desk.placed):
        one = placed.annotation
        yield Matter(_DISPLACED[placed.state], one, one.author, (placed.reason,), acts, advice)


def _retired(desk: Desk) -> Iterator[Matter]:
    acts = _if_writable(desk, ("choose", "edit", "delete"))
    advice = "Somebody said that its passage is gone; it is kept here. p puts it on another one."
    for placed in filter(is_retired, desk.placed):
        one = placed.annotation
        yield Matter(_RETIRED, one, one.author, (f"retired {one.retired[:10]}",), acts, advice)


def _if_writable(desk: Desk, acts: tuple[Verb, ...]) -> tuple[Verb, ...]:
    return tuple(act for act in acts if act == "go") if desk.read_only else acts


def _undecided(desk: Desk) -> Iterator[Matter]:
    advice = "Two people changed the same thing. What stands now is ours; decide, or take it as it is."
    for one in in_text_order(one for own in desk.sidecar.sections.values() for one in own if one.conflicts):
        acts = _if_writable(desk, ("decide", "go", "edit", "settle", "delete"))
        yield Matter("undecided", one, one.author, tuple(_sides(one.conflicts)), acts, advice)
    article = desk.sidecar.article.get("conflicts")
    if isinstance(article, dict):
        acts = _if_writable(desk, ("decide", "correct", "settle"))
        yield Matter("undecided", reasons=tuple(_sides(article)), acts=acts, advice=advice)
    others = desk.sidecar.extra.get("conflicts")
    if isinstance(others, dict):
        where = f"Decide in {desk.loaded.path.name}, and take `conflicts` at its end out; then f5."
        yield Matter("undecided", reasons=tuple(_sides(others)), advice=where)


def _sides(conflicts: Record) -> Iterator[str]:
    for field, entry in conflicts.items():
        if not isinstance(entry, dict):
            yield (
                f"{entry} deleted what the other side changed; it is kept"
                if field == "deleted"
                else f"{field}: {entry}"
            )
            continue
        sides = ((side, entry[side]) for side in ("ours", "theirs", "base") if entry.get(side))
        yield f"{field}: " + " · ".join(f"{side} {_word(value)}" for side, value in sides)


def _word(value: Value) -> str:
    """A value in one line; what is no string as it would stand in the file."""
    if isinstance(value, str):
        return f"“{' '.join(value.split())}”"
    if isinstance(value, list):
        return f"[{', '.join(map(_word, value))}]"
    from annotations.emit import scalar

    return f"{{{', '.join(f'{scalar(key)}: {_word(one)}' for key, one in value.items())}}}"


def _damaged(desk: Desk) -> Iterator[Matter]:
    for one in desk.sidecar.damaged:
        where = f"{desk.loaded.path.name}:{one.line}: {one.reason}"
        advice = "It is kept as it stands in the file. Mend it there in an editor, then f5 reads it again."
        yield Matter("damaged", author=one.author, reasons=(where,), advice=advice)
