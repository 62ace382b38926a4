"""What changed about the claims of a library between two states, and how that is told: as text, Markdown, or JSON."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotations.diff import Change, FieldChange, diff
from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.load import load_sidecar
from annotations.model import SIDECAR_SUFFIX, Annotation, Sidecar, Value
from annotations.plainly import short, value_text
from annotations.pruned import pruned
from annotations.revisions import pairs
from index.scan import scan

if TYPE_CHECKING:
    from annotations.git import Git
    from annotations.revisions import Pair, Range

__all__ = [
    "ArticleChanges",
    "as_json",
    "as_markdown",
    "as_text",
    "change_lines",
    "change_shape",
    "changed_sidecars",
    "changes",
]

_LONG = 240
"""Code points of a passage from which on its middle is left out where people read it."""


@frozen(kw_only=True)
class ArticleChanges:
    """What changed about one article's annotations.

    Attributes:
        path: the article's, from the library's root.
        former: its path before, where it was renamed; else empty.
        article: what was corrected about the article itself.
        changes: the annotations, in the order of the text.
        problem: why a side cannot be read; then nothing is known of the changes.
    """

    path: str
    former: str = ""
    article: tuple[FieldChange, ...] = ()
    changes: tuple[Change, ...] = ()
    problem: str = ""


def changes(git: Git, root: Path, span: Range) -> list[ArticleChanges]:
    """What changed in the library at `root`, an article at a time, in the order of their paths."""
    folder = _folder(git, root)
    found = [_of(pair, f"{folder}/" if folder else "") for pair in _pairs(git, root, span)]
    return sorted((one for one in found if one.article or one.changes or one.problem), key=lambda one: one.path)


def changed_sidecars(git: Git, root: Path, span: Range, sidecars: Iterable[str]) -> list[str]:
    """Which sidecars differ between two states, by their paths from the library's root; `sidecars` are there now."""
    folder = _folder(git, root)
    found = (one.path for one in _pairs(git, root, span, sidecars))
    return [path.removeprefix(f"{folder}/") if folder else path for path in found]


def _folder(git: Git, root: Path) -> str:
    inside = Path(os.path.realpath(root)).relative_to(git.top).as_posix()
    return "" if inside == "." else inside


def _pairs(git: Git, root: Path, span: Range, sidecars: Iterable[str] | None = None) -> list[Pair]:
    folder = _folder(git, root)
    found = () if span.after else scan(root).sidecars if sidecars is None else sidecars
    return pairs(git, span, [f"{folder}/{path}" if folder else path for path in found], folder)


def _of(pair: Pair, prefix: str) -> ArticleChanges:
    path, former = (one.removeprefix(prefix).removesuffix(SIDECAR_SUFFIX) for one in (pair.path, pair.before_path))
    former = "" if former == path else former
    if pair.odd:
        return ArticleChanges(path=path, former=former, problem=pair.odd)
    try:
        before, after = _both(pair)
    except InputError as error:
        return ArticleChanges(path=path, former=former, problem=str(error))
    article, found = diff(before, after)
    return ArticleChanges(path=path, former=former, article=article, changes=found, problem=_damage(before, after))


def _damage(before: Sidecar, after: Sidecar) -> str:
    """What is no annotation, and was not there before, in a few words."""
    known = [one.record for one in before.damaged]
    reasons = [one.reason for one in after.damaged if one.record not in known]
    return f"an entry is no annotation: {'; '.join(reasons)}" if reasons else ""


def _both(pair: Pair) -> tuple[Sidecar, Sidecar]:
    """What stood there and what stands there now, without the annotations that are the same, byte for byte.

    Raises:
        InputError: one of them cannot be read; says where, which only the whole file can tell.
    """
    if pair.before is not None and pair.after is not None:
        with suppress(InputError):
            one, other = pruned(pair.before, pair.after)
            return _read(one, "before", pair.path), _read(other, "now", pair.path)
    return _read(pair.before, "before", pair.path), _read(pair.after, "now", pair.path)


def _read(data: bytes | None, side: str, path: str) -> Sidecar:
    if data is None:
        return Sidecar()
    try:
        return load_sidecar(data, Path(path))
    except InputError as error:
        raise InputError(f"as it {'was before' if side == 'before' else 'is now'}: {error.what}",
                         path=path, line=error.line) from None  # fmt: skip


# As text


def as_text(found: Iterable[ArticleChanges]) -> Iterator[str]:
    """Lines for people: an article, under it each annotation with its passage, under that each field."""
    for one in found:
        yield one.path + (f"  (was {one.former})" if one.former else "")
        if one.problem:
            yield f"  cannot be read: {one.problem}"
        for field in one.article:
            yield f"  article   {_told(field)}"
        for change in one.changes:
            yield from (f"  {line}" for line in change_lines(change))
        yield ""


def change_lines(change: Change) -> Iterator[str]:
    """Lines about one annotation: what was done, to which, its passage, and each field."""
    yield f"{', '.join(change.acts):<9} {_headline(change.annotation)}"
    yield f"          {_passage(change.annotation, '‹', '›')}"
    yield from (f"          {line}" for line in _lines(change))


def _headline(one: Annotation) -> str:
    speaker = f" · {one.claim.speaker}" if one.claim and one.claim.speaker else ""
    return f"{one.kind}{speaker} · by {one.author} · {one.id}"


def _passage(one: Annotation, left: str, right: str) -> str:
    prefix, exact, suffix = (
        " ".join(f"_{part}_".split())[1:-1] for part in (one.quote.prefix, one.quote.exact, one.quote.suffix)
    )
    before = f"…{prefix[-40:]}" if prefix else ""
    after = f"{suffix[:40]}…" if suffix else ""
    return f"{before}{left}{_both_ends(exact)}{right}{after}"


def _both_ends(passage: str) -> str:
    """The passage, without its middle if it is long: its beginning and its end say which one it is."""
    if len(passage) <= _LONG:
        return passage
    begin, end = passage[: _LONG * 2 // 3].rpartition(" ")[0], passage[-_LONG // 3 :].partition(" ")[2]
    return f"{begin} […] {end}" if begin and end else passage


def _lines(change: Change) -> Iterator[str]:
    """What is said of an annotation that is new, or was changed."""
    if change.before and change.after:
        if change.anchor:
            yield _anchored(change)
        yield from map(_told, change.fields)
    elif change.after:
        yield from _said(change.after)


def _anchored(change: Change) -> str:
    assert change.before  # noqa: S101 - only what was there can be placed anew
    assert change.after  # noqa: S101
    was, now = change.before, change.after
    if was.quote.exact != now.quote.exact:
        return f"passage: “{short(was.quote.exact)}” → “{short(now.quote.exact)}”"
    if change.anchor == "re-anchored":
        return "passage: the same words, placed on the article as it is now"
    return f"passage: the same words, from offset {was.position.start} to {now.position.start}"


def _said(one: Annotation) -> Iterator[str]:
    if one.claim:
        for key in ("affiliation", "form", "text", "status"):
            if value := getattr(one.claim, key):
                yield f"{key}: {short(value)}"
        for stance in one.claim.stance:
            yield f"stance: {stance.value} {stance.toward}"
    if one.tags:
        yield f"tags: {', '.join(one.tags)}"
    if one.note:
        yield f"note: {short(one.note)}"


def _told(field: FieldChange) -> str:
    head, _, rest = field.field.partition(".")
    if head == "tags" and rest:
        return f"tag {'+' if field.before is None else '−'} {rest}"
    if head in ("replies", "reviews", "relations") and "." not in rest:
        value = field.after if field.before is None else field.before
        sign = "+" if field.before is None else "−"
        return f"{ {'replies': 'reply', 'reviews': 'review', 'relations': 'relation'}[head] } {sign} {_entry(value)}"
    before, after = (value_text(one) if one is not None else "nothing" for one in (field.before, field.after))
    return f"{field.field.removeprefix('claim.')}: {before} → {after}"


def _entry(value: Value | None) -> str:
    """An entry of a list in a few words: what it says, and who."""
    if not isinstance(value, dict):
        return value_text(value or "")
    words = [value_text(value[key]) for key in ("author", "verdict", "type", "to", "note") if value.get(key)]
    return " · ".join(words)


# As Markdown and JSON

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:@])")


def as_markdown(found: Iterable[ArticleChanges]) -> Iterator[str]:
    """Lines to paste into a pull request; nothing foreign in them acts as Markdown."""
    for one in found:
        yield f"### {_escaped(one.path)}" + (f" (was {_escaped(one.former)})" if one.former else "")
        yield ""
        if one.problem:
            yield f"- cannot be read: {_escaped(one.problem)}"
        yield from (f"- **article** {_escaped(_told(field))}" for field in one.article)
        for change in one.changes:
            yield f"- **{', '.join(change.acts)}** {_escaped(_headline(change.annotation))}"
            yield f"  > {_escaped(_passage(change.annotation, '‹', '›'))}"
            yield ""
            yield from (f"  - {_escaped(line)}" for line in _lines(change))
        yield ""


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def as_json(span: Range, found: Iterable[ArticleChanges]) -> dict[str, Any]:
    """The same as plain values."""
    articles = [
        {
            "path": one.path,
            "former_path": one.former or None,
            "problem": one.problem or None,
            "article": [_field(each) for each in one.article],
            "changes": [change_shape(each) for each in one.changes],
        }
        for one in found
    ]
    return {"from": span.before, "to": span.after, "articles": articles}


def change_shape(one: Change) -> dict[str, Any]:
    """One annotation's change as plain values."""
    annotation = one.annotation
    quote = annotation.quote
    return {
        "id": annotation.id,
        "kind": annotation.kind,
        "author": annotation.author,
        "speaker": annotation.claim.speaker if annotation.claim else None,
        "acts": list(one.acts),
        "passage": {"prefix": quote.prefix, "exact": quote.exact, "suffix": quote.suffix},
        "former_passage": one.before.quote.exact if one.before and one.anchor else None,
        "fields": [_field(each) for each in one.fields],
    }


def _field(one: FieldChange) -> dict[str, Any]:
    from reader.cli.shapes import plain

    before, after = (None if value is None else plain(value) for value in (one.before, one.after))
    return {"field": one.field, "before": before, "after": after}
