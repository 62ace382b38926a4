"""A query as a tree.  `query.parse` makes it from what a person types, a search engine finds what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, Union

from annotations.frozen import frozen

if TYPE_CHECKING:
    from index.article import Label

__all__ = ["And", "Dates", "In", "Leaf", "Near", "Node", "Not", "Or", "Text", "leaves", "texts"]


@frozen
class Text:
    """Words that must stand together.

    Attributes:
        words: folded; a single one that is not quoted matches by its stem, anything else as printed.  Empty, with a
            field and `prefix`: any value of that field.
        raw: as typed, for fields whose values are more than words.
        field: what it must stand in, or empty for anywhere.
        quoted: it stood in quotation marks.
        prefix: its last word may go on.
        typing: its last word is still being typed: it may go on, and its stem matches too.
        labels: blocks it must stand in; None is all of them, and notes, titles and tags as well.
        fuzzy: how many letters its only word may be away from the printed one, which begins with the same: left out,
            added, changed, or two neighbours swapped.
    """

    words: tuple[str, ...]
    raw: str
    field: str = ""
    quoted: bool = False
    prefix: bool = False
    typing: bool = False
    labels: frozenset[Label] | None = None
    fuzzy: int = 0


@frozen
class Near:
    """Texts that stand near each other, in any order.

    Attributes:
        texts: at least two, of one field, or of none and the same labels.
        within: how many words at most stand from the end of the one that ends first to the beginning of the one that
            begins last: two words side by side have none.
    """

    texts: tuple[Text, ...]
    within: int


@frozen
class Dates:
    """Whatever was published from `first` to `last`, both included, each written yyyymmdd.

    A date that is known to the month or year alone matches when some day of it does.  From 0 to 0: at no known date.
    """

    first: int
    last: int


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


Leaf: TypeAlias = Union[Text, Near]  # noqa: UP007 - as below
Node: TypeAlias = Union[Text, Near, Dates, In, And, Or, Not]  # noqa: UP007 - "|" takes no forward reference


def leaves(node: Node) -> list[Leaf]:
    """What a match may show, in order: all texts but those that must not be there."""
    match node:
        case Text() | Near():
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
        case Near(near):
            return list(near)
        case Text():
            return [node]
        case _:
            return []
