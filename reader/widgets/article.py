"""The centre and the margin: an article, its marks, their cards, and going from one to the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from index.article import FURNITURE
from reader.amiss import short
from reader.commands import Command, bindings
from reader.desk import TOO_LARGE
from reader.entries import STAND_INS
from reader.glyphs import ASCII, Glyphs
from reader.kept_rows import LONG, KeptRows
from reader.marks import Shown, shown_marks
from reader.messages import Left, Said, Situation, Target, WalkOn
from reader.showing import DIM, joined, shown
from reader.widgets.commanded import Commanded
from reader.widgets.drawer import Drawer
from reader.widgets.even import Columns, Rows
from reader.widgets.margin import Margin
from reader.widgets.reading import Reading

if TYPE_CHECKING:
    from annotations.model import Annotation
    from index.article import Article
    from reader.copying import Quote
    from reader.linked import Link
    from reader.session import Desk, Session
    from reader.walk import Walk
    from reader.widgets.card_pane import CardPane
    from reader.widgets.pane import Mark
    from reader.widgets.pane_messages import MarkPicked

__all__ = ["ArticleView"]

_ALWAYS = ("select.cancel", "article.save")
_NO_MARKS = "no marks yet: c tags the sentence under the cursor as a claim, h highlights it, v selects"


class ArticleView(Rows, Commanded):
    """An open article.  What the screen shows of its marks always comes from the session's desk."""

    DEFAULT_CSS = """
    ArticleView .about { height: 1; padding: 0 1 0 0; text-wrap: nowrap; text-overflow: ellipsis; }
    ArticleView .teach { display: none; height: 1fr; padding: 2 4; color: $foreground 60%; }
    ArticleView Reading { height: 1fr; }
    ArticleView.-empty .teach { display: block; }
    ArticleView.-empty Reading, ArticleView.-empty Drawer { display: none; }
    """

    BINDINGS = bindings("article")

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(classes="-empty")
        self._session = session
        self._signs = signs
        self._shown = Shown()
        self._hits: tuple[tuple[int, int], ...] = ()
        self.path = ""
        self.walk: Walk | None = None
        self.pane = Reading()
        self.pane.ascii = signs is ASCII
        self.pane.simple = session.settings.widths == "plain"
        self.margin = Margin(signs)
        self.drawer = Drawer(signs)
        self.margin.look = self._arrange
        self._about = Static(classes="about")
        self._about_it, self._about_at = Content(""), (0, False)
        self._teach = Static(Content("Type to search, or ↓ and enter to open an article."), classes="teach")

    def compose(self) -> ComposeResult:
        """Article over drawer; the margin beside them."""
        with Columns():
            with Rows():
                yield self._about
                if self.has_class("-empty"):
                    yield self._teach
                yield self.pane
                if not self.screen.has_class("-wide"):
                    yield self.drawer
            yield self.margin

    def be_empty(self) -> None:
        """Say how to come to an article, where none could be opened."""
        self.add_class("-empty")
        self.mount(self._teach, before=self.pane)

    def on_mount(self) -> None:
        """Keep the cards beside their lines."""
        self.watch(self.pane, "scroll_y", self._arrange, init=False)
        self.watch(self.pane, "measure", self._arrange, init=False)

    # What is shown

    @property
    def desk(self) -> Desk:
        """The open article's desk."""
        return self._session.desk(self.path)

    @property
    def current(self) -> Annotation | None:
        """The annotation under the cursor."""
        return self.desk.sidecar.get(self.pane.current) if self.path and self.pane.current else None

    @property
    def _no_marks(self) -> str:
        """Why there are no marks: none were made, or they cannot be read, or nothing can be annotated here."""
        if self.path and self.desk.problem:
            return f"the annotations cannot be read: {short(self.desk.problem)}"
        return TOO_LARGE if self.path and self.desk.read_only else _NO_MARKS

    @property
    def beginning(self) -> int:
        """Where reading begins: past the page furniture at the top."""
        return next((block.start for block in self.desk.article.blocks if block.label not in FURNITURE), 0)

    def show(self, desk: Desk, *, top: int = 0, cursor: int | None = None) -> None:
        """Show an article from an offset on, with the cursor on another."""
        self.path = desk.article.path
        self._hits = ()
        self.remove_class("-empty")
        self.pane.kept = self._kept_rows(desk.article)
        self.pane.show(desk.article.text, desk.article.blocks, offset=top)
        if cursor is not None:
            self.pane.stand(cursor)
        self.show_marks()

    def _kept_rows(self, article: Article) -> KeptRows | None:
        if len(article.text) < LONG:
            return None
        return KeptRows(self._session.library.root, article.fingerprint, article.blocks)

    def go_to(self, target: Target, hits: tuple[tuple[int, int], ...] = ()) -> None:
        """Bring a passage or an annotation of the open article into view."""
        self._hits = hits
        self.pane.set_hits(hits)
        mark = self.mark_of(target.annotation)
        passage = (mark.start, mark.end) if mark else target.passage
        if passage:
            self.pane.reveal(*passage)
        self._stand(mark.id if mark else None)

    def mark_of(self, annotation_id: str | None) -> Mark | None:
        """Where an annotation stands, if it does."""
        return self._shown.mark(annotation_id)

    def show_marks(self) -> None:
        """Show the marks as the desk has them now."""
        if not self.path:
            return
        self._shown = self.look(self.desk)
        self.pane.set_marks(self._shown.marks)
        for cards in (self.margin, self.drawer):
            cards.fill(self._shown, self.links_of, self._no_marks, self.filtered)
        self._stand(self.pane.current)
        self._say_about(self.desk)

    def look(self, desk: Desk) -> Shown:
        """What there is to show of the marks."""
        return shown_marks(desk)

    def links_of(self, annotation: Annotation) -> Sequence[Link]:
        """The relations of an annotation, in and out."""
        del annotation
        return ()

    @property
    def filtered(self) -> str:
        """How many marks are shown of how many, while some are hidden."""
        return ""

    @property
    def cards(self) -> CardPane:
        """Where the cards are: the margin, or the drawer where there is no room for one."""
        return self.margin if self.margin.display else self.drawer

    def situation(self) -> str:
        """What the person is about: a `selection`, a `mark`, or the `text`."""
        if self.path and self.pane.selection is not None:
            return "selection"
        return "mark" if self.path and self.pane.current else "text"

    def _say_about(self, desk: Desk) -> None:
        article = desk.article
        known = [article.published or "date unknown", article.byline, article.agency, article.dateline]
        known += ["no title in the file"] * (article.title_from in STAND_INS)
        about = shown(f" {self._signs.dot} ".join(filter(None, known)), DIM)
        why = " (! says why)" if desk.problem else ""
        problem = shown(f"read-only{why}", "bold $warning") if desk.read_only else Content("")
        unsearched = Content("") if desk.searched else shown("too large to be searched", "$warning")
        self._about_it = joined([unsearched, about, problem])
        self._set_about()

    def _set_about(self) -> None:
        """Put what is known of the article over its text; padding would have everything laid out again.

        How many marks are shown stands there where no margin says it.
        """
        self._about_at = self.pane.text_left, self.margin.display
        filtered = Content("") if self.margin.display else shown(self.filtered, "bold $warning")
        about = joined([filtered, self._about_it])
        self._about.update(Content(" " * self.pane.text_left) + about, layout=False)

    def say_amiss(self, amiss: str) -> None:
        """Say at any width what cannot be seen among the marks."""
        self.drawer.amiss = self.margin.amiss = amiss

    def _stand(self, current: str | None) -> None:
        """Settle which mark the cursor stands on, and show it."""
        start, end = self.pane.sentence  # empty where there is none
        here = min(start, self.pane.cursor), max(end, self.pane.cursor + 1)
        self.pane.current = self._shown.under(here, current)
        self.drawer.stand(self.pane.current)
        self._arrange()
        self.post_message(Situation())

    def _arrange(self) -> None:
        if not self.path or not self.pane.fit():
            return
        if self._about_at != (self.pane.text_left, self.margin.display):
            self._set_about()
        marks, top = self._shown.marks, int(self.pane.scroll_offset.y)
        end = self.pane.rows.row_span(top + self.pane.size.height - 1)[1]
        visible = self._shown.over(self.pane.top_offset, end)
        wants = [(max(self.pane.row_at(marks[at].start) - top, 0), at) for at in visible]
        self.margin.level(wants, self.pane.current)

    def on_resize(self) -> None:
        """The text wraps anew; the cards follow their lines, or go to the drawer."""
        if not self.margin.display and not self.drawer.is_attached:
            self.mount(self.drawer, after=self.pane)
        self.call_after_refresh(self._arrange)

    def on_article_pane_moved(self) -> None:
        """The cursor stands elsewhere."""
        self._stand(self.pane.current)

    def on_article_pane_selected(self) -> None:
        """A selection came or went."""
        self.post_message(Situation())

    def on_article_pane_mark_picked(self, event: MarkPicked) -> None:
        """A mark was clicked on."""
        self.go_to(Target(self.path, event.id), self._hits)

    def on_card_pane_picked(self, event: CardPane.Picked) -> None:
        """A card was clicked on."""
        self.go_to(Target(self.path, event.annotation_id), self._hits)

    # Going from mark to mark, from hit to hit

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        if not self.path and command.id not in _ALWAYS:
            return "no article is open: f searches, enter opens"
        if command.verb == "mark" and not self._shown.marks:
            return self._no_marks
        if command.verb == "hit" and not self.has_hits:
            return "no hits in this article: / finds, f searches the library"
        return ""

    @property
    def hits(self) -> tuple[tuple[int, int], ...]:
        """The hits of the search that one came by."""
        return self._hits

    @property
    def has_hits(self) -> bool:
        """Whether there are hits to go to."""
        return bool(self._hits)

    def holds(self, command: Command) -> bool:
        """Some keys do one thing with a selection and another without."""
        return not command.when or (command.when == "selecting") == (self.pane.selection is not None)

    def do_mark(self, count: int) -> None:
        """Go to another mark."""
        mark = self._shown.beside(self.pane.cursor, self.pane.current, count)
        if mark is None:
            which, where, back = ("last", "further on", "[") if count > 0 else ("first", "before here", "]")
            on_it = bool(self.pane.current)
            self._say(f"this is the {which} mark" if on_it else f"no mark {where}: {back} goes to the {which}")
            return
        self.go_to(Target(self.path, mark.id), self._hits)

    def do_hit(self, count: int) -> None:
        """Go to another hit of the search, in this article or beyond; round and round."""
        starts = [start for start, _ in self._hits]
        here = bisect_right(starts, self.pane.cursor) - 1 if count > 0 else bisect_left(starts, self.pane.cursor)
        at = here + count
        if not 0 <= at < len(starts) and self.walk and self.walk.leads_on(self.path):
            self.post_message(WalkOn(1 if count > 0 else -1))
            return
        self.pane.reveal(*self._hits[at % len(starts)])
        self.say_hit()

    def say_hit(self, besides: str = "") -> None:
        """Say which hit the cursor stands on."""
        at = bisect_right([start for start, _ in self._hits], self.pane.cursor) - 1
        where = self.walk.said(self.path, max(at, 0), self._signs.dot) if self.walk else ""
        self._say(f" {self._signs.dot} ".join(filter(None, (where, besides))))

    def do_escape(self) -> None:
        """Drop the selection; without one, leave for the results."""
        if self.path and self.pane.selection is not None:
            self.pane.action_cancel()
        else:
            self.post_message(Left())

    def do_furniture(self) -> None:
        """Show page furniture, or fold it."""
        self.pane.toggle_furniture()
        self.call_after_refresh(self._arrange)
        self.post_message(Situation())

    def do_copy(self) -> None:
        """Copy the selection, the words of the mark, or the sentence."""
        from reader.copying import words_of

        self._copy(words_of)

    def do_cite(self) -> None:
        """The same, with where it comes from."""
        from reader.copying import citation

        self._copy(citation)

    def _copy(self, as_text: Callable[[Article, Quote], str]) -> None:
        from reader.copying import copy, quote

        current = self.current if self.pane.selection is None else None
        mark = self.mark_of(current.id) if current else None
        said = quote(self.pane.passage, (mark.start, mark.end) if mark else None, current)

        async def do() -> None:
            self._say(await copy(self.app, as_text(self.desk.article, said)))

        self.run_worker(do(), group="copy")

    def _say(self, text: str) -> None:
        self.post_message(Said(text))
