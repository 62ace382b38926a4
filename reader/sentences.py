"""Where one sentence of a paragraph ends and the next begins: rules for the prose of news, no model and no dictionary.

A sentence ends at a full stop, question mark, exclamation mark or ellipsis and takes closing quotes and brackets with
it.  It does not end where the words go on in lower case or say who asked (`"Is it so?" Kim asked.`), inside a number,
after the number of an item, or after an abbreviation (`Mr.`, `U.S.`, `No. 5`, `J. K.`), unless a word follows that
seldom stands inside a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.patterns import pattern

__all__ = ["sentences"]

_CLOSERS = "\"'”’»›)\\]」』）】》〉"
_CJK_STOPS = "。！？．｡"
# Marks that end nothing are matched too, without what follows: none is looked at twice, however many there are.
_MARKS = rf"[.!?…؟।॥۔։]++(?P<then>(?:[{_CLOSERS}]|[ \xa0\u202f][»›])*(?:\[\d+\])*\s++(?=\S))?"
_STOP = pattern(_MARKS)
_STOP_OF_CJK = pattern(rf"{_MARKS}|[{_CJK_STOPS}]++(?P<after>[{_CLOSERS}]*+(?![とって、，])\s*(?=\S))?")
_OPENERS = "\"'“‘«‹([—–"
_LONGEST_WORD = 40
_ITEM = pattern(r"\(?(?:\d{1,3}|[A-Za-z]|[IVXLC]+)\)?")
# Who asked or cried what was quoted: a name or two words at most, then the verb.
_ASKED = pattern(
    r"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er)\s)?"
    r"(?:(?!(?:ha[sd]|have|is|are|was|were|will|would|could|never|not|who|that|which)\b)[\w.’'-]+\s){1,3}?"
    r"(?:said|says|asked|asks|added|told|replied|answered|wondered|cried|shouted|exclaimed|wrote|quipped|joked)\b"
)

_WORDS = {
    # Never the end: a name or a number follows.
    "titles": """mr mrs ms mx dr prof sen rep gov gen col lt sgt cpl capt cmdr maj adm brig rev hon fr pres sec amb supt
        det insp messrs vs eg ie viz cf ca approx""",
    # Not the end before a number.
    "counted": "no nos art fig vol pp p par sec ch jan feb mar apr jun jul aug sep sept oct nov dec est circa",
    # The end only when a sentence plainly begins.
    "shortened": "inc corp co ltd llc plc bros jr sr esq etc al dept univ assn ave blvd rd st mt ft",
    "starters": """a after although an and as at because before but by during even for from he her here his how however
        i if in it its many meanwhile most my no nor now on once one or our she since so some still such that the their
        then there these they this those though through to two under until we what when where whether which while who
        why with yet you your""",
}
_TITLES, _COUNTED, _SHORTENED, _STARTERS = (frozenset(words.split()) for words in _WORDS.values())
_DOTTED = pattern(r"(?:\w\.)+\w?")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]`, which begins and ends with something visible; each trimmed, in order."""
    at = start
    cjk = not frozenset(_CJK_STOPS).isdisjoint(text[start:end])
    for stop in (_STOP_OF_CJK if cjk else _STOP).finditer(text, start, end):
        if stop.lastgroup is None:
            continue
        ink = stop.start() + len(stop[0].rstrip())
        if at < ink and _ends(text, at, stop.start(), stop.end(), end):
            yield at, ink
            at = stop.end()
    if at < end:
        yield at, end


def _ends(text: str, start: int, stop: int, following: int, end: int) -> bool:
    """Whether the mark at `stop` ends the sentence from `start`, with `following` the next visible character."""
    first = following
    while first < end and (text[first] == "-" or _opens(text[first])):
        first += 1
    if first < end and text[first].islower() and not text[first + 1 : first + 2].isupper():
        return False
    if text[stop] == "." and _ITEM.fullmatch(text, start, stop):
        return False
    if text[stop] in "!?؟" and text[stop + 1 : following].strip() and _ASKED.match(text, following, end):
        return False
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return True
    word = stop
    while word > max(start, stop - _LONGEST_WORD) and not _opens(text[word - 1]):
        word -= 1
    return word == stop or not _goes_on(text[word:stop], text[first : first + _LONGEST_WORD])


def _opens(character: str) -> bool:
    """Whether words begin after it: a blank, a quotation mark, a bracket, a dash."""
    return character.isspace() or character in _OPENERS


def _goes_on(abbreviation: str, rest: str) -> bool:
    """Whether a full stop after `abbreviation` (without it) is a part of it, given what comes next."""
    word = abbreviation.lower()
    if word in _TITLES:
        return True
    if word in _COUNTED:
        return rest[:1].isdigit()
    if len(abbreviation) == 1:
        return abbreviation.isupper() and abbreviation != "I"
    if word in _SHORTENED or _DOTTED.fullmatch(word):
        following = re.match(r"[\w’']*", rest)
        return not (following and following[0].lower() in _STARTERS)
    return False
