"""Selecting words."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("select.start", "v", "select", "start a selection, or stop; all motions extend it",
            "pane", "select", None, "text"),
    Command("select.word", "w", "word", "to the next word", "pane", "word", 1, "selection adjusting"),
    Command("select.word-back", "b", "word back", "to the word before", "pane", "word", -1, "adjusting", "selecting"),
    Command("select.word-end", "e", "word end", "to the end of the word", "pane", "word_end", 1, "selection adjusting",
            when="selecting"),
    Command("select.right", "right l", "one more", "a character on", "pane", "character", 1, when="selecting"),
    Command("select.left", "left h", "one less", "a character back", "pane", "character", -1, when="selecting"),
    Command("select.row-start", "0 home", "line start", "to the start of the line", "pane", "row", "start",
            when="selecting"),
    Command("select.row-end", "dollar_sign end", "line end", "to the end of the line", "pane", "row", "end",
            when="selecting"),
    Command("select.quotation", "i~quotation_mark", "quotation",
            "select the quotation under the cursor; again: on over the next part of the sentence",
            "pane", "select_quotation", 1),
    Command("select.inside", "i~apostrophe", "inside", "select the quotation inside it; again: the one around that",
            "pane", "select_inside"),
    Command("select.sentence", "i~s", "sentence", "select the sentence; again: the next one too",
            "pane", "select_sentence", 1),
    Command("select.paragraph", "i~p", "paragraph", "select the paragraph; again: the next one too",
            "pane", "select_paragraph", 1),
    Command("select.this-word", "i~w", "word", "select the word; again: the next one too", "pane", "select_word", 1),
    Command("select.swap", "o", "other end", "go to the selection’s other end", "pane", "swap", None,
            "selection adjusting"),
    Command("select.cancel", "escape", "drop", "drop the selection; then back to the results",
            "article", "escape", None, "selection adjusting"),
)
# fmt: on
