"""Judging what changed about the claims."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("review.accept", "a", "accept", "accept the annotation as it is", "review", "judge", "accepted", "review"),
    Command("review.reject", "r", "reject", "reject it", "review", "judge", "rejected", "review"),
    Command("review.needs-work", "w", "needs work", "say that it needs work",
            "review", "judge", "needs-work", "review"),
    Command("review.comment", "m", "comment", "say something of it: with a verdict, or alone as a reply",
            "review", "comment", None, "review"),
    Command("review.take-back", "u delete", "take back", "take back what is pending on it", "review", "take_back"),
    Command("review.unjudged", "n", "next unjudged", "next one without a verdict",
            "review", "unjudged", None, "review"),
    Command("review.next", "right_square_bracket right tab", "next", "next one", "review", "step", 1),
    Command("review.previous", "left_square_bracket left shift+tab", "before", "one before", "review", "step", -1),
    Command("review.down", "j down", "down", "scroll the article down", "review", "scroll", 1),
    Command("review.up", "k up", "up", "scroll the article up", "review", "scroll", -1),
    Command("review.page", "space pagedown", "page", "a page down", "review", "page", 1),
    Command("review.page-back", "b pageup", "page up", "a page up", "review", "page", -1),
    Command("review.furniture", "z", "furniture", "show page furniture, or fold it away", "review", "furniture"),
    Command("review.record", "y", "record", "show the record as it is kept, or what changed", "review", "record"),
    Command("review.open", "o enter", "open", "go to it in the article", "review", "open"),
    Command("review.submit", "S", "submit", "write all that is pending into the sidecars", "review", "submit", None,
            "review"),
    Command("review.help", "question_mark f1", "keys", "all keys", "review", "help", None, "review"),
    Command("review.leave", "q escape ctrl+q", "leave", "leave; what is pending stays",
            "review", "leave", None, "review"),
)
# fmt: on
