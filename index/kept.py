"""Articles as they were labelled before, kept in the cache, so that one that is opened again is there at once.

An article is kept by its path and its text: one that changed is another one, and nothing here is ever out of date.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from functools import lru_cache
from itertools import starmap
from typing import TYPE_CHECKING, Any

from annotations.errors import InputError
from annotations.text import fingerprint
from index.article import Article, Block, Label
from index.cache import cache_folder
from index.entry import VERSION

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["keep", "recall"]

_MOST = 50
"""How many articles are kept; those kept longest ago go first."""
_LABELS = {str(label): label for label in Label}
_WORDS = ("title", "title_from", "published", "agency", "byline", "dateline", "problem")


def recall(root: Path, path: str, text: str) -> Article | None:
    """The article with that text, labelled as it was before; None when it was not kept.

    Args:
        root: of the library.
        path: of the article, from there.
        text: its canonical text.
    """
    mark = fingerprint(text)
    try:
        found: Any = json.loads(_file(root, path, mark).read_bytes())
        if found["version"] != VERSION:
            return None
        labels = map(_LABELS.__getitem__, found["labels"])
        blocks = tuple(starmap(Block, zip(found["starts"], found["ends"], labels, strict=True)))
        words = {name: found[name] for name in _WORDS}
        return Article(path=path, text=text, fingerprint=mark, blocks=blocks, tags=tuple(found["tags"]), **words)
    except (OSError, ValueError, TypeError, KeyError, InputError):
        return None


def keep(root: Path, article: Article) -> None:
    """Keep an article as its format labelled it; a cache that cannot be written is done without."""
    with suppress(OSError, InputError):
        file = _file(root, article.path, article.fingerprint)
        if file.exists():
            return
        file.parent.mkdir(mode=0o700, exist_ok=True)
        record = {
            "version": VERSION,
            "starts": [block.start for block in article.blocks],
            "ends": [block.end for block in article.blocks],
            "labels": [block.label for block in article.blocks],
            "tags": article.tags,
            **{name: getattr(article, name) for name in _WORDS},
        }
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(record, separators=(",", ":")), encoding="ascii")
        beside.replace(file)
        for old in sorted(file.parent.iterdir(), key=lambda one: one.stat().st_mtime_ns)[:-_MOST]:
            old.unlink()


def _file(root: Path, path: str, mark: str) -> Path:
    name = hashlib.sha256(f"{mark}\0{path}".encode(errors="surrogatepass")).hexdigest()[:32]
    return _folder(root) / f"{name}.json"


@lru_cache(maxsize=4)
def _folder(root: Path) -> Path:
    return cache_folder(root) / "labels"
