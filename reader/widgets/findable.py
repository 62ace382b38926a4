"""The article with finding in it: `/` and what one types, `n` and `N` from place to place, `esc` when that is over."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerCancelled, WorkerFailed

from annotations.frozen import frozen
from reader.messages import Situation
from reader.typeahead import HOLDING, once_done
from reader.widgets.attentive import Attentive

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.glyphs import Glyphs
    from reader.inpage import Found, Page
    from reader.messages import Target
    from reader.session import Desk, Session
    from reader.widgets.findbar import FindBar

__all__ = ["Findable"]

_AT_ONCE = 300_000
"""Code points that are searched before the next key; longer texts are searched in a thread."""

_REST = 0.002
"""Seconds for the keys after each piece of a long text, which takes about as long to fold."""

_DRAWN = 4000
"""How many places around the one that was gone to are marked in the text."""


@frozen
class _Spot:
    """Where one was before finding."""

    top: int
    cursor: int
    folded: bool


class Findable(Attentive, part=True):
    """An article to find in.  What a search of the library found stays what `n` walks once this is over."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self.bar: FindBar | None = None
        self._begun = _Spot(0, 0, folded=True)
        self._page: Page | None = None
        self._found: Found | None = None
        self._at = 0
        self._drawn: dict[tuple[int, int], None] = {}
        self._drawn_of: Found | None = None
        self._folding: Worker[Page | None] | None = None
        self._seeking: Worker[None] | None = None
        self._over = threading.Event()

    def situation(self) -> str:
        """What the person is about; typing what to find comes before the text."""
        return "findbar" if self.bar is not None and self.bar.has_focus_within else super().situation()

    @property
    def has_hits(self) -> bool:
        """Whether there are places to go to with `n`."""
        return bool(self._found) or super().has_hits

    def show(self, desk: Desk, *, top: int = 0, cursor: int | None = None) -> None:
        """Show an article; in another one nothing is being looked for any more."""
        if self.bar is not None and desk.article.path != self.path:
            self._close()
        super().show(desk, top=top, cursor=cursor)
        if self.bar is not None:
            self.call_after_refresh(self._look, self.bar.box.value, stay=self._under_way is None)

    def go_to(self, target: Target, hits: tuple[tuple[int, int], ...] = ()) -> None:
        """Bring a passage or an annotation into view; the places that were found stay marked."""
        super().go_to(target, hits)
        if self._found:
            self._draw()
        if target.annotation and any(
            one.annotation.id == target.annotation and one.start is None for one in self.desk.placed
        ):
            self._say("its passage is not in the text: ! says what can be done")

    # Opening and closing

    def do_find(self) -> None:
        """Begin to find, or type something else."""
        pane = self.pane
        self._begun = _Spot(pane.top_offset, pane.cursor, pane.folded)
        if self.bar is None:
            from reader.widgets.findbar import FindBar

            self._over.clear()
            self.bar = FindBar()
            self.run_worker(self._open(self.bar), group=HOLDING)
        else:
            self.screen.set_focus(self.bar.box)
            self.bar.box.select_all()
            self._say_where()

    async def _open(self, bar: FindBar) -> None:
        await self.mount(bar)
        self.screen.set_focus(bar.box)
        if len(self.desk.article.text) > _AT_ONCE:
            self._fold()

    def _close(self) -> None:
        if self.bar is None:
            return
        self._over.set()
        if self.bar.has_focus_within:
            self.screen.set_focus(self.pane)
        self.bar.remove()
        self.bar = self._found = self._drawn_of = None
        self.pane.set_hits(self._hits)
        self.post_message(Situation())

    def do_escape(self) -> None:
        """Drop the selection; else stop finding; else leave for the results."""
        if self.bar is not None and self.pane.selection is None:
            self._close()
        else:
            super().do_escape()

    def on_find_bar_kept(self) -> None:
        """Stay here; `n` goes on."""
        self._when_found(self._keep)

    def _keep(self) -> None:
        if self.bar is None:
            return
        if not self._found:
            self.on_find_bar_dropped()
            self._say("there is no such place in this article")
            return
        self.screen.set_focus(self.pane)
        self._say_where()
        self.post_message(Situation())

    def on_find_bar_dropped(self) -> None:
        """Go back to where one was, once the line is gone and the text has its rows again."""
        bar = self.bar
        self._close()
        self.run_worker(self._return(bar), group=HOLDING)

    async def _return(self, bar: FindBar | None) -> None:
        if bar is not None:
            await bar.remove()  # which may be under way still
        drawn = asyncio.Event()
        self.call_after_refresh(drawn.set)
        await drawn.wait()
        self._go_back()

    def on_find_bar_stepped(self, event: FindBar.Stepped) -> None:
        """Go to another place, while typing goes on."""
        self._when_found(partial(self._go_on, event.count))

    def _go_on(self, count: int) -> None:
        if self._found:
            self.do_hit(count)

    def _go_back(self) -> None:
        self._fold_as(folded=self._begun.folded)
        if self.pane.selecting:
            self.pane.go(self._begun.cursor)
        else:
            self.pane.move(self._begun.cursor)
        self.pane.scroll_to_row(self.pane.row_at(self._begun.top))

    def _fold_as(self, *, folded: bool) -> None:
        if self.pane.folded != folded:
            self.pane.toggle_furniture()

    # Looking

    def on_find_bar_typed(self, event: FindBar.Typed) -> None:
        """Find what is typed now."""
        self._look(event.text)

    def _look(self, typed: str, *, stay: bool = False) -> None:
        """Find it, and go there from where one was; or `stay`, after the text was shown anew."""
        if self.bar is None:
            return
        if self._seeking:
            self._seeking.cancel()
        text = self.desk.article.text
        if len(text) <= _AT_ONCE:
            self._found_out(self._folded(lambda: False).find(typed), typed, stay=stay)
        else:
            self.bar.say("searching" + self._signs.ellipsis)
            self._seeking = self.run_worker(self._seek(typed, stay=stay), group="in-page", exclusive=True)

    async def _seek(self, typed: str, *, stay: bool) -> None:
        with suppress(WorkerCancelled, WorkerFailed):
            page = await self._fold().wait()
            if page is not None:
                found = await asyncio.to_thread(page.find, typed)
                self._found_out(found, typed, stay=stay)

    def _fold(self) -> Worker[Page | None]:
        """Make the text ready to be searched, in a thread; what is under way goes on."""
        if self._folding is None or self._folding.is_finished:
            work = partial(asyncio.to_thread, self._folded, self._let_keys_through)
            self._folding = self.run_worker(work, group="fold", exit_on_error=False)
        return self._folding

    def _let_keys_through(self) -> bool:
        """Rest a little between two pieces of a long text; gives whether there is no need to go on."""
        time.sleep(_REST)
        return self._over.is_set()

    def _folded(self, cancelled: Callable[[], bool]) -> Page:
        from reader.inpage import Page, folded_page

        article = self.desk.article
        if self._page is None or self._page.text is not article.text:
            self._page = folded_page(article.text, article.blocks, cancelled=cancelled)
        return self._page or Page("", "", (), (), ())

    def _when_found(self, then: Callable[[], None]) -> None:
        once_done(self, lambda: self._under_way, then)

    @property
    def _under_way(self) -> Worker[None] | None:
        return self._seeking if self._seeking and not self._seeking.is_finished else None

    # What was found

    def _found_out(self, found: Found, typed: str, *, stay: bool) -> None:
        if self.bar is None or self.bar.box.value != typed:
            return
        self._found = found
        if stay:
            self._at = found.from_(self.pane.cursor) if found else 0
            self._draw()
            self._say_where()
        elif found:
            self._visit(found, found.first_to_show(self._begun.cursor))
        else:
            self._go_back()
            self.pane.set_hits(())
            self._say_where()

    def do_hit(self, count: int) -> None:
        """Go to another place that was found here; else to another hit of the search."""
        if self.bar is None or not self._found:
            super().do_hit(count)
        else:
            self._visit(self._found, self._found.beside(self.pane.cursor, count))

    def _visit(self, found: Found, at: int) -> None:
        self._at = at
        start, end = found.span(at)
        if self.pane.folded != self._begun.folded and not found.page.in_furniture(start):
            self._fold_as(folded=self._begun.folded)
        if self.pane.selecting:
            self.pane.go(start)
        else:
            self.pane.reveal(start, end)
        self._draw(anew=self._drawn_of is not found)
        self._drawn_of = found
        self._say_where()

    def _draw(self, *, anew: bool = True) -> None:
        """Mark the places; those that are marked already only change places where one stands, unless `anew`."""
        if not self._found:
            self.pane.set_hits(())
            return
        current = self._found.span(self._at)
        if anew or current not in self._drawn:
            self._drawn = dict.fromkeys(self._found.spans(self._at, _DRAWN))
            self.pane.set_hits(self._drawn, current)
        else:
            self.pane.set_hit(current)

    def _say_where(self) -> None:
        if self.bar is None:
            return
        found = self._found
        keys = "" if self.bar.box.has_focus else f"n N {self._signs.dot} esc"
        if found:
            here = found.page.in_furniture(found.span(self._at)[0])
            where = f" {self._signs.dot} page furniture" if here else ""
            self.bar.say(f"{self._at + 1:,} of {len(found):,}{where}", hint=keys)
        else:
            self.bar.say("not in this article" if self.bar.box.value.strip() else "")
