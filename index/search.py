"""What a search is and gives, whatever engine answers it.  Nothing here imports one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, TypeAlias

from annotations.errors import InputError
from annotations.frozen import frozen

if TYPE_CHECKING:
    from annotations.errors import PostilError
    from index.documents import Document
    from index.nodes import Node

__all__ = [
    "FACETS",
    "Annotated",
    "Answer",
    "BusyError",
    "Facet",
    "Hit",
    "People",
    "Results",
    "SearchBackend",
    "Shown",
    "Sort",
    "Stats",
    "Updated",
    "Wanted",
]

FACETS = ("outlet", "year", "speaker", "tag", "status")
"""What matches can be counted by; each is a field of the query language, so that a value narrows when it is added."""

Sort: TypeAlias = Literal["relevance", "newest", "oldest", "title"]
"""Best first, by the date of publication (unknown dates last), or by title; equals by path and place."""

People: TypeAlias = Sequence[frozenset[str]]
"""For each person of the codebook all names, folded by `fold_name`."""


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
        partial: there may be more: time ran out, the index is being made anew, or something cannot be read.
        hits: the best of them, best first; equals by path and place.
        late: time ran out.
        articles: how many of `total` are articles.
        facets: the counts that were wanted, over all matches.
        meant: the query with its misspelt words mended, where that finds something and the query itself does not.
    """

    query: str
    total: int
    partial: bool
    hits: tuple[Hit, ...]
    late: bool = False
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
        still: asked now and then; once it says no, nobody waits for the answer, and it is cut short.
    """

    limit: int = 20
    sort: Sort = "relevance"
    typing: bool = False
    seconds: float | None = None
    among: Annotated | None = None
    furniture: bool = True
    facets: tuple[str, ...] = ()
    still: Callable[[], bool] = lambda: True


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
        segments: how many parts it consists of.
        version: of how it is kept.
    """

    articles: int
    annotations: int
    folder: str
    bytes: int
    segments: int = 0
    version: int = 0


class Shown(tuple[Any, ...]):  # noqa: SLOT001 - a tuple's subclass can have none
    """What a result shows of a document; a long text in it is empty until it is asked for.

    Args:
        fields: those of a `ShownArticle` or a `ShownAnnotation`.
        at: which of them is the text that is empty.
        text: what gives it.
    """

    _at: int
    _text: Callable[[], str] | None

    def __new__(cls, fields: Iterable[object] = (), at: int = 0, text: Callable[[], str] | None = None) -> Self:
        """A tuple of those fields."""
        self = super().__new__(cls, fields)
        self._at, self._text = at, text
        return self

    def whole(self) -> tuple[Any, ...]:
        """All of it, its lists as tuples."""
        text = {} if self._text is None else {self._at: self._text()}
        return tuple(text.get(at, _tuples(one)) for at, one in enumerate(self))


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


@frozen(kw_only=True)
class Answer:
    """What an index found.

    Attributes:
        total: how many documents match, or were found in time.
        articles: how many of them are articles.
        late: time ran out first.
        best: score and shown record of the best ones.
        facets: the counts that were wanted, over all that was found.
    """

    total: int
    articles: int
    late: bool
    best: tuple[tuple[float, Shown], ...]
    facets: tuple[Facet, ...]


class BusyError(InputError):
    """Somebody else is writing the index, and does not get done."""

    def __init__(self) -> None:
        super().__init__(
            "another process is updating the search index", hint="search answers from what is indexed so far"
        )


class SearchBackend(Protocol):
    """An index of documents, whatever keeps it, empty when it is new.  It may be called from any thread.

    What is added, updated and deleted is found after `commit`; when there is much of it, in part before.  Until then,
    and when a commit fails, the index is as it was.  All raise `InputError` when there can be no index, `BusyError` and
    `OSError` when it cannot be written now, and anything at all when it is damaged: then `rebuild` and begin again.
    """

    def add_many(self, documents: Iterable[Document]) -> None:
        """Add documents; each takes the place of what its owner had before."""

    def update(self, owner: str, documents: Iterable[Document]) -> None:
        """Replace all that an owner has."""

    def delete(self, owner: str) -> None:
        """Remove all that an owner has."""

    def commit(self) -> None:
        """Have found what was added, and no longer what was deleted."""

    def cancel(self) -> None:
        """Forget what was added, updated and deleted since the last commit."""

    def crowded(self) -> bool:
        """Whether it is time to `merge`."""

    def merge(self) -> None:
        """Put in order what many small commits left; searching and writing go on meanwhile."""

    def stamps(self, owners: Iterable[str] | None = None) -> Iterator[str]:
        """The stamps of the documents that have one: of those owners, or of all."""

    def search(self, node: Node, wanted: Wanted, *, people: People = (), until: float | None = None) -> Answer:
        """What matches a query.

        Args:
            node: the query; of what is wanted, `typing` and `among` are in it already.
            wanted: what to give back.
            people: for each person all names, folded, whose aliases `speaker:` folds.
            until: when to stop, as `time.monotonic` counts; what was found by then is the answer.
        """

    def complete(self, prefix: str, most: int) -> tuple[str, ...]:
        """The words that begin so and stand in most documents, most first."""

    def suggest(self, node: Node) -> Mapping[str, str]:
        """The words of a query that stand nowhere, each with the nearest that does; empty unless all have one."""

    def rebuild(self) -> None:
        """Throw all of it away."""

    def stats(self) -> Stats:
        """What the index holds, and where it is."""

    def rest(self) -> None:
        """Hold no more memory than there must be; the next search takes what it needs."""

    def close(self) -> None:
        """Let go of the index's files; the next call opens them again."""
