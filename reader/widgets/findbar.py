"""The line in which one types what to find in the open article; it goes when that is over."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from annotations.frozen import late
from reader.commands import bindings
from reader.showing import DIM, shown
from reader.widgets.commanded import Commanded
from reader.widgets.field import Field

__all__ = ["FindBar"]


class FindBar(Commanded):
    """A box, how many places there are, and what the keys do."""

    DEFAULT_CSS = """
    FindBar { layout: horizontal; height: 1; padding: 0 1; background: $panel; }
    FindBar .slash { width: 2; color: $primary; }
    FindBar Input { width: 1fr; background: $panel; &:focus { background-tint: transparent; } }
    FindBar .count { width: auto; padding: 0 0 0 2; }
    """

    BINDINGS = bindings("findbar")

    @late
    class Typed(Message):
        """What is looked for is another now."""

        text: str

    @late
    class Stepped(Message):
        """Another place is wanted, while typing goes on."""

        count: int

    @late
    class Kept(Message):
        """This is the place: the keys go back to the article, and `n` goes on from place to place."""

    @late
    class Dropped(Message):
        """It was not to be found: back to where one was."""

    def __init__(self) -> None:
        super().__init__()
        self.box = Field(placeholder="find in this article", compact=True, select_on_focus=False)
        self.said = ""
        self._count = Static(classes="count")

    def compose(self) -> ComposeResult:
        """Sign, box, count."""
        yield Static(Content("/"), classes="slash")
        yield self.box
        yield self._count

    def say(self, text: str, *, hint: str = "") -> None:
        """Show where one is among the places, and what to do now."""
        self.said = text
        self._count.update(shown(text, "bold") + shown(f"  {hint}" if text and hint else hint, DIM))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as one types."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter keeps the place."""
        event.stop()
        self.action_run("find.here-keep")

    def do_keep(self) -> None:
        """Keep the place."""
        self.post_message(self.Kept())

    def do_leave(self) -> None:
        """Go back."""
        self.post_message(self.Dropped())

    def do_step(self, count: int) -> None:
        """Go to another place."""
        self.post_message(self.Stepped(count))
