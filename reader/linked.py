"""The relations of an annotation as it sees them: those it keeps, and those of others that point to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from annotations.relations import called, quoted, said

if TYPE_CHECKING:
    from annotations.model import Annotation, Sidecar
    from index.catalog import Catalog

__all__ = ["Link", "Links"]


@frozen
class Link:
    """A relation, seen from one of its ends.

    Attributes:
        kind: its type.
        other: the id of the annotation at the other end.
        coming: whether it is kept there and points here.
        path: the article of the other end; empty when there is no such annotation.
        name: what to call the other end; its id when there is no such annotation.
        note: what was said of it.
        quote: the words that the other end is about, shortened.
    """

    kind: str
    other: str
    coming: bool = False
    path: str = ""
    name: str = ""
    note: str = ""
    quote: str = ""

    @property
    def words(self) -> str:
        """The type as it reads before the name."""
        return said(self.kind, coming=self.coming)


class Links:
    """The relations in and out of one article.

    Args:
        sidecar: of the article, as it is now.
        path: of the article.
        catalog: gives what knows of all other articles, when it is first asked for.
        author: whose relations are to be seen; everybody's when it is empty.
    """

    def __init__(self, sidecar: Sidecar, path: str, catalog: Callable[[], Catalog], *, author: str = "") -> None:
        self._sidecar = sidecar
        self._path = path
        self._catalog = catalog
        self._author = author
        self._coming: dict[str, list[Link]] | None = None
        self._known: dict[str, Annotation] = {}

    def of(self, annotation: Annotation) -> tuple[Link, ...]:
        """Those of one annotation of the article: its own first."""
        return tuple(self._all(annotation))

    def _all(self, annotation: Annotation) -> Iterator[Link]:
        coming = self._within()
        for one in annotation.relations:
            path, name, quote = self._place(one.to)
            yield Link(one.type, one.to, path=path, name=name, note=one.note, quote=quote)
        yield from coming.get(annotation.id, ())
        if self._author:
            return  # whose those of other articles are is not known here
        for path, source, kind in self._catalog().pointing_to(annotation.id):
            if path != self._path:
                _, name, quote = self._catalog().called(source) or ("", source, "")
                yield Link(kind, source, coming=True, path=path, name=name, quote=quote)

    def _place(self, annotation_id: str) -> tuple[str, str, str]:
        """The article of an annotation, what to call it, and its words."""
        if here := self._known.get(annotation_id):
            return self._path, called(here), quoted(here)
        found = self._catalog().called(annotation_id)
        return found if found and found[0] != self._path else ("", annotation_id, "")

    def _within(self) -> dict[str, list[Link]]:
        """Those that stay in the article, by the annotation that they point to."""
        if self._coming is None:
            coming: defaultdict[str, list[Link]] = defaultdict(list)
            for section in self._sidecar.sections.values():
                for one in section:
                    self._known[one.id] = one
                    if self._author in ("", one.author):
                        for relation in one.relations:
                            link = Link(
                                relation.type, one.id, True, self._path, called(one), relation.note, quoted(one)
                            )
                            coming[relation.to].append(link)
            self._coming = dict(coming)
        return self._coming
