"""Deciding what a merge could not: taking one side's value of a field, or another, and closing the conflict."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.errors import NotFoundError, UsageError
from annotations.frozen import frozen
from annotations.model import SIDECAR_SUFFIX
from annotations.record import annotation_from, to_record

if TYPE_CHECKING:
    from annotations.git import Git
    from annotations.model import Annotation, Record, Sidecar, Value

__all__ = ["SIDES", "Undecided", "decide", "decide_all", "stages", "undecided", "unmerged"]

SIDES = ("ours", "theirs", "base")
"""The values there are to take."""


@frozen(kw_only=True)
class Undecided:
    """One thing to decide.

    Attributes:
        annotation: whose it is; None for what is known of the article.
        field: its dotted path, as in `conflicts`.
        sides: the values by side; a side without one had nothing there.
        deleted: the side that deleted what the other changed, `ours` or `theirs`; else empty.
    """

    annotation: Annotation | None
    field: str
    sides: Mapping[str, Value]
    deleted: str = ""


def undecided(sidecar: Sidecar) -> Iterator[Undecided]:
    """All that is to be decided in a sidecar, the article's own part first."""
    conflicts = sidecar.article.get("conflicts")
    if isinstance(conflicts, dict):
        yield from _entries(None, conflicts)
    for one in sidecar.annotations:
        yield from _entries(one, one.conflicts)


def _entries(annotation: Annotation | None, conflicts: Record) -> Iterator[Undecided]:
    for field, entry in conflicts.items():
        if isinstance(entry, dict):
            sides = {side: entry[side] for side in SIDES if side in entry}
            yield Undecided(annotation=annotation, field=field, sides=sides)
        else:
            yield Undecided(annotation=annotation, field=field, sides={}, deleted=str(entry))


def decide(sidecar: Sidecar, one: Undecided, take: str = "", value: str | None = None) -> Sidecar:
    """The sidecar with one thing decided.

    Args:
        sidecar: as it is.
        one: what is decided.
        take: `ours`, `theirs` or `base`; of a deletion, the side that deleted lets it be gone, the other keeps it.
        value: another value instead; only of a field that holds one text.

    Raises:
        UsageError: there is no such value, or the field takes no text.
    """
    if one.deleted:
        return _decide_deleted(sidecar, one, take)
    if value is None:
        if take not in SIDES:
            raise UsageError(f"{take!r} is no side", hint=f"take {', '.join(SIDES)}, or give a value")
        chosen = one.sides.get(take)
    elif all(isinstance(each, str) for each in one.sides.values()):
        chosen = value or None
    else:
        raise UsageError(f"{one.field} takes no text", hint=f"take {', '.join(SIDES)}")
    return _put(sidecar, one, _with(_record(sidecar, one), one.field, chosen))


def decide_all(sidecar: Sidecar, name: str, choices: Mapping[str, tuple[str, str | None]]) -> Sidecar:
    """The sidecar with several things decided of the annotation of that id, or of the article when it is empty.

    Args:
        sidecar: as it is.
        name: the annotation's id.
        choices: by field, what to take and the value, as for `decide`; a field that is decided by now is passed over.
    """
    for field, (take, value) in choices.items():
        for one in undecided(sidecar):
            if one.field == field and (one.annotation.id if one.annotation else "") == name:
                sidecar = decide(sidecar, one, take, value)
                break
    return sidecar


def _decide_deleted(sidecar: Sidecar, one: Undecided, take: str) -> Sidecar:
    if take not in SIDES[:2]:
        raise UsageError("one side deleted it, the other changed it", hint="take ours or theirs")
    target = one.field.removesuffix("deleted").rstrip(".")
    if take != one.deleted:
        return _put(sidecar, one, _record(sidecar, one))
    if target:
        return _put(sidecar, one, _with(_record(sidecar, one), target, None))
    return sidecar.drop(one.annotation.id) if one.annotation else sidecar


def _record(sidecar: Sidecar, one: Undecided) -> Record:
    return to_record(one.annotation) if one.annotation else dict(sidecar.article)


def _put(sidecar: Sidecar, one: Undecided, record: Record) -> Sidecar:
    """The sidecar with the record in its place, and the conflict closed."""
    conflicts = record.get("conflicts")
    left = (
        {field: entry for field, entry in conflicts.items() if field != one.field}
        if isinstance(conflicts, dict)
        else {}
    )
    record = {key: each for key, each in record.items() if key != "conflicts"}
    if left:
        record["conflicts"] = left
    if one.annotation is None:
        return replace(sidecar, article=record)
    author = record.pop("author", one.annotation.author)
    return sidecar.put(annotation_from(record, str(author)))


def _with(record: Record, path: str, value: Value | None) -> Record:
    """The record with the value at a dotted path put in place, or taken out."""
    if path == "quote" and isinstance(value, dict) and "position" in value:
        return {**record, **value}  # passage and place are one
    head, _, rest = path.partition(".")
    if not rest:
        changed = {key: each for key, each in record.items() if key != head}
        return changed if value is None else {**record, head: value}
    inner = record.get(head)
    if isinstance(inner, list):
        return {**record, head: _with_entry(inner, rest, value)}
    return {**record, head: _with(inner if isinstance(inner, dict) else {}, rest, value)}


def _with_entry(entries: list[Value], path: str, value: Value | None) -> list[Value]:
    """A list of named entries with one of them, or a field of one, changed; names may hold dots."""
    for at, entry in enumerate(entries):
        for name in _names(entry):
            if path == name:
                return entries[:at] + ([value] if value is not None else []) + entries[at + 1 :]
            if path.startswith(f"{name}.") and isinstance(entry, dict):
                return [*entries[:at], _with(entry, path.removeprefix(f"{name}."), value), *entries[at + 1 :]]
    raise NotFoundError(f"there is nothing at {path} any more", hint="take ours, which lets it be as it is")


def _names(entry: Value) -> Iterator[str]:
    """What an entry may be called in a path: by its id, its type and target, what it is toward, its line."""
    if isinstance(entry, dict):
        for keys in (("id",), ("type", "to"), ("toward",), ("line",)):
            if any(key in entry for key in keys):
                yield " ".join(str(entry.get(key, "")) for key in keys)


def stages(git: Git, path: str) -> tuple[bytes, bytes, bytes] | None:
    """Base, ours and theirs of a file that a merge left in conflict (`path` from the top); None when it did not.

    A side that is not there is empty.
    """
    from annotations.revisions import read_blobs

    found = unmerged(git, path).get(path)
    if not found:
        return None
    blobs = read_blobs(git, found.values())
    base, ours, theirs = (blobs.get(found.get(stage, ""), b"") for stage in (1, 2, 3))
    return base, ours, theirs


def unmerged(git: Git, under: str = "") -> dict[str, dict[int, str]]:
    """The sidecars that git did not merge, by path from the top: the blobs of base (1), ours (2) and theirs (3).

    Args:
        git: the repository.
        under: a folder, or one of them, to look at alone.
    """
    told = git.query("ls-files", "--unmerged", "-z", "--", *[under] * bool(under)) or b""
    found: dict[str, dict[int, str]] = {}
    for entry in filter(None, told.split(b"\0")):
        head, _, path = entry.partition(b"\t")
        _, blob, stage = head.split(b" ")
        if path.endswith(SIDECAR_SUFFIX.encode()):
            found.setdefault(os.fsdecode(path), {})[int(stage)] = blob.decode()
    return found
