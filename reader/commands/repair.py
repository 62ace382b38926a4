"""Repairing marks after their article changed."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("repair.accept", "enter a", "accept", "accept the words as they stand now; when all is done, go on",
            "repair", "accept", None, "repair"),
    Command("repair.choose", "1 2 3 4 5 6 7 8 9", "choose", "put it on the place with that number",
            "repair", "choose", None, "repair"),
    Command("repair.select", "h", "select", "select its words in the article; p puts it there, and comes back",
            "repair", "select", None, "repair"),
    Command("repair.retire", "x delete", "retire", "say that its words are gone: it is kept, and no longer counted",
            "repair", "retire", None, "repair"),
    Command("repair.moved", "m", "accept all moved", "accept all that moved, word for word",
            "repair", "moved", None, "repair"),
    Command("repair.next", "n right_square_bracket right tab", "next", "next one", "repair", "step", 1, "repair"),
    Command("repair.previous", "p left_square_bracket left shift+tab", "before", "one before", "repair", "step", -1),
    Command("repair.undo", "u", "undo", "undo the last change to this article", "repair", "undo", None, "repair"),
    Command("repair.redo", "ctrl+r", "redo", "do again what was undone", "repair", "redo"),
    Command("repair.down", "j down", "down", "scroll down", "repair", "scroll", 1),
    Command("repair.up", "k up", "up", "scroll up", "repair", "scroll", -1),
    Command("repair.page", "space pagedown", "page", "a page down", "repair", "page", 1),
    Command("repair.page-back", "b pageup", "page up", "a page up", "repair", "page", -1),
    Command("repair.open", "o", "open", "go there in the article", "repair", "open"),
    Command("repair.help", "question_mark f1", "keys", "all keys", "repair", "help", None, "repair"),
    Command("repair.leave", "escape q ctrl+q", "back", "go back to where one was", "repair", "leave", None, "repair"),
)
# fmt: on
