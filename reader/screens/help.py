"""All keys, by what they are for; read from the table of commands."""

from __future__ import annotations

from textwrap import wrap

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.commands import GROUPS, Command, key_name, of_group
from reader.showing import DIM

__all__ = ["Help"]

_KEYS = 14
_WIDTH = 76
_AROUND = 5  # what padding and scroll bar take
_WHEN = {"selecting": " (while selecting)", "adjusting": " (while adjusting)", "idle": ""}


class Help(ModalScreen[None]):
    """A page over the screen, closed with the keys that opened it, or Esc."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%; }
    Help > VerticalScroll {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        padding: 1 2; background: $panel; scrollbar-size-vertical: 1;
    }
    Help Static { height: auto; }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        Binding("escape,question_mark,f1,q", "dismiss", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def compose(self) -> ComposeResult:
        """One text; it scrolls where it must."""
        with VerticalScroll():
            yield Static(_page(min(_WIDTH, self.app.size.width) - _AROUND))

    def action_scroll(self, lines: int) -> None:
        """Scroll, for those who would rather not use arrows."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _page(width: int) -> Content:
    groups = [_group(group, width) for group in GROUPS]
    end = Content.styled("esc closes this; ctrl+p finds a command by its name", DIM)
    return Content("\n\n").join([*groups, end])


def _group(group: str, width: int) -> Content:
    return Content("\n").join([Content.styled(group, "bold $accent"), *(_line(one, width) for one in of_group(group))])


def _line(command: Command, width: int) -> Content:
    keys, when = " ".join(key_name(key) for key in command.keys), _WHEN.get(command.when, "")
    under = f"\n{' ' * (_KEYS + 1)}"
    words = under.join(wrap(command.help + when, max(width - _KEYS - 1, 20)))
    help_ = words[: len(words) - len(when)] if when and words.endswith(when) else words
    return Content.assemble((keys.ljust(_KEYS), "bold $primary"), f" {help_}", (words[len(help_) :], DIM))
