"""What the find pane asks of the search, and how a query is narrowed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from annotations.frozen import frozen
from index.search import Results, Sort, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.session import Session

__all__ = ["ORDERS", "RESULTS", "Asked", "Only", "answer", "narrowed", "quoted"]

Only: TypeAlias = Literal["", "article", "annotation"]
"""What is asked for: all, or one of the two alone."""

RESULTS: tuple[Only, ...] = get_args(Only)
ORDERS: tuple[Sort, ...] = get_args(Sort)


@frozen(kw_only=True)
class Asked:
    """A query, and how it is to be answered.

    Attributes:
        query: as it stands in the box.
        only: what is asked for.
        sort: in which order.
        furniture: whether words in page furniture count.
        typing: whether it is still being typed.
        most: how many hits at most.
        seconds: how long it may take; None for as long as it takes.
    """

    query: str
    only: Only = ""
    sort: Sort = "relevance"
    furniture: bool = True
    typing: bool = True
    most: int = 20
    seconds: float | None = None

    @property
    def text(self) -> str:
        """The query that is searched for; while it is typed, what goes on at its end must stay there."""
        return f"{self._before}{self.query}{')' if self._before and not self.typing else ''}"

    @property
    def _before(self) -> str:
        return f"result:{self.only} (" if self.only else ""

    def said(self, results: Results) -> Results:
        """The results, as an answer to what stands in the box."""
        meant = results.meant.removeprefix(self._before)
        meant = meant.removesuffix(")") if self._before and not self.typing else meant
        return replace(results, query=self.query, meant=meant)


def answer(session: Session, asked: Asked, still: Callable[[], bool]) -> Results:
    """Search, as long as it is `still` asked; in a thread.

    Raises:
        PostilError: the query makes no sense, or there can be no index.
    """
    wanted = Wanted(
        limit=asked.most,
        sort=asked.sort,
        typing=asked.typing,
        seconds=asked.seconds,
        furniture=asked.furniture,
        still=still,
    )
    return asked.said(session.look_up(asked.text, wanted))


def narrowed(query: str, field: str, value: str) -> str:
    """The query for what also has that value; the one that is there already stays as it is."""
    from annotations.errors import UsageError
    from index.nodes import Or
    from index.query import parse

    term = f"{field}:{quoted(value)}"
    query = query.strip()
    if f" {term} " in f" {query} ":
        return query
    try:
        several = isinstance(parse(query, typing=True), Or)
    except UsageError:
        several = False
    return " ".join(filter(None, (f"({query})" if several and query else query, term)))


def quoted(value: str) -> str:
    """A value as the query language has it."""
    plain = value and all(one.isalnum() or one in "-_" for one in value) and value[0] != "-"
    return value if plain else '"' + " ".join(value.replace('"', " ").split()) + '"'
