"""The Read screen: find pane, article and margin, joined here and nowhere else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from annotations.errors import PostilError
from reader.amiss import short
from reader.commands import COMMANDS, Command, bindings, elsewhere, footer
from reader.desk import TOO_LARGE, Desk
from reader.messages import Beginning, Said, Saving, Target
from reader.screens.walking import Walking
from reader.showing import drawn
from reader.themes import next_theme
from reader.typeahead import HOLDING
from reader.widgets.even import Columns
from reader.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from textual.widget import Widget

    from annotations.codebook import Search
    from reader.config import State
    from reader.glyphs import Glyphs
    from reader.session import Session
    from reader.widgets.commanded import Commanded

__all__ = ["ReadScreen"]

_WIDE = 100
_OF_THE_ARTICLE = ("outline", "here")


class ReadScreen(Walking, inherit_css=False):
    """Three panes from 120 columns on; below, the find pane comes over the article, and under 100 the margin goes."""

    DEFAULT_CSS = """
    ReadScreen { layout: vertical; layers: base above; background: $background; }
    ReadScreen > .screen--selection { background: $screen-selection-background; color: $screen-selection-foreground; }
    ReadScreen FindPane { display: none; border-right: solid $border; background: $background; }
    ReadScreen.-finding FindPane { display: block; }
    ReadScreen.-wide Drawer { display: none; }
    ReadScreen.-medium Margin, ReadScreen.-narrow Margin { display: none; }
    ReadScreen.-over FindPane { layer: above; dock: left; width: 44; max-width: 44; }
    ReadScreen.-narrow FindPane { layer: above; dock: left; width: 100%; max-width: 100%; border: none; }
    ReadScreen.-narrow Drawer { height: 4; }
    ReadScreen.-finding.-over ArticleView .teach { visibility: hidden; }
    ReadScreen ArticleView.-form Drawer { display: none; }
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-medium"), (_WIDE, "-wide")]  # noqa: RUF012 - Textual's own way

    AUTO_FOCUS = ""  # `on_mount` says where one is

    BINDINGS = [*bindings("screen"), *elsewhere("pane", "article")]  # noqa: RUF012 - Textual's own way

    def __init__(self, session: Session, state: State, signs: Glyphs, *, target: Target | None = None) -> None:
        super().__init__(session, signs, state)
        self._place = state.at(session.library.root)
        self.article.pane.measure = state.measure
        self.article.recent = self._place.recent
        self.find.begin(self._place.readings, self._place.query, self._place.searches)
        self._asked = target.path if target else ""
        self._first = target or (Target(self._place.article) if self._place.article else None)
        self.titlebar = TitleBar(session.library.root.name, session.told.id if session.told else "", signs)

    def compose(self) -> ComposeResult:
        """Title, panes, keys; laid out for the width there is before anything is styled."""
        width = self.app.size.width
        size = next(name for least, name in reversed(self.HORIZONTAL_BREAKPOINTS) if width >= least)
        self.add_class(size, update=False)
        self.article.set_class(self._first is None, "-empty", update=False)
        self.fit_panes(width)
        self.set_class(self.beside or self._first is None, "-finding", update=False)
        yield self.titlebar
        with Columns():
            yield self.find
            yield self.article
        yield self.footer

    def on_mount(self) -> None:
        """Be where the person was; then see what changed in the library."""
        self.keep_changes()
        if self._place.furniture:
            self.article.pane.toggle_furniture()
        if self._first is None:
            self.find.enter()
        else:
            self._open_at_start(self._first)
        self._situation()
        self.bring_back(asked=self._asked)
        self.call_after_refresh(self.look_at_library)
        if not self.titlebar.author:
            self.call_after_refresh(self.run_worker, self._introduce)

    async def _introduce(self) -> None:
        """Say who annotates, where git knows: its answer takes longer than the first screen may."""
        self.titlebar.author = (await asyncio.to_thread(lambda: self._session.author)).id

    def _open_at_start(self, target: Target) -> None:
        try:
            desk = self._session.glance(target.path)
            cursor = self._show(desk, target)
        except PostilError as error:
            self.set_class(True, "-finding")
            self.article.be_empty()
            self.find.enter()
            self.footer.say(str(error), loud=True)
        else:
            self.run_worker(self._begin(desk, target, cursor), group=HOLDING)

    async def _begin(self, glanced: Desk, target: Target, cursor: int) -> None:
        """Bring the marks to an article that is on the first screen already."""
        await drawn(self)
        try:
            desk = self._session.open(target.path)
        except PostilError as error:
            self.footer.say(str(error), loud=True)
            return
        if desk.article.blocks == glanced.article.blocks:
            self.article.show_marks()
            self._warn(desk)
        else:
            cursor = self._show(desk, target)
            await drawn(self)
        self._go(target, cursor)

    # Articles

    async def _open(self, target: Target) -> None:
        if target.path != self.article.path:
            try:
                desk = await asyncio.to_thread(self._session.open, target.path)
            except PostilError as error:
                self.footer.say(str(error), loud=True)
                return
            await self._arrive(target, self._show(desk, target))
            self._keep_state()
        else:
            self._go(target)
        if not self.beside:
            self.remove_class("-finding")

    def _show(self, desk: Desk, target: Target) -> int:
        """Show an article as it was left; gives the offset to stand on."""
        spot = self._place.spots.get(target.path)
        self.find.point_at(target.path)
        self.article.show(desk, top=spot[0] if spot else 0, cursor=spot[1] if spot else None)
        self.set_focus(self.article.pane)
        self._warn(desk)
        return spot[1] if spot else self.article.beginning

    def _warn(self, desk: Desk) -> None:
        if desk.read_only:
            self.footer.say(short(desk.problem) if desk.problem else TOO_LARGE, loud=True)

    async def _arrive(self, target: Target, cursor: int) -> None:
        """Go to a place in an article that was just shown, once it has its lines."""
        await drawn(self)
        self._go(target, cursor)

    def _go(self, target: Target, cursor: int | None = None) -> None:
        if cursor is not None:
            self.article.pane.go(cursor)
        hits = self._hits(target)
        if target.hit is not None and hits:
            target = replace(target, passage=hits[target.hit])
        self.article.go_to(target, hits)
        self.set_focus(self.article.pane)

    def renamed(self, old: str, new: str) -> None:
        """What is remembered of an article goes with it."""
        self._place.rename(old, new)

    def _remember(self) -> None:
        self._place.query = self.find.wanted
        if self.article.path:
            pane = self.article.pane
            self._place.visit(self.article.path, pane.top_offset, pane.cursor)
            self._place.furniture = not pane.folded
            self._state.measure = pane.measure

    def on_left(self) -> None:
        """Go to the other side: from the article to the list, where letters are keys, from there to the article."""
        if self.find.has_focus_within and self.article.path:
            self.set_focus(self.article.pane)
            if not self.beside:
                self.remove_class("-finding")
        else:
            self.add_class("-finding")
            self.find.enter_list()

    # What is said, and what can be done

    def on_said(self, event: Said) -> None:
        """Say it at the bottom."""
        self.footer.say(event.text, loud=event.loud)

    def on_beginning(self, event: Beginning) -> None:
        """Show the keys that want more of them, and which."""
        if event.typed:
            self.footer.say("")
        self.footer.tags = tuple(self.article.recent.tags)
        self.footer.begun, self.footer.follows = event.typed, event.follows

    def on_saving(self, event: Saving) -> None:
        """Show where saving stands; a failure is loud and stays."""
        self.titlebar.busy = event.busy
        if event.busy:
            return
        unsaved = self._session.unsaved
        self.titlebar.problem = (event.problem or self.titlebar.problem) if unsaved else None
        if event.problem and unsaved:
            self.footer.say(f"not saved (ctrl+s tries again): {short(event.problem)}", loud=True)
        elif event.problem:
            self.footer.say(str(event.problem), loud=True)
        self.find.refresh_list()
        self._situation()

    def on_situation(self) -> None:
        """Other keys may be of use now."""
        self._situation()
        self.catch_up()

    def on_descendant_focus(self) -> None:
        """The footer is about the pane one is in."""
        self._situation()

    def on_key(self, event: events.Key) -> None:
        """A message has been read when the next key comes."""
        del event
        self.footer.say("")

    def _situation(self) -> None:
        situation = self._where()
        commands = footer("unsaved") * (self.titlebar.problem is not None) + footer(situation)
        desk = self.article.desk if self.article.path else None
        self.titlebar.article = desk.article.title if desk else ""
        self.titlebar.read_only = desk is not None and desk.read_only
        self.titlebar.run = self.article.run
        self.footer.typing = situation in ("find", "form", "findbar")
        self.footer.commands = tuple(one for one in commands if self._works(one))
        self._remember()
        self.footer.progress = self.article.pane.whereabouts if self.article.path else ""

    def _where(self) -> str:
        if self.find.listing.has_focus:
            return "list"
        return "find" if self.find.has_focus_within else self.article.situation()

    def _works(self, command: Command) -> bool:
        part = self.part(command.by)
        return part is not None and part.holds(command) and not part.why_not(command)

    def part(self, where: str) -> Commanded | None:
        """The part of the screen that carries out the commands of that name."""
        parts: dict[str, Commanded | None] = {
            "screen": self,
            "find": self.find,
            "article": self.article,
            "pane": self.article.pane,
            "form": self.article.form,
            "margin": self.article.cards,
            "findbar": self.article.bar,
        }
        return parts.get(where)

    def on_click(self, event: events.Click) -> None:
        """A key in the footer can be clicked, and the parts of the title."""
        at = int(event.screen_x), int(event.screen_y)
        line = next((one for one in (self.footer, self.titlebar) if one.region.contains(*at)), None)
        command_id = line.command_at(at[0] - line.region.x - 1) if line else None
        part = self.part(COMMANDS[command_id].by) if command_id else None
        if part is not None and command_id:
            part.action_run(command_id)

    def action_elsewhere(self) -> None:
        """A key of the article, pressed in another pane: say where it works."""
        if self.article.form is not None:
            self.footer.say("a form is open: enter saves, esc keeps a draft")
        elif self.article.path:
            self.footer.say("this key is for the article: tab goes there")
        else:
            self.footer.say("no article is open: enter opens one")

    # Commands

    def do_search(self) -> None:
        """Go to the search box; what is typed there takes the place of what was searched for."""
        self._to_find()
        self.find.box.select_all()

    def _to_find(self) -> None:
        self.add_class("-finding")
        self.find.enter()

    def do_pane(self, count: int) -> None:
        """Go to the next pane."""
        cards = [self.article.cards] * bool(self.article.path)
        stops: list[Widget] = [self.find.box, self.find.listing, self.article.pane, *cards]
        stops = [one for one in stops if one.focusable and one.display and one.region.area]
        at = next((at for at, one in enumerate(stops) if one is self.focused), -1 if count > 0 else 0)
        if stops:
            self.set_focus(stops[(at + count) % len(stops)])
        if not self.beside and not self.find.has_focus_within:
            self.remove_class("-finding")

    def do_list(self) -> None:
        """Show the find pane, or hide it."""
        self.toggle_class("-finding")
        if not self.has_class("-finding"):
            self.set_focus(self.article.pane)

    def do_refresh(self) -> None:
        """Look at the library again."""
        self.look_at_library(asked=True)
        self.footer.say("looking for new and changed articles")

    def do_theme(self) -> None:
        """The next theme."""
        self.footer.say(f"theme: {next_theme(self.app)}")

    def why_not(self, command: Command) -> str:
        """Some lists are of the open article."""
        if (command.verb in ("done", "like") or command.argument in _OF_THE_ARTICLE) and not self.article.path:
            return "no article is open: f searches, enter opens"
        return super().why_not(command)

    def do_done(self) -> None:
        """Mark the article done, or unread again."""
        self.find.turn(self.article.path)
        self._keep_state()

    @property
    def searches(self) -> tuple[Search, ...]:
        """The library's saved searches."""
        return self._session.known_codebook.searches

    def search_for(self, query: str) -> None:
        """Search for that."""
        self._to_find()
        self.find.put(query)

    def do_like(self) -> None:
        """Search for articles like the open one."""
        self._to_find()
        self.find.look_for_like(self.article.path)

    def do_quit(self) -> None:
        """Leave; ask first when something is not saved."""
        self.run_worker(self._quit(), group=HOLDING, exclusive=True)

    async def _quit(self) -> None:
        await self.article.settle()
        if not self._session.unsaved:
            self.app.exit()
            return
        from reader.screens.ask import Answer, Ask

        answers = (Answer("s", "try to save again", "save"), Answer("q", "quit and lose it", "quit"))
        names, problem = ", ".join(self._session.unsaved), self.titlebar.problem
        why = f" {short(problem)}" if problem else ""
        self.app.push_screen(Ask(f"Not saved: {names}.{why}", answers, otherwise="stay"), self._answered)

    def _answered(self, answer: str | None) -> None:
        if answer == "save":
            self.article.do_save()
        elif answer == "quit":
            self.app.exit()
