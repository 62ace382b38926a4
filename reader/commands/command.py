"""What a command is."""

from __future__ import annotations

from annotations.frozen import frozen
from reader.chords import ANY
from reader.commands.names import CHARACTERS
from reader.commands.rebound import keys_now

__all__ = ["Command"]


@frozen
class Command:
    """One thing to ask for.

    Attributes:
        id: its name in a keymap; what stands before the point is the group it is listed in.
        bound: the keys, in Textual's names, separated by spaces; the first is the one that is shown.  `i~s` is a
            chord of two keys, and `m~letter` one that any letter or digit ends, which is handed to the method.
        label: one or two words, for the footer.
        help: what it does, a clause without a full stop, for `?` and the palette.
        by: who carries it out: `pane`, `article`, `form`, `find` or `screen`.
        verb: the method there: `do_<verb>`, and for the pane its own `action_<verb>`.
        argument: handed to that method, unless it is None; a number is multiplied by the count typed before the key.
        shown: situations in which the footer shows it, of `text`, `mark`, `selection`, `find`, `form`, `unsaved`.
        when: `selecting`, `adjusting` or `idle`, `found` or `library`, if it holds only then, and shares its key;
            otherwise empty.
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
        """What it is bound to now."""
        return keys_now(self.id, self.bound)

    @property
    def key_while_typing(self) -> str:
        """The first key that is no character."""
        return next((key for key in self.keys if len(key) > 1 and key not in CHARACTERS), self.keys[0])

    @property
    def takes_letter(self) -> bool:
        """Whether a letter that is typed belongs to it."""
        return any(key.endswith(f"~{ANY}") for key in self.bound.split())

    @property
    def group(self) -> str:
        """Its heading in `?`."""
        return self.id.partition(".")[0].capitalize()
