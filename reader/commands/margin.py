"""Cards, in the margin or in the drawer, while the keys are theirs."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("margin.next", "j down", "next", "next line of the card, or next card", "margin", "step", 1, "margin"),
    Command("margin.previous", "k up", "before", "line before, or card before", "margin", "step", -1),
    Command("margin.first", "g home", "first", "first card", "margin", "edge", "start"),
    Command("margin.last", "G end", "last", "last card", "margin", "edge", "end"),
    Command("margin.read", "space pagedown", "read on", "read on in a card that is taller than its room",
            "margin", "read", 1),
    Command("margin.read-back", "pageup b", "read back", "read back in it", "margin", "read", -1),
    Command("margin.open", "enter", "edit, or go there", "edit the card or your reply; go where a relation leads",
            "margin", "open", None, "margin"),
    Command("margin.reply", "r", "reply", "reply to the mark, or to the reply", "margin", "reply", None, "margin"),
    Command("margin.delete", "d delete", "delete", "delete the mark, or your reply or relation",
            "margin", "delete", None, "margin"),
    Command("margin.filter", "F", "filter", "show only some marks: whose, of what kind, with which tag or status",
            "article", "filter", None, "margin"),
    Command("margin.leave", "escape", "back", "back to the article", "margin", "leave", None, "margin"),
)
# fmt: on
