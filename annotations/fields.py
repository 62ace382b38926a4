"""Changing one key of a mapping, or one item of a list, in the lines it is written in; everything around stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotations import emit
from annotations.frozen import frozen
from annotations.lines import CannotSpliceError, Comment, Edit, Lines, comments, value_span
from annotations.strict import Outline, parse_outline

if TYPE_CHECKING:
    from annotations.model import Record, Value

__all__ = ["Block", "Item", "edit_item", "edit_mapping", "item_id", "with_comments"]

_NAMES = ("id", "name", "line")


@frozen
class Block:
    """A piece of a file that was parsed alone.

    Attributes:
        lines: the file.
        first: the line of the file where the piece begins.
        outline: where things stand in the piece.
        path: the file's, for complaints.
    """

    lines: Lines
    first: int
    outline: Outline
    path: Path

    @staticmethod
    def read(lines: Lines, start: int, end: int, path: Path) -> tuple[Value, Block]:
        """The value of lines `start` to `end`, and the piece they are."""
        value, outline = parse_outline(lines.text(start, end).encode(), path)
        return value, Block(lines, start, outline, path)

    def starts(self, container: Value) -> list[int]:
        """The file's line of each key or item of a mapping or list that is not in brackets."""
        if id(container) in self.outline.flow:
            raise CannotSpliceError("brackets over what changed")
        return [self.first + line for line in self.outline.lines(container)]


@frozen
class Item:
    """One item of a list that is not in brackets: its id, its lines (`end` exclusive), the indent of its dash."""

    id: str
    start: int
    end: int
    dash: int


def item_id(value: Value) -> str:
    """What tells an item from its neighbours: its id, its name or the line it is about; nothing without one."""
    name = next((value[key] for key in _NAMES if key in value), "") if isinstance(value, dict) else ""
    return name if isinstance(name, str) else ""


def edit_mapping(block: Block, raw: Record, old: Record, new: Record, end: int) -> list[Edit]:
    """The edits that turn `old` into `new` in a mapping.

    Args:
        block: the piece it stands in.
        raw: the mapping as it was parsed; it may hold empty keys that `old` leaves out.
        old: what it means.
        new: what it shall mean.
        end: the line after its last one.
    """
    starts = block.starts(raw)
    if not starts:
        raise CannotSpliceError("an empty mapping")
    indent = _key_indent(block.lines, starts)
    ends = [block.lines.trim(start, after, indent) for start, after in zip(starts, [*starts[1:], end], strict=True)]
    spans = dict(zip(raw, zip(starts, ends, strict=True), strict=True))
    edits: list[Edit] = []
    for key in dict.fromkeys((*old, *new)):
        if key in new and old.get(key) == new[key]:
            continue
        if key not in new:
            edits += _remove(block.lines, spans.get(key), indent)
        elif key in raw:
            edits += _edit_field(block, key, (raw[key], old.get(key, ""), new[key]), spans[key], indent)
        else:
            edits.append(_add(block.lines, key, new, spans, indent))
    if not any(key in new for key in raw):
        raise CannotSpliceError("nothing of a mapping stays")
    return edits


def _key_indent(lines: Lines, starts: list[int]) -> int:
    if len(starts) > 1:
        return lines.indent(starts[-1])
    line = lines.content[starts[0]]
    return len(line) - len(line.lstrip(b" -")) if line.lstrip(b" ").startswith(b"- ") else lines.indent(starts[0])


def _remove(lines: Lines, span: tuple[int, int] | None, indent: int) -> list[Edit]:
    if span is None:
        return []
    if lines.indent(span[0]) != indent:
        raise CannotSpliceError("the key beside the dash goes")
    return [Edit(lines.blank_before(span[0]) if indent == 0 else span[0], span[1], "")]


def _add(lines: Lines, key: str, new: Record, spans: dict[str, tuple[int, int]], indent: int) -> Edit:
    """A new key, behind the one that precedes it in canonical order."""
    order = list(new)
    before = [one for one in order[: order.index(key)] if one in spans]
    text = emit.field(key, new[key], indent)
    if before:
        at = spans[before[-1]][1]
        return Edit(at, at, f"\n{text}" if indent == 0 else text)
    at = min(span[0] for span in spans.values())
    if lines.indent(at) != indent:
        raise CannotSpliceError("a key before the one beside the dash")
    return Edit(at, at, f"{text}\n" if indent == 0 else text)


def _edit_field(
    block: Block, key: str, values: tuple[Value, Value, Value], span: tuple[int, int], indent: int
) -> list[Edit]:
    raw, old, new = values
    try:
        if isinstance(raw, dict) and isinstance(old, dict) and isinstance(new, dict) and new:
            return edit_mapping(block, raw, old, new, span[1])
        if isinstance(raw, list) and isinstance(old, list) and isinstance(new, list) and new:
            return _edit_list(block, key, raw, (old, new), span[1])
    except CannotSpliceError:
        pass
    return [_replace_field(block.lines, key, new, span, indent)]


def _replace_field(lines: Lines, key: str, new: Value, span: tuple[int, int], indent: int) -> Edit:
    """Write a key's value anew: in its place on the line if it is there and fits, else the whole field."""
    text = lines.text(*span)
    prefix, text = text[:indent], " " * indent + text[indent:]
    notes = comments(text)
    inside = value_span(text)
    line = _in_place(new, key, text[slice(*inside)]) if inside else None
    if inside and line and not any(inside[0] <= one.start < inside[1] for one in notes):
        text = text[: inside[0]] + line + text[inside[1] :]
    else:
        text = with_comments(emit.field(key, new, indent), notes, indent)
    return Edit(*span, _restore(text.replace("\r\n", "\n"), prefix, indent))


def _in_place(new: Value, key: str, old: str) -> str | None:
    """A value for the line that the old one stood on; what stood in brackets stays in them, if anything did."""
    line = emit.inline(new, key)
    in_brackets = old.startswith(("[", "{")) and not old[1:-1].isspace() and len(old) > 2
    return emit.flow(new) if line is None and in_brackets and not isinstance(new, str) else line


def _restore(text: str, prefix: str, indent: int) -> str:
    """Put back what stands before a key, the dash of its item perhaps, behind comments that were lifted above it."""
    above = ""
    while text[:indent].isspace() and text[indent:].startswith("#"):
        line, _, text = text.partition("\n")
        above += f"{line}\n"
    return above + prefix + text[indent:]


def with_comments(text: str, notes: list[Comment], indent: int) -> str:
    """A field written anew with the comments of the old: the first line's stays there, others go above."""
    head, _, rest = text.partition("\n")
    first = [one.text for one in notes if one.line == 0]
    above = "".join(f"{' ' * indent}{one.text}\n" for one in notes if one.line)
    return f"{above}{head}{''.join(f'  {one}' for one in first)}\n{rest}"


def _edit_list(
    block: Block, key: str, raw: list[Value], values: tuple[list[Value], list[Value]], end: int
) -> list[Edit]:
    """The edits in a list whose items have ids; items may come and go and change, but not change places."""
    old, new = values
    olds, news = ({item_id(one): one for one in values} for values in (old, new))
    if len(olds) < len(old) or len(news) < len(new) or "" in {*olds, *news} or [*map(item_id, raw)] != [*olds]:
        raise CannotSpliceError("items without ids")
    if [one for one in olds if one in news] != [one for one in news if one in olds]:
        raise CannotSpliceError("items change places")
    items = _items(block, raw, end)
    spaced = _is_spaced(block.lines, items)
    edits: list[Edit] = []
    at = 0
    for name, value in news.items():
        if name not in items:
            edits.append(_insert(key, value, at, items, spaced=spaced))
            continue
        at = items[name].end
        if olds[name] != value:
            edits += edit_item(block.lines, items[name], olds[name], value, block.path, key=key)
    gone = [items[name] for name in olds if name not in news]
    edits += [Edit(block.lines.blank_before(one.start) if spaced else one.start, one.end, "") for one in gone]
    return edits


def _items(block: Block, raw: list[Value], end: int) -> dict[str, Item]:
    starts = block.starts(raw)
    if not starts or not all(block.lines.content[one].lstrip(b" ").startswith(b"- ") for one in starts):
        raise CannotSpliceError("a dash on a line of its own")
    dash = block.lines.indent(starts[0])
    spans = zip(raw, starts, [*starts[1:], end], strict=True)
    return {
        item_id(one): Item(item_id(one), start, block.lines.trim(start, after, dash), dash)
        for one, start, after in spans
    }


def _is_spaced(lines: Lines, items: dict[str, Item]) -> bool:
    last = list(items.values())[-1]
    return len(items) > 1 and lines.is_blank(last.start - 1)


def _insert(key: str, value: Value, at: int, items: dict[str, Item], *, spaced: bool) -> Edit:
    first = next(iter(items.values()))
    text = emit.item(value, first.dash, key)
    if at:
        return Edit(at, at, f"\n{text}" if spaced else text)
    return Edit(first.start, first.start, f"{text}\n" if spaced else text)


def edit_item(lines: Lines, item: Item, old: Value, new: Value, path: Path, *, key: str = "") -> list[Edit]:
    """The edits that turn one item of the list under `key` into another: field by field, else the item written anew."""
    raw, block = Block.read(lines, item.start, item.end, path)
    one = raw[0] if isinstance(raw, list) and len(raw) == 1 else None
    try:
        if isinstance(one, dict) and isinstance(old, dict) and isinstance(new, dict):
            return edit_mapping(block, one, old, new, item.end)
    except CannotSpliceError:
        pass
    text = with_comments(emit.item(new, item.dash, key), comments(lines.text(item.start, item.end)), item.dash)
    return [Edit(item.start, item.end, text)]
