"""Which list is meant: from what a command names to the screen that lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotated import AnnotationList, Left
from reader.outline import Outline
from reader.recents import Recents
from reader.screens.pick import Pick, Source

if TYPE_CHECKING:
    from reader.config import Place
    from reader.glyphs import Glyphs
    from reader.session import Session
    from reader.widgets.article import ArticleView

__all__ = ["Places"]


class Places:
    """The lists there are, and how each was left."""

    def __init__(self, session: Session, place: Place, article: ArticleView, signs: Glyphs) -> None:
        self._session = session
        self._place = place
        self._article = article
        self._signs = signs
        self._left: dict[str, Left] = {}

    def list_of(self, what: str) -> Pick:
        """The list of that name: `outline`, `recent`, or annotations, those `here` or `all` of them."""
        return Pick(self._source(what), self._signs)

    def _source(self, what: str) -> Source:
        if what == "outline":
            return Outline(self._article.desk.article, self._article.pane.cursor)
        if what == "recent":
            return Recents(self._session.catalog, self._place, self._article.path)
        path = self._article.path if what == "here" else ""
        return AnnotationList(self._session, self._signs, self._left.setdefault(path, Left()), path=path)
