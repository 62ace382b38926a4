"""An article that is being worked on, as the person sees it, and what has become of it on disk meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from annotations.errors import InputError, PostilError
from annotations.frozen import late
from annotations.undo import History
from index.library import INDEX_LIMIT

if TYPE_CHECKING:
    from annotations import store
    from annotations.anchor import Placed
    from annotations.model import Annotation, Sidecar
    from index.article import Article
    from index.former import Former
    from index.library import Opened

__all__ = ["TOO_LARGE", "Desk", "News"]

TOO_LARGE = "this article is too large to annotate or to search; it can be read"


class News(StrEnum):
    """What became of an open article on disk: nothing, other annotations beside it, another text, or it is gone."""

    NONE = "none"
    MARKS = "marks"
    TEXT = "text"
    GONE = "gone"


@late
class Desk:
    """One article being worked on.

    Attributes:
        article: with what people corrected about it.
        printed: as its format has it, without corrections.
        loaded: the sidecar as the disk had it when it was last read or written.
        sidecar: as the person sees it; differs from `loaded.sidecar` while something is not saved.
        placed: where each annotation of `sidecar` stands.
        former: what placed them, with the texts they were made on.
        read_only: annotating is off (the article is too large, or its sidecar was refused).
        problem: why the sidecar was refused, if it was.
        history: what can be undone.
    """

    article: Article
    printed: Article
    loaded: store.Loaded
    sidecar: Sidecar
    placed: tuple[Placed, ...]
    former: Former
    read_only: bool
    problem: PostilError | None
    history: History = field(default_factory=History)

    @classmethod
    def of(cls, opened: Opened) -> Desk:
        """A fresh desk for an article that was just opened."""
        return cls(
            article=opened.article,
            printed=opened.printed,
            loaded=opened.loaded,
            sidecar=opened.loaded.sidecar,
            placed=opened.placed,
            former=opened.former,
            read_only=opened.read_only,
            problem=opened.problem,
        )

    @property
    def searched(self) -> bool:
        """Whether the article is small enough to be found by its words."""
        text = self.article.text
        if len(text) > INDEX_LIMIT:
            return False
        return len(text) * 4 <= INDEX_LIMIT or len(text.encode("utf-8", "surrogatepass")) <= INDEX_LIMIT

    def news(self, opened: Opened) -> News:
        """What is other on the disk, as it was opened just now, than when this desk was laid out or saved last."""
        if opened.printed != self.printed:
            return News.TEXT
        same = opened.loaded.data == self.loaded.data and str(opened.problem) == str(self.problem)
        return News.NONE if same else News.MARKS

    @property
    def unsaved(self) -> bool:
        """Whether the person sees something that the disk does not hold."""
        return self.sidecar != self.loaded.sidecar

    def place(self) -> None:
        """Find the passages of those annotations whose anchors are others than before; the text is the same."""
        known = {id(one.annotation): one for one in self.placed}
        annotations = self.sidecar.annotations
        other = [one for one in annotations if id(one) not in known]
        if other:
            known |= {id(one.annotation): one for one in self._placed(other)}
        self.placed = tuple(known[id(one)] for one in annotations)

    def _placed(self, annotations: list[Annotation]) -> Iterator[Placed]:
        before = {one.annotation.id: one for one in self.placed}
        moved = []
        for one in annotations:
            was = before.get(one.id)
            if was and was.annotation.quote == one.quote and was.annotation.position == one.position:
                yield replace(was, annotation=one)
            else:
                moved.append(one)
        yield from self.former.place(moved)

    def take(self, sidecar: Sidecar) -> None:
        """Show that sidecar from now on: its corrections and its annotations, each in its place."""
        if sidecar.article != self.sidecar.article:
            from index.corrections import correct

            self.article = correct(self.printed, sidecar.article)
        if sidecar != self.sidecar:
            self.sidecar = sidecar
            self.place()

    def require_writable(self) -> None:
        """Refuse to go on where nothing can be annotated.

        Raises:
            PostilError: says why.
        """
        if self.read_only:
            raise self.problem or InputError(TOO_LARGE, path=self.article.path)
