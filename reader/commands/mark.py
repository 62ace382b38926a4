"""Making marks, changing them, and going from one to the next."""

from __future__ import annotations

from reader.commands.command import Command

__all__ = ["ROWS"]

# fmt: off
ROWS = (
    # id, keys, label, what it does, who does it, how, and with what; where the footer shows it
    Command("mark.highlight", "h", "highlight", "highlight the sentence, or what the mouse has selected",
            "article", "highlight", None, "text mark"),
    Command("mark.highlight-selection", "enter", "highlight", "highlight the selection",
            "article", "highlight", None, "selection", "selecting"),
    Command("mark.claim", "c", "claim", "tag it as a claim: who said it, how, about what",
            "article", "form", "claim", "selection text mark"),
    Command("mark.note", "a", "note", "annotate it with a note", "article", "form", "note", "selection text"),
    Command("mark.question", "Q", "question", "ask a question about it", "article", "form", "question", "selection"),
    Command("mark.repeat", "full_stop", "repeat", "make it a claim of the last speaker’s, with the last tags",
            "article", "repeat", None, "selection"),
    Command("mark.tag", "number_sign", "tag", "tag the mark under the cursor, or highlight with tags",
            "article", "tag", None, "selection mark"),
    Command("mark.run", "T", "tags for a run", "give every mark the same tags from now on", "article", "run"),
    Command("mark.kind", "H~letter", "mark as",
            "mark at once as h highlight, c claim, a note, Q question, or with a tag used lately by its number",
            "article", "kind"),
    Command("mark.adjust", "x", "adjust", "adjust the passage of the mark under the cursor", "article", "adjust"),
    Command("mark.adjust-store", "enter", "store the passage", "store the passage that was adjusted",
            "article", "store", None, "adjusting", "adjusting"),
    Command("mark.edit", "enter", "edit", "edit the mark under the cursor", "article", "edit", None, "mark", "idle"),
    Command("mark.reply", "r", "reply", "reply to the mark under the cursor", "article", "reply", None, "mark"),
    Command("mark.delete", "d delete", "delete", "delete the mark under the cursor", "article", "delete", None, "mark"),
    Command("mark.relate", "R", "relate", "relate the mark to another one: supports it, contradicts it …",
            "article", "relate", None, "mark"),
    Command("mark.undo", "u", "undo", "undo the last change to this article", "article", "undo", 1),
    Command("mark.redo", "ctrl+r", "redo", "do again what was undone", "article", "redo", 1),
    Command("mark.attention", "exclamation_mark", "what is amiss",
            "marks without a place, undecided or damaged: what they say, and what to do", "article", "attention"),
    Command("mark.repair", "X", "repair", "repair marks whose words changed or are gone, one after the other",
            "article", "repair", None, "mark"),
    Command("mark.place", "p", "put it here", "put a mark without a place, chosen there, on the selection or sentence",
            "article", "place", None, "selection text"),
    Command("mark.next", "right_square_bracket", "next", "next mark", "article", "mark", 1, "text mark"),
    Command("mark.speaker", "semicolon", "speaker’s next", "next claim of this speaker", "article", "speaker", 1),
    Command("mark.speaker-back", "comma", "speaker’s last", "claim of this speaker before", "article", "speaker", -1),
    Command("mark.previous", "left_square_bracket", "mark before", "mark before", "article", "mark", -1),
)
# fmt: on
