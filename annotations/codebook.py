"""`postil.yaml`, which makes a folder a library: its team, codebook of tags, people who are quoted, saved searches."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import field
from pathlib import Path
from typing import TypeVar

from annotations.durable import explained, lock, real_target, write_atomically
from annotations.emit import document
from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.model import Plain, Record, Value, _Node
from annotations.names import fold_name
from annotations.record import in_order, is_nothing, node_from, to_record
from annotations.splice import splice
from annotations.strict import parse, parse_outline

__all__ = [
    "Code",
    "Codebook",
    "Person",
    "Search",
    "add_code",
    "add_person",
    "drop_entries",
    "load_codebook",
    "new_library",
    "put_search",
    "search_line",
]

_ORDER = ("postil", "team", "codebook", "people", "searches")
_Kind = TypeVar("_Kind", bound=_Node)


@frozen(kw_only=True)
class Person(_Node):
    """Somebody who is quoted: the name to show, other spellings of it, what they were introduced as."""

    name: str
    aliases: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()


@frozen(kw_only=True)
class Code(_Node):
    """A tag with a meaning: `id` is what stands in sidecars, `parent` another code's id."""

    id: str
    name: str = ""
    parent: str = ""
    definition: str = ""
    colour: str = ""


@frozen
class Search:
    """A query that is kept under a name."""

    name: str
    query: str


@frozen(kw_only=True)
class Codebook:
    """What a library's `postil.yaml` holds.

    Attributes:
        team: authors whose empty sections are written when a sidecar is made.
        codes: the tags that have a meaning here.
        people: the speakers.
        searches: those that are kept, in the file's order.
        problems: what could not be understood of it, each `key: reason`; the rest is there all the same.
    """

    team: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    people: tuple[Person, ...] = ()
    searches: tuple[Search, ...] = ()
    problems: tuple[str, ...] = ()
    _by_name: dict[str, Person] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name: dict[str, Person] = {}
        for person in self.people:
            for name in (person.name, *person.aliases):
                by_name.setdefault(fold_name(name), person)
        object.__setattr__(self, "_by_name", by_name)

    def person(self, name: str) -> Person | None:
        """Who is meant by a name, in whatever spelling, or an alias."""
        return self._by_name.get(fold_name(name))


def load_codebook(path: Path) -> Codebook:
    """Read `postil.yaml`; a missing or empty one is an empty codebook.

    Raises:
        InputError: it is not YAML, or not a mapping.
    """
    return _codebook(_record(_read(path), path))


def new_library(path: Path, team: Sequence[str]) -> None:
    """Write the first `postil.yaml`.

    Raises:
        InputError: there is one, or it cannot be written.
    """
    with lock(path):
        if path.exists() or path.is_symlink():
            raise InputError("there is a library here already", path=path)
        members: list[Value] = [*team]
        first: Record = {"postil": Plain("1"), "team": members, "codebook": [], "people": []}
        write_atomically(path, document(first).encode())


def add_person(path: Path, person: Person) -> Codebook:
    """Add a speaker to `postil.yaml`, unless the name is known there; everything else in the file stays as it is.

    Raises:
        InputError: the file cannot be read or written.
    """

    def added(record: Record) -> Record:
        known = _codebook(record).person(person.name)
        people = _list(record, "people")
        return record if known else {**record, "people": _inserted(people, to_record(person), "name")}

    return _change(path, added)


def add_code(path: Path, code: Code) -> Codebook:
    """Add a tag to the codebook of `postil.yaml`, unless its id is there; everything else in the file stays as it is.

    Raises:
        InputError: the file cannot be read or written.
    """

    def added(record: Record) -> Record:
        if any(one.id == code.id for one in _codebook(record).codes):
            return record
        holder = record.get("codebook")
        if isinstance(holder, dict):
            return {**record, "codebook": {**holder, "codes": _inserted(_list(holder, "codes"), to_record(code), "id")}}
        return {**record, "codebook": _inserted(_list(record, "codebook"), to_record(code), "id")}

    return _change(path, added)


def put_search(path: Path, search: Search) -> Codebook:
    """Keep a search in `postil.yaml`, in the place of one of that name; everything else in the file stays as it is.

    Raises:
        InputError: the file cannot be read or written.
    """

    def kept(record: Record) -> Record:
        known = record.get("searches")
        if not (known is None or is_nothing(known) or isinstance(known, dict)):
            hint = "write `name: query` under `searches:`"
            raise InputError("`searches` is not a list of names", path=path, line=search_line(path, ""), hint=hint)
        return {**record, "searches": {**(known if isinstance(known, dict) else {}), search.name: search.query}}

    return _change(path, kept)


def search_line(path: Path, name: str) -> int | None:
    """The line of `postil.yaml` that keeps the search of that name, or, without one, of all of them.

    Raises:
        InputError: the file cannot be read.
    """
    record, outline = parse_outline(_read(path), path)
    searches = record.get("searches") if isinstance(record, dict) else None
    line = outline.line(searches, name) if isinstance(searches, dict) else None
    return line or (outline.line(record, "searches") if isinstance(record, dict) else None)


def drop_entries(path: Path, entries: Sequence[Code | Person]) -> Codebook:
    """Take codes and people out of `postil.yaml`, those that stand there exactly so; everything else stays as it is.

    Raises:
        InputError: the file cannot be read or written.
    """
    codes = [to_record(one) for one in entries if isinstance(one, Code)]
    people = [to_record(one) for one in entries if isinstance(one, Person)]

    def without(record: Record) -> Record:
        new, holder = {**record}, record.get("codebook")
        if isinstance(holder, dict):
            new |= {"codebook": _left_of(holder, "codes", codes)}
        return _left_of(_left_of(new, "codebook", codes), "people", people)

    return _change(path, without)


def _left_of(record: Record, key: str, dropped: Sequence[Record]) -> Record:
    items = _list(record, key)
    left = [one for one in items if one not in dropped]
    return record if len(left) == len(items) else {**record, key: left}


def _change(path: Path, change: Callable[[Record], Record]) -> Codebook:
    """Read, change and write `postil.yaml` in one turn, so that two programs do not undo each other's work."""
    with lock(path):
        data = _read(path)
        old = _record(data, path)
        new = change(old)
        if new != old:
            known = {key: new[key] for key in _ORDER if key in new}
            extra = {key: value for key, value in new.items() if key not in known}
            new = in_order({"postil": Plain("1"), **known}, extra, tuple(old))
            write_atomically(path, splice(data, old, new, path), inside=path.parent)
    return _codebook(new)


def _inserted(items: list[Value], item: Record, key: str) -> list[Value]:
    """The list with the item in its place if the list is in alphabetical order, else at its end."""
    names = [str(one.get(key, "")).casefold() if isinstance(one, dict) else "" for one in items]
    at = bisect(names, str(item[key]).casefold()) if names == sorted(names) else len(items)
    return [*items[:at], item, *items[at:]]


def _codebook(record: Record) -> Codebook:
    problems: list[str] = []
    holder = record.get("codebook")
    codes = _list(holder, "codes") if isinstance(holder, dict) else _list(record, "codebook")
    return Codebook(
        team=tuple(str(one) for one in _list(record, "team") if isinstance(one, str) and one),
        codes=_nodes(Code, codes, "codebook", problems),
        people=_nodes(Person, _list(record, "people"), "people", problems),
        searches=_searches(record.get("searches"), problems),
        problems=tuple(problems),
    )


def _searches(found: Value | None, problems: list[str]) -> tuple[Search, ...]:
    if found is None or is_nothing(found):
        return ()
    if not isinstance(found, dict):
        problems.append("searches: not names with a query each")
        return ()
    problems += [f"searches.{name}: not a query" for name, query in found.items() if not isinstance(query, str)]
    return tuple(Search(name, str(query)) for name, query in found.items() if isinstance(query, str) and query)


def _nodes(kind: type[_Kind], items: list[Value], key: str, problems: list[str]) -> tuple[_Kind, ...]:
    found = []
    for number, item in enumerate(items, 1):
        try:
            found.append(node_from(kind, item))
        except ValueError as error:
            problems.append(f"{key}.{number}: {error}")
    return tuple(found)


def _list(record: Record, key: str) -> list[Value]:
    value = record.get(key)
    return value if isinstance(value, list) else []


def _read(path: Path) -> bytes:
    target = real_target(path, path.parent)
    try:
        return target.read_bytes() if target.exists() else b""
    except OSError as error:
        raise explained(error, path) from error


def _record(data: bytes, path: Path) -> Record:
    value = parse(data, path)
    if is_nothing(value):
        return {}
    if not isinstance(value, dict):
        raise InputError("not a library's settings: a list or a word where `postil: 1` should stand", path=path, line=1)
    return value
