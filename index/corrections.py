"""What a person corrected about an article: kept in the sidecar's `article:` part, laid over what its format says.

A record of the keys in `CORRECTABLE` and `lines`, a list of `{line: <hash of the line>, label: …}`.  What is not
usable in a record written by hand is left alone here; `check` is what reports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from annotations.errors import NotFoundError, UsageError
from annotations.text import fingerprint
from index.article import Article, Block, Label
from index.formats.dates import is_iso_date
from index.formats.lines import Line, lines_of
from index.formats.naming import title_of

if TYPE_CHECKING:
    from annotations.model import Record, Value

__all__ = ["CORRECTABLE", "correct", "line_hash", "said_of", "set_line", "set_value"]

CORRECTABLE = ("title", "published", "agency", "byline", "dateline", "tags")
"""What `postil set` and the reader's form may set, besides a line's label."""


def correct(article: Article, corrections: Record) -> Article:
    """The article as its readers corrected it.  An empty value means what the format found."""
    corrected = _relabelled(article, _labels(corrections))
    words = {key: value for key in CORRECTABLE if isinstance(value := corrections.get(key), str) and value.strip()}
    tags = words.pop("tags", "")
    if title := words.pop("title", ""):
        corrected = replace(corrected, title=title, title_from="manual")
    if published := words.pop("published", ""):
        corrected = replace(corrected, published=published if is_iso_date(published) else article.published)
    return replace(
        corrected,
        agency=words.get("agency", article.agency),
        byline=words.get("byline", article.byline),
        dateline=words.get("dateline", article.dateline),
        tags=_items(corrections.get("tags", tags)) or article.tags,
    )


def set_value(corrections: Record, key: str, value: str) -> Record:
    """The corrections with one key set; an empty value takes it out, back to what the format finds.

    Args:
        corrections: the sidecar's `article:` part; it is not changed.
        key: one of `CORRECTABLE`.
        value: as typed; tags are separated by commas.

    Raises:
        UsageError: there is no such key, or `published` is no ISO 8601 date.
    """
    if key not in CORRECTABLE:
        raise UsageError(f"nothing called {key!r} can be set", hint=f"it is one of {', '.join(CORRECTABLE)}")
    value = " ".join(value.split("\n")).strip()
    if not value:
        return {name: old for name, old in corrections.items() if name != key}
    if key == "published" and not is_iso_date(value):
        raise UsageError(f"{value!r} is no date", hint="write 2018-04-30, or 2018-04 or 2018 when no more is known")
    new: Value = list(_items(value)) if key == "tags" else value
    return {**corrections, key: new}


def line_hash(line: str) -> str:
    """The name of a line in a record: a fingerprint of its words, without the blanks around them."""
    return fingerprint(line.strip())


def set_line(corrections: Record, article: Article, offset: int, label: Label | None) -> Record:
    """The corrections with a label for the line that `offset` stands in; None goes back to the format's own.

    Lines of the same words have the same label.

    Raises:
        NotFoundError: the line at `offset` is blank.
    """
    start = article.text.rfind("\n", 0, offset) + 1
    line = article.text[start:].split("\n", 1)[0]
    if not line.strip():
        raise NotFoundError("a blank line has no label")
    name = line_hash(line)
    kept = [one for one in _entries(corrections) if not (isinstance(one, dict) and one.get("line") == name)]
    lines: list[Value] = kept if label is None else [*kept, {"line": name, "label": str(label)}]
    rest = {key: value for key, value in corrections.items() if key != "lines"}
    return {**corrections, "lines": lines} if lines else rest


def said_of(line: str, corrections: Record) -> Label | None:
    """What a person said that line is; None when it is left to the format."""
    return _labels(corrections).get(line_hash(line))


def _entries(corrections: Record) -> list[Value]:
    lines = corrections.get("lines")
    return list(lines) if isinstance(lines, list) else []


def _labels(corrections: Record) -> dict[str, Label]:
    """The corrected labels by the hash of their line."""
    known = {str(label): label for label in Label}
    labels = {}
    for entry in _entries(corrections):
        if isinstance(entry, dict) and isinstance(name := entry.get("line"), str):
            label = known.get(str(entry.get("label")))
            if label is not None:
                labels[name] = label
    return labels


def _items(value: Value) -> tuple[str, ...]:
    """A list of tags, however it was written down."""
    items = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else []
    return tuple(dict.fromkeys(item.strip() for item in items if isinstance(item, str) and item.strip()))


def _relabelled(article: Article, labels: dict[str, Label]) -> Article:
    """The article with corrected lines as blocks of their own, and named anew when its title is one of them."""
    if not labels:
        return article
    blocks = tuple(block for old in article.blocks for block in _split(article.text, old, labels))
    if blocks == article.blocks:
        return article
    if article.title_from == "metadata":
        return replace(article, blocks=blocks)
    title, title_from = title_of(article.text, blocks, article.path)
    return replace(article, blocks=blocks, title=title, title_from=title_from)


def _split(text: str, block: Block, labels: dict[str, Label]) -> Iterator[Block]:
    def label_of(line: Line) -> Label:
        return labels.get(line_hash(line.text), block.label)

    for label, group in groupby(lines_of(text[block.start : block.end]), label_of):
        lines = list(group)
        yield Block(block.start + lines[0].start, block.start + lines[-1].end, label)
