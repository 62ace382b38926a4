"""Repair: one mark at a time whose article changed under it, what it quoted beside what stands there now."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from annotations import plainly
from annotations.anchor import State
from annotations.errors import PostilError
from annotations.frozen import frozen
from annotations.repair import is_retired, needs_repair
from reader import repairs
from reader.amiss import short
from reader.beside import CHOICES, both_sides, what_it_is
from reader.commands import Command, bindings, footer
from reader.desk import TOO_LARGE
from reader.screens.ask import Answer, Ask
from reader.showing import DIM, columns, joined, keyed, shown
from reader.typeahead import HOLDING
from reader.widgets.commanded import Commanded
from reader.widgets.footer import Footer

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.entry import Entry
    from reader.desk import Desk
    from reader.glyphs import Glyphs
    from reader.messages import Said
    from reader.session import Session

__all__ = ["Elsewhere", "RepairScreen"]

_COUNTED = {State.EDITED: "reworded", State.AMBIGUOUS: "in several places", State.ORPHAN: "gone"}
_WIDE = 100
_CHANGES = ("accept", "choose", "select", "retire", "moved", "undo", "redo")
_OF_ONE = ("choose", "select", "retire", "open", "step")


@frozen
class Elsewhere:
    """Where the screen was left for: which mark of which article, and what is to be done with it there."""

    path: str
    annotation: str
    verb: Literal["open", "select", "reply"]


class RepairScreen(Screen[Elsewhere | None], Commanded):
    """The passage as it was quoted on the left, the article as it is on the right; one over the other where narrow.

    Args:
        session: the library, and who works on it.
        path: the article to begin with.
        signs: the glyphs to use.
        write: carries out a change in its turn, and gives the error if it failed.
        first: the id of the annotation to begin with.
    """

    DEFAULT_CSS = """
    RepairScreen .title { height: 1; padding: 0 1; background: $panel; }
    RepairScreen .what { height: auto; padding: 1 2 0 2; }
    RepairScreen VerticalScroll { height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    RepairScreen .sides { height: auto; }
    RepairScreen .sides Static { width: 1fr; height: auto; padding: 0 1; }
    RepairScreen .sides .now { border-left: solid $border; }
    RepairScreen.-narrow .sides { layout: vertical; }
    RepairScreen.-narrow .sides Static { width: 100%; }
    RepairScreen.-narrow .sides .now { border-left: none; margin-top: 1; }
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - Textual's own way to declare them
    BINDINGS = bindings("repair")

    def __init__(
        self,
        session: Session,
        path: str,
        signs: Glyphs,
        write: Callable[[Callable[[], object]], Awaitable[PostilError | None]],
        *,
        first: str | None = None,
    ) -> None:
        super().__init__()
        self._session = session
        self._signs = signs
        self._write = write
        self._path = path
        self._seen = {path}
        self._allowed = {session.author.id}
        self._digit = 0
        self._at = next((at for at, one in enumerate(self.left) if one.annotation.id == first), 0)
        self._shown: Placed | None = None
        self.title_line = Static(classes="title")
        self._what = Static(classes="what")
        self._was = Static(classes="was")
        self._now = Static(classes="now")
        self._body = VerticalScroll(Horizontal(self._was, self._now, classes="sides"), can_focus=False)
        self.footer = Footer()

    def compose(self) -> ComposeResult:
        """Title, what it is about, both sides, keys."""
        yield self.title_line
        yield self._what
        yield self._body
        yield self.footer

    def on_mount(self) -> None:
        """Show the first."""
        self._show()

    @property
    def desk(self) -> Desk:
        """The article that is being repaired."""
        return self._session.desk(self._path)

    @property
    def left(self) -> tuple[Placed, ...]:
        """All that is to be gone through in it."""
        return repairs.to_go_through(self.desk)

    @property
    def item(self) -> Placed | None:
        """The one that is on the screen."""
        left = self.left
        return left[min(self._at, len(left) - 1)] if left else None

    # What is shown

    def _show(self) -> None:
        self._at = max(0, min(self._at, len(self.left) - 1))
        self._shown = one = self.item
        self._show_title()
        if one is None:
            self._show_nothing()
        else:
            mine = self._session.mine(one.annotation)
            self._what.update(what_it_is(one, self._signs, max(self.app.size.width - 4, 1), mine=mine))
            was, now = both_sides(one, self.desk)
            self._was.update(was)
            self._now.update(now)
        self._what.display = self._now.display = one is not None
        self._body.scroll_home(animate=False)
        offered = (
            each for each in footer("repair") if one or each.verb != "accept"
        )  # what enter does then stands above
        self.footer.commands = tuple(each for each in offered if not self.why_not(each))

    def _show_title(self) -> None:
        left = self.left
        states = [one.state for one in left if needs_repair(one)]
        counts = [shown(f"{states.count(state)} {name}") for state, name in _COUNTED.items() if state in states]
        counts += [shown(f"{len(left) - len(states)} moved", DIM)] * (len(left) > len(states))
        where = shown(f"{self._at + 1} of {len(left)}" if left else "")
        parts = [Content.styled("Repair", "bold $primary"), where, shown(self.desk.article.title, "bold")]
        dot, width = f" {self._signs.dot} ", self.app.size.width
        right = joined(counts, dot) if width >= _WIDE else Content("")
        self.title_line.update(columns(joined(parts, dot), right, max(width - 2, 1)))

    def _show_nothing(self) -> None:
        """What there is to do when nothing is left."""
        retired = sum(map(is_retired, self.desk.placed))
        kept = f"{retired} {'is' if retired == 1 else 'are'} retired (! lists them)"
        rest = kept if retired else "every mark stands on its words"
        lines = [shown(f"Nothing to repair: {rest}.", "bold")]
        if following := self._following:
            marks = f"{following.repairs} mark{'s' * (following.repairs > 1)} to repair"
            lines += [Content(""), keyed("enter", f"goes on to {plainly.short(following.title)}, {marks}")]
        lines += [
            Content(""),
            shown("When an article changes, marks whose words changed, are gone, or stand in several places come here. "
                  "What reads as before is found by itself, wherever it is now.", DIM),
        ]  # fmt: skip
        self._was.update(Content("\n").join(lines))

    @property
    def _following(self) -> Entry | None:
        return repairs.next_article(self._session, self._seen)

    def on_resize(self) -> None:
        """Lines are as wide as the screen."""
        if self.is_mounted:
            self._show()

    def on_said(self, event: Said) -> None:
        """Say it at the bottom."""
        self.footer.say(event.text, loud=event.loud)

    def on_key(self, event: events.Key) -> None:
        """A message has been read when the next key comes; a digit says which place is meant."""
        self.footer.say("")
        self._digit = int(event.key) if event.key in "123456789" else 0

    def on_click(self, event: events.Click) -> None:
        """A key in the footer can be clicked."""
        if event.widget is self.footer and (name := self.footer.command_at(event.x - 1)):
            self.action_run(name)

    # Going on

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        one, verb = self.item, command.verb
        if verb in _CHANGES and self.desk.read_only:
            return short(self.desk.problem) if self.desk.problem else TOO_LARGE
        if verb == "moved" and not self._moved:
            return "nothing moved that stands word for word elsewhere"
        if one is not None:
            return _why_not(verb, one)
        if verb in _OF_ONE or (verb == "accept" and self._following is None):
            return "nothing is left to repair: esc goes back"
        return ""

    def do_step(self, count: int) -> None:
        """Go to another one."""
        if 0 <= self._at + count < len(self.left):
            self._at += count
            self._show()
        else:
            self.footer.say("this is the last" if count > 0 else "this is the first")

    def do_scroll(self, count: int) -> None:
        """Read on."""
        self._body.scroll_relative(y=count, animate=False)

    def do_page(self, count: int) -> None:
        """Read on by pages."""
        self.do_scroll(count * max(self._body.size.height - 1, 1))

    # Deciding

    def do_accept(self) -> None:
        """Let it be about what stands there now; with nothing left, go on to the next article."""
        one = self.item
        if one is None:
            self.run_worker(self._go_on(), group=HOLDING)
        elif one.start is None:
            self._digit = 1
            self.do_choose()
        elif one.state is not State.EDITED or self._may(one, self.do_accept):
            self._do(partial(repairs.accept, self._session, self._path, [one]), "accepted: u undoes")

    def do_choose(self) -> None:
        """Put it on the place with the digit that was typed."""
        one, number = self.item, self._digit
        if one is None:
            return
        if not 1 <= number <= min(len(one.candidates), CHOICES):
            self.footer.say(f"choose 1 to {min(len(one.candidates), CHOICES)}")
        elif self._may(one, partial(self._choose, number)):
            self._choose(number)

    def _choose(self, number: int) -> None:
        if one := self.item:
            put = partial(self._session.put_at, self._path, one.annotation.id, *one.candidates[number - 1])
            self._do(put, f"put on place {number}: u undoes")

    def do_retire(self) -> None:
        """Keep it without a passage."""
        one = self.item
        if one and self._may(one, self.do_retire):
            retire = partial(repairs.retire, self._session, self._path, one.annotation.id)
            self._do(retire, "retired, ! still lists it: u undoes")

    @property
    def _moved(self) -> list[Placed]:
        return [one for one in self.left if repairs.is_moved(one, self.desk)]

    def do_moved(self) -> None:
        """Let all that moved be where it stands now."""
        moved = self._moved
        self._do(partial(repairs.accept, self._session, self._path, moved), f"{len(moved)} accepted: u undoes")

    def do_undo(self) -> None:
        """Take back the last change to the article."""
        self.run_worker(
            self._step(self._session.undo, "undone: {}; ctrl+r does it again", "nothing to undo"), group=HOLDING
        )

    def do_redo(self) -> None:
        """Do it again."""
        self.run_worker(
            self._step(self._session.redo, "done again: {}; u undoes", "nothing to do again"), group=HOLDING
        )

    def _may(self, one: Placed, act: Callable[[], None]) -> bool:
        """Whether that annotation may be changed; for another's ask, once for each author, and act then."""
        annotation = one.annotation
        if annotation.author in self._allowed:
            return True
        answers = (Answer("r", "reply instead", "reply"), Answer("y", "repair theirs too", "repair"))
        why = f"This {annotation.kind} is {annotation.author}’s."
        self.app.push_screen(Ask(why, answers), partial(self._answered, annotation.author, act))
        return False

    def _answered(self, author: str, act: Callable[[], None], answer: str | None) -> None:
        if answer == "repair":
            self._allowed.add(author)
            act()
        elif answer == "reply":
            self._leave_for("reply")

    def _do(self, change: Callable[[], object], done: str) -> None:
        if self.item is not self._shown:
            self._show()
            self.footer.say("the article or its marks changed just now: look again")
            return
        self.run_worker(self._done(change, done), group=HOLDING)

    async def _done(self, change: Callable[[], object], done: str) -> None:
        problem = await self._write(change)
        self._show()
        self.footer.say(f"not saved: {short(problem)}" if problem else done, loud=problem is not None)

    async def _step(self, step: Callable[[str], str | None], done: str, nothing: str) -> None:
        before = {one.annotation.id for one in self.left}
        labels: list[str | None] = []
        problem = await self._write(lambda: labels.append(step(self._path)))
        back = (at for at, one in enumerate(self.left) if one.annotation.id not in before)
        self._at = next(back, self._at)
        self._show()
        label = labels[0] if labels else None
        said = f"not saved: {short(problem)}" if problem else done.format(label) if label else nothing
        self.footer.say(said, loud=problem is not None)

    async def _go_on(self) -> None:
        """Go on to the next article that needs repair."""
        following = self._following
        if following is None:
            return
        self._seen.add(following.path)
        try:
            await asyncio.to_thread(self._session.open, following.path)
        except PostilError as error:
            self.footer.say(str(error), loud=True)
            return
        self._path, self._at = following.path, 0
        self._show()

    # Leaving

    def do_select(self) -> None:
        """Go and select its words."""
        one = self.item
        if one and self._may(one, self.do_select):
            self._leave_for("select")

    def do_open(self) -> None:
        """Go there in the article."""
        self._leave_for("open")

    def _leave_for(self, verb: Literal["open", "select", "reply"]) -> None:
        if one := self.item:
            self.dismiss(Elsewhere(self._path, one.annotation.id, verb))

    def do_help(self) -> None:
        """The keys that work here."""
        from reader.screens.help import Help
        from reader.screens.reached import reached

        self.app.push_screen(Help("repair", reached(self, "repair"), self._signs))

    def part(self, where: str) -> Commanded | None:
        """The screen carries out its own commands."""
        return self if where == "repair" else None

    def do_leave(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)


def _why_not(verb: str, one: Placed) -> str:
    if verb == "accept" and one.start is None and len(one.candidates) != 1:
        return "1 to 9 choose a place" if one.candidates else "there is nothing to accept: h selects, x retires"
    if verb == "choose" and not one.candidates:
        return "there is one place at most: enter accepts it, h selects another"
    if verb == "retire" and not needs_repair(one):
        return "its words are all there: enter accepts where"
    return ""
