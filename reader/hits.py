"""All places in an article that a search means, for the pane to show; the index only names the best one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.aliases import names_of, with_aliases
from index.article import FURNITURE
from index.nodes import leaves
from index.query import parse
from index.snippet import everywhere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.codebook import Person
    from index.article import Article

__all__ = ["hits_in"]


def hits_in(
    article: Article, query: str, people: Sequence[Person] = (), *, furniture: bool = True
) -> tuple[tuple[int, int], ...]:
    """The spans of the text (code points) that the query's words and phrases stand at, in order.

    Args:
        article: to look in.
        query: as typed.
        people: who is known by which names.
        furniture: whether words in page furniture count.

    Raises:
        QueryError: the query does not parse.
    """
    regions = [(block.start, block.end, str(block.label)) for block in article.blocks]
    wanted = leaves(with_aliases(parse(query, typing=True), names_of(people)))
    return everywhere(article.text, regions, wanted, without=frozenset() if furniture else FURNITURE)
