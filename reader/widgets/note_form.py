"""The form for notes, questions, highlights and replies: a small text, and tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.widget import Widget

from reader.drafts import Subject, Values, split_tags
from reader.widgets.completing import Completing
from reader.widgets.form import Form, NoteArea

if TYPE_CHECKING:
    from reader.glyphs import Glyphs
    from reader.vocabulary import Vocabulary

__all__ = ["NoteForm"]


class NoteForm(Form):
    """A text; tags too, but for a reply."""

    DEFAULT_CSS = """
    NoteForm { padding: 0 1 1 1; }
    """

    def __init__(self, subject: Subject, values: Values, signs: Glyphs, vocabulary: Vocabulary) -> None:
        super().__init__(subject, values, signs, vocabulary)
        self._note = NoteArea(values.note, soft_wrap=True, compact=True)
        self._tags = tags_field(values, vocabulary)

    def fields(self) -> Iterable[tuple[str, Widget]]:
        """The rows."""
        yield self._subject.kind if self._subject.kind in ("question", "reply") else "note", self._note
        if self._subject.kind != "reply":
            yield "tags", self._tags

    def typed(self) -> Values:
        """What is filled in now, as it was typed."""
        return Values(note=self._note.text, tags=split_tags(self._tags.value))


def tags_field(values: Values, vocabulary: Vocabulary) -> Completing:
    """The field for tags, as every form has it."""

    def remark(text: str) -> Iterator[str]:
        tags = {tag: vocabulary.tag(tag) for tag in split_tags(text)}
        variants = [f"{typed} = {known}" for typed, known in tags.items() if typed != known]
        new = [tag for tag in tags.values() if not vocabulary.knows_tag(tag)]
        said = ", ".join([*variants, *([f"new: {', '.join(new)}"] if new else [])])
        if said:
            yield said
        last = text.rpartition(",")[2].strip()
        meant = vocabulary.meant_tag(last)
        if meant:
            yield f"tab takes {meant.text}"
            yield f"a comma keeps {last}"

    return Completing(", ".join(values.tags), vocabulary.tags, remark, vocabulary.meant_tag, several=True, name="tags")
