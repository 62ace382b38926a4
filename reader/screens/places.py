"""Which list is meant: from what a command names to the screen that lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.outline import Outline
from reader.recents import Recents
from reader.screens.pick import Pick, Source

if TYPE_CHECKING:
    from reader.config import Place
    from reader.glyphs import Glyphs
    from reader.session import Session
    from reader.widgets.article import ArticleView

__all__ = ["list_of"]


def list_of(what: str, session: Session, place: Place, article: ArticleView, signs: Glyphs) -> Pick:
    """The list of that name (`outline`, `recent`, …), for where one is."""
    source: Source
    if what == "outline":
        source = Outline(article.desk.article, article.pane.cursor)
    else:
        source = Recents(session.catalog, place, article.path)
    return Pick(source, signs)
