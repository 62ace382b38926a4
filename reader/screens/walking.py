"""A screen that goes from hit to hit, from one article into the next that was found."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.worker import WorkerError

from reader.messages import Target
from reader.screens.onward import Onward
from reader.typeahead import HOLDING

if TYPE_CHECKING:
    from reader.messages import WalkOn

__all__ = ["Walking"]


class Walking(Onward, part=True):
    """The list follows: it is come back to at the article that one is in."""

    def _hits(self, target: Target) -> tuple[tuple[int, int], ...]:
        """Where there is something to go to in the open article."""
        if not target.query:
            return self.article.hits
        from reader.hits import hits_in
        from reader.walk import Walk, stops

        walk, results = self.article.walk, self.find.results
        if walk is None or walk.query != target.query or target.hit is None:
            groups = self.find.groups if results and results.query == target.query else ()
            walk = self.article.walk = Walk(target.query, groups, whole=self.find.lists_all)
        people = self._session.known_codebook.people
        found = hits_in(self.article.desk.article, target.query, people, furniture=self.find.furniture)
        hits = stops(found, walk.group(target.path))
        walk.counted(target.path, len(hits))
        return hits

    def on_walk_on(self, event: WalkOn) -> None:
        """Go on in the next article."""
        self.run_worker(self._walk_on(event.way), group=HOLDING)

    async def _walk_on(self, way: int) -> None:
        walk = self.article.walk
        if walk is None:
            return
        path = walk.beside(self.article.path, way)
        if path is None and way > 0 and await self._found_more(walk.query):
            walk.take(self.find.groups, whole=self.find.lists_all)
            path = walk.beside(self.article.path, way)
        round_ = path is None
        path = path or walk.end(way)
        if path is None:
            return
        await self._open(Target(path, query=walk.query, hit=0 if way > 0 else -1))
        self.find.choose_article(path)
        self.article.say_hit(f"{'first' if way > 0 else 'last'} article again" if round_ else "")

    async def _found_more(self, query: str) -> bool:
        """Whether more is listed now for that query."""
        results = self.find.results
        if results is None or results.query != query:
            return False
        before = len(self.find.groups)
        if worker := self.find.list_more():
            with suppress(WorkerError):
                await worker.wait()
        return len(self.find.groups) > before
