"""Changing one author's section of a sidecar in its lines: entries come, go, move and change, in position order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotations import emit
from annotations.fields import Item, edit_item, item_id
from annotations.layout import Layout, find_items, read_alone
from annotations.lines import CannotSpliceError, Edit, apply, value_span
from annotations.record import annotation_from, is_nothing, to_record

if TYPE_CHECKING:
    from annotations.model import Annotation, Sidecar, Value

__all__ = ["bare", "edit_section", "remove_section", "write_section"]


def edit_section(layout: Layout, author: str, old: Sidecar, new: Sidecar) -> list[Edit]:
    """The edits that turn one author's annotations into others, read again and compared.

    Raises:
        CannotSpliceError: the section's lines do not tell where its entries stand.
    """
    before = {one.id: one for one in old.sections[author]}
    after = {one.id: one for one in new.sections[author]}
    items = find_items(layout, author, len(before) + sum(one.author == author for one in old.damaged))
    change = _Change(layout, author, before, after, items)
    edits = change.edits()
    change.check(edits)
    return edits


def write_section(layout: Layout, author: str, section: Iterable[Annotation], above: list[str]) -> list[Edit]:
    """The edits that make a new section, behind the last of those in `above` that the file has."""
    entries: list[Value] = [to_record(one) for one in section]
    text = emit.section(author, entries, layout.indent)
    if read_alone(layout.path, text.encode()) != {author: entries or ""}:
        raise CannotSpliceError("the new section does not read as intended")
    found = [layout.sections[one] for one in above if one in layout.sections]
    start, end = layout.top["annotations"]
    edits = [] if layout.sections else bare(layout, start)
    at = found[-1][1] if found else end if not layout.sections else start + 1
    return [*edits, Edit(at, at, f"\n{text}")]


def remove_section(layout: Layout, author: str, old: Sidecar) -> list[Edit]:
    """The edits that take a section away, if all in it was understood."""
    if any(one.author == author for one in old.damaged):
        raise CannotSpliceError(f"the section of {author} holds an entry that could not be read")
    start, end = layout.sections[author]
    return [Edit(layout.lines.blank_before(start), end, "")]


def bare(layout: Layout, number: int) -> list[Edit]:
    """The edits that take an empty value, `[]` or `{}` or `null`, off a key's line, so that lines can follow."""
    text = layout.lines.text(number, number + 1)
    value = read_alone(layout.path, text.encode())
    inside = next(iter(value.values())) if isinstance(value, dict) else value
    if inside and not is_nothing(inside):
        raise CannotSpliceError(f"line {number + 1} holds a value in brackets")
    span = value_span(text)
    return [] if span is None else [Edit(number, number + 1, text[: span[0]].rstrip(" ") + text[span[1] :])]


class _Change:
    """What becomes of one section."""

    def __init__(
        self,
        layout: Layout,
        author: str,
        before: dict[str, Annotation],
        after: dict[str, Annotation],
        items: list[Item],
    ) -> None:
        self.layout = layout
        self.author = author
        self.before = before
        self.after = after
        self.items = items
        self.start, self.end = layout.sections[author]
        self.at = {one.id: one for one in reversed(items) if one.id in before}
        if self.at.keys() != before.keys():
            raise CannotSpliceError(f"the entries of {author} do not stand on lines of their own")
        self.changed = {
            name for name, one in after.items() if name in before and before[name] is not one and before[name] != one
        }
        self.moved = self._moved()
        self.head = [] if items else bare(layout, self.start)

    def edits(self) -> list[Edit]:
        gone = [self.at[name] for name in self.before if name not in self.after or name in self.moved]
        edits = [Edit(self.layout.lines.blank_before(one.start), one.end, "") for one in gone]
        for name in self.changed - self.moved:
            edits += self._edit_entry(name)
        return [*self.head, *edits, *self._insertions()]

    def _moved(self) -> set[str]:
        """The entries whose passage moved past a neighbour's."""
        before = [name for name in self.before if name in self.after]
        after = [name for name in self.after if name in self.before]
        if before == after:
            return set()
        return {name for name in self.changed if self.before[name].position != self.after[name].position}

    def _edit_entry(self, name: str) -> list[Edit]:
        old, new = to_record(self.before[name]), to_record(self.after[name])
        return edit_item(self.layout.lines, self.at[name], old, new, self.layout.path)

    def _insertions(self) -> list[Edit]:
        """New and moved entries, each behind its neighbour in position order."""
        edits = []
        place = self.start + 1
        for name in self.after:
            if name in self.at and name not in self.moved:
                place = self.at[name].end
            else:
                edits.append(Edit(place, place, f"\n{self._text(name)}"))
        return edits

    def _text(self, name: str) -> str:
        if name not in self.moved:
            dash = self.items[0].dash if self.items else self.layout.indent
            return emit.item(to_record(self.after[name]), dash)
        item, lines = self.at[name], self.layout.lines
        body = apply(lines.content[item.start : item.end], item.start, self._edit_entry(name), lines.newline)
        return body.decode().replace("\r\n", "\n")

    def check(self, edits: list[Edit]) -> None:
        """Parse again what changed and its neighbours: the changed are as intended, the others as they were."""
        body = [one for one in edits if one not in self.head]
        if not body:
            return
        window = self._window(body)
        touched = self.changed | (self.before.keys() ^ self.after.keys())
        inside = [one for one in self.items if window[0] <= one.start < window[1]]
        pairs = zip(inside, self._values(window, [], []), strict=True)
        rest = [value for item, value in pairs if item.id not in touched or self.at[item.id] is not item]
        found = self._values(window, self.head, body)
        for name in touched & self.after.keys():
            found.remove(self._intended(found, self.after[name]))
        if found != rest:
            raise CannotSpliceError("the result does not read as intended")

    def _window(self, edits: list[Edit]) -> tuple[int, int]:
        """The lines of all entries between the first edit and the last, with one neighbour on either side."""
        first, last = min(one.start for one in edits), max(one.end for one in edits)
        start = max((one.start for one in self.items if one.start < first), default=self.start + 1)
        return start, min((one.start for one in self.items if one.start >= last), default=self.end)

    def _values(self, window: tuple[int, int], head: list[Edit], body: list[Edit]) -> list[Value]:
        content, newline = self.layout.lines.content, self.layout.lines.newline
        key = apply(content[self.start : self.start + 1], self.start, head, newline)
        value = read_alone(self.layout.path, key + apply(content[slice(*window)], window[0], body, newline))
        entries = value.get(self.author) if isinstance(value, dict) else None
        return entries if isinstance(entries, list) else []

    def _intended(self, found: list[Value], annotation: Annotation) -> Value:
        for value in found:
            if item_id(value) == annotation.id and annotation_from(value, self.author) == annotation:
                return value
        raise CannotSpliceError("the result does not read as intended")
