"""An article some of whose marks are hidden while a filter is on, which is said as long as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.model import Sidecar
from annotations.names import fold_name
from reader.filters import Filter
from reader.linked import Link, Links
from reader.marks import Shown, shown_marks
from reader.widgets.annotator import Annotator

if TYPE_CHECKING:
    from annotations.model import Annotation
    from reader.commands import Command
    from reader.glyphs import Glyphs
    from reader.messages import Target
    from reader.session import Desk, Session

__all__ = ["Filtered"]


class Filtered(Annotator, part=True):
    """What was made since, or is gone to, is shown whatever the filter says: nobody looks for a mark in vain."""

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__(session, signs)
        self.filter = Filter()
        self._links: Links | None = None

    def look(self, desk: Desk) -> Shown:
        """The marks that the filter lets through."""
        seen = desk.sidecar
        if not seen.sections:  # marks as they were kept, before the sidecar is parsed
            seen = Sidecar(sections={"": tuple(one.annotation for one in desk.placed)})
        self._links = Links(seen, self.path, lambda: self._session.catalog, author=self.filter.blind)
        return shown_marks(desk, self.filter, self._shown)

    def links_of(self, annotation: Annotation) -> Sequence[Link]:
        """The relations of an annotation, in and out."""
        return self._links.of(annotation) if self._links else ()

    @property
    def filtered(self) -> str:
        """How many marks are shown of how many, while a filter is on."""
        if not self.path or not self.filter:
            return ""
        blind = f" {self._signs.dot} blind" if self.filter.blind else ""
        return f"{self._shown.total - self._shown.hidden} of {self._shown.total} shown{blind} {self._signs.dot} F"

    @property
    def _no_marks(self) -> str:
        if self.path and self._shown.hidden:
            return f"the filter hides all {self._shown.hidden} marks: F shows them"
        return super()._no_marks

    def why_not(self, command: Command) -> str:
        """Why a command can do nothing here and now."""
        reason = super().why_not(command)
        if not reason and command.verb == "filter" and not self.desk.sidecar.annotations:
            return self._no_marks
        return reason

    def go_to(self, target: Target, hits: tuple[tuple[int, int], ...] = ()) -> None:
        """Bring a passage or an annotation of the open article into view, a hidden one too."""
        self._let_through(target.annotation)
        super().go_to(target, hits)

    def _stand(self, current: str | None) -> None:
        self._let_through(current)
        super()._stand(current)

    def _let_through(self, annotation_id: str | None) -> None:
        hidden = self._shown.hidden and annotation_id and self._shown.at(annotation_id) is None
        found = self.desk.sidecar.get(annotation_id) if hidden and annotation_id else None
        if found and not self.filter.passes(found):
            self.filter = replace(self.filter, besides=self.filter.besides | {found.id})
            self.show_marks()

    def do_filter(self) -> None:
        """Choose which marks to show."""
        from reader.screens.filter import FilterScreen

        annotations = self.desk.sidecar.annotations
        names: dict[str, str] = {}
        for one in annotations:
            if one.claim and one.claim.speaker:
                person = self._session.known_codebook.person(one.claim.speaker)
                names.setdefault(self._who(one.claim.speaker), person.name if person else one.claim.speaker)
        now = replace(self.filter, who=self._who)
        dialog = FilterScreen(annotations, now, self._session.author.id, self._signs, speakers=names)
        self.app.push_screen(dialog, self._set)

    def _who(self, name: str) -> str:
        """What all spellings and aliases of a speaker have in common."""
        person = self._session.known_codebook.person(name)
        return fold_name(person.name if person else name)

    def _set(self, chosen: Filter | None) -> None:
        if chosen is None or chosen == self.filter:
            return
        self.filter = chosen
        current = self.pane.current
        self.pane.current = None
        self.show_marks()
        if current and self._shown.at(current) is not None:
            self._stand(current)
        self._say(f"{self.filtered} changes that" if chosen else "all marks are shown")
