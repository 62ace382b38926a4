"""Texts that annotations were made on, kept in a folder of the person's own: one file each, named by its fingerprint.

What is read from it is believed only if it has the fingerprint that it is named by.
"""

from __future__ import annotations

import os
import re
import threading
import zlib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from annotations.frozen import frozen
from annotations.text import fingerprint

__all__ = ["LIMIT", "Archive"]

LIMIT = 100_000_000
"""Bytes that an archive may take; beyond, the texts that were used longest ago go."""
_LARGEST = 64_000_000  # bytes of one text; none that can be annotated is as large
_NAME = re.compile(r"[0-9a-f]{16}\Z")


@frozen
class Archive:
    """The texts in `folder`, which nobody else can write into; it is made when it is first needed."""

    folder: Path
    limit: int = LIMIT

    def get(self, name: str) -> str | None:
        """The text with that fingerprint; None when it is not here.  A file that is something else is removed."""
        if not _NAME.match(name):
            return None
        file = self.folder / name
        try:
            data = zlib.decompressobj().decompress(file.read_bytes(), _LARGEST)
            if fingerprint(data) == name:
                os.utime(file)
                return data.decode()
        except FileNotFoundError:
            return None
        except (OSError, ValueError, zlib.error):
            pass
        with suppress(OSError):
            file.unlink()
        return None

    def put(self, text: str) -> None:
        """Keep a canonical text.

        Raises:
            OSError: it cannot be written; nothing of it stays.
        """
        data = text.encode()
        file = self.folder / fingerprint(data)
        with suppress(FileNotFoundError):
            os.utime(file)
            return
        self.folder.mkdir(mode=0o700, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            beside.write_bytes(zlib.compress(data, 1))
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
        self._make_room()

    def sizes(self) -> dict[str, int]:
        """How many bytes each text takes, by its fingerprint, those used longest ago first."""
        return {name: size for _, size, name in self._files() if _NAME.match(name)}

    def drop(self, names: Collection[str]) -> None:
        """Let go of texts."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def _make_room(self) -> None:
        files = self._files()
        room = self.limit - sum(size for _, size, _ in files)
        for _, size, name in files:
            if room >= 0:
                break
            self.drop([name])
            room += size

    def _files(self) -> list[tuple[int, int, str]]:
        """When each file was last used, its size, its name; also of those that a dying process left half written."""
        found = []
        with suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):  # another process makes room, too
                    state = entry.stat(follow_symlinks=False)
                    found.append((state.st_mtime_ns, state.st_size, entry.name))
        return sorted(found)
