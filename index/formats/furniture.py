"""Phrases that tell page furniture on any site, as data: which label a line has by its words alone.

Read by `txt` for every line and by `markdown` for paragraphs.  `sites` adds what only one site prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.article import Label
from index.formats.dates import DATE

__all__ = ["is_caption", "known_label", "opens_comments", "opens_related", "stamp_of"]

_LONGEST = 600
_LINE = 120
_SHORT = 80
_TIME_AND_ZONE = re.compile(  # a digit comes first, for the engine skips to one quickly
    r"\d(?<!\w\d)\d?[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*\(?"
    r"(?:GMT|UTC|BST|CEST|CET|EET|EEST|MSK|EST|EDT|CST|CDT|MST|MDT|PST|PDT|IST|JST|KST|HKT|SGT|AEST|AEDT|ET|PT)(?![a-z])"
)
_STAMP = re.compile(
    rf"(?:\b(?:first published|published|publication date|date published|posted)\b(?:\s+on)?|^date(?=:))\s*:?\s*"
    rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(?P<date>{DATE})",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    rf"^(?:file (?:photo|image|picture)\b|photo:|image:|in this \S+ (?:photo|image|picture)\b)"
    r"|\b(?:file photo|pictured|seen here)\b|\bphoto(?:graph)?s?(?: by\b|:)"
    rf"|(?:,\s+(?:on\s+)?|[、，]\s*){DATE}\W*$|\((?:photo|image)\b[^)]*\)\W*$",
    re.IGNORECASE,
)

_COMMENTS = re.compile(
    r"(?:\d+\s+)?comments?(?:\s*\(\d+\))?:?|(?:leave|add|post|write) a (?:comment|reply)"
    r"|join the (?:conversation|discussion)"
    r"|reader comments|(?:view|show|read|see)(?: all)?(?: \d+)? comments"
    r"|community (?:standards|rules|guidelines).*|comment (?:via|with) .*",
    re.IGNORECASE,
)

_RELATED_SECTION = re.compile(
    r"(?:related|recommended|trending|popular|latest|top|other|more|further)"
    r"(?: (?:stories|articles|news|coverage|topics|posts|reading|content|links|headlines|now|for you))+:?"
    r"|more (?:from|on|in|about) .{1,40}|you (?:may|might) also like:?"
    r"|(?:read next|up next|most (?:read|popular|viewed)|editor['’]?s['’]? picks?|don['’]t miss|what to read next):?"
    r"|(?:related|recommended|trending):?",
    re.IGNORECASE,
)

_RELATED = re.compile(
    r"(?:(?i:read (?:more|also|next)|also read|see also|related(?: \w+)?|more|watch|listen|recommended|click to read)"
    r"\s*(?::|[|»>]|[–—-]\s)|(?:READ|SEE|WATCH) (?:MORE|ALSO|NEXT)\b|(?i:read (?:more|also)\W*$))"
)
# What follows is matched against the text in lower case: at its start, or after a quick look for a telling word.
_DISCLAIMER = re.compile(
    r"(?:disclaimer|copyright)\b|(?:©|\(c\))\s*(?:copyright\s*)?(?:19|20)\d\d\b"
    r"|this (?:article|story|piece|material|post) (?:was|has been|is|may) (?:originally |first |also )?"
    r"(?:published|republished|contain|produced|syndicated|machine)\b"
)
_DISCLAIMERS = (
    (
        "expressed",
        re.compile(r"\b(?:views|opinions|statements)\b.{0,60}\bexpressed\b.{0,160}\b(?:reflect|represent|those of)\b"),
    ),
    ("reflect", re.compile(r"\bnot (?:necessarily )?reflect (?:those|the (?:views?|opinions?|position|policy))\b")),
    ("represent", re.compile(r"\bnot (?:necessarily )?represent (?:those|the (?:views?|opinions?|position|policy))\b")),
    ("may not be", re.compile(r"\bmay not be (?:published|reproduced|copied|republished|redistributed)\b")),
    ("rights reserved", re.compile(r"\ball rights reserved\b")),
    ("with permission", re.compile(r"\b(?:re)?printed with permission\b")),
)
_CREDIT = re.compile(
    r"©|\(c\)\s|(?:photo|image|picture|credit|photograph|illustration|graphic)s?(?: (?:credit|by))?\s*:"
    r"|(?:ap photo|reuters|afp|getty images|epa)\s*/"
    r"|\(?(?:additional |with )?(?:reporting|writing|editing|compiled) by\b"
)
_AGENCIES = (
    "/Getty Images",
    "/ Getty Images",
    "/REUTERS",
    "/ REUTERS",
    "/Reuters",
    "/ Reuters",
    "/AFP",
    "/ AFP",
    "/AP",
)
_UI = re.compile(
    r"(?:subscribe|sign up|register|log in|sign in) (?:to|for|now|here|with)\b|(?:follow|find|like|join) us (?:on|at)\b"
    r"|share (?:this|on|via|with)\b|click here\b|skip to\b|(?:get|download) (?:the|our) app\b"
    r"|by continuing to (?:use|browse)\b|(?:please )?(?:enable|turn on) javascript\b"
    r"|(?:last )?(?:updated|modified)\b.{0,8}\d|\d+\s*-?\s*min(?:ute)?s?\s+(?:read|ago)$"
    r"|(?:advertisement|sponsored|promoted)\b.{0,40}$|\d+ (?:shares?|views|likes|comments|hours? ago|days? ago)$"
)
_UIS = (
    ("cookies", re.compile(r"\b(?:we|site|website|partners) uses? cookies\b|\baccept (?:all )?cookies\b")),
    ("newsletter", re.compile(r"\b(?:subscribe|sign up) (?:to|for) (?:our|the|my) .{0,40}\bnewsletter")),
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
    lower = text.lower()
    if len(text) <= _LINE and _TIME_AND_ZONE.search(text) and _words(text) <= 10 and not stamp_of(text):
        return Label.CLOCK
    if _RELATED.match(text) and _words(text) <= 40:
        return Label.RELATED
    if _DISCLAIMER.match(lower) or _says(lower, _DISCLAIMERS):
        return Label.DISCLAIMER
    if (_CREDIT.match(lower) or text.endswith(_AGENCIES)) and _words(text) <= 40:
        return Label.CREDIT
    return Label.UI if _is_ui(text, lower) else None


def stamp_of(text: str) -> str:
    """The date, as printed, that a short line calls that of publication; empty when it names none."""
    if len(text) > _LINE:
        return ""
    lower = text.lower()
    if not ("publi" in lower or "posted" in lower or "date:" in lower):
        return ""
    found = _STAMP.search(text)
    return found["date"] if found else ""


def is_caption(text: str) -> bool:
    """Whether a line outside the body says of itself that it stands under a picture."""
    return len(text) <= _LONGEST and _CAPTION.search(text) is not None


def opens_comments(text: str) -> bool:
    """Whether a whole line opens the readers' comments."""
    return len(text) <= _SHORT and _COMMENTS.fullmatch(text) is not None


def opens_related(text: str) -> bool:
    """Whether a whole line opens a list of other articles."""
    return len(text) <= _SHORT and _RELATED_SECTION.fullmatch(text) is not None


def _words(text: str) -> int:
    """How many words; asked last, for counting takes longer than most expressions."""
    return len(text.split())


def _says(lower: str, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> bool:
    for word, pattern in patterns:  # noqa: SIM110 - `any` takes three times as long, and most lines get here
        if word in lower and pattern.search(lower):
            return True
    return False


def _is_ui(text: str, lower: str) -> bool:
    if _UI.match(lower) or _says(lower, _UIS):
        return True
    if (opens_comments(text) or stamp_of(text)) and _words(text) <= 14:
        return True
    return _only_buttons(lower) and _words(text) <= 12


def _only_buttons(text: str) -> bool:
    """Whether a line holds nothing but button words, counters and marks."""
    first = _WORD.search(text)
    if first and not (first[0] in _STRONG or first[0] in _WEAK or first[0].isdecimal()):
        return False  # as nearly all lines; the rest are few enough to look at every word
    named = {word for word in _WORD.findall(text) if not word.isdecimal()}
    if not named:
        return not (text.isdecimal() and len(text) == 4)
    return named <= _STRONG | _WEAK and not named.isdisjoint(_STRONG)
