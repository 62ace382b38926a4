"""The values of `model` as plain records (what YAML holds), and back, driven by the dataclasses' own fields.

A record's keys come in canonical order; unknown keys stand where they stood.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from annotations.model import Annotation, Plain, Record, Sidecar, Value, _Node

__all__ = ["annotation_from", "in_order", "is_nothing", "node_from", "sidecar_record", "to_record"]

_Kind = TypeVar("_Kind", bound=_Node)
_Read: TypeAlias = Callable[[Value], Any]
_Write: TypeAlias = Callable[[Any], Value | None]

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_WHOLE_NUMBER = re.compile(r"[0-9]{1,15}\Z")
_BARE = frozenset({"extra", "keys", "author"})
_LAST = "quote"  # it and what follows it stay at the end, away from what people edit


class _MalformedError(ValueError):
    """What is wrong with a value, and under which key; `str` of it reads `position.start: not a whole number`."""

    def __init__(self, reason: str, keys: tuple[str, ...] = ()) -> None:
        super().__init__(f"{'.'.join(keys)}: {reason}" if keys else reason)
        self.reason = reason
        self.keys = keys

    def under(self, key: str) -> _MalformedError:
        return _MalformedError(self.reason, (key, *self.keys))


def to_record(node: _Node) -> Record:
    """The record of an annotation or a part of one: canonical order, empty optional fields left out."""
    known: Record = {}
    for part in _parts(type(node)):
        value = part.write(getattr(node, part.key))
        if part.required or value is not None:
            known[part.key] = "" if value is None else value
    return in_order(known, node.extra, node.keys) if node.extra else known


def annotation_from(record: Value, author: str) -> Annotation:
    """The annotation that `record` holds, in the section of `author`.

    Raises:
        ValueError: it is not one; the message names the key and what is wrong with it.
    """
    annotation = node_from(Annotation, record, author=author)
    if not annotation.id:
        raise _MalformedError("empty", ("id",))
    if annotation.position.end < annotation.position.start:
        raise _MalformedError("before its start", ("position", "end"))
    return annotation


def sidecar_record(sidecar: Sidecar) -> Record:
    """The record of a whole sidecar; in each section damaged entries follow the annotations."""
    sections: dict[str, list[Value]] = {author: [] for author in sidecar.sections}
    for author, section in sidecar.sections.items():
        sections[author].extend(to_record(one) for one in section)
    for damaged in sidecar.damaged:
        sections.setdefault(damaged.author, []).append(damaged.record)
    known: Record = {"postil": Plain("1"), "article": sidecar.article, "annotations": {**sections}}
    return in_order(known, sidecar.extra, sidecar.keys)


def in_order(known: Mapping[str, Value], extra: Mapping[str, Value], keys: Iterable[str]) -> Record:
    """Known keys in their canonical order, each unknown one after the key it stood behind.

    An unknown key that stood first comes second, and one that never stood anywhere comes last, but before `quote`.

    Args:
        known: keys that postil knows, in canonical order.
        extra: the other keys.
        keys: all keys as they were found in the file.
    """
    order = list(known)
    before = order[0] if order else ""
    for key in keys:
        if key in extra:
            order.insert(order.index(before) + 1 if order else 0, key)
        if key in known or key in extra:
            before = key
    placed = set(order)
    end = order.index(_LAST) if _LAST in known else len(order)
    order[end:end] = [key for key in extra if key not in placed]
    return {key: known[key] if key in known else extra[key] for key in order}


def is_nothing(value: Value) -> bool:
    """Whether a bare key, or a plain null, stands in place of a value."""
    return isinstance(value, Plain) and value in _NOTHING


class _Part:
    """How one field is read and written."""

    __slots__ = ("key", "read", "required", "write")

    def __init__(self, field: Field[Any], hint: Any) -> None:
        self.key = field.name
        self.required = field.default is MISSING and field.default_factory is MISSING
        self.read, self.write = _ways(hint)


_PARTS: dict[type[_Node], tuple[_Part, ...]] = {}


def _parts(kind: type[_Node]) -> tuple[_Part, ...]:
    """The fields of a class as keys, worked out once."""
    if kind not in _PARTS:
        hints = get_type_hints(kind)
        found = (one for one in fields(kind) if one.name not in _BARE or _is_key(kind, one))
        _PARTS[kind] = tuple(_Part(one, hints[one.name]) for one in found)
    return _PARTS[kind]


def _is_key(kind: type[_Node], field: Field[Any]) -> bool:
    """Whether a field is a key of the record: an annotation's author is the section it stands in."""
    return field.name == "author" and kind is not Annotation


def node_from(kind: type[_Kind], record: Value, **given: str) -> _Kind:
    """The value of any class of the record that `record` holds; fields that are not in it are `given`.

    Raises:
        ValueError: as for `annotation_from`.
    """
    if not isinstance(record, dict):
        raise _MalformedError("not a mapping")
    values: dict[str, Any] = dict(given)
    found = 0
    for part in _parts(kind):
        if part.key in record:
            found += 1
            try:
                values[part.key] = part.read(record[part.key])
            except _MalformedError as error:
                raise error.under(part.key) from None
        elif part.required:
            raise _MalformedError("missing", (part.key,))
    if found < len(record):
        known = {part.key for part in _parts(kind)}
        values["extra"] = {key: value for key, value in record.items() if key not in known}
        values["keys"] = tuple(record)
    return kind(**values)


def _ways(hint: Any) -> tuple[_Read, _Write]:
    """How values of a type are read and written."""
    if hint is str:
        return _read_text, _write_text
    if hint is int:
        return _read_number, _write_number
    if get_origin(hint) is dict:
        return _read_record, lambda value: value or None
    if get_origin(hint) is tuple:
        return _list_ways(*_ways(get_args(hint)[0]))
    if get_origin(hint) in {Union, types.UnionType}:
        return _optional_ways(*_ways(get_args(hint)[0]))
    assert is_dataclass(hint)  # noqa: S101 - the model has no other types of field
    return (lambda value: node_from(cast("type[_Node]", hint), value)), to_record


def _list_ways(read: _Read, write: _Write) -> tuple[_Read, _Write]:
    def read_all(value: Value) -> tuple[Any, ...]:
        if is_nothing(value):
            return ()
        if not isinstance(value, list):
            raise _MalformedError("not a list")
        return tuple(read_one(str(number), one) for number, one in enumerate(value, 1))

    def read_one(number: str, value: Value) -> Any:
        try:
            return read(value)
        except _MalformedError as error:
            raise error.under(number) from None

    def write_all(values: tuple[Any, ...]) -> Value | None:
        written = (write(one) for one in values)
        return ["" if one is None else one for one in written] or None

    return read_all, write_all


def _optional_ways(read: _Read, write: _Write) -> tuple[_Read, _Write]:
    return (
        lambda value: None if is_nothing(value) else read(value),
        lambda value: None if value is None else write(value),
    )


def _read_text(value: Value) -> str:
    if not isinstance(value, str):
        raise _MalformedError("not text")
    return ("" if value in _NOTHING else str(value)) if isinstance(value, Plain) else value


def _write_text(value: str) -> Value | None:
    return value or None


def _read_number(value: Value) -> int:
    if not isinstance(value, str) or not _WHOLE_NUMBER.match(value):
        raise _MalformedError("not a whole number")
    return int(value)


def _write_number(value: int) -> Value:
    return Plain(value)


def _read_record(value: Value) -> Record:
    if is_nothing(value):
        return {}
    if not isinstance(value, dict):
        raise _MalformedError("not a mapping")
    return value
