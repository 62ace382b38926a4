"""The few signs that stand for kinds, statuses and verdicts, each one cell wide; and a set in plain ASCII."""

from __future__ import annotations

import locale
from collections.abc import Mapping
from types import MappingProxyType

from annotations.frozen import frozen

__all__ = ["ASCII", "UNICODE", "Glyphs", "glyphs"]


@frozen
class Glyphs:
    """One set of signs.

    Attributes:
        kinds: by kind of annotation.
        statuses: by work status of a claim.
        verdicts: by verdict of a review.
        readings: by how far one is with an article.
        differs: at a passage whose words changed; in the list, before how many marks want repair.
        reply: before a reply.
        relation: before how many relations there are.
        going: before a relation that is kept here; in ASCII two cells wide, as the next one.
        coming: before one that is kept at the other end.
        search: before the search box.
        here: before the article that is open.
        saved: everything is on disk.
        unsaved: something is not.
        rule: from a card that stands level with its line.
        stem: leads from a line to a card that had to make room.
        below: at a card that stands below its line.
        above: at a card that stands above its line.
        down: at a line whose card stands below it.
        up: at a line whose card stands above it.
        dot: between two things on a line.
        ellipsis: where something was cut.
        quotes: around words that are quoted: the one before them, the one after.
    """

    kinds: Mapping[str, str]
    statuses: Mapping[str, str]
    verdicts: Mapping[str, str]
    readings: Mapping[str, str]
    differs: str
    reply: str
    relation: str
    going: str
    coming: str
    search: str
    here: str
    saved: str
    unsaved: str
    rule: str
    stem: str
    below: str
    above: str
    down: str
    up: str
    dot: str
    ellipsis: str
    quotes: str


UNICODE = Glyphs(
    kinds=MappingProxyType({"highlight": "▎", "note": "✎", "question": "?", "claim": "◆"}),
    statuses=MappingProxyType({
        "new": "○", "queued": "◌", "checking": "◔", "in-review": "◑", "settled": "●", "not-checkable": "⊘",
        "dropped": "×",
    }),
    verdicts=MappingProxyType({"accepted": "✓", "rejected": "✗", "needs-work": "↻"}),
    readings=MappingProxyType({"unread": "•", "reading": "▸", "done": "✓"}),
    differs="≠", reply="↳", relation="⇄", going="→", coming="←", search="⌕", here="▌", saved="✓", unsaved="!",
    rule="─", stem="│", below="╰", above="╭", down="╮", up="╯", dot="·", ellipsis="…", quotes="“”",
)  # fmt: skip

ASCII = Glyphs(
    kinds=MappingProxyType({"highlight": "=", "note": "*", "question": "?", "claim": "#"}),
    statuses=MappingProxyType({
        "new": "o", "queued": ".", "checking": "~", "in-review": "%", "settled": "@", "not-checkable": "-",
        "dropped": "x",
    }),
    verdicts=MappingProxyType({"accepted": "+", "rejected": "-", "needs-work": "~"}),
    readings=MappingProxyType({"unread": ".", "reading": ">", "done": "+"}),
    differs="^", reply=">", relation="&", going="->", coming="<-", search="/", here="|", saved="+", unsaved="!",
    rule="-", stem="|", below="`", above=",", down=".", up="'", dot="-", ellipsis="...", quotes='""',
)  # fmt: skip


def glyphs(setting: str = "") -> Glyphs:
    """The set to use: as set (`unicode`, `ascii`), or by the locale's encoding when that is left open."""
    wanted = setting or ("unicode" if locale.getpreferredencoding(False).lower().startswith("utf") else "ascii")
    return ASCII if wanted == "ascii" else UNICODE
