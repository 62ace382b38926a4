"""YAML, but strict and strings only, so that `no`, `12:30` and `2026-03-04` stay what was typed.

Whatever a file may not hold is refused on the stream of events, with its line, before anything is built from it:
duplicate keys, aliases, anchors, tags, deep nesting, huge files.  Sidecars, `postil.yaml` and front matter are read
here.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sys import intern
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from annotations.emit import is_typed
from annotations.errors import InputError
from annotations.model import Plain, Value

__all__ = [
    "DEPTH_LIMIT",
    "EVENT_LIMIT",
    "LOADER",
    "SIZE_LIMIT",
    "Outline",
    "collector_paused",
    "parse",
    "parse_outline",
]

SIZE_LIMIT = 20_000_000
"""Bytes in one YAML file."""
DEPTH_LIMIT = 32
"""Mappings and lists inside each other."""
EVENT_LIMIT = 2_000_000
"""Scalars, and starts and ends of lists and mappings, in one file; a rich annotation has about a hundred."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The quick parser where there is one; only its events are used."""
_MERGE_MARK = re.compile(r"^(?:<{7}|>{7})(?: |\r?$)", re.MULTILINE)
# What ends a line for one YAML loader and not for another, or acts on a terminal, stands escaped or not at all.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_TAB = re.compile(r"[ \t]*\t")


class Outline:
    """Where things stand in a parsed file.

    Attributes:
        flow: ids of the mappings and lists written in brackets.
    """

    def __init__(self) -> None:
        self.flow: set[int] = set()
        self._lines: dict[int, list[int]] = {}

    def lines(self, container: Value) -> list[int]:
        """The line, from 0, of each key of a mapping or each item of a list."""
        return self._lines.get(id(container), [])

    def line(self, container: Value, key: str | int) -> int | None:
        """The line, from 1, of one key or item, or nothing where it is not known."""
        number = key if isinstance(key, int) else list(container).index(key) if key in container else -1
        lines = self.lines(container)
        return lines[number] + 1 if 0 <= number < len(lines) else None

    def add(self, container: Value, lines: list[int], *, flow: bool) -> None:
        """Note a container: where its children will be noted, and whether it stands in brackets."""
        self._lines[id(container)] = lines
        if flow:
            self.flow.add(id(container))


def parse(data: bytes, path: Path) -> Value:
    """The value of a YAML file: strings, `Plain` scalars, lists and mappings; an empty file is an empty `Plain`.

    Raises:
        InputError: the file is not YAML, or more than this strict part of it.
    """
    return parse_outline(data, path)[0]


def parse_outline(data: bytes, path: Path) -> tuple[Value, Outline]:
    """As `parse`, with the lines of everything."""
    text = _text(data, path)
    loader = LOADER(text)
    try:
        with collector_paused():
            return _Building(loader.get_event, path).value()
    except yaml.MarkedYAMLError as error:
        raise _complaint(error, text, path) from None
    except yaml.YAMLError as error:
        raise InputError(f"not YAML: {error}".partition("\n")[0], path=path) from None
    finally:
        loader.dispose()


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection inside: nothing built there is garbage, and looking for some doubles the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _text(data: bytes, path: Path) -> str:
    if len(data) > SIZE_LIMIT:
        raise InputError(f"too large: {len(data):,} bytes, the limit is {SIZE_LIMIT:,}", path=path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"not UTF-8 (byte {error.start})", path=path, line=line, hint="save it as UTF-8") from None
    if found := _CONTROL.search(text):
        what = f"a control character, U+{ord(found[0]):04X}"
        raise InputError(what, path=path, line=_line(text, found), hint="remove it, or write it escaped in quotes")
    if ("<<<<<<<" in text or ">>>>>>>" in text) and (found := _MERGE_MARK.search(text)):
        what = "a merge left its conflict markers"
        raise InputError(what, path=path, line=_line(text, found), hint="resolve it: keep one side, remove the markers")
    return text


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def _complaint(error: yaml.MarkedYAMLError, text: str, path: Path) -> InputError:
    """A parser's error in one line, with a word on tabs, which look like the spaces they are not."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return InputError(f"not YAML: {error.problem}", path=path)
    lines = text.splitlines()
    if mark.line < len(lines) and _TAB.match(lines[mark.line]):
        return InputError("a tab indents the line", path=path, line=mark.line + 1, hint="indent with spaces")
    reason = ", ".join(one for one in (error.context, error.problem) if one)
    return InputError(f"not YAML: {reason}", path=path, line=mark.line + 1)


class _Building:
    """A value being built from events, one container inside the other, without recursion."""

    def __init__(self, next_event: Any, path: Path) -> None:
        self.next_event = next_event
        self.path = path
        self.outline = Outline()

    def value(self) -> tuple[Value, Outline]:  # noqa: C901 - a call for each event would double the time
        """Read the whole stream.  One loop over all events: this is where the time of loading goes."""
        next_event = self.next_event
        root: list[Value] = []
        container: Any = root
        lines: list[int] = []
        key: str | None = None
        above: list[tuple[Any, list[int], str | None]] = []
        for _ in range(EVENT_LIMIT):
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_property(event)
                value = event.value
                if key is None and type(container) is dict:
                    key = self._key(container, intern(value), event)
                    lines.append(event.start_mark.line)
                    continue
                if event.implicit[0] and is_typed(value):
                    value = Plain(value)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                value = self._start(event, container, key, above)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                container, lines, key = above.pop()
                continue
            elif kind is StreamEndEvent:
                return (root[0] if root else Plain("")), self.outline
            else:
                self._other(event, root)
                continue
            if type(container) is dict:
                container[key] = value
            else:
                container.append(value)
                lines.append(event.start_mark.line)
            key = None
            if kind is not ScalarEvent:
                above.append((container, lines, None))
                container, lines = value, []
                self.outline.add(container, lines, flow=event.flow_style)
        raise InputError(f"too many values: more than {EVENT_LIMIT:,}", path=self.path)

    def _key(self, container: dict[str, Value], key: str, event: Any) -> str:
        if key in container:
            self._refuse(f"the key {key} stands here a second time", event, "keep one of the two")
        return key

    def _start(self, event: Any, container: Any, key: str | None, above: list[Any]) -> Value:
        if event.anchor is not None or event.tag is not None:
            self._refuse_property(event)
        if len(above) >= DEPTH_LIMIT:
            self._refuse(f"nested too deep: more than {DEPTH_LIMIT} levels", event)
        if key is None and type(container) is dict:
            self._refuse("a list or mapping stands as a key", event)
        return {} if type(event) is MappingStartEvent else []

    def _other(self, event: Any, root: list[Value]) -> None:
        """What is neither scalar, list nor mapping: aliases and more documents are refused, the rest is silent."""
        if type(event) is AliasEvent:
            self._refuse(f"an alias, *{event.anchor}", event, "write the value out")
        if type(event) is DocumentStartEvent:
            if root:
                self._refuse("a second document", event, "keep one")
            if event.version or event.tags:
                self._refuse("a directive", event, "remove the line that begins with %")

    def _refuse_property(self, event: Any) -> NoReturn:
        if event.anchor is not None:
            self._refuse(f"an anchor, &{event.anchor}", event, "write the value out where it is used")
        self._refuse(f"a tag, {event.tag}", event, "remove it: every value here is text")

    def _refuse(self, what: str, event: Any, hint: str = "") -> NoReturn:
        raise InputError(what, path=self.path, line=event.start_mark.line + 1, hint=hint)
