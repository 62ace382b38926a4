"""The few signs that stand for kinds, statuses and verdicts, each one cell wide; and a set in plain ASCII."""

from __future__ import annotations

import locale
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["ASCII", "UNICODE", "Glyphs", "glyphs"]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs.

    Attributes:
        kinds: by kind of annotation.
        statuses: by work status of a claim.
        verdicts: by verdict of a review.
        reply: before a reply.
        relation: before a relation.
        search: before the search box.
        here: before the article that is open.
        saved: everything is on disk.
        unsaved: something is not.
        rule: from a card that stands level with its line.
        branch: from a card that had to make room, to the stem that leads to its line.
        stem: the stem.
        dot: between two things on a line.
        ellipsis: where something was cut.
    """

    kinds: Mapping[str, str]
    statuses: Mapping[str, str]
    verdicts: Mapping[str, str]
    reply: str
    relation: str
    search: str
    here: str
    saved: str
    unsaved: str
    rule: str
    branch: str
    stem: str
    dot: str
    ellipsis: str


UNICODE = Glyphs(
    kinds=MappingProxyType({"highlight": "▎", "note": "✎", "question": "?", "claim": "◆"}),
    statuses=MappingProxyType({
        "new": "○", "queued": "◌", "checking": "◔", "in-review": "◑", "settled": "●", "not-checkable": "⊘",
        "dropped": "×",
    }),
    verdicts=MappingProxyType({"accepted": "✓", "rejected": "✗", "needs-work": "↻"}),
    reply="↳", relation="⇄", search="⌕", here="▌", saved="✓", unsaved="!", rule="─", branch="╰", stem="│", dot="·",
    ellipsis="…",
)  # fmt: skip

ASCII = Glyphs(
    kinds=MappingProxyType({"highlight": "=", "note": "*", "question": "?", "claim": "#"}),
    statuses=MappingProxyType({
        "new": "o", "queued": ".", "checking": "~", "in-review": "%", "settled": "@", "not-checkable": "-",
        "dropped": "x",
    }),
    verdicts=MappingProxyType({"accepted": "+", "rejected": "-", "needs-work": "~"}),
    reply=">", relation="&", search="/", here="|", saved="+", unsaved="!", rule="-", branch="`", stem="|", dot="-",
    ellipsis="...",
)  # fmt: skip


def glyphs(setting: str = "") -> Glyphs:
    """The set to use: as set (`unicode`, `ascii`), or by the locale's encoding when that is left open."""
    wanted = setting or ("unicode" if locale.getpreferredencoding(False).lower().startswith("utf") else "ascii")
    return ASCII if wanted == "ascii" else UNICODE
