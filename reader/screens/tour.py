"""What there is, in four screens: shown to who starts the reader for the first time, and never again unasked.

It stands in nobody's way: a key that is not its own closes it and does what it always does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.commands import COMMANDS, key_name
from reader.showing import DIM
from reader.typeahead import HOLDING, OneKeyAtATime

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["PAGES", "Tour"]

_KEYS = 8
_ON = ("right", "enter", "space")

PAGES: tuple[tuple[str, tuple[tuple[str, str] | str, ...]], ...] = (
    (
        "Find",
        (
            "The list holds every article of your library.",
            ("find.search", "search titles, texts, marks, speakers, tags"),
            ("find.next", "choose; the words found stand below"),
            ("find.open", "open the article, at that place"),
            ("find.here", "find in the article, once it is open"),
            ("find.hit", "go on to the next place"),
        ),
    ),
    (
        "Read and mark",
        (
            "A sentence is lit: that is what a mark is made on.",
            ("move.sentence", "next sentence"),
            ("mark.highlight", "highlight it"),
            ("mark.note", "write a note on it"),
            ("select.start", "select by words, or with the mouse"),
            ("mark.next", "go to the next mark"),
            ("mark.undo", "undo"),
            "Marks are saved as they are made.",
            "The article itself is never changed.",
        ),
    ),
    (
        "Claim",
        (
            "A claim says who said it, how, and about what.",
            ("mark.claim", "make a claim of the words that are lit"),
            ("form.next", "next field; names and tags are offered"),
            ("form.save", "save it"),
            ("mark.edit", "edit the mark under the cursor"),
            ("mark.reply", "reply to a mark"),
            ("article.cite", "copy words with where they come from"),
        ),
    ),
    (
        "Review in git",
        (
            "The marks on news.txt are in news.txt.postil.yaml,",
            "beside it, a section for each person: commit them,",
            "send them, read them with git diff, as you do code.",
            "What others bring is shown while you read.",
            ("screen.palette", "find any command by what it does"),
            ("screen.help", "all keys"),
            ("screen.tour", "show these four screens again"),
        ),
    ),
)
"""Each with its heading, and its lines: a command's id and what it is good for here, or words."""


class Tour(ModalScreen[None]):
    """One page at a time; its keys are those that work below, where letters may be `typing`."""

    DEFAULT_CSS = """
    Tour { align: center middle; background: $background 60%; }
    Tour > Vertical {
        width: 60; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        background: $panel; border: solid $primary;
    }
    Tour Static { height: auto; }
    Tour .turn { margin-top: 1; }
    """

    def __init__(self, *, typing: bool = False) -> None:
        super().__init__()
        self._typing = typing
        self._at = 0
        self._page = Static()
        self._turn = Static(classes="turn")

    def compose(self) -> ComposeResult:
        """The page, and how to turn it."""
        with Vertical():
            yield self._page
            yield self._turn

    def on_mount(self) -> None:
        """Begin at the beginning."""
        self._show(0)

    def _show(self, at: int) -> None:
        self._at = at
        self._page.update(_page(at, typing=self._typing))
        self._turn.update(_turning(at))

    def on_key(self, event: events.Key) -> None:
        """Turn the page; any other key is for what is below."""
        event.stop()
        if event.key in _ON and self._at < len(PAGES) - 1:
            self._show(self._at + 1)
        elif event.key == "left":
            self._show(max(self._at - 1, 0))
        elif event.key in ("escape", *_ON):
            self.dismiss()
        elif isinstance(self.app, OneKeyAtATime):
            self.app.run_worker(self._pass_on(self.app, events.Key(event.key, event.character)), group=HOLDING)

    async def _pass_on(self, app: OneKeyAtATime, event: events.Key) -> None:
        await app.pop_screen()
        await app.let_through(event)

    def on_click(self, event: events.Click) -> None:
        """Beside the page: close; on it: turn it."""
        on_it = self.query_one(Vertical).region.contains(int(event.screen_x), int(event.screen_y))
        if not on_it or self._at == len(PAGES) - 1:
            self.dismiss()
        else:
            self._show(self._at + 1)


def _page(at: int, *, typing: bool) -> Content:
    heading, lines = PAGES[at]
    head = Content.assemble((heading, "bold $accent"), (f"   {at + 1} of {len(PAGES)}", DIM))
    return Content("\n").join([head, Content(""), *(_line(one, typing=typing) for one in lines)])


def _line(line: tuple[str, str] | str, *, typing: bool) -> Content:
    if isinstance(line, str):
        return Content(line)
    command_id, words = line
    command = COMMANDS[command_id]
    key = key_name(command.key_while_typing if typing else command.keys[0])
    if typing and command_id == "find.search":
        key = "type"  # one is in the box
    return Content.assemble((key.ljust(_KEYS), "bold $primary"), f" {words}")


def _turning(at: int) -> Content:
    last = at == len(PAGES) - 1
    keys = [("→", "begin" if last else "next"), *([("←", "back")] if at else []), ("esc", "skip")][: 2 if last else 3]
    return Content("   ").join(Content.assemble((key, "bold $primary"), (f" {words}", DIM)) for key, words in keys)
