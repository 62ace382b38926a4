"""The line at the bottom: the keys that can do something now, or what was just said; on the right, how far one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content
from textual.reactive import reactive

from reader.chords import ANY
from reader.commands import COMMANDS, Command, key_name
from reader.display import display
from reader.showing import DIM, columns, shown
from reader.widgets.line import Line

__all__ = ["Footer"]


_KINDS = (("h", "highlight"), ("c", "claim"), ("a", "note"), ("Q", "question"))
_NUMBERED = 9
_GAP, _NARROW_GAP = 3, 2
_ALWAYS = ("screen.help", "form.close")


class Footer(Line):
    """Keys and their labels, as many as fit; a message takes their place until the next key, or all of the line."""

    DEFAULT_CSS = """
    Footer {
        height: 1;
        padding: 0 1;
        background: $panel;
    }
    """

    commands: reactive[tuple[Command, ...]] = reactive[tuple[Command, ...]](())
    message: reactive[str] = reactive("")
    loud: reactive[bool] = reactive(False)
    typing: reactive[bool] = reactive(False)
    progress: reactive[str] = reactive("")
    begun: reactive[str] = reactive("")
    follows: reactive[tuple[tuple[str, str], ...]] = reactive[tuple[tuple[str, str], ...]](())

    tags: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())
    """Those used lately, the last one first: what digits stand for where a mark is made with two keys."""

    def __init__(self) -> None:
        super().__init__()
        self._spots: list[tuple[int, int, str]] = []
        self._pressed: list[tuple[int, int, str]] = []

    def say(self, text: str, *, loud: bool = False) -> None:
        """Show a message in the place of the keys; an empty one brings the keys back."""
        self.message, self.loud = text, loud

    def render(self) -> Content:
        """Draw the line."""
        right = shown(self.progress, DIM)
        width = self.content_size.width
        if self.begun:
            return columns(self._wanted(), right, width)
        if self.message:
            self._spots = []
            said = shown(self.message, "bold $error" if self.loud else "$accent")
            return columns(said, right if said.cell_length + right.cell_length + 2 <= width else Content(""), width)
        return columns(self._keys(self.commands, width - right.cell_length - 2), right, width)

    def _keys(self, commands: Sequence[Command], room: int) -> Content:
        line, self._spots = Content(""), []
        named = {one.id: key_name(one.key_while_typing if self.typing else one.keys[0]) for one in commands}
        cells = {one.id: len(named[one.id]) + 1 + len(one.label) for one in commands}
        gap = _GAP if sum(cells.values()) + _GAP * (len(cells) - 1) <= room else _NARROW_GAP
        for command in _by_importance(commands, cells, room, gap):
            if line.plain:
                line += Content(" " * gap)
            start = line.cell_length
            line += Content.assemble((named[command.id], "bold $primary"), (f" {command.label}", DIM))
            self._spots.append((start, line.cell_length, command.id))
        return line

    def _wanted(self) -> Content:
        """What was typed, and what may follow it."""
        self._spots = []
        line = Content.styled(f"{self.begun}…", "bold $accent")
        follows = [one for key, name in self.follows for one in self._meant(key, name)]
        for key, label, name in [*follows, ("esc", "drops it", "")]:
            line += Content("   ")
            start = line.cell_length
            line += Content.assemble((key, "bold $primary"), (f" {display(label)}", DIM))
            self._spots += [(start, line.cell_length, name)] * bool(name)
        return line

    def _meant(self, key: str, name: str) -> Iterator[tuple[str, str, str]]:
        """What a key that may follow does, and the id of the command that it makes, if it makes one by itself."""
        if (key, name) == (ANY, "mark.kind"):
            numbered = ((str(number), tag) for number, tag in enumerate(self.tags[:_NUMBERED], 1))
            yield from ((letter, label, "") for letter, label in (*_KINDS, *numbered))
        else:
            yield key_name(key), COMMANDS[name].label, "" if key == ANY else name

    def on_mouse_down(self) -> None:
        """What is clicked on is what was there when the button went down: that drops keys that were begun."""
        self._pressed = self._spots

    def command_at(self, x: int) -> str | None:
        """The id of the command that was drawn at that cell of the line when it was pressed, if any."""
        return next((name for start, end, name in self._pressed if start <= x < end), None)


def _by_importance(commands: Sequence[Command], cells: Mapping[str, int], room: int, gap: int) -> list[Command]:
    """The commands that fit, by how many cells each takes; `?` and the way out of a form, if there, always do."""
    kept = {command.id: command for command in commands if command.id in _ALWAYS}
    used = sum(cells[one] + gap for one in kept)
    for command in commands:
        more = cells[command.id] + gap
        if command.id not in kept and used + more <= room + gap:
            kept[command.id] = command
            used += more
    return sorted((one for one in commands if one.id in kept), key=lambda one: one.id == "screen.help")
