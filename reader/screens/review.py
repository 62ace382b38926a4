"""Review: one changed annotation at a time, in its passage, and the keys to judge it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from annotations.anchor import State, place
from annotations.errors import PostilError
from annotations.model import CONFIG_NAME
from annotations.policy import load_policy
from reader.commands import Command, bindings, footer
from reader.judged import item_lines
from reader.messages import OpenArticle, Said, Target
from reader.screens.ask import Answer, Ask
from reader.showing import DIM, columns, joined, shown
from reader.typeahead import HOLDING
from reader.widgets.commanded import Commanded
from reader.widgets.field import Field
from reader.widgets.footer import Footer
from reader.widgets.pane import ArticlePane, Mark

if TYPE_CHECKING:
    from pathlib import Path

    from index.article import Article
    from reader.glyphs import Glyphs
    from reader.reviews import Item, Reviewing
    from reader.session import Session

__all__ = ["ReviewScreen"]

_NOTHING = "Nothing about the annotations changed there."
_SIGNS = {"accepted": "accepted", "rejected": "rejected", "needs-work": "needs work", "": "comment"}


class ReviewScreen(Screen[bool], Commanded):
    """The article as it was reviewed on the left, what changed on the right; below each other where it is narrow."""

    DEFAULT_CSS = """
    ReviewScreen .title { height: 1; padding: 0 1; background: $panel; }
    ReviewScreen .about {
        height: 1; padding: 0 3; text-wrap: nowrap; text-overflow: ellipsis; color: $foreground 60%; }
    ReviewScreen .text { width: 1fr; height: 1fr; }
    ReviewScreen .change { width: 44; padding: 0 1; border-left: solid $border; }
    ReviewScreen .change Static { height: auto; }
    ReviewScreen.-narrow .panes { layout: vertical; }
    ReviewScreen.-narrow .change { width: 1fr; height: 45%; border-left: none; border-top: solid $border; }
    ReviewScreen .say { height: 1; padding: 0 1; display: none; }
    ReviewScreen .say Static { width: 9; }
    ReviewScreen .say Input { width: 1fr; background: $panel; }
    ReviewScreen.-saying .say { display: block; }
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own way to declare them
    BINDINGS = bindings("review")
    AUTO_FOCUS = ""  # a letter judges until one writes

    def __init__(self, session: Session, reviewing: Reviewing, state: Path, signs: Glyphs) -> None:
        super().__init__()
        self._session = session
        self._reviewing = reviewing
        self._state = state
        self._signs = signs
        self._policy = load_policy(session.library.root / CONFIG_NAME)
        self._items = reviewing.items
        self._at = 0
        self._record = False
        self._articles: dict[tuple[str, bool], Article | None] = {}
        self.title_line = Static(classes="title")
        self._about = Static(classes="about")
        self.pane = ArticlePane()
        self._change = Static()
        self._box = Field(placeholder="what you want to say of it", compact=True, select_on_focus=False)
        self.footer = Footer()

    def compose(self) -> ComposeResult:
        """Title, article and change, a line to write in, keys."""
        yield self.title_line
        with Horizontal(classes="panes"):
            with Vertical(classes="text"):
                yield self._about
                yield self.pane
            with VerticalScroll(classes="change", can_focus=False):
                yield self._change
        with Horizontal(classes="say"):
            yield Static(Content("comment"))
            yield self._box
        yield self.footer

    def on_mount(self) -> None:
        """Begin at the first that is not judged."""
        self.pane.can_focus = False
        self._at = next((at for at, item in enumerate(self._items) if self._open(item)), 0)
        self.footer.commands = footer("review")
        self.call_after_refresh(self._show)

    @property
    def item(self) -> Item | None:
        """The one that is on the screen."""
        return self._items[self._at] if self._items else None

    # What is shown

    def _show(self) -> None:
        self._show_title()
        item = self.item
        if item is None:
            self._change.update(Content(_NOTHING + "\n\n") + shown("q goes back", DIM))
            return
        self._show_passage(item)
        self._show_change(item)

    def _show_title(self) -> None:
        said = [one.verdict for one in self._reviewing.pending.values()]
        counts = [shown(f"{said.count(verdict)} {name}") for verdict, name in _SIGNS.items() if verdict in said]
        judged = sum(1 for verdict in said if verdict)
        where = f"{self._at + 1} of {len(self._items)}" if self._items else ""
        name = shown(" ".join(self._reviewing.words) or "the last commit to the files", "bold")
        left = joined([Content.styled("Review", "bold $primary"), shown(where), name], f" {self._signs.dot} ")
        right = joined([*counts, shown(f"{judged} judged", DIM)], f" {self._signs.dot} ")
        self.title_line.update(columns(left, right, max(self.app.size.width - 2, 1)))

    def _show_passage(self, item: Item) -> None:
        """The article in which the passage stands: as it was reviewed or, of one that is gone, as it was before."""
        gone = item.judged is None
        article, one = self._article(item.path, before=gone), item.change.annotation
        if article is None:
            self.pane.show(one.quote.exact, ())
            self._about.update(shown(f"{item.path}: the article is not there"))
            return
        self._about.update(shown(f"{item.path} {self._signs.dot} {article.title}"))
        self.pane.show(article.text, article.blocks)
        (placed,) = place(article.text, (one,))
        if placed.start is None or placed.end is None:
            self.footer.say(f"its passage is not in the article: {placed.reason or placed.state}")
            return
        self.pane.set_marks((Mark(one.id, placed.start, placed.end, one.kind, state=str(State.SAME)),))
        self.pane.current = one.id
        self._show_former(item, article)
        self.pane.reveal(placed.start, placed.end)

    def _show_former(self, item: Item, article: Article) -> None:
        """Where the passage stood before, if it was moved."""
        before = item.change.before
        if before and item.change.anchor == "moved":
            (then,) = place(article.text, (before,))
            if then.start is not None and then.end is not None:
                self.pane.set_hits(((then.start, then.end),))

    def _show_change(self, item: Item) -> None:
        if self._record:
            from annotations.emit import item as as_yaml
            from annotations.record import to_record

            lines = [shown(line) for line in as_yaml(to_record(item.change.annotation), 0).splitlines()]
        else:
            pending = self._reviewing.pending.get(item.id)
            outdated = self._reviewing.outdated(item)
            lines = item_lines(item, pending, self._policy, self._signs, outdated=outdated)
        self._change.update(Content("\n").join(lines))

    def _article(self, path: str, *, before: bool) -> Article | None:
        key = (path, before)
        if key not in self._articles:
            try:
                self._articles[key] = self._reviewing.article(path, before=before)
            except PostilError:
                self._articles[key] = None
        return self._articles[key]

    def on_resize(self) -> None:
        """The title is as wide as the screen."""
        self._show_title()

    def on_said(self, event: Said) -> None:
        """Say it at the bottom."""
        self.footer.say(event.text, loud=event.loud)

    def on_key(self, event: events.Key) -> None:
        """A message has been read when the next key comes; esc leaves the line one writes in."""
        self.footer.say("")
        if self.has_class("-saying") and event.key == "escape":
            event.stop()
            event.prevent_default()
            self._stop_writing()

    def on_click(self, event: events.Click) -> None:
        """A key in the footer can be clicked."""
        if event.widget is self.footer and (name := self.footer.command_at(event.x - 1)):
            self.action_run(name)

    # Going on

    def why_not(self, command: Command) -> str:
        """Without anything to judge there is nothing to do but leave."""
        if self.item is None and command.id not in ("review.leave", "review.help"):
            return "nothing changed there: q goes back"
        if self.item and self.item.judged is None and command.verb in ("judge", "comment"):
            return "it was removed: there is nothing to judge"
        return ""

    def holds(self, command: Command) -> bool:
        """While one writes, the keys are for the line."""
        del command
        return not self.has_class("-saying")

    def do_step(self, count: int) -> None:
        """Go to another one."""
        to = self._at + count
        if 0 <= to < len(self._items):
            self._at = to
            self._show()
        else:
            self.footer.say("this is the last" if count > 0 else "this is the first")

    def do_unjudged(self) -> None:
        """Go to the next one that is not judged, round and round."""
        order = [*range(self._at + 1, len(self._items)), *range(self._at + 1)]
        to = next((at for at in order if self._open(self._items[at])), None)
        if to is None:
            self.footer.say("all are judged: S submits")
            return
        self._at = to
        self._show()

    def _open(self, item: Item) -> bool:
        said = self._reviewing.pending.get(item.id)
        return item.judged is not None and not (said and said.verdict)

    def do_scroll(self, count: int) -> None:
        """Read on in the article."""
        self.pane.scroll_to(y=self.pane.scroll_offset.y + count, animate=False)

    def do_page(self, count: int) -> None:
        """Read on by pages."""
        self.do_scroll(count * max(self.pane.size.height - 2, 1))

    def do_furniture(self) -> None:
        """Show page furniture, or fold it."""
        self.pane.toggle_furniture()

    def do_record(self) -> None:
        """Show the record as it is kept, or what changed."""
        self._record = not self._record
        if self.item:
            self._show_change(self.item)

    # Judging

    def do_judge(self, verdict: str) -> None:
        """Judge it, and go to the next."""
        if self.item:
            self._reviewing.judge(self.item, verdict)
            self._kept(f"{_SIGNS[verdict]}, pending: S submits, u takes it back")
            if any(self._open(item) for item in self._items):
                self.do_unjudged()
            else:
                self._show()
                self.footer.say("all are judged: S submits")

    def do_comment(self) -> None:
        """Write a line on it."""
        if self.item:
            said = self._reviewing.pending.get(self.item.id)
            self._box.value = said.note if said else ""
            self.add_class("-saying")
            self.set_focus(self._box)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the comment."""
        event.stop()
        if self.item:
            self._reviewing.comment(self.item, event.value.strip())
            self._kept("comment pending")
        self._stop_writing()
        self._show()

    def _stop_writing(self) -> None:
        self.remove_class("-saying")
        self.set_focus(None)

    def do_take_back(self) -> None:
        """Say nothing of it after all."""
        if self.item:
            self._reviewing.take_back(self.item)
            self._kept("taken back")
            self._show()

    def _kept(self, said: str) -> None:
        try:
            self._reviewing.save(self._state)
        except PostilError as error:
            self.footer.say(str(error), loud=True)
        else:
            self.footer.say(said)

    # Leaving

    def do_submit(self) -> None:
        """Ask, then write."""
        pending = self._reviewing.pending
        if not pending:
            self.footer.say("nothing is pending: a, r or w judges")
            return
        where = self._reviewing.destination()
        self.app.push_screen(
            Ask(f"{len(pending)} to submit: {where}.", (Answer("s", "submit", "submit"),)), self._answered
        )

    def _answered(self, answer: str | None) -> None:
        if answer:
            self.run_worker(self._submit(), group=HOLDING)

    async def _submit(self) -> None:
        try:
            done = await asyncio.to_thread(self._reviewing.submit, self._session.author.id)
            self._reviewing.save(self._state)
        except PostilError as error:
            self.footer.say(str(error), loud=True)
            return
        self._show()
        where = f"committed on {done.commit}" if done.commit else "written; commit them when you are ready"
        self.footer.say(f"{len(done.paths)} sidecar{'s' * (len(done.paths) > 1)} {where}")

    def do_open(self) -> None:
        """Go to it in the article, as that is in the work tree."""
        if self.item:
            self.dismiss(False)
            self.app.screen_stack[-1].post_message(OpenArticle(Target(self.item.path, self.item.id)))

    def do_help(self) -> None:
        """The keys that work here."""
        from reader.screens.help import Help
        from reader.screens.reached import reached

        self.app.push_screen(Help("review", reached(self, "review"), self._signs))

    def part(self, where: str) -> Commanded | None:
        """The screen carries out its own commands."""
        return self if where == "review" else None

    def do_leave(self) -> None:
        """Leave; what is pending stays."""
        self.dismiss(True)
