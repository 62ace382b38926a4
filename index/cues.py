"""Where prose says that somebody said something: `X said`, `"…," X, director of Y, told Z`, `according to X`.

Rules for the English of news agencies, no model.  Offsets are code points of the paragraph that is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from annotations.frozen import frozen
from index.speaking import BARE, GROUPS, HONORIFICS, ROLES, SAID, TITLES

__all__ = ["NAME", "Cue", "Named", "cues", "named", "readable"]

_MOST, _FAR = 40, 600
"""How many attributions of a paragraph are looked at, and how far before its verb a subject may begin."""

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈČĎĐĒĖĘĚĜĞĠĢĤĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŜŞŠŢŤŪŮŰŲŴŶŸŹŻŽȘȚ"
_TOKEN = (
    rf"(?:[{_UPPER}]\.(?:-?[{_UPPER}]\.)*|(?:[dl]['’]|(?:al|el)-)?[{_UPPER}][\w\u00ad]*(?:[-‐‑][\w]+|['’](?!s\b)\w+)*)"
)
_JOINT = r"(?:de|van|von|der|den|ter|bin|ibn|al|el|da|di|du|la|le|dos|del)"
_DOTTED = "|".join(rf"(?<=\b{one})\." for one in ("Mr", "Ms", "Dr", "Mrs", "Gen", "Sen", "Rep", "Gov", "Col", "Prof"))
NAME = rf"{_TOKEN}(?:\s(?:{_JOINT}\s){{0,2}}{_TOKEN}|{_DOTTED}){{0,8}}"
"""A run of words that begin with a capital, as names, titles and institutions do."""

_VERB = re.compile(rf"\b(?:{'|'.join(sorted(SAID))}|(?:pointed|points)\sout|went\son)\b(?<!called(?=\s(?:on|for)))")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|to|the|a|an|its|his|her|their|so|as)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE
)
_ACCORDING = re.compile(r"\b[Aa]ccording\sto\s+")
_BETWEEN = re.compile(
    r"(?:\s+(?:also|later|then|further|once|again|now|still|has|had|have|himself|herself|however|\w{3,}ly|who))+\Z"
)
_QUOTED = "￼"
_QUOTES = re.compile(r'"[^"]*(?:"|\Z)|“[^”]*(?:”|\Z)|«[^»]*(?:»|\Z)|„[^“”]*(?:[“”]|\Z)|(?<!\w)‘[^’]*[.,?!]’(?!\w)')
_BLANK = re.compile("[\n\t\xa0\u202f\u2009]")
_STOP = re.compile(rf"[.!?…]['’)\]]*\s+(?=[{_UPPER}{_QUOTED}])|[;:]\s|\s[-–—]\s|{_QUOTED}")
_SHORT = re.compile(rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Adm|St|Jr|Sr|No|[{_UPPER}])\Z")

_ROLE = "|".join(sorted(ROLES))
_DESCRIBED = re.compile(rf"(?:\A|.*?\s)[Tt]h(?:e|is)\s(?P<of>(?:[\w’'.-]+\s){{0,3}}?)(?P<role>{_ROLE})\Z", re.DOTALL)
_PRONOUN = re.compile(r"(?:\A|.*\s)(?:[Hh]e|[Ss]he)\Z", re.DOTALL)
_NAMED = re.compile(rf"(?P<run>{NAME})(?:\s(?:of|from|at|with)\s(?P<at>.+))?", re.DOTALL)
_ENDS_NAMED = re.compile(
    rf"(?P<lead>.*?)(?<!\b(?:in|of|at|to|by)\s)(?P<run>{NAME})(?:\s(?:of|from|at|with)\s(?P<at>(?:the\s)?{NAME}(?:\s[\w’'-]+){{0,8}}))?\Z",
    re.DOTALL,
)
_CAPITAL_LAST = re.compile(rf"{_TOKEN}\s\Z")
_LEAD = re.compile(r"\A(?:[\w’'./&-]+\s+){1,7}\Z")
_NO_LEAD = re.compile(
    r"\b(?:that|because|as|when|if|and|but|where|which|while|is|are|was|were|has|had|have|whether|after|before)\b|\b(?:in|of|on|at|to|by|with|from|for)\s\Z",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\A(?:its|his|her|their|our|one of (?:its|his|her|their))\s+", re.IGNORECASE)
_DETERMINED = re.compile(r"\A(?:its|his|her|their|the|a|an|one|another)\s", re.IGNORECASE)
_ASIDE = re.compile(
    r"\A(?:in|on|during|after|adding|speaking|referring|citing|when|as|but|and|while|told|noting|arguing|at a|earlier|"
    r"last|this|\d+)\b(?!\s+(?:charge|chief)\b)", re.IGNORECASE,
)  # fmt: skip
_INTRODUCES = re.compile(
    rf"\A(?:an?|the|who|whose|former|senior|chief|head|deputy|vice|member|founder|chair\w*|{_ROLE})\b", re.IGNORECASE
)


@frozen
class Cue:
    """Something said to be somebody's words.

    Attributes:
        start: of the words that name the speaker.
        end: after them and the verb.
        name: the speaker's, as printed; empty for a pronoun or a description.
        affiliation: what the speaker is introduced as, as printed, may be empty.
        group: whether it is a body or a place rather than a person.
        role: for a description, its noun ("expert"); empty for a pronoun.
        of: for a description, what stands before the noun ("Seoul-based").
    """

    start: int
    end: int
    name: str = ""
    affiliation: str = ""
    group: bool = False
    role: str = ""
    of: str = ""


def readable(paragraph: str) -> str:
    """The paragraph with blanks of all kinds as blanks and everything quoted struck out; as long as it was."""
    return _QUOTES.sub(lambda found: _QUOTED * len(found[0]), _BLANK.sub(" ", paragraph))


def cues(plain: str) -> Iterator[Cue]:
    """All that a `readable` paragraph attributes to somebody, in order."""
    found = [*_after_according(plain), *_about_verbs(plain)]
    yield from sorted(found, key=lambda one: one.start)


def _about_verbs(plain: str) -> Iterator[Cue]:
    for verb in islice(_VERB.finditer(plain), _MOST):
        start = max(_clause(plain, verb.start()), verb.start() - _FAR)
        before = plain[start : verb.start()]
        if not before.strip(" ,"):
            cue = _introduced(plain, verb.end(), _sentence_end(plain, verb.end()), since=verb.start())
        elif _PASSIVE.search(before):
            cue = None
        else:
            cue = _subject(before, start, verb.end())
        if cue:
            yield cue


def _after_according(plain: str) -> Iterator[Cue]:
    for found in islice(_ACCORDING.finditer(plain), _MOST):
        end = _sentence_end(plain, found.end())
        cue = _introduced(plain, found.end(), end, since=found.start(), open_ended=found[0][0] == "A")
        if cue:
            yield cue


def _clause(plain: str, verb: int) -> int:
    """Where the clause begins that a verb stands in."""
    start = 0
    for stop in _STOP.finditer(plain, 0, verb):
        if stop[0][0] != "." or not _SHORT.search(plain, 0, stop.start()):
            start = stop.end()
    return start


def _sentence_end(plain: str, start: int) -> int:
    for stop in re.compile(rf"[.!?…](?=\s|\Z)|[;:]\s|\s[-–—]\s|{_QUOTED}").finditer(plain, start):
        if stop[0] != "." or not _SHORT.search(plain, 0, stop.start()):
            return stop.start()
    return len(plain)


def _subject(before: str, offset: int, end: int) -> Cue | None:
    """Who it is that stands before a verb."""
    words = before.rstrip()
    while (shorter := _BETWEEN.sub("", words).rstrip()) != words:
        words = shorter
    parts = _parts(words)
    if not parts:
        return None
    if words.endswith(","):
        for number, (at, part) in enumerate(parts):
            named_ = _NAMED.fullmatch(part)
            who = named_ and named(named_["run"])
            if named_ and who and (number or not who.group or len(parts) == 1):
                affiliation = _introduction(parts[number + 1 :], named_["at"]) or who.title
                if not affiliation and number and _DETERMINED.match(parts[number - 1][1]):
                    affiliation = _OWNER.sub("", parts[number - 1][1])
                return Cue(offset + at + who.at, end, who.name, _tidy(affiliation), who.group)
        at, part = parts[0]
    else:
        at, part = parts[-1]
    return _phrase(part, offset + at, end)


def _phrase(part: str, offset: int, end: int) -> Cue | None:
    """Who is meant by a phrase that ends with its subject."""
    if _PRONOUN.match(part):
        return Cue(offset + len(part) - 2, end)
    described = _DESCRIBED.match(part)
    if described:
        return Cue(offset + described.start("of"), end, role=described["role"], of=described["of"].strip())
    found = _ENDS_NAMED.match(part)
    who = found and named(found["run"])
    if not found or not who:
        return None
    lead = found["lead"]
    if _CAPITAL_LAST.search(lead) or (
        lead and _NO_LEAD.search(lead) and not lead.rstrip().endswith(("that", "and", "but", "as"))
    ):
        return None
    role = _tidy(lead) if _LEAD.match(lead) and not _NO_LEAD.search(lead) else ""
    group = who.group or role.lower().split()[-1:] in (["the"], ["a"], ["an"])
    title = " ".join(filter(None, (_OWNER.sub("", role), who.title)))
    affiliation = "" if group else _tidy(found["at"] or "") or (title if title.lower() != "the" else "")
    return Cue(offset + found.start("run") + who.at, end, who.name, affiliation, group)


def _introduced(plain: str, start: int, stop: int, *, since: int, open_ended: bool = False) -> Cue | None:
    """Who it is that stands behind a verb or behind `according to`; the phrase ends at `stop`, or well before it."""
    blanks = len(plain[start:stop]) - len(plain[start:stop].lstrip())
    parts = _parts(plain[start + blanks : stop])
    if not parts:
        return None
    (_, first), rest = parts[0], parts[1:]
    if open_ended:
        rest = [one for one in rest[:1] if _INTRODUCES.match(one[1])] if len(rest) > 1 else []
    who = named_ = _NAMED.fullmatch(first)
    end = start + blanks + len(first)
    known = who and named(who["run"])
    if named_ and known:
        affiliation = _introduction(rest, named_["at"]) or known.title
        return Cue(since, end, known.name, _tidy(affiliation), known.group)
    if rest and _DETERMINED.match(first):
        second = _NAMED.fullmatch(rest[0][1])
        known = second and named(second["run"])
        if known and not known.group:
            return Cue(since, end, known.name, _tidy(_OWNER.sub("", first)))
    cue = _phrase(first, since, end) if not _NO_LEAD.search(first) else None
    return cue and Cue(since, end, cue.name, _apposed(rest) or cue.affiliation, cue.group, cue.role, cue.of)


@frozen
class Named:
    """A run of capitalised words taken apart: the name, the title before it, where in the run the name begins."""

    name: str
    title: str
    at: int
    group: bool


def named(run: str) -> Named | None:
    """Take a run of capitalised words apart; None for one that names nobody, as a day or `The` does."""
    words = [(found.start(), found[0]) for found in re.finditer(r"\S+", run)]
    lowered = [word.rstrip(".").lower() for _, word in words]
    last_title = max((at for at, word in enumerate(lowered) if word in TITLES), default=-1)
    if last_title >= len(words) - 1:
        return None
    determined = lowered[0] == "the"
    while words and lowered[0] in BARE:
        words, lowered, last_title = words[1:], lowered[1:], last_title - 1
    if not words or all(word in BARE for word in lowered):
        return None
    rest = words[max(last_title, -1) + 1 :]
    title = [word for _, word in words[: last_title + 1] if word.rstrip(".").lower() not in HONORIFICS]
    name = " ".join(word for _, word in rest).rstrip(",")
    group = last_title < 0 and (determined or any(word in GROUPS for word in lowered))
    return Named(name, " ".join(title), rest[0][0], group)


def _parts(words: str) -> list[tuple[int, str]]:
    """What stands between commas, each with its offset."""
    found = []
    for part in re.finditer(r"[^,]+", words):
        ink = part[0].strip()
        if ink:
            found.append((part.start() + part[0].index(ink[0]), ink))
    return found


def _apposed(parts: list[tuple[int, str]]) -> str:
    """What the parts behind a name say of its bearer."""
    kept: list[str] = []
    for _, part in parts:
        if _ASIDE.match(part):
            if part.isdigit() and not kept:
                continue
            break
        kept.append(part)
    return ", ".join(kept)


def _introduction(parts: list[tuple[int, str]], at: str | None) -> str:
    """What is said of somebody behind their name; where they are rather than what they did."""
    said = _apposed(parts)
    return _tidy(at) if at and (not said or said.startswith("who ")) else said


def _tidy(words: str) -> str:
    words = " ".join(words.replace(_QUOTED, "").split()).strip(" ,")
    return words.removeprefix("who ")
