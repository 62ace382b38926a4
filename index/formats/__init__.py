"""From the bytes of a file to an `Article`: one reader for each format, chosen by the file's suffix."""

from __future__ import annotations

from annotations import text as canonical
from annotations.errors import InputError
from index.article import Article
from index.formats.markdown import read_markdown
from index.formats.txt import read_txt

__all__ = ["SUFFIXES", "is_article", "read"]

_READERS = {".txt": read_txt, ".md": read_markdown}

SUFFIXES = tuple(_READERS)
"""The suffixes of articles, in lower case; a file's own may be in any."""


def is_article(name: str) -> bool:
    """Whether a file of that name is read as an article."""
    return name.lower().endswith(SUFFIXES)


def read(path: str, data: bytes, *, encoding: str | None = None) -> Article:
    """The article in a file's bytes.

    Args:
        path: from the library's root, with forward slashes; its suffix names the format.
        data: the whole file.
        encoding: a codec to use instead of UTF-8 (or UTF-16 with a byte order mark).

    Raises:
        InputError: the bytes are not text, or the suffix is none of `SUFFIXES`.
        UsageError: there is no such encoding.
    """
    reader = next((read for suffix, read in _READERS.items() if path.lower().endswith(suffix)), None)
    if reader is None:
        raise InputError("not an article", path=path, hint=f"articles are {' and '.join(SUFFIXES)} files")
    try:
        text = canonical.decode(data, encoding=encoding)
    except InputError as error:
        raise InputError(error.what, path=path, line=error.line, hint=error.hint) from None
    return reader(path, text)
