"""Filling in a form."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("form.save", "enter ctrl+s", "save", "save what the form holds", "form", "submit", None, "form"),
    Command("form.next", "tab", "next", "next field", "form", "field", 1, "form", first=True),
    Command("form.previous", "shift+tab", "field before", "field before", "form", "field", -1, first=True),
    Command("form.below", "down", "below", "the next offer for this name; elsewhere next field", "form", "field", 1),
    Command("form.above", "up", "above", "back to what was typed, else field before", "form", "field", -1),
    Command("form.line", "ctrl+j shift+enter", "new line", "a new line in the note", "form", "line", None, "form"),
    Command("form.close", "escape", "keep a draft", "close the form; the draft is kept", "form", "close", None,
            "form"),
    Command("form.editor", "ctrl+e", "editor", "write the note in your own editor", "form", "editor", None, "form",
            first=True),
    Command("form.discard", "ctrl+g", "throw away", "close the form and keep nothing of it", "form", "discard"),
)
# fmt: on
