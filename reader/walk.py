"""From hit to hit through the articles of a search, in the order of its list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.found import Group

__all__ = ["Walk", "stops"]


class Walk:
    """The articles that a query found, and at how many places there is something to go to in each.

    What the search told of that is corrected as one comes by.
    """

    def __init__(self, query: str, groups: Sequence[Group], *, whole: bool) -> None:
        """Walk through those articles; `whole` says that no more were found."""
        self.query = query
        self._counts: dict[str, int] = {}
        self.take(groups, whole=whole)

    def take(self, groups: Sequence[Group], *, whole: bool) -> None:
        """Go on through those articles; what was counted stays so."""
        self._whole = whole
        self._groups = {group.path: group for group in groups}
        self._counts = {path: group.places for path, group in self._groups.items()} | self._counts
        self._paths = [*self._groups]

    def group(self, path: str) -> Group | None:
        """What was found in an article."""
        return self._groups.get(path)

    def counted(self, path: str, count: int) -> None:
        """In that article there are so many."""
        self._counts[path] = count

    def beside(self, path: str, way: int) -> str | None:
        """The article after that one, or before it; None at the ends, and for one that was not found."""
        at = self._paths.index(path) + way if path in self._groups else -1
        return self._paths[at] if 0 <= at < len(self._paths) else None

    def leads_on(self, path: str) -> bool:
        """Whether there may be another article to go to from that one."""
        return path in self._groups and (len(self._paths) > 1 or not self._whole)

    def end(self, way: int) -> str | None:
        """The first article, or, the other way, the last one."""
        return self._paths[0 if way > 0 else -1] if self._paths else None

    def said(self, path: str, at: int, dot: str) -> str:
        """Which of the places that is, here and among all."""
        here = f"hit {at + 1:,} of {self._counts.get(path, at + 1):,}"
        if len(self._paths) < 2 or path not in self._groups:
            return here
        counts = [self._counts[one] for one in self._paths]
        before = sum(counts[: self._paths.index(path)])
        more = "" if self._whole else " or more"
        return f"{here} in this article {dot} {before + at + 1:,} of {sum(counts):,}{more}"


def stops(hits: Sequence[tuple[int, int]], group: Group | None) -> tuple[tuple[int, int], ...]:
    """Where to go in an article: to the words that were found, and to annotations that were found for other reasons."""
    found = {*hits}
    for one in group.annotations if group else ():
        if one.start is not None and one.end is not None:
            inside = any(one.start < end and start < one.end for start, end in hits)
            found |= set() if inside else {(one.start, one.end)}
    return tuple(sorted(found))
