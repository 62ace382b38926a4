"""An index in memory that does as `SearchBackend` says, as plainly as it can be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from index.documents import Document
from index.nodes import Node
from index.search import Answer, People, Shown, Stats, Wanted
from tests.index.naive import Naive

__all__ = ["Fake"]


class Fake:
    """Documents in a list, and another list for what is not committed."""

    def __init__(self) -> None:
        self._held: list[Document] = []
        self._gone: set[str] = set()
        self._new: list[Document] = []

    def add_many(self, documents: Iterable[Document]) -> None:
        new = list(documents)
        self._gone |= {one.owner for one in new}
        self._new += new

    def update(self, owner: str, documents: Iterable[Document]) -> None:
        self.delete(owner)
        self.add_many(documents)

    def delete(self, owner: str) -> None:
        self._gone.add(owner)
        self._new = [one for one in self._new if one.owner != owner]

    def commit(self) -> None:
        self._held = [one for one in self._held if one.owner not in self._gone] + self._new
        self.cancel()

    def cancel(self) -> None:
        self._gone, self._new = set(), []

    def crowded(self) -> bool:
        return False

    def merge(self) -> None:
        """There is nothing to put in order."""

    def stamps(self, owners: Iterable[str] | None = None) -> Iterator[str]:
        wanted = None if owners is None else set(owners)
        return iter([one.stamp for one in self._held if one.stamp and (wanted is None or one.owner in wanted)])

    def search(self, node: Node, wanted: Wanted, *, people: People = (), until: float | None = None) -> Answer:
        del people, until  # it knows nobody, and is never late
        found = Naive(self._held).search(node, furniture=wanted.furniture)
        best = sorted(found, key=lambda at: (-round(found[at], 9), self._held[at].order))[: wanted.limit]
        return Answer(
            total=len(found),
            articles=sum(("result", "article") in self._held[at].values for at in found),
            late=False,
            best=tuple((found[at], Shown(self._held[at].shown)) for at in best),
            facets=(),
        )

    def complete(self, prefix: str, most: int) -> tuple[str, ...]:
        stand = [{word for word, _ in one.values()} for one in Naive(self._held).placed]
        words = {word for one in stand for word in one if word.startswith(prefix)}
        return tuple(sorted(words, key=lambda word: (-sum(word in one for one in stand), word))[:most])

    def suggest(self, node: Node) -> Mapping[str, str]:
        del node
        return {}

    def rebuild(self) -> None:
        self._held = []
        self.cancel()

    def stats(self) -> Stats:
        counts = [sum(("result", kind) in one.values for one in self._held) for kind in ("article", "annotation")]
        return Stats(counts[0], counts[1], "", 0)

    def rest(self) -> None:
        """There is no other memory."""

    def close(self) -> None:
        """There is nothing to let go of."""
