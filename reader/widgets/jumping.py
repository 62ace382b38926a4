"""Jump mode: letters on the starts of sentences and marks in view; typing them goes there.

The letters are drawn over the text; no offset changes, and all other keys wait until one has jumped or left.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from reader.layout.labels import labels
from reader.messages import Said
from reader.widgets.pane_mouse import MousePage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual import events

    from reader.layout import Row

__all__ = ["JumpPage"]

_HINT = "type the letters of the place to go to; esc leaves"


class JumpPage(MousePage, part=True):
    """Goes where a label says; while selecting, the selection goes along."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(name=name, id=id, classes=classes)
        self._labels: dict[str, int] = {}
        self._typed = ""

    @property
    def jumping(self) -> bool:
        """Whether letters are shown, and the next key is one of them."""
        return bool(self._labels)

    def action_jump(self) -> None:
        """Shows the letters."""
        places = list(self._places_in_view())
        self._labels = dict(zip(labels(len(places)), places, strict=False))
        self._typed = ""
        self.post_message(Said(_HINT if places else "nothing to jump to here"))
        self._forget_drawn()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While letters are shown what is typed is one of them, not a command, a count or a chord."""
        return self.jumping and (key == "escape" or (character is not None and character.isprintable()))

    def on_key(self, event: events.Key) -> None:
        """Goes to the place, waits for the second letter, or leaves; a key that is no character does what it does."""
        if not self.jumping:
            return
        if not self.check_consume_key(event.key, event.character):
            self._leave()
            return
        event.stop()
        event.prevent_default()
        typed = self._typed + (event.character or "")
        left = {label: place for label, place in self._labels.items() if label.startswith(typed)}
        if typed in left:
            self._leave()
            self.jump_to(left[typed])
        elif left and event.key != "escape":
            self._labels, self._typed = left, typed
            self._forget_drawn()
        else:
            self._leave("" if event.key == "escape" else f"{event.character} is on no place: J shows the letters again")

    def jump_to(self, offset: int) -> None:
        """Goes there."""
        self.go(offset)

    def on_blur(self, event: events.Blur) -> None:
        """Shows no letters where no key would come."""
        super().on_blur(event)
        if self.jumping:
            self._leave()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Leaves for the mouse."""
        if self.jumping:
            self._leave()
        super().on_mouse_down(event)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Leaves when other places come into view."""
        super().watch_scroll_y(old_value, new_value)
        if self.jumping:
            self._leave()

    def _leave(self, said: str = "") -> None:
        self._labels, self._typed = {}, ""
        self.post_message(Said(said))
        self._forget_drawn()

    def _places_in_view(self) -> Iterator[int]:
        """Where sentences and marks start, in order; of two on the same or neighbouring cells the first alone."""
        top = self.scroll_offset.y
        start, end = self.rows.row_span(top)[0], self.rows.row_span(top + self.size.height - 1)[1]
        found = {mark.start for mark in self._marked.over(start, end)}
        at = start - 1
        while (place := self._motions.after("sentence", at)) and place[0] < end:
            found.add(place[0])
            at = place[0]
        last = -1
        for offset in sorted(one for one in found if start <= one < end and not self.rows.at(one).fold):
            if last < 0 or offset >= self.grapheme(self.grapheme(last)[1])[1]:
                yield offset
                last = offset

    def _over_text(self, row: Row) -> Mapping[int, str]:
        """The letters that are drawn in the place of graphemes of a row, each as wide as what it hides."""
        shown: dict[int, str] = {}
        for label, place in self._labels.items():
            if not row.start <= place < row.end:
                continue
            at = bisect_left(row.edges, row.floor(place))
            for letter, index in zip(label[len(self._typed) :], range(at, len(row.edges) - 1), strict=False):
                width = row.cells[index + 1] - row.cells[index]
                shown[row.edges[index]] = letter.ljust(width)
        return shown
