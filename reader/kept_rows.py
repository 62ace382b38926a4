"""The rows of long articles, kept in the cache: one that is opened again is not wrapped again up to where one was.

They are kept by what they depend on: the text, its labels, the width, and the code that found them.
"""

from __future__ import annotations

import os
import zlib
from array import array
from contextlib import suppress
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError
from index.cache import cache_folder, file_name, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Block

__all__ = ["LONG", "KeptRows"]

LONG = 20_000
"""From so many characters on it takes less time to read rows than to find them."""
_MOST = 24
"""How many files are kept, a few megabytes each at most; those kept longest ago go first."""


class KeptRows:
    """The kept rows of one article.

    Args:
        root: of the library.
        fingerprint: of the article's text.
        blocks: its labels.
    """

    def __init__(self, root: Path, fingerprint: str, blocks: Sequence[Block]) -> None:
        starts, ends, labels = (map(itemgetter(field), blocks) for field in range(3))
        edges = array("I", starts) + array("I", ends)
        self._root = root
        self._article = f"{fingerprint} {zlib.crc32(edges)} {zlib.crc32(' '.join(labels).encode())}"

    def recall(self, how: str) -> bytes:
        """The rows as they were kept for a way to lay them out; nothing when they were not."""
        with suppress(OSError, InputError):
            data = self._file(how).read_bytes()
            if data[:4] == zlib.crc32(data[4:]).to_bytes(4, "little"):
                return data[4:]
        return b""

    def keep(self, how: str, rows: bytes) -> None:
        """Keep them; a cache that cannot be written is done without."""
        with suppress(OSError, InputError):
            put(self._file(how), zlib.crc32(rows).to_bytes(4, "little") + rows, most=_MOST)

    def _file(self, how: str) -> Path:
        return cache_folder(self._root) / "rows" / f"{file_name(f'{self._article} {how} {_code()}')}.bin"


@cache
def _code() -> str:
    """Tells one version of the code that finds rows from another."""
    folder = Path(__file__).parent / "layout"
    return " ".join(sorted(f"{one.name} {one.stat().st_mtime_ns}" for one in os.scandir(folder) if one.is_file()))
