"""The line at the top: which library, which article, who annotates, and whether everything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive

from annotations.errors import PostilError
from reader.showing import DIM, fit, joined, shown
from reader.widgets.line import Line

if TYPE_CHECKING:
    from reader.glyphs import Glyphs

__all__ = ["TitleBar"]


class TitleBar(Line):
    """Library on the left, article in the middle, author and state of saving on the right.

    A click leads on: to the search, the outline, another attempt to save.
    """

    DEFAULT_CSS = """
    TitleBar {
        height: 1;
        padding: 0 1;
        background: $panel;
    }
    """

    article: reactive[str] = reactive("")
    author: reactive[str] = reactive("")
    busy: reactive[bool] = reactive(False)
    read_only: reactive[bool] = reactive(False)
    run: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())
    """Tags that every mark gets."""

    unfinished: reactive[str] = reactive("")
    """What git is in the middle of, in words."""

    problem: reactive[PostilError | None] = reactive[PostilError | None](None)

    def __init__(self, library: str, author: str, signs: Glyphs) -> None:
        super().__init__()
        self.set_reactive(TitleBar.author, author)
        self._library = library
        self._signs = signs
        self._spots: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """Draw the line; the program's name gives way first, then the article's title, then the library's name."""
        width = self.content_size.width
        run = fit(shown(" ".join(f"#{tag}" for tag in self.run), "bold $accent"), max(width // 4, 6))
        right = joined([run, shown(self.author, DIM), self._state()])
        left = self._left(max(width // 4, 6, width - right.cell_length - shown(self.article).cell_length - 4))
        room = width - right.cell_length - left.cell_length - 4
        title = fit(shown(self.article, "bold"), room) if room > 8 else Content("")
        before = max((width - title.cell_length) // 2 - left.cell_length, 2)
        before = min(before, max(width - left.cell_length - title.cell_length - right.cell_length - 2, 2))
        after = max(width - left.cell_length - before - title.cell_length - right.cell_length, 1)
        begin = left.cell_length + before
        end = begin + title.cell_length
        self._spots = [(0, left.cell_length, "find.search"), (begin, end, "lists.outline")]
        if self.problem is not None:
            self._spots.append((width - self._state().cell_length, width, "article.save"))
        return left + Content(" " * before) + title + Content(" " * after) + right

    def _left(self, room: int) -> Content:
        """Program, library, and what is unfinished in it; where there is no room, the last of them that there is."""
        parts = [Content.styled("postil", "bold $primary"), shown(self._library, DIM)]
        parts += [shown(self.unfinished, "bold $warning")] if self.unfinished else []
        all_of_it = joined(parts, f" {self._signs.dot} ")
        return all_of_it if all_of_it.cell_length <= room else fit(parts[-1], room)

    def command_at(self, x: int) -> str | None:
        """The id of the command that a click on that cell of the line asks for, if any."""
        return next((name for start, end, name in self._spots if start <= x < end), None)

    def _state(self) -> Content:
        if self.problem is not None:
            return Content.styled(f" {self._signs.unsaved} not saved ", "bold reverse $error")
        if self.busy:
            return Content.styled("saving", DIM)
        if self.read_only:
            return Content.styled("read-only", "bold $warning")
        return Content.styled(f"{self._signs.saved} saved", "$success")
