"""A question in the middle of the screen, answered with one key."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from annotations.frozen import frozen
from reader.showing import DIM, joined, shown

__all__ = ["Answer", "Ask"]

_ANSWER = "answer"
"""What is noted in the words of each answer: which one it is."""


@frozen
class Answer:
    """One way to answer: the key for it, what it does, and what the screen is closed with."""

    key: str
    label: str
    value: str


class Ask(ModalScreen[str]):
    """Closed with the value of the answer, or with an empty string by Esc."""

    DEFAULT_CSS = """
    Ask { align: center middle; background: $background 60%; }
    Ask > Vertical {
        width: auto; max-width: 72; height: auto; padding: 1 2;
        background: $panel; border: solid $primary;
    }
    Ask Static { width: auto; max-width: 66; height: auto; }
    Ask.-narrow > Vertical { width: 100%; max-width: 100%; padding: 1; }
    Ask.-narrow Static { width: 100%; }
    Ask .answers { margin-top: 1; }
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]  # noqa: RUF012 - Textual's own way to declare them

    def __init__(self, question: str, answers: Sequence[Answer], *, otherwise: str = "leave it") -> None:
        super().__init__()
        self._question = question
        self._answers = answers
        self._otherwise = otherwise

    def compose(self) -> ComposeResult:
        """The question, and the keys."""
        keys = [(answer.key, answer.label) for answer in self._answers] + [("esc", self._otherwise)]
        with Vertical():
            yield Static(shown(self._question))
            parts = [Content.assemble((key, "bold $primary"), (f" {label}", DIM)) for key, label in keys]
            line = joined([part.stylize(Style.from_meta({_ANSWER: at})) for at, part in enumerate(parts)], "   ")
            yield Static(line, classes="answers")

    def on_click(self, event: events.Click) -> None:
        """Answer with the mouse."""
        at = event.style.meta.get(_ANSWER)
        if at is not None:
            self.dismiss(self._answers[at].value if at < len(self._answers) else "")

    def on_key(self, event: events.Key) -> None:
        """Answer; other keys do nothing while the question stands."""
        event.stop()
        if event.key == "escape":
            self.dismiss("")
        for answer in self._answers:
            if answer.key in (event.key, event.character):
                self.dismiss(answer.value)
                return
