"""Marks of articles as they were placed before, kept in the cache: they and their cards are in the first paint.

What is recalled is looked at and nothing more: it is replaced by what the sidecar says as soon as that is parsed.
It is kept for one text and one state of the sidecar's file; of any other, nothing is known here.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from zlib import crc32

from annotations.anchor import Placed, State
from annotations.errors import InputError
from annotations.store import sidecar_path
from index.cache import cache_folder, file_name, put

if TYPE_CHECKING:
    from index.article import Article
    from reader.desk import Desk

__all__ = ["keep_marks", "recall_marks"]

_VERSION = 2
_MOST = 50
"""Of how many articles marks are kept; those kept longest ago go first."""
_MANY = 500
"""Of an article with more marks none are kept: that would take as long as the file itself."""
_UNSEEN = ("extra", "keys", "position")


def recall_marks(root: Path, article: Article) -> tuple[Placed, ...]:
    """The marks of an article as they were kept; none where they may be others by now.

    Their annotations have what a card shows, and are of no use for anything else.
    """
    with suppress(OSError, ValueError, TypeError, KeyError, InputError):
        check, _, data = _file(root, article.path).read_bytes().partition(b"\n")
        if int(check) == crc32(data):
            stamp, kept = json.loads(data, object_hook=_seen)
            if stamp == _stamp(article, sidecar_path(root / article.path)):
                return tuple(Placed(one, State(state), start, end) for state, start, end, one in kept)
    return ()


def keep_marks(root: Path, desk: Desk) -> None:
    """Keep the marks of an article if the disk has them as they are; a cache that cannot be written is done without."""
    path = desk.loaded.path
    if desk.loaded.data is None or desk.unsaved or not 0 < len(desk.placed) <= _MANY:
        return
    with suppress(OSError, InputError):
        stamp, file = _stamp(desk.printed, path), _file(root, desk.printed.path)
        if path.read_bytes() != desk.loaded.data or stamp != _stamp(desk.printed, path):
            return
        kept = [(one.state, one.start, one.end, _plain(one.annotation)) for one in desk.placed]
        data = json.dumps((stamp, kept), separators=(",", ":")).encode()
        put(file, b"%d\n%b" % (crc32(data), data), most=_MOST)


def _stamp(article: Article, sidecar: Path) -> list[object]:
    state = sidecar.stat()
    return [_VERSION, article.fingerprint, state.st_size, state.st_mtime_ns]


def _seen(record: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(**record)


def _plain(value: Any) -> Any:
    """A part of the record as JSON has it; of what a merge left open only the fields."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.name not in _UNSEEN}
    return list(map(_plain, value)) if isinstance(value, tuple | dict) else value


def _file(root: Path, path: str) -> Path:
    return cache_folder(root) / "marks" / f"{file_name(path)}.json"
