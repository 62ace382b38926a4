"""All annotations, of an article or of the library, as a list: narrowed in the language of search, gone to by Enter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.frozen import frozen, late
from reader.display import display
from reader.messages import Target
from reader.screens.pick import Offer
from reader.showing import DIM, columns, fit, joined, shown
from reader.widgets.listing import Item

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.search import Hit
    from reader.glyphs import Glyphs
    from reader.session import Session

__all__ = ["AnnotationList", "Left", "Row"]

_PAGE = 400


@late
class Left:
    """How a list was left, to find it so again.

    Attributes:
        typed: what it was narrowed by.
        chosen: what was chosen in it.
        most: how much of it was asked for.
    """

    typed: str = ""
    chosen: Target | None = None
    most: int = 0


@frozen
class Row:
    """What is listed of an annotation.

    Attributes:
        target: where it is.
        title: of its article.
        kind: its kind.
        speaker: of a claim, or empty.
        author: whose it is.
        tags: its tags.
        status: of a claim, or empty.
        words: its passage, or of its note what was searched for.
        marks: spans of those words that were searched for.
        lost: whether its passage has no place in the text.
    """

    target: Target
    title: str
    kind: str
    speaker: str
    author: str
    tags: tuple[str, ...]
    status: str
    words: str
    marks: tuple[tuple[int, int], ...]
    lost: bool


class AnnotationList:
    """The annotations of the article at `path`, or of all articles, in the order of path and place."""

    hint = "words, tag: speaker: status: author: kind:"
    rows = 3
    does = "go there"
    slow = True

    def __init__(self, session: Session, signs: Glyphs, left: Left, *, path: str = "") -> None:
        self.title = f"Annotations of {session.desk(path).article.title}" if path else "All annotations of the library"
        self.typed = left.typed
        self.page = max(left.most, _PAGE)
        self._session = session
        self._signs = signs
        self._left = left
        self._path = path

    def offer(self, typed: str, most: int) -> Offer:
        """What matches; without a word, all of them.

        Raises:
            PostilError: the query makes no sense.
        """
        from index.search import Annotated, Wanted

        query = typed.strip()
        if self._path and not query:
            rows = [_placed_row(self._path, one) for one in self._session.desk(self._path).placed]
            return self._offer(rows, len(rows), "", query)
        wanted = Wanted(limit=most, typing=bool(query), among=Annotated(self._path))
        results = self._session.look_up(query, wanted)
        rows = [_hit_row(hit, query) for hit in results.hits]
        return self._offer(rows, results.total, self._missing(), query)

    def leave(self, typed: str, chosen: Target | None, most: int) -> None:
        """Keep what it is narrowed by, and what is chosen."""
        self._left.typed, self._left.chosen, self._left.most = typed, chosen, most

    # What there is

    def _offer(self, rows: Sequence[Row], total: int, missing: str, query: str) -> Offer:
        items = list(self._items(rows))
        at = next((at for at, item in enumerate(items) if item.key == self._left.chosen and not item.heading), 0)
        about = f" {self._signs.dot} ".join(filter(None, (self._about(rows, total), missing)))
        return Offer(items, about, "" if rows else self._teach(query), at, more=total > len(rows))

    def _items(self, rows: Sequence[Row]) -> Iterator[Item]:
        path = self._path
        for row in rows:
            if row.target.path != path:
                path = row.target.path
                yield Item(Target(path), partial(_heading, row), heading=True)
            yield Item(row.target, partial(_lines, row, self._signs))

    def _about(self, rows: Sequence[Row], total: int) -> str:
        what = f"annotation{'' if total == 1 else 's'}"
        if len(rows) < total:
            return f"the first {len(rows):,} of {total:,} {what}: go on down for more"
        articles = len({row.target.path for row in rows})
        where = "" if self._path or not rows else f" in {articles:,} article{'' if articles == 1 else 's'}"
        return f"{total:,} {what}{where}"

    def _missing(self) -> str:
        """What cannot be in the list, and why."""
        catalog = self._session.catalog
        if self._path:
            entry = catalog.get(self._path)
            return "" if entry and entry.stamp else "this article is not searched: without words all are listed"
        refused = len(catalog.refused)
        return f"annotations of {refused:,} article{'' if refused == 1 else 's'} cannot be read" if refused else ""

    def _teach(self, query: str) -> Content | str:
        if not query:
            return "No annotations yet. In an article h highlights the sentence under the cursor, c makes it a claim."
        return (
            Content("No annotation matches ") + shown(query, "$accent")
            + Content(".\n\nwords of passage, note or reply; tag:x speaker:name status:new author:ada kind:claim;\n"
                      "word* for all that begins so; this OR that; -word for what must not be there.")
        )  # fmt: skip


def _placed_row(path: str, placed: Placed) -> Row:
    one, claim = placed.annotation, placed.annotation.claim
    return Row(
        Target(path, one.id), "", one.kind, claim.speaker if claim else "", one.author, one.tags,
        claim.status if claim else "", " ".join(one.quote.exact.split()), (), placed.start is None,
    )  # fmt: skip


def _hit_row(hit: Hit, query: str) -> Row:
    passage = None if hit.start is None or hit.end is None else (hit.start, hit.end)
    return Row(
        Target(hit.path, hit.id, passage, query), hit.title, hit.kind or "", hit.speaker, hit.author, hit.tags,
        hit.status, hit.snippet, hit.marks, hit.start is None,
    )  # fmt: skip


def _heading(row: Row, width: int) -> Sequence[Content]:
    return [fit(shown(row.title, "bold $primary"), width), fit(shown(row.target.path, DIM), width)]


def _lines(row: Row, signs: Glyphs, width: int) -> Sequence[Content]:
    glyph = shown(signs.kinds.get(row.kind, "?"), "bold $accent")
    who = shown(row.speaker, "bold") if row.speaker else shown(row.kind)
    head = Content("  ") + glyph + " " + who + shown(f" {signs.dot} {row.author}", DIM)
    status = shown(f"{signs.statuses.get(row.status, '?')} {row.status}", DIM) if row.status else Content("")
    lost = shown("not in the text", "$warning") if row.lost else Content("")
    tags = shown(", ".join(row.tags), "$primary")
    right = joined([fit(tags, max(width // 3, 8)) if tags.plain else tags, lost, status])
    return [columns(head, right, width), fit(Content("    “") + _words(row) + "”", width)]


def _words(row: Row) -> Content:
    content, at = Content(""), 0
    for start, end in row.marks:
        content += Content(display(row.words[at:start])) + shown(row.words[start:end], "bold underline $accent")
        at = end
    return content + Content(display(row.words[at:]))
