"""People's other names in a query: a phrase that is just somebody's name finds them under any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from index.nodes import And, Node, Not, Or, Text, texts
from index.words import words

if TYPE_CHECKING:
    from annotations.codebook import Person

__all__ = ["Names", "asks_for_people", "names_of", "with_aliases"]

Names: TypeAlias = dict[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""For the words of each name, those of all names of whoever bears it, in order."""


def names_of(people: Iterable[Person]) -> Names:
    """What `with_aliases` looks names up in; of people without an alias there is nothing to know."""
    names: defaultdict[tuple[str, ...], dict[tuple[str, ...], None]] = defaultdict(dict)
    for person in people:
        every = dict.fromkeys(tuple(words(name)) for name in (person.name, *person.aliases))
        for name in every if len(every) > 1 else ():
            names[name] |= every
    return {name: tuple(sorted(filter(None, every))) for name, every in names.items() if name}


def asks_for_people(node: Node) -> bool:
    """Whether it makes a difference to a query who is known by which names."""
    return any(text.field == "speaker" or _may_be_a_name(text) for text in texts(node))


def with_aliases(node: Node, names: Names) -> Node:
    """The query, with every quoted phrase that is the whole name of somebody found under their other names too."""
    match node:
        case Text() if _may_be_a_name(node) and node.words in names:
            return Or(tuple(replace(node, words=name, raw=" ".join(name)) for name in names[node.words]))
        case And(children) | Or(children):
            return replace(node, children=_each(children, names))
        case Not(child):
            return Not(with_aliases(child, names))
        case _:
            return node


def _each(children: Sequence[Node], names: Names) -> tuple[Node, ...]:
    return tuple(with_aliases(child, names) for child in children)


def _may_be_a_name(text: Text) -> bool:
    return text.quoted and not (text.field or text.prefix or text.typing)
