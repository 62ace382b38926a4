"""Sidecars from text: one malformed entry is set aside as damaged and hides nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from annotations.errors import InputError
from annotations.model import Annotation, Damaged, Record, Sidecar, Value, in_text_order
from annotations.record import annotation_from, is_nothing
from annotations.strict import Outline, collector_paused, parse_outline

__all__ = ["VERSION", "load_sidecar"]

VERSION = 1
"""The newest `postil:` this program reads, and the one it writes."""

_KNOWN = frozenset({"postil", "article", "annotations"})
_POINTER = b"version https://git-lfs"
_NUMBER = re.compile(r"[0-9]{1,9}\Z")


def load_sidecar(data: bytes, path: Path) -> Sidecar:
    """The sidecar in `data`; entries that are no annotations are in its `damaged`.  An empty file is an empty one.

    Raises:
        InputError: the file as a whole cannot be understood; it must not be overwritten.
    """
    with collector_paused():
        record, outline = parse_outline(data, path)
        if is_nothing(record):
            return Sidecar()
        if data.startswith(_POINTER):
            raise InputError("a Git LFS pointer, not the sidecar itself", path=path, hint="`git lfs pull` brings it")
        if not isinstance(record, dict):
            raise InputError("not a sidecar: a list or a word where `postil: 1` should stand", path=path, line=1)
        return _Reading(record, outline, path).sidecar()


class _Reading:
    """One sidecar being read: where its lines are, and which ids it has had."""

    def __init__(self, record: Record, outline: Outline, path: Path) -> None:
        self.record = record
        self.outline = outline
        self.path = path
        self.seen: set[str] = set()
        self.damaged: list[Damaged] = []

    def sidecar(self) -> Sidecar:
        self._check_version()
        article, sections = self._mapping("article"), self._mapping("annotations")
        return Sidecar(
            article=article,
            sections={author: self._section(author, entries, sections) for author, entries in sections.items()},
            damaged=tuple(self.damaged),
            extra={key: value for key, value in self.record.items() if key not in _KNOWN},
            keys=tuple(self.record),
        )

    def _check_version(self) -> None:
        version = self.record.get("postil", "1")
        line = self.outline.line(self.record, "postil")
        if not isinstance(version, str) or not _NUMBER.match(version):
            raise InputError("`postil:` is not a version number", path=self.path, line=line, hint="write `postil: 1`")
        if int(version) > VERSION:
            raise InputError(
                f"written by a newer postil (format {version}, this one knows {VERSION})",
                path=self.path,
                line=line,
                hint="upgrade postil to read it",
            )

    def _mapping(self, key: str) -> Record:
        value = self.record.get(key, {})
        if is_nothing(value):
            return {}
        if not isinstance(value, dict):
            raise InputError(f"`{key}:` is not a mapping", path=self.path, line=self.outline.line(self.record, key))
        return value

    def _section(self, author: str, entries: Value, sections: Record) -> tuple[Annotation, ...]:
        if is_nothing(entries):
            return ()
        if not isinstance(entries, list):
            line = self.outline.line(sections, author)
            raise InputError(f"the section of {author} is not a list", path=self.path, line=line)
        found = [one for number, entry in enumerate(entries) if (one := self._entry(author, entries, number, entry))]
        return in_text_order(found)

    def _entry(self, author: str, entries: Value, number: int, entry: Value) -> Annotation | None:
        reason = self._repeats(entry)
        try:
            if not reason:
                return annotation_from(entry, author)
        except ValueError as error:
            reason = str(error)
        line = self.outline.line(entries, number) or 1
        self.damaged.append(Damaged(author=author, line=line, reason=reason, record=entry))
        return None

    def _repeats(self, entry: Value) -> str:
        """Why an entry's id will not do, if so: somebody above has it, readable or not."""
        name = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not name:
            return ""
        if name in self.seen:
            return f"id: {name} is used above"
        self.seen.add(name)
        return ""
