"""The record: annotations and the sidecar that holds them, as immutable values.

Names are the sidecar's key names; `record` turns these values into plain mappings and back.
Offsets are Unicode code points of the canonical text, `end` exclusive.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import field, replace
from typing import TypeAlias, Union

from annotations.frozen import frozen
from annotations.vocabulary import FORMS, KINDS, RELATION_TYPES, STANCES, STATUSES, VERDICTS

__all__ = [
    "CONFIG_NAME",
    "FORMS",
    "KINDS",
    "RELATION_TYPES",
    "SIDECAR_SUFFIX",
    "STANCES",
    "STATUSES",
    "VERDICTS",
    "Annotation",
    "Claim",
    "Damaged",
    "Occurrence",
    "Plain",
    "Position",
    "Quote",
    "Record",
    "Relation",
    "Reply",
    "Review",
    "Sidecar",
    "Stance",
    "Value",
    "in_text_order",
    "new_id",
]

SIDECAR_SUFFIX = ".postil.yaml"
CONFIG_NAME = "postil.yaml"
"""The file at a library's root: who its people are, and its codebook."""

Value: TypeAlias = Union[str, list["Value"], dict[str, "Value"]]  # noqa: UP007 - "|" takes no forward reference
Record: TypeAlias = dict[str, Value]


class Plain(str):
    """A scalar written unquoted though a stock YAML loader reads no string there: `12`, `true`, or nothing at all."""

    __slots__ = ()


@frozen(kw_only=True)
class _Node:
    """What every part of the record carries besides its own fields: the keys that postil does not know.

    Attributes:
        extra: unknown keys and their values, kept as they were found.
        keys: all keys in the order they were found, so that unknown ones go back to their place.
    """

    extra: Record = field(default_factory=dict)
    keys: tuple[str, ...] = field(default=(), compare=False, repr=False)


@frozen(kw_only=True)
class Occurrence(_Node):
    """Which of several equal copies is meant: copy `index` (from 0) of `count`, both matched folded."""

    index: int = 0
    count: int = 1


@frozen(kw_only=True)
class Quote(_Node):
    """The passage in the text's own words, with up to 64 code points of context on either side.

    `was` holds the words that were quoted before the text was reworded, oldest first.
    """

    exact: str
    was: tuple[str, ...] = ()
    prefix: str = ""
    suffix: str = ""
    occurrence: Occurrence = field(default_factory=Occurrence)


@frozen(kw_only=True)
class Position(_Node):
    """Where the passage stood, in code points, in the text whose fingerprint is `text`."""

    start: int
    end: int
    text: str


@frozen(kw_only=True)
class Stance(_Node):
    """What the speaker takes a side on (`toward`, free words or a code) and which one (`value`, of `STANCES`)."""

    toward: str = ""
    value: str = ""


@frozen(kw_only=True)
class Claim(_Node):
    """What makes an annotation a claim: who said it, how, and where the work on it stands."""

    text: str = ""
    speaker: str = ""
    affiliation: str = ""
    form: str = ""
    stance: tuple[Stance, ...] = ()
    status: str = ""


@frozen(kw_only=True)
class Relation(_Node):
    """A typed link to another annotation, kept on one end and shown on both."""

    type: str
    to: str
    note: str = ""


@frozen(kw_only=True)
class Reply(_Node):
    """An answer under an annotation, or to another answer there, whose id is `to`."""

    id: str
    author: str
    created: str
    to: str = ""
    note: str


@frozen(kw_only=True)
class Review(_Node):
    """A verdict on the annotation itself; `of` is the digest of what was judged."""

    id: str
    author: str
    verdict: str
    of: str
    created: str
    note: str = ""


@frozen(kw_only=True)
class Annotation(_Node):
    """A passage and what somebody says of it.

    Attributes:
        author: whose section of the sidecar it stands in (not the speaker).
        created: when, RFC 3339 in UTC, to the second.
        conflicts: what a merge could not decide, by field; empty when there is nothing to resolve.
        retired: since when it is kept without a passage, because somebody said that this is gone; else empty.
    """

    id: str
    author: str
    kind: str
    created: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    claim: Claim | None = None
    relations: tuple[Relation, ...] = ()
    replies: tuple[Reply, ...] = ()
    reviews: tuple[Review, ...] = ()
    conflicts: Record = field(default_factory=dict)
    retired: str = ""
    quote: Quote
    position: Position


@frozen(kw_only=True)
class Damaged:
    """An entry that is no annotation: kept byte for byte, reported, never hiding the others.

    Attributes:
        author: the section it stands in.
        line: its first line in the file, from 1.
        reason: what is wrong with it, a clause.
        record: what was read of it.
    """

    author: str
    line: int
    reason: str
    record: Value


@frozen(kw_only=True)
class Sidecar(_Node):
    """All annotations on one article, and what people corrected about it.

    Attributes:
        article: corrections (`title`, `published`, …, `lines`), as a plain record.
        sections: the authors' sections in file order; annotations of each sorted by position.
        damaged: entries that could not be understood.
    """

    article: Record = field(default_factory=dict)
    sections: dict[str, tuple[Annotation, ...]] = field(default_factory=dict)
    damaged: tuple[Damaged, ...] = ()

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """All annotations, in the order of the text."""
        return in_text_order(one for section in self.sections.values() for one in section)

    def get(self, annotation_id: str) -> Annotation | None:
        """The annotation of that id, or nothing."""
        return _by_id(self.sections).get(annotation_id)

    def put(self, annotation: Annotation) -> Sidecar:
        """This sidecar with the annotation added, or replaced where its id stood; sections stay in position order."""
        rest = self.drop(annotation.id)
        section = in_text_order((*rest.sections.get(annotation.author, ()), annotation))
        return replace(rest, sections={**rest.sections, annotation.author: section})

    def drop(self, annotation_id: str) -> Sidecar:
        """This sidecar without that annotation; its author's section stays, empty if need be."""
        sections = {
            author: tuple(one for one in section if one.id != annotation_id)
            for author, section in self.sections.items()
        }
        return replace(self, sections=sections)


_asked: tuple[object, dict[str, Annotation]] = (None, {})
"""The sections that were asked last, and what is in them by id: every key asks those of the open article."""


def _by_id(sections: dict[str, tuple[Annotation, ...]]) -> dict[str, Annotation]:
    global _asked  # noqa: PLW0603 - sections hold ten thousand annotations, and say nothing that could be hashed
    last, known = _asked
    if last is not sections:
        known = {}
        for one in (one for section in sections.values() for one in section):
            known.setdefault(one.id, one)
        _asked = (sections, known)
    return known


def in_text_order(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """The annotations by where they begin; of two that begin together the shorter is first."""
    return tuple(sorted(annotations, key=lambda one: (one.position.start, one.position.end, one.id)))


def new_id() -> str:
    """A fresh id: a letter and 16 base32 characters, random, with no time in it."""
    import secrets

    letter = chr(ord("a") + secrets.randbelow(26))
    return letter + base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()
