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
            "find", "narrow", None, "find", "library"),
    Command("find.facets", "ctrl+f F", "narrow", "narrow what was found: by outlet, year, speaker, tag, status",
            "find", "facets", None, "find list", "found"),
    Command("find.only", "ctrl+t", "only", "of what was found list articles only, annotations only, or all again",
            "find", "only", None, "find list", "found"),
    Command("find.sort", "ctrl+o o", "order", "order what was found: best first, newest, oldest, by title",
            "find", "sort", None, "find list", "found"),
    Command("find.furniture", "ctrl+z z", "furniture", "leave page furniture out of the search, or search it again",
            "find", "furniture", None, "", "found"),
    Command("find.complete", "ctrl+@ ctrl+space", "complete", "complete the word; again: the next way to",
            "find", "complete"),
    Command("find.searches", "ctrl+r", "searches", "searches kept in postil.yaml, and what was searched for earlier",
            "find", "searches", None, "find list"),
    Command("find.keep", "ctrl+s", "keep", "keep the search under a name, in postil.yaml", "find", "keep", None, "",
            "found"),
    Command("find.like", "ctrl+l M", "more like it", "search for articles like the chosen one", "find", "like"),
    Command("find.like-this", "M", "more like it", "search for articles like this one", "screen", "like"),
    Command("find.done", "D", "done", "mark the chosen article done, or unread again, in the list", "find", "done"),
    Command("find.hit", "n", "next hit", "next place found with /, else next hit of the search", "article", "hit", 1),
    Command("find.hit-back", "N", "hit before", "place before, or hit before", "article", "hit", -1),
    Command("find.here-keep", "enter", "keep", "stay at this place; n goes on to the next", "findbar", "keep", None,
            "findbar"),
    Command("find.here-next", "down", "next", "next place in the article", "findbar", "step", 1, "findbar"),
    Command("find.here-back", "up", "before", "place before", "findbar", "step", -1, "findbar"),
    Command("find.here-drop", "escape", "back", "go back to where one was", "findbar", "leave", None, "findbar"),
    Command("find.how-to-quit", "q", "how to quit",
            "in the list, say how one quits: the letter may be meant for the search box",
            "find", "how_to_quit"),
    Command("find.box", "slash", "search", "go to the search box, from the list", "find", "box"),
)
# fmt: on
