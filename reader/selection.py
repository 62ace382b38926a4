"""The one selection of the reading pane, whether a mouse or a keyboard makes it."""

from __future__ import annotations

from typing import TypeAlias

from annotations.frozen import frozen

__all__ = ["Selection"]

_Span: TypeAlias = tuple[int, int]


@frozen
class Selection:
    """Everything from where it began to where it has got to, both included.

    Attributes:
        anchor: the span it began with: a grapheme, a word or a paragraph.
        focus: the span it has got to, before or after the anchor.
    """

    anchor: _Span
    focus: _Span

    @property
    def span(self) -> _Span:
        """Offsets of its first code point and after its last."""
        return min(self.anchor[0], self.focus[0]), max(self.anchor[1], self.focus[1])

    def to(self, focus: _Span) -> Selection:
        """The selection got to `focus`."""
        return Selection(self.anchor, focus)
