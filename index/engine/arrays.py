"""A file of named arrays: written once from front to back, then mapped and read in place.

Nothing in it is a pickle.  It ends with a directory (JSON) of where each array lies and with a checksum of that, so a
file that was cut short or torn is known for one when it is opened; what was damaged inside an array is not.
"""

from __future__ import annotations

import json
import mmap
import os
from pathlib import Path
from struct import Struct
from types import TracebackType
from typing import Any, Self
from weakref import finalize
from zlib import crc32

import numpy as np
from numpy.typing import DTypeLike, NDArray

__all__ = ["ArrayFile", "ArraySink", "DamageError"]

_MAGIC = b"postil\x01\n"
_END = Struct("<QIL4x")
_ALIGN = 8


class DamageError(Exception):
    """The file is not what was written."""


class ArraySink:
    """Writes a file of arrays.  Used with `with`; the file is whole only after `finish`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=1 << 20)
        self._at = self._file.write(_MAGIC)
        self._directory: dict[str, tuple[str, int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def append(self, data: bytes | memoryview) -> int:
        """Write bytes that an array of offsets will point to, and give their own."""
        at = self._at
        self._at += self._file.write(data)
        return at

    def put(self, name: str, array: NDArray[Any]) -> None:
        """Write an array."""
        self.reserve(name, array.dtype, len(array))
        self.extend(array)

    def reserve(self, name: str, dtype: DTypeLike, length: int) -> None:
        """Say that what is written next, by `extend`, is an array of so many items."""
        self.append(bytes(-self._at % _ALIGN))
        kind = np.dtype(dtype).newbyteorder("<")
        self._directory[name] = (kind.str, self._at, length)

    def extend(self, array: NDArray[Any]) -> None:
        """Write the next items of the array that was reserved last."""
        kind, start, length = next(reversed(self._directory.values()))
        piece = np.ascontiguousarray(array, dtype=kind)
        if self._at + piece.nbytes > start + length * piece.itemsize:
            raise ValueError("more items than were reserved")
        self._at += self._file.write(piece.data)

    def finish(self, **facts: object) -> None:
        """Write the directory; the file is whole."""
        directory = json.dumps({"arrays": self._directory, "facts": facts}).encode()
        self._file.write(directory)
        self._file.write(_END.pack(self._at, len(directory), crc32(directory)))
        self._file.flush()


_LONG = 16 << 20
"""Bytes of a file of which no more is to be mapped than is looked at; reading apart takes ten times as long."""


class ArrayFile:
    """A file of arrays, mapped.  It is let go of when nothing that was read from it is held any more.

    Attributes:
        path: where it is.
        facts: what was said when it was finished.
        data: all its bytes.

    Raises:
        DamageError: it is not a whole file of arrays.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("rb")
        finalize(self, self._file.close)
        size = os.fstat(self._file.fileno()).st_size
        if size < len(_MAGIC) + _END.size:
            raise DamageError(path)
        self.data = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        at, length, check = _END.unpack_from(self.data, size - _END.size)
        directory = self.data[at : at + length]
        if at + length + _END.size != size or self.data[: len(_MAGIC)] != _MAGIC or crc32(directory) != check:
            raise DamageError(path)
        said = json.loads(directory)
        self.facts: dict[str, Any] = said["facts"]
        self._arrays: dict[str, list[Any]] = said["arrays"]
        self._seen: dict[str, NDArray[Any]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def array(self, name: str) -> NDArray[Any]:
        """An array, in place and read-only."""
        if name not in self._seen:
            kind, at, length = self._arrays[name]
            self._seen[name] = np.frombuffer(self.data, kind, length, at)
        return self._seen[name]

    def view(self, name: str) -> memoryview:
        """The same as a memoryview, whose single items are quicker to get at."""
        return self.array(name).data

    def read(self, start: int, end: int) -> bytes:
        """Some of its bytes by themselves; of a long file, where the system can, without what lies around them."""
        if len(self.data) > _LONG and hasattr(os, "pread"):
            return os.pread(self._file.fileno(), end - start, start)
        return self.data[start:end]

    def rest(self) -> None:
        """Let the system have the memory that the file is mapped into; what is read of it next is mapped again."""
        if hasattr(self.data, "madvise"):
            self.data.madvise(mmap.MADV_DONTNEED)

    def extent(self, name: str) -> tuple[int, int]:
        """Where an array of bytes begins and ends in `data`."""
        _, at, length = self._arrays[name]
        return at, at + length
