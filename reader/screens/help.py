"""A card of the keys that work where one is, those of most use first, another of all, and on both what signs mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.commands import GROUPS, Command, key_name, of_group
from reader.screens.signs import legend
from reader.showing import DIM, columns

if TYPE_CHECKING:
    from reader.glyphs import Glyphs
    from reader.screens.reached import Reached

__all__ = ["Help"]

_KEYS = 14
_EXAMPLES = 27
_WIDTH = 76
_AROUND = 5  # what padding and scroll bar take
_WHEN = {"selecting": " (while selecting)", "adjusting": " (while adjusting)", "idle": "", "found": ""}
_PLACES = {
    "text": "in the article",
    "mark": "on a mark",
    "selection": "with words selected",
    "adjusting": "adjusting a passage",
    "find": "in the search box",
    "list": "in the list",
    "findbar": "finding in the article",
    "form": "in a form",
    "margin": "in the margin",
    "review": "in a review",
    "repair": "in the repair",
}


class Help(ModalScreen[None]):
    """A page over the screen: first the keys that work here, `?` turns to all keys and back, Esc closes it."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%; }
    Help > Vertical {
        width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; background: $panel;
    }
    Help .head { height: 2; }
    Help VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Help VerticalScroll Static { height: auto; }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        Binding("escape,q", "dismiss", show=False),
        Binding("question_mark,f1", "turn", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("b,pageup", "page(-1)", show=False),
    ]

    def __init__(self, situation: str, reached: Reached, signs: Glyphs) -> None:
        super().__init__()
        self._signs = signs
        self._typing = situation == "find"
        self._place = _PLACES.get(situation, "here")
        self._reached = reached
        self._all = False
        self._head = Static(classes="head")
        self._page = Static()
        self._body = VerticalScroll(self._page)

    def compose(self) -> ComposeResult:
        """A title that stays, and one text; it scrolls where it must."""
        with Vertical():
            yield self._head
            yield self._body

    def on_mount(self) -> None:
        """Begin with what works here."""
        self._body.styles.max_height = max(self.app.size.height - 4, 1)  # less padding and title
        self._fill()

    def _fill(self) -> None:
        width = min(_WIDTH, self.app.size.width) - _AROUND
        title = "All keys" if self._all else f"Keys {self._place}"
        other = "here" if self._all else "all keys"
        hints = Content("   ").join([_hint("?", other), _hint("esc", "close")])
        self._head.update(columns(Content.styled(title, "bold $accent"), hints, width))
        when = _WHEN if self._all else {}
        groups = [(group, of_group(group)) for group in GROUPS] if self._all else self._reached.groups()
        keys = (lambda one: one.keys) if self._all else self._reached.keys
        sections = [_language(width)] if self._typing and not self._all else []
        sections += [_group(name, rows, keys, width, when) for name, rows in groups]
        self._page.update(Content("\n\n").join([*sections, legend(self._signs, width, _KEYS)]))

    def action_turn(self) -> None:
        """From the keys that work here to all keys, and back."""
        self._all = not self._all
        self._fill()
        self._body.scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll, for those who would rather not use arrows too."""
        self._body.scroll_relative(y=lines, animate=False)

    def action_page(self, count: int) -> None:
        """Scroll by what is seen at once."""
        self._body.scroll_relative(y=count * max(self._body.size.height - 1, 1), animate=False)


def _hint(key: str, does: str) -> Content:
    return Content.assemble((key, "bold $primary"), (f" {does}", DIM))


def _language(width: int) -> Content:
    """What can be typed into the search box."""
    from index.language import LANGUAGE

    lines = [Content.styled("What can be searched for", "bold $accent")]
    for row in LANGUAGE:
        words = wrap(row.finds, max(width - _EXAMPLES - 1, 20))
        for example, finds in zip_longest(row.examples, words, fillvalue=""):
            room = " " * (_EXAMPLES + 1 - len(example))
            lines.append(Content.styled(example, "bold $primary") + room + finds)
    return Content("\n").join(lines)


def _group(
    name: str,
    commands: Iterable[Command],
    keys_of: Callable[[Command], Iterable[str]],
    width: int,
    whens: Mapping[str, str],
) -> Content:
    lines = [_line(one, keys_of(one), width, whens.get(one.when, "")) for one in commands]
    return Content("\n").join([Content.styled(name, "bold $accent"), *lines])


def _line(command: Command, keys: Iterable[str], width: int, when: str) -> Content:
    names = " ".join(key_name(key) for key in keys)
    under = f"\n{' ' * (_KEYS + 1)}"
    words = under.join(wrap(command.help + when, max(width - _KEYS - 1, 20)))
    help_ = words[: len(words) - len(when)] if when and words.endswith(when) else words
    return Content.assemble((names.ljust(_KEYS), "bold $primary"), f" {help_}", (words[len(help_) :], DIM))
