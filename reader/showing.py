"""From foreign strings to what a widget can draw: made safe by `display`, never parsed as markup."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from reader.display import display

__all__ = ["DIM", "columns", "dotted", "drawn", "filtered", "fit", "joined", "keyed", "shown", "strip"]

DIM = "$foreground 60%"
"""The style of what is said quietly."""

_PATIENCE = 1.0
"""Seconds to wait for what is not seen after all."""


def shown(text: str, style: str = "") -> Content:
    """One line of foreign text in a style (theme variables allowed)."""
    return Content.styled(display(text), style) if style else Content(display(text))


def keyed(key: str, text: str) -> Content:
    """A key and what it leads to, which wants attention; the key first, so that it is seen where there is no room."""
    return Content.styled(key, "bold $primary") + " " + shown(text, "$warning")


def fit(content: Content, width: int) -> Content:
    """The content on one line of at most that many cells, with an ellipsis where it was cut."""
    return content.truncate(max(width, 1), ellipsis=True)


def joined(parts: list[Content], between: str = "  ") -> Content:
    """The parts that hold anything, side by side."""
    return Content(between).join(part for part in parts if part.plain)


def dotted(parts: Sequence[Content], dot: str, width: int) -> list[Content]:
    """The parts with dots between them, as lines: one that has no room goes below, and takes its dot along."""
    lead = shown(f"{dot} ", DIM)
    lines = [row for part in parts[:1] for row in part.wrap(max(width, 1))]
    for part in parts[1:]:
        longer = lines[-1] + " " + lead + part
        if longer.cell_length <= width:
            lines[-1] = longer
        else:
            first, *rest = part.wrap(max(width - lead.cell_length, 1))
            lines += [lead + first, *rest]
    return lines


def columns(left: Content, right: Content, width: int) -> Content:
    """Two contents at the ends of one line; the left one gives way."""
    room = max(width - right.cell_length - (2 if right.plain else 0), 0)
    left = fit(left, room) if room else Content("")
    gap = max(width - left.cell_length - right.cell_length, 0)
    return left + Content(" " * gap) + right


def strip(widget: Widget, content: Content, width: int, style: Style | None = None) -> Strip:
    """The content as one line of the screen, cut or filled to that many cells, on a style, by default the widget's own.

    Textual's own way notes in the style of every piece where it stands, for text that is selected with the mouse: no
    two styles are the same then, and drawing takes ten times as long.
    """
    ground = style or widget.visual_style
    if not content.plain:
        return Strip.blank(width, _rich(ground))
    if content.cell_length > width:
        content = fit(content, width)
    pieces = content.render(ground, end="", parse_style=widget.app.stylesheet.parse_style)
    line = Strip([Segment(text, _rich(piece)) for text, piece in pieces], content.cell_length)
    return line.adjust_cell_length(width, _rich(ground))


def filtered(widget: Widget, lines: list[Strip]) -> list[Strip]:
    """The lines in colours that there are, for a widget that draws its own lines from edge to edge.

    Textual looks at every line for borders, padding, outlines and tints, which takes as long as drawing one.
    """
    ground = widget.background_colors[1]
    for one in widget.get_line_filters():
        lines = [line.apply_filter(one, ground) for line in lines]
    return lines


async def drawn(widget: Widget) -> None:
    """Wait until what was changed is on the screen; under another one it may never be."""
    done = asyncio.Event()
    widget.call_after_refresh(done.set)
    with suppress(TimeoutError):
        await asyncio.wait_for(done.wait(), _PATIENCE)


@lru_cache(512)
def _rich(style: Style) -> RichStyle:
    return style.rich_style
