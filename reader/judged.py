"""One changed annotation as a reviewer reads it: what was done, field by field, who judged it, what is pending."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.plainly import value_text
from annotations.verdicts import missing, standing
from reader.dates import ago
from reader.showing import DIM, joined, shown
from reader.wording import compared

if TYPE_CHECKING:
    from annotations.diff import Change, FieldChange
    from annotations.model import Annotation
    from annotations.policy import Policy
    from reader.glyphs import Glyphs
    from reader.reviews import Item, Pending

__all__ = ["item_lines"]

_GONE, _NEW = "$error strike", "$success bold"


def item_lines(item: Item, pending: Pending | None, policy: Policy, signs: Glyphs, *, outdated: bool) -> list[Content]:
    """The lines beside the passage."""
    change, one = item.change, item.change.annotation
    head = joined(
        [shown(", ".join(change.acts), "bold $accent"), shown(f"{one.kind} by {one.author}")], f" {signs.dot} "
    )
    lines = [head, shown(ago(one.created), DIM), Content("")]
    lines += [*_fields(change)] if change.before and change.after else [*_whole(one)]
    if change.anchor and change.before and change.after:
        lines += [Content(""), *_passages(change.before, change.after)]
    lines += [Content(""), *_verdicts(one, policy, signs)]
    if pending:
        said = pending.verdict or "a comment"
        old = " (said of an earlier state)" if outdated else ""
        lines += [
            shown(f"pending: {said}{old}", "bold $warning"),
            *([shown(pending.note, "italic")] if pending.note else []),
        ]
    else:
        lines.append(shown("not judged yet" if change.after else "gone: nothing to judge", DIM))
    return lines


def _fields(change: Change) -> Iterator[Content]:
    for field in change.fields:
        yield from _field(field)


def _field(field: FieldChange) -> Iterator[Content]:
    name = field.field.removeprefix("claim.")
    before, after = (None if value is None else value_text(value) for value in (field.before, field.after))
    yield shown(
        name.partition(".")[0] if name.startswith(("tags.", "replies.", "reviews.", "relations.")) else name, DIM
    )
    if before is not None and after is not None and len(before) + len(after) > 60:
        yield compared(before, after)
        return
    if before is not None:
        yield Content("− ") + shown(before, _GONE)
    if after is not None:
        yield Content("+ ") + shown(after, _NEW)


def _whole(one: Annotation) -> Iterator[Content]:
    """All that a new, or a removed, annotation says."""
    rows = [("tags", ", ".join(one.tags)), ("note", one.note)]
    if one.claim:
        claim = one.claim
        stances = "; ".join(f"{each.value} {each.toward}" for each in claim.stance)
        rows[:0] = [
            ("speaker", claim.speaker), ("affiliation", claim.affiliation), ("said as", claim.form),
            ("stance", stances), ("restated", claim.text), ("status", claim.status),
        ]  # fmt: skip
    for name, value in rows:
        if value:
            yield shown(f"{name:<12}", DIM) + shown(" ".join(value.split()))


def _passages(before: Annotation, after: Annotation) -> Iterator[Content]:
    if before.quote.exact == after.quote.exact:
        yield shown("the same words, at another place", DIM)
        return
    yield shown("passage", DIM)
    yield compared(before.quote.exact, after.quote.exact)


def _verdicts(one: Annotation, policy: Policy, signs: Glyphs) -> Iterator[Content]:
    for each in standing(one):
        stale = f" {signs.dot} stale: changed since" if each.stale else ""
        text = f"{each.review.verdict} {signs.dot} {each.review.author} {signs.dot} {ago(each.review.created)}{stale}"
        yield shown(text, "$warning" if each.stale else "")
        if each.review.note:
            yield shown(f"  {' '.join(each.review.note.split())}", "italic")
    if lacking := missing(one, policy):
        yield shown(f"{lacking} accepted verdict{'s' * (lacking > 1)} to go, as this library asks", DIM)
