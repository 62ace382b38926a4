"""The reading pane with a grasp of what stands in a text: quotations to go to, and things to select as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reader.commands import COMMANDS, key_name
from reader.messages import Said
from reader.widgets.pane import ArticlePane
from reader.widgets.pane_messages import Leaving

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.motions import Motions, Unit
    from reader.quotations import Quotation
    from reader.quoted import Quotations

__all__ = ["ObjectPane"]


def _key(command_id: str, between: str = "") -> str:
    """The key of a command as it is printed; `between` the two keys of a chord."""
    return between.join(map(key_name, COMMANDS[command_id].keys[0].split("~")))


class ObjectPane(ArticlePane, part=True):
    """Selects the quotation, sentence, paragraph or word under the cursor; asked again, on over the next one."""

    _quoted: tuple[Motions, Quotations] | None = None

    @property
    def quotations(self) -> Quotations:
        """The quotations of the text that is shown."""
        from reader.quoted import Quotations

        if self._quoted is None or self._quoted[0] is not self._motions:
            self._quoted = self._motions, Quotations(self._motions)
        return self._quoted[1]

    def action_quotation(self, count: int) -> None:
        """Goes to the next quotation; when extending, to its end."""
        found: list[Quotation] = []
        while len(found) < count and (one := self.quotations.after(found[-1].start if found else self.cursor)):
            found.append(one)
        if found:
            self.go(self.grapheme(found[-1].end - 1)[0] if self.selecting else found[-1].start)
        if len(found) < count:
            self._say("this is the last quotation" if found else "no quotation after this place")
        elif not self.selecting:
            self._say(f"{_key('select.quotation', between=' then ')} selects its words")

    def action_select_quotation(self, count: int) -> None:
        """Selects the words of the quotation under the cursor; asked again, to the end of the sentence's next one."""
        start, end = self.selection or (self.cursor, self.cursor)
        one = self.quotations.at(start)
        if one is None:
            self._say(f"no quotation here: {_key('move.quotation')} goes to the next one")
            return
        if not one.start == start < one.end <= end:
            start, end, count = one.start, one.end, count - 1
        for _ in range(count):
            more = self.quotations.more(end)
            if more is None:
                self._say("the sentence quotes no more")
                break
            end = more.end
        self.grasp(start, end)

    def action_select_inside(self) -> None:
        """Selects a quotation in a quotation, the one under the cursor or the next; again, the one around it."""
        start, end = self.selection or (self.cursor, self.cursor)
        outer = self.quotations.at(start)
        around = outer.around(start, end) if outer else ()
        inside = [one for one in around[-1].inner if one.opened >= start] if around and start < around[-1].end else []
        if len(around) > 1 and (start, end) == (around[-1].start, around[-1].end):
            found = around[-2]
        elif inside and around[1:] == ():
            found = inside[0]
        elif around[1:]:
            found = around[-1]
        else:
            here = "nobody is quoted in this quotation"
            self._say(here if outer else f"no quotation here: {_key('move.quotation')} goes to the next one")
            return
        self.grasp(found.start, found.end)

    def action_select_sentence(self, count: int) -> None:
        """Selects the sentence."""
        self._select_object("sentence", count)

    def action_select_paragraph(self, count: int) -> None:
        """Selects the paragraph."""
        self._select_object("paragraph", count)

    def action_select_word(self, count: int) -> None:
        """Selects the word."""
        self._select_object("word", count)

    def _select_object(self, unit: Unit, count: int) -> None:
        at: Callable[[Unit, int], tuple[int, int] | None] = self._motions.at
        start, end = self.selection or (self.cursor, self.cursor)
        first, last = at(unit, start), at(unit, max(end - 1, start))
        if first is None or last is None:
            self._say(f"no {unit} here")
            return
        if not (start <= first[0] and last[1] <= end):
            count -= 1
        for _ in range(count):
            last = self._motions.after(unit, last[0]) or last
        self.grasp(min(start, first[0]) if self.selection else first[0], last[1])

    def grasp(self, start: int, end: int) -> None:
        """Selects a passage, to be extended."""
        self._extending = True
        self.select(self._by_graphemes((start, end)))
        self.show_row(self.rows.row_of(self.cursor))
        self.tell()

    def action_edge(self, edge: Literal["start", "end"], extend: bool = False) -> None:
        """Moves to the start or the end; it can be gone back from."""
        self.post_message(Leaving(self, self.cursor))
        super().action_edge(edge, extend)

    def jump_to(self, offset: int) -> None:
        """Goes there; it can be gone back from."""
        self.post_message(Leaving(self, self.cursor))
        super().jump_to(offset)

    def _say(self, text: str) -> None:
        self.post_message(Said(text))
