"""A pane in an app of its own, with keys for its motions and ears for its messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.pilot import Pilot

from index.article import Block, Label
from reader.widgets.pane import ArticlePane

WIDTH = 40


class Desk(App[None]):
    """A pane and what it says."""

    CSS = "ArticlePane { max-height: 12; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"pane({action})")
        for key, action in {
            "j": "'line', 1", "k": "'line', -1", "space": "'page', 1", "d": "'half_page', 1", "u": "'half_page', -1",
            "w": "'word', 1", "b": "'word', -1", "e": "'word_end', 1", "l": "'character', 1", "h": "'character', -1",
            "s": "'sentence', 1", "S": "'sentence', -1", "p": "'paragraph', 1", "P": "'paragraph', -1",
            "g": "'edge', 'start'", "G": "'edge', 'end'", "v": "'select'", "o": "'swap'", "escape": "'cancel'",
        }.items()
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield ArticlePane()

    @property
    def pane(self) -> ArticlePane:
        return self.query_one(ArticlePane)

    def action_pane(self, name: str, *arguments: object) -> None:
        getattr(self.pane, f"action_{name}")(*arguments)

    def on_article_pane_moved(self, message: ArticlePane.Moved) -> None:
        self.heard.append(message)

    def on_article_pane_selected(self, message: ArticlePane.Selected) -> None:
        self.heard.append(message)

    def on_article_pane_mark_picked(self, message: ArticlePane.MarkPicked) -> None:
        self.heard.append(message)

    def picked(self) -> list[str]:
        return [message.id for message in self.heard if isinstance(message, ArticlePane.MarkPicked)]

    def said(self) -> tuple[int | None, int | None] | None:
        """The selection told last."""
        told = [message for message in self.heard if isinstance(message, ArticlePane.Selected)]
        return (told[-1].start, told[-1].end) if told else None


@asynccontextmanager
async def desk(
    text: str, blocks: tuple[Block, ...] = (), *, size: tuple[int, int] = (WIDTH, 12), offset: int = 0
) -> AsyncIterator[tuple[Desk, Pilot[None]]]:
    app = Desk()
    async with app.run_test(size=size) as pilot:
        app.pane.show(text, blocks, offset=offset)
        app.pane.focus()
        await pilot.pause()
        yield app, pilot


def rows(app: Desk) -> list[str]:
    return [app.pane.render_line(y).text for y in range(app.pane.size.height)]


def styles_over(app: Desk, y: int, words: str) -> list[str]:
    """The styles of the segments of a row that hold any of these words."""
    return [str(part.style) for part in app.pane.render_line(y) if part.text.strip() and part.text.strip() in words]


def blocks_of(text: str) -> tuple[Block, ...]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            label = Label.UI if line.startswith("Menu") else Label.HEADING if line.startswith("#") else Label.BODY
            found.append(Block(at, at + len(line.rstrip()), label))
        at += len(line)
    return tuple(found)


PROSE = "One is here. Two is here.\n\nThree goes on and on over the edge of a row. Four.\n\n" + "\n".join(
    f"Line {number} stands alone.\n" for number in range(40)
)
LONG = "\n\n".join(f"Paragraph {number} has a few words in it." for number in range(200))
