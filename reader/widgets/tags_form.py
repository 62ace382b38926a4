"""A prompt of one line for tags: those of one mark, or those of every mark that is made from now on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from reader.drafts import RUN, Subject, Values, split_tags
from reader.showing import DIM
from reader.widgets.form import Form
from reader.widgets.note_form import tags_field

if TYPE_CHECKING:
    from reader.glyphs import Glyphs
    from reader.vocabulary import Vocabulary

__all__ = ["TagsForm"]


class TagsForm(Form):
    """Tags, and nothing else; the library's are offered by number."""

    DEFAULT_CSS = """
    TagsForm { padding: 0 1 1 1; }
    """

    def __init__(self, subject: Subject, values: Values, signs: Glyphs, vocabulary: Vocabulary) -> None:
        super().__init__(subject, values, signs, vocabulary)
        self._tags = tags_field(values, vocabulary)

    def fields(self) -> Iterable[tuple[str, Widget]]:
        """The row."""
        yield "tags", self._tags

    def typed(self) -> Values:
        """What is filled in now."""
        return Values(tags=split_tags(self._tags.value))

    def head(self) -> Content:
        """Which marks they are for."""
        if self._subject.kind != RUN:
            return super().head()
        every = Content.styled("  on every mark from now on; empty, or esc, ends it", DIM)
        return Content.styled("#", "bold $accent") + " tags" + every
