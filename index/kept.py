"""Articles as they were labelled before, kept in the cache, so that one that is opened again is there at once.

An article is kept with the fingerprint of its text: one that changed is another one.  For a first look, which is made
good at once, the state of its file is enough to tell.
"""

from __future__ import annotations

import json
import time
from array import array
from contextlib import suppress
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any
from zlib import crc32

from annotations.errors import InputError
from annotations.text import fingerprint
from index.article import Article, Block, Label
from index.cache import cache_folder, file_name, put
from index.entry import VERSION
from index.inside import OPEN_LIMIT, Stamp, read_inside, stamp_of, stat_inside

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["keep", "recall"]

_MOST = 50
"""How many articles are kept; those kept longest ago go first."""
_SETTLED = 1_000_000_000
"""Nanoseconds after which a file that is changed once more is sure to get another state."""
_LABELS = {str(label): label for label in Label}
_NUMBERS = {label: number for number, label in enumerate(_LABELS)}
_WORDS = ("title", "title_from", "published", "agency", "byline", "dateline", "problem")


def recall(root: Path, path: str, data: bytes, stamp: Stamp | None = None) -> Article | None:
    """The article with those bytes, labelled as it was before; None when it was not kept.

    Bytes for which one was kept are a canonical text in UTF-8: nothing in them has to be looked for again.

    Args:
        root: of the library.
        path: of the article, from there.
        data: its text in UTF-8.
        stamp: of its file, for a first look: when it is as it was, its text is not looked at.
    """
    try:
        head, _, packed = _file(root, path).read_bytes().partition(b"\n")
        found: Any = json.loads(head)
        if found["version"] != VERSION or found["check"] != crc32(packed):
            return None
        mark = found["fingerprint"]
        if (stamp is None or found["stamp"] != list(stamp)) and mark != fingerprint(data):
            return None
        edges = array("I", packed[found["blocks"] :])
        labels = map([_LABELS[name] for name in found["labels"]].__getitem__, packed[: found["blocks"]])
        # As `Block(…)` does, but without a call of Python's for each.
        blocks = tuple(map(tuple.__new__, repeat(Block), zip(edges[::2], edges[1::2], labels, strict=True)))
        words = {name: found[name] for name in _WORDS}
        tags = tuple(found["tags"])
        return Article(path=path, text=data.decode(), fingerprint=mark, blocks=blocks, tags=tags, **words)
    except (OSError, ValueError, TypeError, KeyError, IndexError, InputError):
        return None


def keep(root: Path, article: Article) -> None:
    """Keep an article as its format labelled it; a cache that cannot be written is done without."""
    with suppress(OSError, InputError):
        file = _file(root, article.path)
        edges = array("I", [edge for block in article.blocks for edge in (block.start, block.end)])
        packed = bytes(map(_NUMBERS.__getitem__, (block.label for block in article.blocks))) + edges.tobytes()
        record = {
            "version": VERSION,
            "check": crc32(packed),
            "fingerprint": article.fingerprint,
            "stamp": _stamp(root, article),
            "blocks": len(article.blocks),
            "labels": list(_NUMBERS),
            "tags": article.tags,
            **{name: getattr(article, name) for name in _WORDS},
        }
        data = json.dumps(record, separators=(",", ":")).encode() + b"\n" + packed
        if not (file.exists() and file.read_bytes() == data):
            put(file, data, most=_MOST)


def _stamp(root: Path, article: Article) -> Stamp | None:
    """The state of the article's file, if there is nothing in it but that text, and has not been for a moment only."""
    with suppress(InputError):
        before = stamp_of(stat_inside(root, article.path))
        same = read_inside(root, article.path, limit=OPEN_LIMIT) == article.text.encode()
        if same and before == stamp_of(stat_inside(root, article.path)) and max(before[1:]) < time.time_ns() - _SETTLED:
            return before
    return None


def _file(root: Path, path: str) -> Path:
    return _folder(root) / f"{file_name(path)}.bin"


@lru_cache(maxsize=4)
def _folder(root: Path) -> Path:
    return cache_folder(root) / "labels"
