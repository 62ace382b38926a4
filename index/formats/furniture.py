"""Phrases that tell page furniture on any site, as data: which label a line has by its words alone.

Read by `txt` for every line and by `markdown` for paragraphs.  `sites` adds what only one site prints.
"""

from __future__ import annotations

import re

from index.article import Label
from index.formats.dates import DATE

__all__ = ["CAPTION", "COMMENTS", "RELATED_SECTION", "STAMP", "known_label"]

_LONGEST = 600
_TIME_AND_ZONE = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*\(?"
    r"(?:GMT|UTC|BST|CEST|CET|EET|EEST|MSK|EST|EDT|CST|CDT|MST|MDT|PST|PDT|IST|JST|KST|HKT|SGT|AEST|AEDT|ET|PT)(?![a-z])"
)
STAMP = re.compile(
    rf"(?:\b(?:first published|published|publication date|date published|posted)\b(?:\s+on)?|^date(?=:))\s*:?\s*"
    rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(?P<date>{DATE})",
    re.IGNORECASE,
)
"""A line's own word for when it was published; what a page calls updated, and its clock, are not that."""

CAPTION = re.compile(
    rf"^(?:file (?:photo|image|picture)\b|photo:|image:|in this \S+ (?:photo|image|picture)\b)"
    rf"|\b(?:file photo|pictured|seen here)\b|,\s+(?:on\s+)?{DATE}\W*$|\((?:photo|image)\b[^)]*\)\W*$",
    re.IGNORECASE,
)
"""What a picture's caption says of itself, in a line outside the body."""

COMMENTS = re.compile(
    r"(?:\d+\s+)?comments?(?:\s*\(\d+\))?:?|(?:leave|add|post|write) a (?:comment|reply)"
    r"|join the (?:conversation|discussion)"
    r"|reader comments|(?:view|show|read|see)(?: all)?(?: \d+)? comments|community standards.*|comment via .*",
    re.IGNORECASE,
)
"""A whole line that opens the readers' comments."""

RELATED_SECTION = re.compile(
    r"(?:related|recommended|trending|popular|latest|top|other|more|further)"
    r"(?: (?:stories|articles|news|coverage|topics|posts|reading|content|links|headlines|now|for you))+:?"
    r"|more (?:from|on|in|about) .{1,40}|you (?:may|might) also like:?"
    r"|(?:read next|up next|most (?:read|popular|viewed)|editor['’]?s['’]? picks?|don['’]t miss|what to read next):?"
    r"|(?:related|recommended|trending):?",
    re.IGNORECASE,
)
"""A whole line that opens a list of other articles."""

_RELATED = re.compile(
    r"(?:(?i:read (?:more|also|next)|also read|see also|related(?: \w+)?|more|watch|listen|recommended|click to read)"
    r"\s*(?::|[|»>]|[–—-]\s)|(?:READ|SEE|WATCH) (?:MORE|ALSO|NEXT)\b|(?i:read (?:more|also)\W*$))"
)
_DISCLAIMER = re.compile(
    r"\b(?:views|opinions|statements)\b.{0,120}\b(?:reflect|represent|those of the author)|\ball rights reserved\b"
    r"|^(?:disclaimer|copyright)\b|^(?:©|\(c\))\s*(?:copyright\s*)?(?:19|20)\d\d\b"
    r"|\bmay not be (?:published|reproduced|copied|republished|redistributed)\b|\b(?:re)?printed with permission\b"
    r"|^this (?:article|story|piece|material|post) (?:was|has been|is|may) (?:originally |first |also )?"
    r"(?:published|republished|contain|produced|syndicated|machine)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^(?:©|\(c\)\s)|^(?:photo|image|picture|credit|photograph|illustration|graphic)s?(?: (?:credit|by))?\s*:"
    r"|^(?:AP Photo|Reuters|REUTERS|AFP|Getty Images|EPA)\s*/|/\s*(?:Getty Images|REUTERS|Reuters|AFP|AP)$"
    r"|^\(?(?:additional |with )?(?:reporting|writing|editing|compiled) by\b.{0,200}$",
    re.IGNORECASE,
)
_UI = re.compile(
    r"\b(?:we|this (?:web)?site|our (?:partners|site)|and our partners) uses? cookies\b|\baccept (?:all )?cookies\b"
    r"|\bby continuing to (?:use|browse)\b|^(?:subscribe|sign up|register|log in|sign in) (?:to|for|now|here|with)\b"
    r"|\b(?:subscribe|sign up) (?:to|for) (?:our|the|my) .{0,40}\b(?:newsletter|updates|alerts|channel|podcast)\b"
    r"|^(?:follow|find|like|join) us (?:on|at)\b|^share (?:this|on|via|with)\b"
    r"|^click here\b|^skip to\b|^(?:get|download) (?:the|our) app\b"
    r"|^(?:last )?(?:updated|modified)\b.{0,8}\d|^\d+\s*-?\s*min(?:ute)?s?\s+(?:read|ago)$"
    r"|^(?:advertisement|sponsored|promoted)\b.{0,40}$"
    r"|^\d+ (?:shares?|views|likes|comments|hours? ago|days? ago)$|^(?:enable|please (?:enable|turn on)) javascript\b",
    re.IGNORECASE,
)
_STRONG = frozenset(
    """
    accept ad ads advertisement advertising app bluesky bookmark breadcrumb close comment comments contact cookies copy
    discussion download e-mail email facebook follow home homepage instagram javascript likes link linkedin listen
    loading log login logout mail mastodon menu messenger navigation newsletter newsletters next pinterest previous
    print privacy promoted reddit register reply rss search settings share shares sidebar sign skip sponsored subscribe
    telegram terms tiktok toggle top tweet twitter url viber views vk watch whatsapp youtube
    """.split()  # noqa: SIM905 - a list of 70 strings is no easier to read
)
_WEAK = frozenset(
    """
    a about account all and article audio back by community content for free get google here in join like live load
    main min minutes more my news now of on our out page photo photos play podcast policy read save short show
    standards store story text the this to up us use via video videos view x
    """.split()  # noqa: SIM905 - the same
)
_WORD = re.compile(r"[\w'’-]+")


def known_label(text: str) -> Label | None:
    """The label that the words of a paragraph give away, wherever on the page it stands; None for most."""
    if len(text) > _LONGEST:
        return None
    words = len(text.split())
    if words <= 10 and _TIME_AND_ZONE.search(text) and not STAMP.search(text):
        return Label.CLOCK
    if words <= 40 and _RELATED.match(text):
        return Label.RELATED
    if _DISCLAIMER.search(text):
        return Label.DISCLAIMER
    if words <= 40 and _CREDIT.search(text):
        return Label.CREDIT
    return Label.UI if _is_ui(text, words) else None


def _is_ui(text: str, words: int) -> bool:
    if words <= 14 and (STAMP.search(text) or COMMENTS.fullmatch(text)):
        return True
    if _UI.search(text):
        return True
    return words <= 12 and _only_buttons(text)


def _only_buttons(text: str) -> bool:
    """Whether a line holds nothing but button words, counters and marks."""
    named = [word for word in _WORD.findall(text.casefold()) if not word.isdecimal()]
    if not named:
        return not (text.isdecimal() and len(text) == 4)
    return all(word in _STRONG or word in _WEAK for word in named) and any(word in _STRONG for word in named)
