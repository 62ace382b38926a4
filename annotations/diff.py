"""What changed about the claims between two states of a sidecar: by annotation and field, never by line.

Pure.  Order, layout and comments are no difference, nor are the words around a passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from annotations.frozen import frozen
from annotations.model import Annotation, Record, Sidecar, Value
from annotations.record import to_record

__all__ = ["Change", "FieldChange", "diff"]

_ANCHOR = ("quote", "position")
_SETS: Mapping[str, tuple[str, ...]] = {
    # Lists whose order says nothing: what names an entry of each.
    "tags": (),
    "relations": ("type", "to"),
    "replies": ("id",),
    "reviews": ("id",),
    "stance": ("toward",),
    "lines": ("line",),
}
_PARTS = frozenset({"claim"})
"""Told field by field even where the whole of it is new, or gone."""

_Maybe: TypeAlias = Value | None


@frozen
class FieldChange:
    """One field that is not what it was: its dotted path, and both values; None where it was not there."""

    field: str
    before: _Maybe
    after: _Maybe


@frozen(kw_only=True)
class Change:
    """What became of one annotation, or of what is known about the article.

    Attributes:
        before: the annotation as it was; None when it was added.
        after: the annotation as it is; None when it was removed.
        fields: what is not the same of it, without the anchor; empty when it was added or removed.
        anchor: what became of its passage: empty when nothing, `moved` when another passage of the same text was
            chosen, `re-anchored` when it was placed on a text that changed.
    """

    before: Annotation | None = None
    after: Annotation | None = None
    fields: tuple[FieldChange, ...] = ()
    anchor: str = ""

    @property
    def annotation(self) -> Annotation:
        """The annotation as it is or, removed, as it was."""
        one = self.after or self.before
        assert one is not None  # noqa: S101 - a change of an article has no annotation, and is not asked for one
        return one

    @property
    def acts(self) -> tuple[str, ...]:
        """What was done, of `added`, `removed`, `edited`, `moved`, `re-anchored`, `replied`, `reviewed`."""
        if self.before is None or self.after is None:
            return ("added",) if self.before is None else ("removed",)
        heads = {one.field.partition(".")[0] for one in self.fields}
        acts = {"edited": bool(heads - {"replies", "reviews"}), self.anchor: bool(self.anchor)}
        acts |= {"replied": "replies" in heads, "reviewed": "reviews" in heads}
        return tuple(act for act, done in acts.items() if done)


def diff(before: Sidecar, after: Sidecar) -> tuple[tuple[FieldChange, ...], tuple[Change, ...]]:
    """What is not the same: of the article's own part, and of the annotations, in the order of the text.

    Returns:
        The article's changed fields, and a change for each annotation that is new, gone, or other than it was.
    """
    was, now = ({one.id: one for one in side.annotations} for side in (before, after))
    changes = [Change(after=one) for name, one in now.items() if name not in was]
    changes += [Change(before=one) for name, one in was.items() if name not in now]
    for name in was.keys() & now.keys():
        if was[name] != now[name] and (change := _between(was[name], now[name])):
            changes.append(change)
    changes.sort(key=lambda one: (one.annotation.position.start, one.annotation.position.end, one.annotation.id))
    return tuple(_fields("", before.article, after.article)), tuple(changes)


def _between(before: Annotation, after: Annotation) -> Change | None:
    old, new = (_said(one) for one in (before, after))
    fields = list(_fields("", old, new))
    if before.author != after.author:
        fields.append(FieldChange("author", before.author, after.author))
    anchor = _anchor(before, after)
    return Change(before=before, after=after, fields=tuple(fields), anchor=anchor) if fields or anchor else None


def _said(annotation: Annotation) -> Record:
    return {key: value for key, value in to_record(annotation).items() if key not in _ANCHOR}


def _anchor(before: Annotation, after: Annotation) -> str:
    was, now = before.position, after.position
    if was.text != now.text:
        return "re-anchored"
    return "moved" if (was.start, was.end) != (now.start, now.end) or before.quote.exact != after.quote.exact else ""


def _fields(path: str, before: Record, after: Record) -> Iterator[FieldChange]:
    """The changed fields of two records, down to the values that a person wrote."""
    for key in dict.fromkeys((*before, *after)):
        here = f"{path}.{key}" if path else key
        old, new = before.get(key), after.get(key)
        if old != new:
            yield from _values(here, key, old, new)


def _values(path: str, key: str, before: _Maybe, after: _Maybe) -> Iterator[FieldChange]:
    if path in _PARTS or (isinstance(before, dict) and isinstance(after, dict)):
        old, new = (side if isinstance(side, dict) else {} for side in (before, after))
        yield from _fields(path, old, new)
    elif key in _SETS and (tables := _tables(_SETS[key], before, after)):
        yield from _fields(path, *tables)
    else:
        yield FieldChange(path, before, after)


def _tables(identity: tuple[str, ...], before: _Maybe, after: _Maybe) -> tuple[Record, Record] | None:
    """Two lists as mappings from what names an entry to the entry; nothing when entries have no names."""
    tables = []
    for side in (before, after):
        entries = side if isinstance(side, list) else []
        named = {name: one for one in entries if (name := _name(identity, one))}
        if len(named) < len(entries) or not isinstance(side, list | None):
            return None
        tables.append(named)
    return tables[0], tables[1]


def _name(identity: tuple[str, ...], entry: Value) -> str:
    if isinstance(entry, dict) and identity:
        return " ".join(str(entry.get(key, "")) for key in identity) or " "
    return entry if isinstance(entry, str) and not identity else ""
