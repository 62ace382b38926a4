"""What the catalog knows of one file, and how that is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, field
from typing import TYPE_CHECKING, Any, get_args

from annotations.frozen import frozen
from annotations.model import SIDECAR_SUFFIX
from index.article import TitleFrom
from index.inside import INDEX_LIMIT, LIST_LIMIT

if TYPE_CHECKING:
    from index.inside import Stamp

__all__ = ["VERSION", "Entry", "Use", "entry_from", "entry_record"]

VERSION = 4
"""Of what an entry says, and of how formats label and name an article; raise it with either, and all is read anew."""


@frozen
class Use:
    """How often a name is used in one sidecar, and what it was used with last.

    Attributes:
        count: in how many annotations.
        affiliation: of a speaker, the one written last; empty for a tag.
        created: when that was.
    """

    count: int
    affiliation: str = ""
    created: str = ""


@frozen(kw_only=True)
class Entry:
    """A file of the library as it was last read, corrections applied.

    Attributes:
        path: from the library's root.
        size: in bytes.
        mtime_ns: when its bytes last changed.
        ctime_ns: when its state last changed.
        sidecar: the stamp of its sidecar; None when it has none.
        read_ns: when both were last read; 0 when they are to be read again.
        skipped: why it is no article after all (no text, unreadable); empty when it is.
        problem: why its sidecar, or its front matter, was refused; empty when there is none.
        fingerprint: of its text; empty when it is too large to be read for this.
        digest: of its sidecar's bytes; empty when it has none.
        title: as `Article.title`; so are the next six.
        annotations: how many there are.
        kinds: how many of each kind.
        repairs: how many want repair: other words stand in their place, or several places fit, or none.
        speakers: who is quoted in them.
        used_tags: which tags they have.
        names: a line for each of them: its id, a blank, what to call it, a tab, and the words it is about.
        relations: from which of them, of what type, and to which annotation of the library, by id.
    """

    path: str
    size: int = 0
    mtime_ns: int = 0
    ctime_ns: int = 0
    sidecar: Stamp | None = None
    read_ns: int = 0
    skipped: str = ""
    problem: str = ""
    fingerprint: str = ""
    digest: str = ""
    title: str = ""
    title_from: TitleFrom = "file-name"
    published: str | None = None
    agency: str = ""
    byline: str = ""
    dateline: str = ""
    tags: tuple[str, ...] = ()
    annotations: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    repairs: int = 0
    speakers: Mapping[str, Use] = field(default_factory=dict)
    used_tags: Mapping[str, Use] = field(default_factory=dict)
    names: str = ""
    relations: tuple[tuple[str, str, str], ...] = ()

    @property
    def refused(self) -> bool:
        """Whether its sidecar, or something in it, cannot be read: `problem` is of the sidecar, not of the article."""
        return self.problem.startswith(f"{self.path}{SIDECAR_SUFFIX}:")

    @property
    def stamp(self) -> str:
        """What the search index is to hold of it: changes when the article's text or the sidecar does.

        Empty for what is not searched.
        """
        if not self.fingerprint and not LIST_LIMIT < self.size <= INDEX_LIMIT:
            return ""
        return f"{VERSION}-{self.fingerprint or f'{self.size}.{self.mtime_ns}'}-{self.digest}"


def entry_record(entry: Entry) -> dict[str, Any]:
    """The entry as JSON has it; what is empty is left out."""
    record = {name: value for name in _READERS if (value := getattr(entry, name))}
    for name in ("speakers", "used_tags"):
        if uses := record.get(name):
            record[name] = {key: asdict(use) for key, use in uses.items()}
    return record


def entry_from(record: Any) -> Entry:
    """The entry in a record that JSON gave.

    Raises:
        ValueError: the record is none of ours.
    """
    if not isinstance(record, dict) or "path" not in record or record.keys() - _READERS.keys():
        raise ValueError("not an entry of the catalog")
    return Entry(**{key: _READERS[key](value) for key, value in record.items()})


_TITLES_FROM = get_args(TitleFrom)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not text")  # noqa: TRY004 - all damage is one error here
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValueError("not a number")
    return value


def _title_from(value: Any) -> Any:
    if value not in _TITLES_FROM:
        raise ValueError("not where a title comes from")
    return value


def _items(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("not a list")  # noqa: TRY004 - as above
    return tuple(map(_text, value))


def _relations(value: Any) -> tuple[tuple[str, str, str], ...]:
    if not isinstance(value, list) or not all(isinstance(one, list) and len(one) == 3 for one in value):
        raise ValueError("not relations")
    return tuple((_text(one[0]), _text(one[1]), _text(one[2])) for one in value)


def _stamp(value: Any) -> Stamp:
    if not isinstance(value, list) or len(value) != 3:
        raise ValueError("not a stamp")
    return _number(value[0]), _number(value[1]), _number(value[2])


def _mapping(read: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    def mapping(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValueError("not a mapping")  # noqa: TRY004 - as above
        return {key: read(item) for key, item in value.items()}

    return mapping


def _use(value: Any) -> Use:
    if not isinstance(value, dict) or value.keys() != {"count", "affiliation", "created"}:
        raise ValueError("not a use")
    return Use(_number(value["count"]), _text(value["affiliation"]), _text(value["created"]))


_READERS: Mapping[str, Callable[[Any], Any]] = dict.fromkeys(Entry.__annotations__, _text) | {
    "size": _number,
    "mtime_ns": _number,
    "ctime_ns": _number,
    "read_ns": _number,
    "annotations": _number,
    "repairs": _number,
    "sidecar": _stamp,
    "title_from": _title_from,
    "tags": _items,
    "kinds": _mapping(_number),
    "speakers": _mapping(_use),
    "used_tags": _mapping(_use),
    "relations": _relations,
}
