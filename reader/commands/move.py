"""Moving about in the article."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("move.down", "j down", "down", "a line down", "pane", "line", 1),
    Command("move.up", "k up", "up", "a line up", "pane", "line", -1),
    Command("move.quotation", "quotation_mark", "quote", "next quotation", "pane", "quotation", 1, "text"),
    Command("move.sentence", "s right_parenthesis", "sentence", "next sentence", "pane", "sentence", 1, "text"),
    Command("move.sentence-back", "S left_parenthesis", "sentence before", "sentence before", "pane", "sentence", -1),
    Command("move.right", "right", "sentence", "next sentence", "pane", "sentence", 1, when="idle"),
    Command("move.left", "left", "sentence before", "sentence before", "pane", "sentence", -1, when="idle"),
    Command("move.paragraph", "right_curly_bracket", "paragraph", "next paragraph", "pane", "paragraph", 1),
    Command("move.paragraph-back", "left_curly_bracket", "back", "paragraph before", "pane", "paragraph", -1),
    Command("move.page", "space pagedown ctrl+f", "page", "a page down", "pane", "page", 1),
    Command("move.page-back", "pageup ctrl+b", "page up", "a page up", "pane", "page", -1),
    Command("move.page-up", "b", "page up", "a page up", "pane", "page", -1, when="idle"),
    Command("move.half-page", "ctrl+d", "half a page", "half a page down", "pane", "half_page", 1),
    Command("move.half-page-back", "ctrl+u", "half a page up", "half a page up", "pane", "half_page", -1),
    Command("move.start", "g", "start", "start of the article", "pane", "edge", "start"),
    Command("move.end", "G", "end", "end of the article", "pane", "edge", "end"),
    Command("move.jump", "J", "jump", "jump by the letters that are shown on sentences and marks", "pane", "jump"),
    Command("move.back", "ctrl+o alt+left", "back", "back to where one was, before going elsewhere",
            "screen", "jump", -1),
    Command("move.forward", "alt+right", "forward", "forward again", "screen", "jump", 1),
    Command("move.set-place", "m~letter", "name this place", "give this place a letter", "screen", "set_place"),
    Command("move.go-place", "apostrophe~letter", "go to a place", "go to the place with that letter",
            "screen", "go_place"),
    Command("move.last-place", "apostrophe~apostrophe", "back", "back to before the last jump, or here again",
            "screen", "last_place"),
    Command("move.home", "home", "start", "start of the article", "pane", "edge", "start", when="idle"),
    Command("move.last", "end", "end", "end of the article", "pane", "edge", "end", when="idle"),
)
# fmt: on
