"""The articles read last, to go back to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.fold import search_fold_str
from reader.messages import Target
from reader.screens.pick import Offer
from reader.showing import DIM, columns, fit, shown
from reader.widgets.listing import Item

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.entry import Entry
    from reader.config import Place

__all__ = ["Recents"]


class Recents:
    """Where one was in this library, latest first; the one before the open one is chosen."""

    title = "Articles read last"
    hint = "a word of the title, the byline or the path"
    rows = 3
    does = "open"
    slow = False
    page = 0

    def __init__(self, catalog: Catalog, place: Place, open_path: str) -> None:
        self.typed = ""
        known = (catalog.get(path) for path in reversed(place.spots))
        self._entries = [entry for entry in known if entry]
        self._place = place
        self._open = open_path

    def offer(self, typed: str, most: int) -> Offer:
        """The articles that hold all that was typed in title, byline or path."""
        del most
        words = search_fold_str(typed).split()
        left = [one for one in self._entries if all(word in _said_of(one) for word in words)]
        first = 1 if not words and left and left[0].path == self._open else 0
        total = len(self._entries)
        about = f"{len(left)}{'' if len(left) == total else f' of {total}'} article{'' if total == 1 else 's'}"
        teach = "No article that was read lately has these words; f searches all." if self._entries else _NONE
        return Offer([self._item(one) for one in left], about if total else "", "" if left else teach, first)

    def leave(self, typed: str, chosen: Target | None, most: int) -> None:
        """Nothing is kept: the list is another one next time."""

    def _item(self, entry: Entry) -> Item:
        return Item(Target(entry.path), partial(self._lines, entry))

    def _lines(self, entry: Entry, width: int) -> Sequence[Content]:
        here = shown("open", DIM) if entry.path == self._open else Content("")
        title = columns(shown(entry.title, "bold"), here, width)
        return [title, fit(shown(entry.path, DIM), width)]


_NONE = "No article of this library was read yet. f searches, enter opens."


def _said_of(entry: Entry) -> str:
    return search_fold_str(f"{entry.title} {entry.byline} {entry.agency} {entry.path}")
