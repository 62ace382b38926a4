"""Saving changes only the lines that change: comments, blank lines, line ends and quoting elsewhere stay as they were.

What changed is parsed again and compared before it may replace the file; what did not change is the same bytes.  A
file laid out in a way that cannot be changed line by line is written anew, if no comment would be lost by that.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations import emit
from annotations.errors import InputError
from annotations.fields import Block, edit_mapping, with_comments
from annotations.layout import Layout, find_layout, read_alone
from annotations.lines import CannotSpliceError, Edit, Lines, apply, comments
from annotations.load import load_sidecar
from annotations.record import in_order, is_nothing, sidecar_record
from annotations.sections import edit_section, remove_section, write_section
from annotations.strict import parse_outline

if TYPE_CHECKING:
    from annotations.model import Record, Sidecar

__all__ = ["splice", "splice_sidecar"]


def splice(data: bytes, old: Record, new: Record, path: Path) -> bytes:
    """A YAML file with the difference between two records made in it.

    Args:
        data: the file.
        old: what it holds.
        new: what it shall hold.
        path: the file's, for complaints.

    Raises:
        InputError: it cannot be done without losing a comment.
    """
    if old == new:
        return data
    try:
        return _spliced(data, old, new, path)
    except CannotSpliceError as error:
        return _anew(data, emit.document(new), str(error), path)


def _spliced(data: bytes, old: Record, new: Record, path: Path) -> bytes:
    raw, outline = parse_outline(data, path)
    lines = Lines(data)
    if is_nothing(raw):
        return _appended(data, emit.document(new))
    if not isinstance(raw, dict):
        raise CannotSpliceError("it is no mapping")
    result = lines.apply(edit_mapping(Block(lines, 0, outline, path), raw, old, new, len(lines)))
    if read_alone(path, result) != new:
        raise CannotSpliceError("the result does not read as intended")
    return result


def splice_sidecar(data: bytes, old: Sidecar, new: Sidecar, path: Path) -> bytes:
    """A sidecar's file with the difference between two sidecars made in it.

    Args:
        data: the file.
        old: what was loaded from it.
        new: what it shall hold; damaged entries are those of `old` and keep their bytes.
        path: the file's, for complaints.

    Raises:
        InputError: it cannot be done without losing a comment.
    """
    try:
        return _spliced_sidecar(data, old, new, path)
    except CannotSpliceError as error:
        return _anew(data, emit.emit(new), str(error), path)


def _spliced_sidecar(data: bytes, old: Sidecar, new: Sidecar, path: Path) -> bytes:
    layout = find_layout(Lines(data), old, path)
    if not layout.top:
        return _appended(data, emit.emit(new))
    edits = [*_edit_top(layout, old, new), *_edit_sections(layout, old, new)]
    result = layout.lines.apply(edits)
    if layout.keeps_blanks and not _agree(load_sidecar(result, path), new):
        raise CannotSpliceError("the result does not read as intended")
    return result


def _agree(one: Sidecar, other: Sidecar) -> bool:
    """Whether two sidecars are equal, but for the lines at which their damaged entries stand."""
    damaged = [[(it.author, it.record) for it in each.damaged] for each in (one, other)]
    return damaged[0] == damaged[1] and replace(one, damaged=()) == replace(other, damaged=())


def _edit_top(layout: Layout, old: Sidecar, new: Sidecar) -> list[Edit]:
    """The edits in all that is not an annotation: `article` and the keys that postil does not know."""
    before, after = _top(old), _top(new)
    edits: list[Edit] = []
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            edits += _edit_key(layout, key, before, after)
    return edits


def _top(sidecar: Sidecar) -> Record:
    """The top-level keys that have values, but for the annotations."""
    order = in_order({"article": sidecar.article}, sidecar.extra, sidecar.keys)
    return {key: value for key, value in order.items() if key != "article" or value}


def _edit_key(layout: Layout, key: str, before: Record, after: Record) -> list[Edit]:
    if key not in layout.top:
        at = _place(layout, key, after)
        return [Edit(at, at, f"\n{emit.document({key: after[key]})}")]
    start, end = layout.top[key]
    if key == "article" and key not in after:
        return [Edit(start, end, with_comments("article:\n", comments(layout.lines.text(start, end)), 0))]
    if key not in after:
        return [Edit(layout.lines.blank_before(start), end, "")]
    raw, block = Block.read(layout.lines, start, end, layout.path)
    if not isinstance(raw, dict):
        raise CannotSpliceError(f"line {start + 1} is not a key")
    edits = edit_mapping(block, raw, {key: before.get(key, "")}, {key: after[key]}, end)
    changed = apply(layout.lines.content[start:end], start, edits, layout.lines.newline)
    if read_alone(layout.path, changed) != {key: after[key]}:
        raise CannotSpliceError("the result does not read as intended")
    return edits


def _place(layout: Layout, key: str, order: Record) -> int:
    """The line at which a new top-level key goes in: behind the one that precedes it."""
    place = layout.top.get("postil", (0, 0))[1]
    for other in order:
        if other == key:
            break
        place = layout.top[other][1] if other in layout.top else place
    return place


def _edit_sections(layout: Layout, old: Sidecar, new: Sidecar) -> list[Edit]:
    if "annotations" not in layout.top:
        end = max(end for _, end in layout.top.values())
        text = emit.document({"annotations": sidecar_record(new)["annotations"]})
        return [Edit(end, end, f"\n{text}")] if new.sections else []
    edits: list[Edit] = []
    names = list(new.sections)
    for number, author in enumerate(names):
        if author not in layout.sections:
            edits += write_section(layout, author, new.sections[author], names[:number])
        elif old.sections[author] != new.sections[author]:
            edits += edit_section(layout, author, old, new)
    for author in old.sections.keys() - new.sections.keys():
        edits += remove_section(layout, author, old)
    return edits


def _appended(data: bytes, text: str) -> bytes:
    """A file that holds nothing but blanks and comments perhaps, with its first content."""
    lines = Lines(data)
    return lines.apply([Edit(len(lines), len(lines), f"\n{text}" if data.strip() else text)])


def _anew(data: bytes, text: str, reason: str, path: Path) -> bytes:
    """The whole file in canonical form, unless that would lose a comment."""
    lost = comments(data.decode("utf-8-sig"))
    if lost:
        raise InputError(
            f"cannot change this file line by line ({reason}), and writing it anew would lose a comment",
            path=path,
            line=lost[0].line + 1,
            hint="move or remove the comment, or lay the file out in blocks",
        )
    return text.encode()
