"""Where a sidecar's parts stand, found by its outer lines alone: thousands of annotations need not be parsed for one.

True beginnings of keys and entries are always among the lines at their indent.  When there are as many such lines as
the loaded sidecar has keys or entries, they are the beginnings; when there are more, somebody laid the file out in a
way that lines alone do not tell, and it is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError
from annotations.fields import Item, item_id
from annotations.frozen import frozen
from annotations.lines import CannotSpliceError, Lines
from annotations.record import is_nothing
from annotations.strict import parse

if TYPE_CHECKING:
    from annotations.model import Sidecar, Value

__all__ = ["Layout", "find_items", "find_layout", "read_alone"]

_MARKER = re.compile(rb"(?:---|\.\.\.)(?:\s|$)")
_ID = re.compile(rb" *- +id: +([A-Za-z][A-Za-z0-9_-]*)[ \t]*(?:[ \t]#.*)?\r?\n")
_KEEPS_BLANKS = re.compile(rb"[|>][1-9]?\+")
_DASHES = (b"- ", b"-\n", b"-\r")


@frozen
class Layout:
    """A sidecar's file and its parts; each is a pair of lines, the second exclusive, without blanks behind.

    Attributes:
        lines: the file.
        path: the file's, for complaints.
        top: the top-level keys.
        sections: the authors' sections.
        indent: of the authors' keys.
        keeps_blanks: whether a block of text may own the blank lines behind it, which no line tells.
    """

    lines: Lines
    path: Path
    top: dict[str, tuple[int, int]]
    sections: dict[str, tuple[int, int]]
    indent: int
    keeps_blanks: bool


def find_layout(lines: Lines, sidecar: Sidecar, path: Path) -> Layout:
    """The parts of the file that `sidecar` was loaded from.

    Raises:
        CannotSpliceError: its lines alone do not tell.
    """
    top = {_top_key(lines, span, sidecar, path): span for span in _top_spans(lines)}
    has = {key for key, value in (("article", sidecar.article), ("annotations", sidecar.sections)) if value}
    if not {*sidecar.extra, *has} <= top.keys():
        raise CannotSpliceError("its top-level keys do not stand on lines of their own")
    indent, sections = _sections(lines, top["annotations"], path) if "annotations" in top else (2, {})
    if sections.keys() != sidecar.sections.keys():
        raise CannotSpliceError("its sections do not stand on lines of their own")
    keeps_blanks = _KEEPS_BLANKS.search(lines.data) is not None
    return Layout(lines, path, top, sections, indent, keeps_blanks)


def find_items(layout: Layout, author: str, count: int) -> list[Item]:
    """The entries of a section, of which there are `count`."""
    lines = layout.lines
    start, end = layout.sections[author]
    first = next(_content(lines, start + 1, end), None)
    dash = layout.indent if first is None else lines.indent(first)
    starts = [one for one in lines.at_indent(start + 1, end, dash) if lines.content[one][dash : dash + 2] in _DASHES]
    if len(starts) != count:
        raise CannotSpliceError(f"the entries of {author} do not stand on lines of their own")
    return [_item(layout, *span, dash) for span in _spans(lines, starts, end, dash)]


def read_alone(path: Path, content: bytes) -> Value:
    """The value of a piece of a file.

    Raises:
        CannotSpliceError: it has none when it stands alone.
    """
    try:
        return parse(content, path)
    except InputError as error:
        raise CannotSpliceError(str(error)) from error


def _top_spans(lines: Lines) -> list[tuple[int, int]]:
    starts = [one for one in lines.at_indent(0, len(lines), 0) if not _MARKER.match(lines.content[one])]
    return _spans(lines, starts, len(lines), 0)


def _top_key(lines: Lines, span: tuple[int, int], sidecar: Sidecar, path: Path) -> str:
    """The key of a top-level part, which read alone must say what was loaded from it."""
    start, end = span
    if lines.content[start].startswith(b"annotations:"):
        return "annotations"
    value = read_alone(path, b"".join(lines.content[start:end]))
    key = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else ""
    found = value[key] if isinstance(value, dict) and key else ""
    if key == "postil" or (key == "article" and ({} if is_nothing(found) else found) == sidecar.article):
        return key
    if key and sidecar.extra.get(key) == found:
        return key
    raise CannotSpliceError(f"line {start + 1} cannot be read alone")


def _sections(lines: Lines, span: tuple[int, int], path: Path) -> tuple[int, dict[str, tuple[int, int]]]:
    start, end = span
    first = next(_content(lines, start + 1, end), None)
    if first is None:
        return 2, {}
    indent = lines.indent(first)
    starts = [
        one for one in lines.at_indent(start + 1, end, indent) if lines.content[one][indent : indent + 2] not in _DASHES
    ]
    return indent, {_key(lines, one[0], path): one for one in _spans(lines, starts, end, indent)}


def _key(lines: Lines, number: int, path: Path) -> str:
    value = read_alone(path, lines.content[number])
    if not isinstance(value, dict) or len(value) != 1:
        raise CannotSpliceError(f"line {number + 1} is not a key")
    return next(iter(value))


def _item(layout: Layout, start: int, end: int, dash: int) -> Item:
    line = layout.lines.content[start]
    if found := _ID.fullmatch(line):
        return Item(found[1].decode(), start, end, dash)
    value = read_alone(layout.path, b"".join(layout.lines.content[start:end]))
    return Item(item_id(value[0]) if isinstance(value, list) and value else "", start, end, dash)


def _spans(lines: Lines, starts: list[int], end: int, indent: int) -> list[tuple[int, int]]:
    return [(start, lines.trim(start, after, indent)) for start, after in zip(starts, [*starts[1:], end], strict=False)]


def _content(lines: Lines, start: int, end: int) -> Iterator[int]:
    return (one for one in range(start, end) if not lines.is_blank(one) and not lines.is_comment(one))
