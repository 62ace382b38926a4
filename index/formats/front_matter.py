"""The YAML front matter of a Markdown file: what clipping tools and people write there, by the names they use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.record import is_nothing
from annotations.strict import parse
from index.formats.dates import iso_date
from index.formats.lines import one_line

if TYPE_CHECKING:
    from annotations.model import Record, Value

__all__ = ["FrontMatter", "read_front_matter"]

_TITLE = ("title", "headline")
_PUBLISHED = ("published", "date", "date_published", "published_date", "publish_date", "published_at", "pubdate")
_BYLINE = ("author", "authors", "byline", "by")
_AGENCY = ("agency", "source", "publisher", "site", "site_name", "outlet", "publication")
_DATELINE = ("dateline", "location", "place")
_TAGS = ("tags", "keywords", "topics")


@frozen(kw_only=True)
class FrontMatter:
    """What a file says of itself.

    Attributes:
        lines: how many lines of the file it takes, both fences included; 0 when there is none.
        problem: why it could not be read, with the line of the file; empty when it could.
    """

    lines: int = 0
    title: str = ""
    published: str | None = None
    byline: str = ""
    agency: str = ""
    dateline: str = ""
    tags: tuple[str, ...] = ()
    problem: str = ""


def read_front_matter(path: str, text: str) -> FrontMatter:
    """The front matter at the head of a Markdown text: what stands between `---` and `---` or `...`."""
    if not text.startswith("---"):
        return FrontMatter()
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), 0)
    if lines[0].rstrip() != "---" or not end:
        return FrontMatter()
    return _read(path, "\n".join(lines[1:end]), end + 1)


def _read(path: str, source: str, lines: int) -> FrontMatter:
    try:
        record = parse(source.encode(), Path(path))
    except InputError as error:
        where = "" if error.line is None else f":{error.line + 1}"
        return FrontMatter(lines=lines, problem=f"{path}{where}: front matter: {error.what}")
    if not isinstance(record, dict):
        problem = f"{path}:2: front matter is no list of keys and values" if source.strip() else ""
        return FrontMatter(lines=lines, problem=problem)
    known = {key.casefold().replace("-", "_").replace(" ", "_"): value for key, value in record.items()}
    return FrontMatter(
        lines=lines,
        title=", ".join(_strings(known, _TITLE)),
        published=next(filter(None, map(iso_date, _strings(known, _PUBLISHED))), None),
        byline=", ".join(_strings(known, _BYLINE)),
        agency=", ".join(_strings(known, _AGENCY)),
        dateline=", ".join(_strings(known, _DATELINE)),
        tags=_tags(known),
    )


def _strings(record: Record, names: Iterable[str]) -> list[str]:
    """What stands under the first of `names` that holds anything, as plain words; `[[links]]` lose their brackets."""
    for name in names:
        value = record.get(name, "")
        items: list[Value] = value if isinstance(value, list) else [value]
        words = [_plain(item) for item in items if isinstance(item, str) and _says_something(item)]
        if words:
            return words
    return []


def _says_something(value: str) -> bool:
    return bool(value.strip()) and not is_nothing(value)


def _plain(value: str) -> str:
    return one_line(value).removeprefix("[[").removesuffix("]]")


def _tags(record: Record) -> tuple[str, ...]:
    words = [part.strip().removeprefix("#") for item in _strings(record, _TAGS) for part in item.split(",")]
    return tuple(dict.fromkeys(word for word in words if word))
