"""What comes first in the footer: small terminals show only the beginning of it."""

from __future__ import annotations

__all__ = ["FIRST"]

FIRST: dict[str, tuple[str, ...]] = {
    "text": (
        "mark.claim",
        "mark.highlight",
        "move.quotation",
        "select.start",
        "mark.next",
        "find.here",
        "find.search",
    ),
    "mark": (
        "mark.edit",
        "mark.reply",
        "mark.delete",
        "mark.relate",
        "mark.claim",
        "article.cite",
        "mark.next",
        "find.here",
    ),
    "list": (
        "find.open",
        "find.next",
        "find.box",
        "find.leave",
        "find.done",
        "screen.pane",
        "screen.help",
    ),
}
"""By situation, the ids of the commands that matter most; the rest follow in the table's order."""
