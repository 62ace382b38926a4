"""A search that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable

from index.search import Facet, Hit, Results, Updated, Wanted
from reader.screens.read import ReadScreen

Answer = Callable[[str, Wanted], Results]


def article(path: str, *, places: int = 1, start: int = 0, score: float = 1.0) -> Hit:
    """An article that was found, with its hit at the beginning of the snippet."""
    return Hit(
        path=path, title=f"About {path}", result="article", id=None, kind=None, score=score, snippet="silt and more",
        marks=((0, 4),), block="body", line=1, start=start, end=start + 4, places=places, outlet="courier",
        published="2031-03-04",
    )  # fmt: skip


def claim(path: str, name: str, *, score: float = 1.0) -> Hit:
    """A claim that was found."""
    return Hit(
        path=path, title=f"About {path}", result="annotation", id=name, kind="claim", speaker="Tomas Reyl",
        status="new", author="ada", score=score, snippet="There is no silt", marks=((12, 16),),
        block="body", line=1, start=0, end=4,
    )  # fmt: skip


def found(query: str, *hits: Hit, late: bool = False, meant: str = "", facets: tuple[Facet, ...] = ()) -> Results:
    """Those hits, and no more than those."""
    articles = sum(one.result == "article" for one in hits)
    return Results(query, len(hits), late, hits, late=late, articles=articles, meant=meant, facets=facets)


class Search:
    """What a session has for a search."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[tuple[str, Wanted]] = []
        self.held: dict[str, threading.Event] = {}

    def search(self, query: str, wanted: Wanted) -> Results:
        self.asked.append((query, wanted))
        if query in self.held:
            self.held[query].wait(10)
        return self.answer(query, wanted)

    def complete(self, prefix: str, most: int) -> tuple[str, ...]:
        return tuple(one for one in ("silt", "silting", "sounding") if one.startswith(prefix))[:most]

    def rest(self) -> None:
        """It holds nothing."""

    def update(self, *_: object, **__: object) -> Updated:
        return Updated()

    def update_one(self, _: str) -> Updated:
        return Updated()

    def close(self) -> None:
        """Nothing is open."""


def search_with(screen: ReadScreen, answer: Answer) -> Search:
    """Have a screen's session search with that."""
    search = Search(answer)
    screen.find._session._search = search  # type: ignore[assignment]
    return search
