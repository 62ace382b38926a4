"""From the bytes of a file to an `Article`: one reader for each format, chosen by the file's suffix."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from annotations import text as canonical
from annotations.errors import InputError

if TYPE_CHECKING:
    from index.article import Article

__all__ = ["SUFFIXES", "decode", "is_article", "label", "read"]

_READERS = {".txt": ("txt", "read_txt"), ".md": ("markdown", "read_markdown")}

SUFFIXES = tuple(_READERS)
"""The suffixes of articles, in lower case; a file's own may be in any."""


def is_article(name: str) -> bool:
    """Whether a file of that name is read as an article."""
    return name.lower().endswith(SUFFIXES)


def decode(path: str, data: bytes, *, encoding: str | None = None) -> str:
    """The canonical text in a file's bytes.

    Args:
        path: of the file, for the error.
        data: the whole file.
        encoding: a codec to use instead of UTF-8 (or UTF-16 with a byte order mark).

    Raises:
        InputError: the bytes are not text.
        UsageError: there is no such encoding.
    """
    try:
        return canonical.decode(data, encoding=encoding)
    except InputError as error:
        raise InputError(error.what, path=path, line=error.line, hint=error.hint) from None


def label(path: str, text: str) -> Article:
    """The article in a canonical text; its format's reader is loaded for the first of its kind.

    Args:
        path: from the library's root, with forward slashes; its suffix names the format.
        text: the canonical text.

    Raises:
        InputError: the suffix is none of `SUFFIXES`.
    """
    named = next((named for suffix, named in _READERS.items() if path.lower().endswith(suffix)), None)
    if named is None:
        raise InputError("not an article", path=path, hint=f"articles are {' and '.join(SUFFIXES)} files")
    module, reader = named
    article: Article = getattr(import_module(f"index.formats.{module}"), reader)(path, text)
    return article


def read(path: str, data: bytes, *, encoding: str | None = None) -> Article:
    """The article in a file's bytes; see `decode` and `label` for the arguments and errors."""
    return label(path, decode(path, data, encoding=encoding))
