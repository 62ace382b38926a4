"""Searching the library, and what was found."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("find.search", "f", "search", "search the library", "screen", "search", None, "text mark"),
    Command("find.here", "slash", "find", "find in this article", "article", "find", None, "text mark"),
    Command("find.next", "down", "choose", "next result", "find", "step", 1, "find"),
    Command("find.previous", "up", "back", "result before", "find", "step", -1),
    Command("find.page", "pagedown", "page down", "a page of results on", "find", "page", 1),
    Command("find.page-back", "pageup", "page up", "a page of results back", "find", "page", -1),
    Command("find.open", "enter", "open", "open the article, at the hit", "find", "open", None, "find"),
    Command("find.leave", "escape", "back", "empty the box; stop reading the library; go back to the article",
            "find", "leave", None, "find"),
    Command("find.narrow", "ctrl+t", "unread", "list articles that are unread, being read, done; or all again",
            "find", "narrow", None, "find"),
    Command("find.done", "D", "done", "mark the chosen article done, or unread again, in the list", "find", "done"),
    Command("find.hit", "n", "next hit", "next place found with /, else next hit of the search", "article", "hit", 1),
    Command("find.hit-back", "N", "hit before", "place before, or hit before", "article", "hit", -1),
    Command("find.here-keep", "enter", "keep", "stay at this place; n goes on to the next", "findbar", "keep", None,
            "findbar"),
    Command("find.here-next", "down", "next", "next place in the article", "findbar", "step", 1, "findbar"),
    Command("find.here-back", "up", "before", "place before", "findbar", "step", -1, "findbar"),
    Command("find.here-drop", "escape", "back", "go back to where one was", "findbar", "leave", None, "findbar"),
    Command("find.box", "slash", "search", "go to the search box, from the list", "find", "box"),
)
# fmt: on
