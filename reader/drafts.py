"""What a form is open for, and what a person filled in: a draft is kept by the one, and is the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.frozen import frozen

if TYPE_CHECKING:
    from annotations.model import Claim, Position, Quote

__all__ = ["RUN", "Draft", "Subject", "Values", "Work", "split_tags"]


RUN = "run"
"""The kind of a form for the tags that every mark gets."""


@frozen
class Work:
    """Something to be said of a passage.

    Attributes:
        path: the article, from the library's root.
        start: offset in code points.
        end: offset in code points, exclusive.
        kind: of annotation, or `reply`.
        annotation: the id of the one being edited or replied to, empty for a new one.
        reply: the id of the reply being edited.
        to: the id of the reply being replied to.
    """

    path: str
    start: int
    end: int
    kind: str
    annotation: str = ""
    reply: str = ""
    to: str = ""


@frozen
class Subject:
    """What a form is about.

    Attributes:
        kind: of the annotation, or `reply`.
        quote: the passage's words.
        drafted: whether its values are a draft that was left before.
    """

    kind: str
    quote: str
    drafted: bool = False


@frozen
class Values:
    """What a person filled in."""

    note: str = ""
    tags: tuple[str, ...] = ()
    claim: Claim | None = None


@frozen
class Draft:
    """What was filled in and not saved, with what finds its passage again.

    Attributes:
        values: as they were typed.
        quote: the passage's words; None where there was no passage.
        position: where they stood.
        field: which field one was in, counted from 0.
    """

    values: Values
    quote: Quote | None = None
    position: Position | None = None
    field: int = 0


def split_tags(text: str) -> tuple[str, ...]:
    """The tags of a list with commas, each once, in the order given; a `#` before one does not count."""
    tags = (" ".join(part.split()).lstrip("#").lstrip() for part in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))
