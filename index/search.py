"""What a search is and gives, whatever engine answers it.  Nothing here imports one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from annotations.frozen import frozen

if TYPE_CHECKING:
    from annotations.errors import PostilError
    from index.catalog import Changes

__all__ = [
    "FACETS",
    "Annotated",
    "Facet",
    "Hit",
    "Results",
    "SearchBackend",
    "Sort",
    "Stats",
    "Updated",
    "Wanted",
]

FACETS = ("outlet", "year", "speaker", "tag", "status")
"""What matches can be counted by; each is a field of the query language, so that a value narrows when it is added."""

Sort: TypeAlias = Literal["relevance", "newest", "oldest", "title"]
"""Best first, by the date of publication (unknown dates last), or by title; equals by path and place."""


@frozen(kw_only=True)
class Hit:
    """An article or an annotation that a search found.  Offsets are code points of the article's text.

    Attributes:
        path: of the article, from the library's root.
        title: of the article, as in the library list.
        result: which of the two it is.
        id: of the annotation; None for an article.
        kind: of the annotation; None for an article.
        speaker: of a claim, or empty.
        status: of a claim, or empty.
        author: of the annotation, or empty.
        tags: of the annotation.
        score: the higher the better; comparable within one search.
        snippet: about 200 code points around the best match, in one line; for an annotation the beginning of its
            passage and nothing around it, or of the note where only that matched.
        marks: spans of the words that matched, in the snippet.
        block: label of the block the match is in; None when only a field matched.
        line: the line the match begins on, from 1, or None.
        start: of the best match, for an annotation of its passage; None when only a field matched, or the passage is
            gone from the text.
        end: see `start`.
        published: of the article, an ISO 8601 date, possibly partial; empty when unknown.
        outlet: who put the article out, as printed, or empty.
        places: at how many places in the article's text something of the query stands, an annotation's 0.
    """

    path: str
    title: str
    result: Literal["article", "annotation"]
    id: str | None
    kind: str | None
    speaker: str = ""
    status: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]
    block: str | None
    line: int | None
    start: int | None
    end: int | None
    published: str = ""
    outlet: str = ""
    places: int = 0


@frozen
class Facet:
    """How many matches have each value of a field.

    Attributes:
        name: one of `FACETS`.
        values: value and count, most first, equals by value.
    """

    name: str
    values: tuple[tuple[str, int], ...]


@frozen
class Results:
    """The answer to a query.

    Attributes:
        query: as typed.
        total: how many articles and annotations match; when `partial`, at least so many.
        partial: there may be more: time ran out, a prefix stood for more words than were searched, or an article or
            a sidecar cannot be read.
        hits: the best of them, best first; equals by path and place.
        late: time ran out.
        cut: a prefix stood for more words than were searched.
        articles: how many of `total` are articles.
        facets: the counts that were wanted, over all matches.
        meant: the query with its misspelt words mended, where that finds something and the query itself does not.
    """

    query: str
    total: int
    partial: bool
    hits: tuple[Hit, ...]
    late: bool = False
    cut: bool = False
    articles: int = 0
    facets: tuple[Facet, ...] = ()
    meant: str = ""


@frozen
class Annotated:
    """To be asked for annotations only, in the order of path and place.

    Attributes:
        path: of the article whose annotations are meant; empty for those of all.
    """

    path: str = ""


@frozen(kw_only=True)
class Wanted:
    """How a query is to be answered.

    Attributes:
        limit: how many hits at most.
        sort: in which order.
        typing: the query is still being typed: its last word may go on, and what is open counts as closed.
        seconds: after so many, what was found by then is the answer; None for as long as it takes.
        among: only these are looked for, and an empty query is all of them.
        furniture: whether words in page furniture count.
        facets: what to count the matches by.
    """

    limit: int = 20
    sort: Sort = "relevance"
    typing: bool = False
    seconds: float | None = None
    among: Annotated | None = None
    furniture: bool = True
    facets: tuple[str, ...] = ()


@frozen
class Updated:
    """What bringing the index up to date did.

    Attributes:
        articles: how many were written, or forgotten.
        problem: why it could not be finished (somebody else is at it, the disk is full); the search answers from
            what the index holds.
    """

    articles: int = 0
    problem: PostilError | None = None


@frozen
class Stats:
    """What the index holds.

    Attributes:
        articles: how many.
        annotations: how many.
        folder: where it is.
        bytes: how large its files are.
    """

    articles: int
    annotations: int
    folder: str
    bytes: int


class SearchBackend(Protocol):
    """An index of one library's articles and annotations.  Its methods may be called from any thread."""

    def update(
        self,
        changes: Changes | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Updated:
        """Index what changed in the library, after its catalog was refreshed; never raises for the index's own trouble.

        Args:
            changes: what the catalog noticed; the index compares for itself, so None is as good.
            progress: called with how many articles are done, and of how many.
            cancelled: asked before each article; what is done by then is kept.
        """

    def update_one(self, path: str) -> Updated:
        """Index one article again, with its annotations, after it was saved and the catalog updated."""

    def rebuild(self, *, progress: Callable[[int, int], None] | None = None) -> Updated:
        """Throw the index away and make it anew."""

    def search(self, query: str, wanted: Wanted) -> Results:
        """What matches a query in the language of `docs/search.md`.

        Raises:
            QueryError: the query does not parse.
            InputError: there can be no index here; says why.
        """

    def stats(self) -> Stats:
        """What the index holds, and where it is."""

    def close(self) -> None:
        """Let go of the index's files; the next call opens them again."""
