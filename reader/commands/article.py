"""The open article as a whole."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("article.furniture", "z", "furniture", "show page furniture, or fold it away", "article", "furniture"),
    Command("article.narrower", "minus", "narrower", "shorter lines", "pane", "measure", -1),
    Command("article.wider", "plus equals_sign", "wider", "longer lines", "pane", "measure", 1),
    Command("article.done", "D", "done", "mark the article done, or unread again", "screen", "done"),
    Command("article.correct", "E", "correct", "correct title, date, or what this line is", "article", "correct"),
    Command("article.editor", "e", "editor", "open the article, or its annotations, in your editor",
            "screen", "editor", when="idle"),
    Command("article.copy", "y", "copy", "copy the selection, the words of the mark, or the sentence",
            "article", "copy", None, "selection"),
    Command("article.cite", "Y", "cite", "copy it with who said it, title, author, date and place",
            "article", "cite", None, "selection mark"),
    Command("article.save", "ctrl+s", "save again", "try again to save what is not saved",
            "article", "save", None, "unsaved"),
)
# fmt: on
