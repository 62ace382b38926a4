"""A widget that can be taken from the screen at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.strip import Strip

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.widget import Widget
else:
    Widget = object  # Textual takes the styles of a widget from the first of its bases that is one

__all__ = ["Removable"]


class Removable(Widget):
    """Drawn empty once it was removed.

    Textual may draw what it has removed once more, before it lays out what is left, and a field that has lost its
    styles by then raises.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, as long as it is there."""
        if not self.is_attached:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)
