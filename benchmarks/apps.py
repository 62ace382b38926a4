"""The programs that are measured: `python -m benchmarks.apps hello`, or `… pane FILE MARKS`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

__all__: list[str] = []


class Hello(App[None]):
    """The least that Textual can show."""

    def compose(self) -> ComposeResult:
        yield Static("hello")


def reader(path: Path, marks: int) -> App[None]:
    """A pane and nothing else, with an article and so many marks on it."""
    from reader.widgets.pane import ArticlePane, Mark

    class Reader(App[None]):
        BINDINGS: ClassVar[list[BindingType]] = [
            Binding("j", "line(1)"),
            Binding("k", "line(-1)"),
            Binding("space", "page(1)"),
            Binding("b", "page(-1)"),
            Binding("m", "mark"),
        ]
        added = 0

        def compose(self) -> ComposeResult:
            yield ArticlePane()

        def on_mount(self) -> None:
            text = path.read_text(encoding="utf-8")
            step = len(text) // marks if marks else 1
            pane = self.query_one(ArticlePane)
            pane.show(text, ())
            pane.set_marks([Mark(f"m{index}", index * step, index * step + 8, "note") for index in range(marks)])
            pane.focus()

        def action_line(self, count: int) -> None:
            self.query_one(ArticlePane).action_line(count)

        def action_page(self, count: int) -> None:
            self.query_one(ArticlePane).action_page(count)

        def action_mark(self) -> None:
            pane = self.query_one(ArticlePane)
            self.added += 1
            start = pane.top_offset + 20 * self.added
            pane.add_mark(Mark(f"new{self.added}", start, start + 8, "highlight"))

    return Reader()


if __name__ == "__main__":
    (Hello() if sys.argv[1] == "hello" else reader(Path(sys.argv[2]), int(sys.argv[3]))).run()
