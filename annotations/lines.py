"""A YAML file as lines that stay as they are, and edits that replace a few of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml
from yaml.events import MappingStartEvent, ScalarEvent, SequenceStartEvent

from annotations.emit import whole
from annotations.frozen import frozen
from annotations.strict import LOADER

__all__ = ["CannotSpliceError", "Comment", "Edit", "Lines", "apply", "comments", "value_span"]

BOM = b"\xef\xbb\xbf"
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)
_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*")


class CannotSpliceError(Exception):
    """A file's layout is beyond what can be changed line by line; `str` of it says what."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Lines `start` to `end` (exclusive) give way to `text`; equal ends insert."""

    start: int
    end: int
    text: str = field(compare=False)


@frozen
class Comment:
    """A comment in a piece of YAML: where it begins, in code points, on which line (from 0), and its words."""

    start: int
    line: int
    text: str


class Lines:
    """The lines of a file.

    Attributes:
        data: its bytes.
        content: each line's bytes, its end included; without the byte order mark, and the last one ended.
        newline: how the file ends its lines.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.bom = BOM if data.startswith(BOM) else b""
        self.content = data.removeprefix(BOM).splitlines(keepends=True)
        self.newline = "\r\n" if self.content and self.content[0].endswith(b"\r\n") else "\n"
        self.unended = bool(self.content) and not self.content[-1].endswith((b"\n", b"\r"))
        if self.unended:
            self.content[-1] += self.newline.encode()

    def __len__(self) -> int:
        return len(self.content)

    def text(self, start: int, end: int) -> str:
        """Lines `start` to `end` (exclusive) as text."""
        return b"".join(self.content[start:end]).decode()

    def indent(self, number: int) -> int:
        """Spaces before a line's first other character."""
        line = self.content[number]
        return len(line) - len(line.lstrip(b" "))

    @cached_property
    def shallow(self) -> list[int]:
        """The lines with content at an indent under four: of an annotation that is its first, in the usual layout."""
        deep = b"    "
        return [
            one for one, line in enumerate(self.content) if line[:4] != deep and line.lstrip(b" ")[0] not in b"#\r\n"
        ]

    def at_indent(self, start: int, end: int, indent: int) -> list[int]:
        """The lines from `start` to `end` (exclusive) with content at exactly that indent."""
        near = self.shallow[bisect_left(self.shallow, start) : bisect_left(self.shallow, end)]
        pad = b" " * indent
        numbers = near if indent < 4 else range(start, end)
        lines = self.content
        return [one for one in numbers if lines[one].startswith(pad) and lines[one][indent] not in b" #\r\n"]

    def is_blank(self, number: int) -> bool:
        """Whether a line holds nothing but blanks."""
        return not self.content[number].strip()

    def is_comment(self, number: int) -> bool:
        """Whether a line holds nothing but a comment, if it is no part of a block of text."""
        return self.content[number].lstrip(b" \t").startswith(b"#")

    def trim(self, start: int, end: int, indent: int) -> int:
        """Where the content ends that began at line `start`, in a mapping or list at `indent`.

        Blank lines at its end belong to nobody and comments no deeper than `indent` to what follows: a block of text
        stands deeper, so that none of its lines is taken for a comment.
        """
        while end > start + 1 and (
            self.is_blank(end - 1) or (self.is_comment(end - 1) and self.indent(end - 1) <= indent)
        ):
            end -= 1
        return end

    def blank_before(self, number: int) -> int:
        """The first of the blank lines directly above a line, or that line itself."""
        while number and self.is_blank(number - 1):
            number -= 1
        return number

    def apply(self, edits: Iterable[Edit]) -> bytes:
        """The file with the edits made; a last line that had no end keeps having none."""
        edits = list(edits)
        result = apply(self.content, 0, edits, self.newline)
        if self.unended and not any(one.end >= len(self) for one in edits):
            result = result.removesuffix(self.newline.encode())
        return self.bom + result


def apply(content: Sequence[bytes], first: int, edits: Iterable[Edit], newline: str) -> bytes:
    """The lines in `content`, the first of them number `first`, with the edits made."""
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits):
        if edit.start - first < at:
            raise CannotSpliceError("two changes meet in one line")
        parts.extend(content[at : edit.start - first])
        parts.append(whole(edit.text).replace("\n", newline).encode())
        at = edit.end - first
    parts.extend(content[at:])
    return b"".join(parts)


def comments(text: str) -> list[Comment]:
    """The comments in a piece of YAML; a `#` inside a string, or in a block of text, begins none."""
    masked = text
    for start, end in _strings(text):
        masked = masked[:start] + re.sub(r"[^\r\n]", "x", masked[start:end]) + masked[end:]
    return [Comment(one.start(), text.count("\n", 0, one.start()), one[0]) for one in _COMMENT.finditer(masked)]


def _strings(text: str) -> list[tuple[int, int]]:
    found = []
    for event in _events(text):
        kind = type(event)
        if kind is ScalarEvent:
            start = event.start_mark.index
            if event.style in {"|", ">"} and (head := _BLOCK_HEAD.match(text, start)):
                start = max(head.end(), text.find("\n", start) + 1)
            found.append((start, event.end_mark.index))
    return found


def value_span(text: str) -> tuple[int, int] | None:
    """Where the value stands in a piece that holds one key, in code points, if it stands on its line.

    Nothing for an empty value, a block of text, and a mapping or list over several lines without brackets.
    """
    value = _events(text)[4:-3]  # inside the stream, the document and the mapping, behind the key
    if not value or (type(value[0]) is ScalarEvent and value[0].style in {"|", ">"}):
        return None
    if type(value[0]) in {MappingStartEvent, SequenceStartEvent} and not value[0].flow_style:
        return None
    start, end = value[0].start_mark.index, value[-1].end_mark.index
    return (start, end) if start < end else None


def _events(text: str) -> list[Any]:
    loader = LOADER(text)
    events = []
    try:
        while loader.check_event():
            events.append(loader.get_event())
    except yaml.YAMLError as error:
        raise CannotSpliceError("a part of it cannot be read alone") from error
    finally:
        loader.dispose()
    return events
