"""The screen as a whole."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("screen.pane", "tab", "pane", "next pane", "screen", "pane", 1, "find"),
    Command("screen.pane-back", "shift+tab", "pane before", "pane before", "screen", "pane", -1),
    Command("screen.list", "l", "list", "show the find pane, or hide it", "screen", "list"),
    Command("screen.find-wider", "greater_than_sign", "wider list", "a wider find pane", "screen", "find_width", 2),
    Command("screen.find-narrower", "less_than_sign", "narrower list", "a narrower find pane",
            "screen", "find_width", -2),
    Command("screen.margin-wider", "ctrl+left", "wider margin", "a wider margin", "screen", "margin_width", 2),
    Command("screen.margin-narrower", "ctrl+right", "narrower margin", "a narrower margin",
            "screen", "margin_width", -2),
    Command("screen.review", "V", "review",
            "review what changed about the claims, on a branch or since the last commit",
            "screen", "review"),
    Command("screen.theme", "t", "theme", "the next theme: dark, light, more contrast, for the colour-blind, your own",
            "screen", "theme"),
    Command("screen.refresh", "f5", "refresh", "look for new and changed articles", "screen", "refresh"),
    Command("screen.palette", "ctrl+p", "commands", "find a command by its name", "screen", "palette"),
    Command("screen.help", "question_mark f1", "keys", "the keys that work here; again: all keys",
            "screen", "help", None, "text mark selection find"),
    Command("screen.tour", "f2", "tour", "show in four screens what there is", "screen", "tour"),
    Command("screen.quit", "q ctrl+q", "quit", "quit", "screen", "quit", None, "find"),
)
# fmt: on
