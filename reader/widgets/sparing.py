"""How a frame is put together from widgets: of each only what will be seen of it.

Textual draws every widget that lies between the uppermost and the lowest change, and containers under all that covers
them.  With the search box at the top and the keys at the bottom that was the whole screen, for every letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region

if TYPE_CHECKING:
    from textual.strip import Strip

__all__ = ["Sparing"]


class Sparing(Compositor):
    """A compositor that asks a widget only for lines of which something is to be drawn and nothing is covered yet."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed."""
        spans = list(self._regions_to_spans(self._dirty_regions))
        self._dirty_regions.clear()
        return ChopsUpdate(self._pieces(spans), spans, [cuts[1:] for cuts in self.cuts]) if spans else None

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        pieces = self._pieces((y, *crop.column_span) for y in crop.line_range if is_rendered_line(y))
        return cast("Sequence[Mapping[int, Strip]]", pieces)

    def _pieces(self, spans: Iterable[tuple[int, int, int]]) -> list[dict[int, Strip | None]]:
        """For each line of the screen what is drawn between two cuts, where that touches a span of cells."""
        pieces: list[dict[int, Strip | None]] = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        missing: dict[int, set[int]] = {}
        for y, left, right in spans:
            touched = (cut for cut, end in pairwise(self.cuts[y]) if cut < right and left < end)
            missing.setdefault(y, set()).update(touched)
        for widget, (region, clip) in self.visible_widgets.items():
            x, y, width, height = region.intersection(clip)
            here = range(x, x + width).__contains__
            lines = [one for one in range(y, y + height) if any(map(here, missing.get(one, ())))]
            if not lines:
                continue
            drawn = widget.render_lines(Region(x, lines[0], width, lines[-1] - lines[0] + 1).translate(-region.offset))
            for line in lines:
                cuts = [cut for cut in self.cuts[line] if x <= cut <= x + width]
                parts = drawn[line - lines[0]].divide([cut - x for cut in cuts[1:]])
                for cut, part in zip(cuts, parts, strict=False):
                    if cut in missing[line]:
                        pieces[line][cut] = part
                        missing[line].remove(cut)
                if not missing[line]:
                    del missing[line]
            if not missing:
                break
        return pieces
