"""A list over the screen, narrowed as one types: the one way to pick a place, whatever is listed.

Who opens it gives a `Source` and is called with where to go, or with nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import Worker

from annotations.errors import PostilError
from annotations.frozen import frozen
from reader.commands import COMMANDS, Command, bindings, key_name
from reader.messages import ReadingLibrary, Said, Target
from reader.showing import DIM, joined, shown
from reader.widgets.commanded import Commanded
from reader.widgets.field import Field
from reader.widgets.listing import Item, Listing

if TYPE_CHECKING:
    from reader.glyphs import Glyphs

__all__ = ["Offer", "Pick", "Source"]

_PAUSE = 0.04
_PATIENCE = 0.15
_SOON = 8
"""How near the end of what is listed the rest is asked for."""

_KEYS = ("lists.open", "lists.next", "lists.close")


@frozen
class Offer:
    """What there is to pick from.

    Attributes:
        items: in order.
        about: how much of what that is.
        teach: what to do when there is nothing.
        at: the number of the item to begin at.
        more: whether there is more of it than was asked for.
    """

    items: Sequence[Item]
    about: str
    teach: Content | str = ""
    at: int = 0
    more: bool = False


class Source(Protocol):
    """Where a list comes from.

    Attributes:
        title: over the list.
        hint: in the empty box.
        does: what Enter does with what is chosen, in a word or two.
        rows: lines of an item.
        slow: whether `offer` is to be called in a thread.
        typed: what to begin with in the box, and what was in it last.
        page: how many items to ask for first, and how many more each time; 0 for all.
    """

    title: str
    hint: str
    does: str
    rows: int
    slow: bool
    typed: str
    page: int

    def offer(self, typed: str, most: int) -> Offer:
        """What is left of the list by what was typed.

        Raises:
            PostilError: that makes no sense, or cannot be done.
        """

    def leave(self, typed: str, chosen: Target | None, most: int) -> None:
        """The list is left; that was in the box, that was chosen, and so much was asked for."""


class Pick(ModalScreen[Target | None], Commanded):
    """Closed with where to go, or with nothing."""

    DEFAULT_CSS = """
    Pick { align: center middle; background: $background 60%; }
    Pick > Vertical {
        width: 92; max-width: 100%; height: 90%; padding: 0 1; background: $panel; border: solid $primary;
    }
    Pick.-all > Vertical { height: 100%; }
    Pick .title { height: 1; }
    Pick .box { height: 1; }
    Pick .box Static { width: 2; color: $primary; }
    Pick Input { width: 1fr; background: $panel; &:focus { background-tint: transparent; } }
    Pick .about { height: auto; color: $foreground 60%; }
    Pick .teach { height: auto; padding: 1 0; }
    Pick Listing { background: $panel; height: 1fr; margin: 1 0; }
    Pick .keys { dock: bottom; height: 1; }
    """

    BINDINGS = bindings("pick")
    VERTICAL_BREAKPOINTS = [(0, "-all"), (30, "-part")]  # noqa: RUF012 - Textual's own way to declare them

    def __init__(self, source: Source, signs: Glyphs) -> None:
        super().__init__()
        self._source = source
        self._signs = signs
        self._most = source.page
        self._more = False
        self._progress = ""
        self._looking: Worker[None] | None = None
        self._about = Static(classes="about")
        self._teach = Static(classes="teach")
        self.said = ""
        self.teaching = ""
        self.box = Field(value=source.typed, placeholder=source.hint, compact=True, select_on_focus=False)
        self.listing = Listing()
        self.listing.can_focus = False  # typing goes on whatever is chosen

    def compose(self) -> ComposeResult:
        """Title, box, how much there is, the list, keys."""
        with Vertical():
            yield Static(shown(self._source.title, "bold"), classes="title")
            with Horizontal(classes="box"):
                yield Static(Content(self._signs.search))
                yield self.box
            yield self._about
            yield self._teach
            yield self.listing
            yield Static(self._key_line(), classes="keys")

    def on_mount(self) -> None:
        """Begin with all of it, or where one was last time."""
        self.set_focus(self.box)
        self.box.select_all()
        self.look()

    def _key_line(self) -> Content:
        said = {name: COMMANDS[name].label for name in _KEYS} | {"lists.open": self._source.does}
        return joined([
            Content.assemble((key_name(COMMANDS[name].keys[0]), "bold $primary"), (f" {label}", DIM))
            for name, label in said.items()
        ], "   ")  # fmt: skip

    # Looking

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list as one types."""
        event.stop()
        if event.value != self._source.typed:
            self._source.typed = event.value
            self._most = self._source.page
            self.look()

    def look(self, *, again: bool = False) -> None:
        """List what there is for what is typed; `again` keeps what is chosen."""
        if self._looking:
            self._looking.cancel()
        if self._source.slow:
            self._looking = self.run_worker(self._look(self.box.value, again=again), group="pick", exclusive=True)
        else:
            self._show(self._source.offer(self.box.value, self._most), again=again)

    @property
    def _under_way(self) -> Worker[None] | None:
        return self._looking if self._looking and not self._looking.is_finished else None

    async def _look(self, typed: str, *, again: bool) -> None:
        await asyncio.sleep(_PAUSE if typed else 0)
        timer = self.set_timer(_PATIENCE, lambda: self._say(f"searching{self._signs.ellipsis}"))
        try:
            offer = await asyncio.to_thread(self._source.offer, typed, self._most)
        except PostilError as error:
            offer = Offer((), "", Content.styled("This cannot be searched for.\n\n", "bold") + shown(str(error)))
        finally:
            timer.stop()
        self._show(offer, again=again)

    def _show(self, offer: Offer, *, again: bool) -> None:
        self._more = offer.more
        self._say(offer.about)
        content = offer.teach if isinstance(offer.teach, Content) else Content(offer.teach)
        self.teaching = content.plain
        self._teach.display = bool(content.plain)
        self._teach.update(content)
        self.listing.display = bool(offer.items)
        self.listing.fill(offer.items, self._source.rows, at=offer.at, again=again)

    def _say(self, text: str) -> None:
        self.said = f" {self._signs.dot} ".join(filter(None, (text, self._progress)))
        self._about.update(shown(self.said))

    def on_reading_library(self, event: ReadingLibrary) -> None:
        """While the library is being read there may be more to list than is known; a look that takes long goes on."""
        if self._source.slow:
            self._progress = f"{event.what}: {event.done:,} of {event.total:,}" if event.what else ""
            if not self._under_way or not event.what:
                self.look(again=True)

    def on_said(self, event: Said) -> None:
        """Say it over the list."""
        event.stop()
        self._say(event.text)

    # Commands

    def awaited(self, command: Command) -> Worker[None] | None:
        """The look for what was typed; only leaving need not wait for it."""
        return self._under_way if command.verb != "close" else None

    def why_not(self, command: Command) -> str:
        """Nothing can be chosen where nothing is listed."""
        if command.id in ("lists.next", "lists.previous", "lists.open") and not len(self.listing):
            return "nothing is listed: change the words, or esc"
        return ""

    def do_step(self, count: int) -> None:
        """Choose another one, of what there is for what was typed."""
        self.listing.step(count)
        self._go_on()

    def do_page(self, count: int) -> None:
        """Choose one a page away."""
        self.listing.page(count)
        self._go_on()

    def _go_on(self) -> None:
        """Ask for more before one comes to the end."""
        if self._more and self.listing.at > len(self.listing) - _SOON:
            self._more = False
            self._most *= 2  # each time all is asked for again
            self.look(again=True)

    def do_open(self) -> None:
        """Go to the chosen one."""
        self._leave(self.listing.chosen.key if self.listing.chosen else None)

    def do_close(self) -> None:
        """Go nowhere."""
        self._leave(None)

    def _leave(self, target: Target | None) -> None:
        chosen = self.listing.chosen
        self._source.leave(self.box.value, chosen.key if chosen else None, self._most)
        self.dismiss(target)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the chosen one."""
        event.stop()
        self.action_run("lists.open")

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """So does a click."""
        self._leave(event.item.key)
