"""All that a person can ask for with a key, in one table: bindings, palette, footer and `?` are read from it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType

__all__ = ["COMMANDS", "GROUPS", "Command", "bindings", "elsewhere", "footer", "key_name", "keys_page", "of_group"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to ask for.

    Attributes:
        id: its name in a keymap; what stands before the point is the group it is listed in.
        bound: the keys, in Textual's names, separated by spaces; the first is the one that is shown.
        label: one or two words, for the footer.
        help: what it does, a clause without a full stop, for `?` and the palette.
        by: who carries it out: `pane`, `article`, `form`, `find` or `screen`.
        verb: the method there: `do_<verb>`, and for the pane its own `action_<verb>`.
        argument: handed to that method, unless it is None.
        shown: situations in which the footer shows it, of `text`, `mark`, `selection`, `find`, `form`, `unsaved`.
        when: `selecting` or `idle` if it holds only then, and shares its key; otherwise empty.
        first: whether it comes before all else, so that what is typed right after it goes to the new place.
    """

    id: str
    bound: str
    label: str
    help: str
    by: str
    verb: str
    argument: str | int | None = None
    shown: str = ""
    when: str = ""
    first: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """What it is bound to."""
        return tuple(self.bound.split())

    @property
    def key_while_typing(self) -> str:
        """The first key that is no character."""
        return next((key for key in self.keys if len(key) > 1 and key not in _CHARACTERS), self.keys[0])

    @property
    def group(self) -> str:
        """Its heading in `?`."""
        return self.id.partition(".")[0].capitalize()


# fmt: off
_TABLE = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("find.search", "slash", "find", "search the library", "screen", "search", None, "text mark"),
    Command("find.next", "down", "choose", "next result", "find", "step", 1, "find"),
    Command("find.previous", "up", "back", "result before", "find", "step", -1),
    Command("find.page", "pagedown", "page down", "a page of results on", "find", "page", 1),
    Command("find.page-back", "pageup", "page up", "a page of results back", "find", "page", -1),
    Command("find.open", "enter", "open", "open the article, at the hit", "find", "open", None, "find"),
    Command("find.leave", "escape", "back", "empty the box; stop reading the library; go back to the article",
            "find", "leave", None, "find"),
    Command("find.hit", "n", "next hit", "next hit in this article", "article", "hit", 1),
    Command("find.hit-back", "N", "hit before", "hit before", "article", "hit", -1),

    Command("mark.highlight", "h", "highlight", "highlight the selection, or the sentence",
            "article", "highlight", None, "selection text mark"),
    Command("mark.claim", "c", "claim", "tag it as a claim: who said it, how, about what",
            "article", "form", "claim", "selection text mark"),
    Command("mark.note", "a", "note", "annotate it with a note", "article", "form", "note", "selection text"),
    Command("mark.question", "Q", "question", "ask a question about it", "article", "form", "question", "selection"),
    Command("mark.edit", "enter", "edit", "edit the mark under the cursor", "article", "edit", None, "mark"),
    Command("mark.reply", "r", "reply", "reply to the mark under the cursor", "article", "reply", None, "mark"),
    Command("mark.delete", "d delete", "delete", "delete the mark under the cursor", "article", "delete", None, "mark"),
    Command("mark.undo", "u", "undo", "undo the last change to this article", "article", "undo"),
    Command("mark.redo", "ctrl+r", "redo", "do again what was undone", "article", "redo"),
    Command("mark.attention", "exclamation_mark", "what is amiss",
            "marks without a place, undecided or damaged: what they say, and what to do", "article", "attention"),
    Command("mark.place", "p", "put it here", "put a mark without a place, chosen there, on the selection or sentence",
            "article", "place", None, "selection text"),
    Command("mark.next", "right_square_bracket", "next mark", "next mark", "article", "mark", 1, "text mark"),
    Command("mark.previous", "left_square_bracket", "mark before", "mark before", "article", "mark", -1),

    Command("select.start", "v", "select", "start a selection, or stop; all motions extend it",
            "pane", "select", None, "text"),
    Command("select.word", "w", "word", "to the next word", "pane", "word", "w", "selection"),
    Command("select.word-back", "b", "word back", "to the word before", "pane", "word", "b", when="selecting"),
    Command("select.word-end", "e", "word end", "to the end of the word", "pane", "word", "e", "selection"),
    Command("select.right", "right", "one more", "a character on", "pane", "character", 1, when="selecting"),
    Command("select.left", "left", "one less", "a character back", "pane", "character", -1, when="selecting"),
    Command("select.row-start", "0 home", "line start", "to the start of the line", "pane", "row", "start",
            when="selecting"),
    Command("select.row-end", "dollar_sign end", "line end", "to the end of the line", "pane", "row", "end",
            when="selecting"),
    Command("select.swap", "o", "other end", "go to the selection’s other end", "pane", "swap", None, "selection"),
    Command("select.cancel", "escape", "drop", "drop the selection; then back to the results",
            "article", "escape", None, "selection"),

    Command("move.down", "j down", "down", "a line down", "pane", "line", 1),
    Command("move.up", "k up", "up", "a line up", "pane", "line", -1),
    Command("move.sentence", "s right_parenthesis", "sentence", "next sentence", "pane", "sentence", 1, "text"),
    Command("move.sentence-back", "S left_parenthesis", "sentence before", "sentence before", "pane", "sentence", -1),
    Command("move.right", "right", "sentence", "next sentence", "pane", "sentence", 1, when="idle"),
    Command("move.left", "left", "sentence before", "sentence before", "pane", "sentence", -1, when="idle"),
    Command("move.paragraph", "right_curly_bracket", "paragraph", "next paragraph", "pane", "paragraph", 1),
    Command("move.paragraph-back", "left_curly_bracket", "back", "paragraph before", "pane", "paragraph", -1),
    Command("move.page", "space pagedown ctrl+f", "page", "a page down", "pane", "page", 1),
    Command("move.page-back", "pageup ctrl+b", "page up", "a page up", "pane", "page", -1),
    Command("move.page-up", "b", "page up", "a page up", "pane", "page", -1, when="idle"),
    Command("move.half-page", "ctrl+d", "half a page", "half a page down", "pane", "half_page", 1),
    Command("move.half-page-back", "ctrl+u", "half a page up", "half a page up", "pane", "half_page", -1),
    Command("move.start", "g", "start", "start of the article", "pane", "edge", "start"),
    Command("move.end", "G", "end", "end of the article", "pane", "edge", "end"),
    Command("move.home", "home", "start", "start of the article", "pane", "edge", "start", when="idle"),
    Command("move.last", "end", "end", "end of the article", "pane", "edge", "end", when="idle"),

    Command("form.save", "enter ctrl+s", "save", "save what the form holds", "form", "submit", None, "form"),
    Command("form.next", "tab", "next", "next field", "form", "field", 1, "form", first=True),
    Command("form.previous", "shift+tab", "field before", "field before", "form", "field", -1, first=True),
    Command("form.below", "down", "below", "the offer for this name, else next field", "form", "field", 1),
    Command("form.above", "up", "above", "back to what was typed, else field before", "form", "field", -1),
    Command("form.line", "ctrl+j shift+enter", "new line", "a new line in the note", "form", "line", None, "form"),
    Command("form.close", "escape", "close, keep a draft", "close the form; the draft is kept", "form", "close", None,
            "form"),

    Command("article.furniture", "z", "furniture", "show page furniture, or fold it away", "article", "furniture"),
    Command("article.correct", "E", "correct", "correct title, date, or what this line is", "article", "correct"),
    Command("article.copy", "y", "copy", "copy the selection, or the sentence", "article", "copy", None, "selection"),
    Command("article.save", "ctrl+s", "save again", "try again to save what is not saved",
            "article", "save", None, "unsaved"),

    Command("screen.pane", "tab", "pane", "next pane", "screen", "pane", 1, "find"),
    Command("screen.pane-back", "shift+tab", "pane before", "pane before", "screen", "pane", -1),
    Command("screen.list", "l", "list", "show the find pane, or hide it", "screen", "list"),
    Command("screen.theme", "t", "theme", "light or dark", "screen", "theme"),
    Command("screen.refresh", "f5", "refresh", "look for new and changed articles", "screen", "refresh"),
    Command("screen.palette", "ctrl+p", "commands", "find a command by its name", "screen", "palette"),
    Command("screen.help", "question_mark f1", "keys", "all keys", "screen", "help", None, "text mark selection find"),
    Command("screen.quit", "q ctrl+q", "quit", "quit", "screen", "quit", None, "find"),
)
# fmt: on

COMMANDS: dict[str, Command] = {command.id: command for command in _TABLE}
"""Every command by its id, in the order in which they are shown."""

GROUPS = tuple(dict.fromkeys(command.group for command in _TABLE))
"""The headings of `?`."""


def of_group(group: str) -> tuple[Command, ...]:
    """The commands under one heading."""
    return tuple(command for command in _TABLE if command.group == group)


def footer(situation: str) -> tuple[Command, ...]:
    """What the footer offers in a situation, in the table's order."""
    return tuple(command for command in _TABLE if situation in command.shown.split())


def bindings(by: str) -> list[BindingType]:
    """The bindings of one part of the screen; each runs its command by id, so that there is one way for all."""
    return [
        Binding(
            ",".join(command.keys),
            f"run({command.id!r})",
            command.help,
            id=command.id,
            show=False,
            priority=command.first,
        )
        for command in _TABLE
        if command.by == by
    ]


def elsewhere(*by: str) -> list[BindingType]:
    """Bindings for those parts' keys that only say where they work; for the screen, which is asked last."""
    keys = {key for command in _TABLE if command.by in by for key in command.keys}
    taken = {key for command in _TABLE if command.by == "screen" for key in command.keys}
    return [Binding(key, "elsewhere", show=False) for key in sorted(keys - taken)]


_CHARACTERS = {
    "slash": "/",
    "question_mark": "?",
    "dollar_sign": "$",
    "exclamation_mark": "!",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
_NAMES = _CHARACTERS | {
    "escape": "esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "delete": "del",
}


def key_name(key: str) -> str:
    """A key as it is printed: what stands on the keyboard rather than what it is called."""
    return _NAMES.get(key, key)


def keys_page() -> str:
    """The tables of `docs/keys.md`, one for each group."""
    return "\n\n".join(
        f"## {group}\n\n| keys | what |\n| --- | --- |\n" + "\n".join(_row(command) for command in of_group(group))
        for group in GROUPS
    )


def _row(command: Command) -> str:
    keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
    when = {"selecting": " (while selecting)", "idle": " (when not selecting)"}.get(command.when, "")
    return f"| {keys} | {command.help}{when} |"
