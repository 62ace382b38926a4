"""A scroll view that keeps the rows it has drawn, and draws again only those it is told to."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style as RichStyle
from textual.cache import LRUCache
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

__all__ = ["Sheet"]


class Sheet(ScrollView, can_focus=True):
    """Rows of styled text, and how each part of a page looks; `Page` says what the rows are."""

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pane--title", "pane--heading", "pane--caption", "pane--furniture", "pane--fold",
        "pane--highlight", "pane--note", "pane--question", "pane--claim", "pane--current",
        "pane--hit", "pane--cursor", "pane--selection", "pane--caret", "pane--grip",
        "pane--gutter", "pane--gutter-highlight", "pane--gutter-note", "pane--gutter-question", "pane--gutter-claim",
        "pane--gutter-current",
    }  # fmt: skip
    DEFAULT_CSS = """
    Sheet {
        overflow-y: scroll;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .pane--title { text-style: bold; color: $primary; }
        & > .pane--heading { text-style: bold; }
        & > .pane--caption { text-style: italic; color: $foreground 70%; }
        & > .pane--furniture { color: $foreground 45%; }
        & > .pane--fold { color: $foreground 45%; text-style: italic; }
        & > .pane--highlight { background: $warning 22%; text-style: underline; }
        & > .pane--note { text-style: underline; }
        & > .pane--question { text-style: underline italic; color: $primary; }
        & > .pane--claim { text-style: underline bold; color: $accent; }
        & > .pane--current { background: $accent 25%; }
        & > .pane--hit { background: $success; color: $background; text-style: bold; }
        & > .pane--cursor { background: $foreground 10%; }
        & > .pane--selection { background: $primary; color: $background; }
        & > .pane--caret { text-style: reverse; }
        & > .pane--grip { background: $accent; color: $background; text-style: bold underline; }
        & > .pane--gutter { color: $foreground 60%; }
        & > .pane--gutter-highlight { color: $warning; }
        & > .pane--gutter-note { color: $secondary; }
        & > .pane--gutter-question { color: $primary; }
        & > .pane--gutter-claim { color: $accent; }
        & > .pane--gutter-current { text-style: bold; }
    }
    """

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name=name, id=id, classes=classes)
        self._strips: LRUCache[int, Strip] = LRUCache(1024)
        self._styles: dict[tuple[str, ...], RichStyle] = {}

    def notify_style_update(self) -> None:
        """Forgets what was drawn in the old colours."""
        self._styles.clear()
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """The row at `y` of the window."""
        self._fit()
        number = self.scroll_offset.y + y
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._draw(number)
        return strip

    def _fit(self) -> None:
        """Lays out anew if the width is another."""
        raise NotImplementedError

    def _draw(self, number: int) -> Strip:
        """Draws a row, or a blank one below the last."""
        raise NotImplementedError

    def _style(self, names: tuple[str, ...]) -> RichStyle:
        """The style of these component classes laid one over the other on the widget's own."""
        if (found := self._styles.get(names)) is None:
            style = self.visual_style
            for name in names:
                style += self._partial(name)
            found = self._styles[names] = style.rich_style
        return found

    def _partial(self, name: str) -> Style:
        styles = self.get_component_styles(name)
        text = styles.text_style
        return Style(
            styles.background if styles.has_rule("background") else None,
            styles.color if styles.has_rule("color") else None,
            bold=text.bold,
            italic=text.italic,
            underline=text.underline,
            reverse=text.reverse,
            strike=text.strike,
        )

    def _forget_drawn(self) -> None:
        self._strips.clear()
        self.refresh()

    def _redraw_rows(self, first: int, last: int) -> None:
        """Draws these rows anew, and no others."""
        height, top = self.size.height, self.scroll_offset.y
        if last - first > height:
            self._forget_drawn()
            return
        for row in range(first, last + 1):
            self._strips.discard(row)
        first, last = max(first, top), min(last, top + height - 1)
        if first <= last:
            self.refresh_lines(first, last - first + 1)
