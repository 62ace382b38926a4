"""A query as a tree.  `query.parse` makes it from what a person types, `compile` makes a search of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, Union

from annotations.frozen import frozen

if TYPE_CHECKING:
    from index.article import Label

__all__ = ["And", "In", "Node", "Not", "Or", "Text", "leaves", "texts"]


@frozen
class Text:
    """Words that must stand together.

    Attributes:
        words: folded; a single one that is not quoted matches by its stem, anything else as printed.
        raw: as typed, for fields whose values are more than words.
        field: what it must stand in, or empty for anywhere.
        quoted: it stood in quotation marks.
        prefix: its last word may go on.
        typing: its last word is still being typed: it may go on, and its stem matches too.
        labels: blocks it must stand in; None is all of them, and notes, titles and tags as well.
    """

    words: tuple[str, ...]
    raw: str
    field: str = ""
    quoted: bool = False
    prefix: bool = False
    typing: bool = False
    labels: frozenset[Label] | None = None


@frozen
class In:
    """Whatever has, or stands in, a block with one of these labels."""

    labels: frozenset[Label]


@frozen
class And:
    """All of them (at least one)."""

    children: tuple[Node, ...]


@frozen
class Or:
    """Any of them; of none, nothing."""

    children: tuple[Node, ...] = ()


@frozen
class Not:
    """Whatever does not match it."""

    child: Node


Node: TypeAlias = Union[Text, In, And, Or, Not]  # noqa: UP007 - "|" takes no forward reference


def leaves(node: Node) -> list[Text]:
    """The texts that a match may show, in order: all but those that must not be there."""
    match node:
        case Text():
            return [node]
        case And() | Or():
            return [leaf for child in node.children for leaf in leaves(child)]
        case _:
            return []


def texts(node: Node) -> list[Text]:
    """All texts of a tree, in order."""
    match node:
        case Not(child):
            return texts(child)
        case And(children) | Or(children):
            return [text for child in children for text in texts(child)]
        case Text():
            return [node]
        case _:
            return []
