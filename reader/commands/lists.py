"""Lists of places to go to, over the screen."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("lists.outline", "O", "outline", "headings of the article: go to one", "screen", "pick", "outline"),
    Command("lists.recent", "P", "recent", "articles read last: open one", "screen", "pick", "recent"),
    Command("lists.here", "L", "annotations", "annotations of this article, by words, tag, speaker, status, author",
            "screen", "pick", "here"),
    Command("lists.all", "A", "all annotations", "annotations of the whole library, likewise",
            "screen", "pick", "all"),
    Command("lists.open", "enter", "go there", "go to the chosen place", "pick", "open", None, "pick"),
    Command("lists.next", "down ctrl+n", "choose", "next place in the list", "pick", "step", 1, "pick"),
    Command("lists.previous", "up", "choose before", "place before in the list", "pick", "step", -1),
    Command("lists.page", "pagedown", "page down", "a page on in the list", "pick", "page", 1),
    Command("lists.page-back", "pageup", "page up", "a page back in the list", "pick", "page", -1),
    Command("lists.close", "escape", "back", "close the list and stay where one was", "pick", "close", None, "pick"),
)
# fmt: on
