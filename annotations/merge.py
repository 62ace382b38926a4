"""Three-way merge of sidecars: pure, so that a save, an undo and git's merge can all be the same act.

No side is ever lost.  What cannot be decided is data in a valid file: the field keeps our value, and a `conflicts`
key beside it says, by the field's dotted path, what base, ours and theirs hold (`claim.speaker`, `replies.ID.note`;
`quote` stands for quote and position, which are one thing).  `deleted: ours` says that we deleted what they changed;
it is kept.  An annotation has its own `conflicts`; those of `article:` stand in `article:`, those of unknown
top-level keys at the top level.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from annotations.frozen import frozen
from annotations.model import Annotation, Damaged, Record, Sidecar, Value, in_text_order
from annotations.record import annotation_from, to_record
from annotations.threeway import Rule, as_set, constant, keyed, keys_in_order, mapping, merge_node

__all__ = ["Conflict", "Merged", "merge"]

_ENTRY: dict[str, Rule] = {"author": constant, "created": constant}
# Relations and stances are sets of statements: two people adding different ones agree to have both.  What a
# statement is about names it, so that two answers to the same question clash.
_ANNOTATION: dict[str, Rule] = {
    "created": constant,
    "tags": as_set,
    "claim": mapping({"stance": keyed(["toward"], {})}),
    "relations": keyed(["type", "to"], {}),
    "replies": keyed(["id"], _ENTRY, order=["created", "id"]),
    "reviews": keyed(["id"], _ENTRY, order=["created", "id"]),
}
_ARTICLE: dict[str, Rule] = {"tags": as_set, "lines": keyed(["line"], {})}


@frozen(kw_only=True)
class Conflict:
    """One thing that the merge could not decide.

    Attributes:
        annotation: the id of the annotation; empty for the article's part and the file's own keys.
        field: dotted path of the field, as in `conflicts`; ends in `deleted` when one side deleted.
        base: the field's value before both changes; None where it was not there.
        ours: our value, which stays in the field.
        theirs: their value.
        side: who deleted what the other side changed, `ours` or `theirs`; else empty.
    """

    annotation: str
    field: str
    base: Value | None = None
    ours: Value | None = None
    theirs: Value | None = None
    side: str = ""


@frozen
class Merged:
    """What a merge gives: a sidecar that holds both sides, and what is left for a person to decide."""

    sidecar: Sidecar
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Sidecar, ours: Sidecar, theirs: Sidecar) -> Merged:
    """Bring together what two sides made of the same sidecar.

    An annotation is told by its id; author, section and order do not name it.  Where one side changed something,
    that side's value is taken.  Equal changes are one.  An annotation that one side deleted stays deleted unless
    the other changed more of it than where it was placed.
    """
    if theirs in (base, ours):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    article, in_article = merge_node(_ARTICLE, base.article, ours.article, theirs.article)
    extra, in_file = merge_node({}, base.extra, ours.extra, theirs.extra)
    annotations, in_annotations = _annotations(base, ours, theirs)
    merged = Sidecar(
        extra=extra,
        keys=tuple(keys_in_order(base.keys, ours.keys, theirs.keys, {*ours.keys, *theirs.keys})),
        article=article,
        sections=_sections(base, ours, theirs, annotations),
        damaged=_damaged(base.damaged, ours.damaged, theirs.damaged),
    )
    above = [
        *_conflicts("", {f"article.{path}": entry for path, entry in in_article.items()}),
        *_conflicts("", in_file),
    ]
    return Merged(merged, (*above, *in_annotations))


def _annotations(base: Sidecar, ours: Sidecar, theirs: Sidecar) -> tuple[list[Annotation], list[Conflict]]:
    b, o, t = ({one.id: one for section in side.sections.values() for one in section} for side in (base, ours, theirs))
    kept: list[Annotation] = []
    conflicts: list[Conflict] = []
    for name in dict.fromkeys([*b, *o, *t]):
        merged, found = _annotation(b.get(name), o.get(name), t.get(name))
        if merged is not None:
            kept.append(merged)
        conflicts += _conflicts(name, found)
    return kept, conflicts


def _annotation(
    base: Annotation | None, ours: Annotation | None, theirs: Annotation | None
) -> tuple[Annotation | None, Record]:
    if theirs in (base, ours):
        return ours, {}
    if ours == base:
        return theirs, {}
    if ours is not None and theirs is not None:
        return _both(base, ours, theirs)
    left = theirs if ours is None else ours
    if left is None or base is None:
        return left, {}
    if _only_placed_anew(base, left):
        return None, {}
    found: Record = {"deleted": "ours" if ours is None else "theirs"}
    return replace(left, conflicts=left.conflicts | found), found


def _only_placed_anew(base: Annotation, now: Annotation) -> bool:
    """Whether nothing differs but what follows from the article: where the passage stands and what is around it."""
    quote = replace(base.quote, exact=now.quote.exact)
    return replace(now, position=base.position, quote=quote) == base


def _both(base: Annotation | None, ours: Annotation, theirs: Annotation) -> tuple[Annotation, Record]:
    sides = [None if side is None else side.author for side in (base, ours, theirs)]
    found: Record = {}
    if ours.author != theirs.author:
        names = zip(("base", "ours", "theirs"), sides, strict=True)
        found["author"] = {name: author for name, author in names if author is not None}
    b, o, t = ({} if side is None else _as_unit(to_record(side)) for side in (base, ours, theirs))
    merged, found = merge_node(_ANNOTATION, b, o, t, found)
    return annotation_from(_as_two(merged), ours.author), found


def _as_unit(record: Record) -> Record:
    """Quote and position under one key: never a start from one side with an end or a quote from the other."""
    unit = {key: record[key] for key in ("quote", "position")}
    return {key: value for key, value in record.items() if key != "position"} | {"quote": unit}


def _as_two(record: Record) -> Record:
    unit = record["quote"]
    if not isinstance(unit, dict):
        return record
    return {
        name: one for key, value in record.items() for name, one in (unit if key == "quote" else {key: value}).items()
    }


def _sections(
    base: Sidecar, ours: Sidecar, theirs: Sidecar, annotations: Iterable[Annotation]
) -> dict[str, tuple[Annotation, ...]]:
    """The authors of both sides, each with what is theirs; a section that is empty stays."""
    b, o, t = (list(side.sections) for side in (base, ours, theirs))
    filled: dict[str, list[Annotation]] = {author: [] for author in keys_in_order(b, o, t, {*o, *t})}
    for one in in_text_order(annotations):
        filled.setdefault(one.author, []).append(one)
    return {author: tuple(section) for author, section in filled.items()}


def _damaged(base: Iterable[Damaged], ours: Iterable[Damaged], theirs: Iterable[Damaged]) -> tuple[Damaged, ...]:
    """Entries that nobody understands: those of both sides, but for those that a person took out of the file."""
    b, o, t = ({_content(one): one for one in side} for side in (base, ours, theirs))
    return tuple(one for key, one in (o | t).items() if key not in b or (key in o and key in t))


def _content(damaged: Damaged) -> tuple[str, str]:
    return damaged.author, json.dumps(damaged.record, sort_keys=True)


def _conflicts(annotation: str, found: Record) -> Iterable[Conflict]:
    for path, entry in found.items():
        if isinstance(entry, dict):
            base, ours, theirs = (entry.get(name) for name in ("base", "ours", "theirs"))
            yield Conflict(annotation=annotation, field=path, base=base, ours=ours, theirs=theirs)
        else:
            yield Conflict(annotation=annotation, field=path, side=str(entry))
