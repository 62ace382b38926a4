"""All places in an article that a search means, for the pane to show; the index only names the best one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.nodes import leaves
from index.query import parse
from index.snippet import everywhere

if TYPE_CHECKING:
    from index.article import Article

__all__ = ["hits_in"]


def hits_in(article: Article, query: str) -> tuple[tuple[int, int], ...]:
    """The spans of the text (code points) that the query's words and phrases stand at, in order.

    Raises:
        QueryError: the query does not parse.
    """
    regions = [(block.start, block.end, str(block.label)) for block in article.blocks]
    return everywhere(article.text, regions, leaves(parse(query, typing=True)))
