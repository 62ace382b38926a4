"""Who, where and when, as the opening of an article prints it.

An opening is `CITY (Agency), Jane Doe - `, `CITY, March 4, 2021 (Agency) — ` or `CITY — `; a byline may also have a
line of its own, `By Jane Doe`.
"""

from __future__ import annotations

import re

from annotations.frozen import frozen
from index.formats.dates import DATE, iso_date

__all__ = ["Opening", "byline_of", "opening_of"]

_WORD = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"{_WORD}(?:[ \xa0](?:(?:de|van|von|der|den|al|bin|da|di|la|le|el|ibn)[ \xa0])?{_WORD}){{0,4}}"
_NAMES = rf"{_NAME}(?:(?:,| and| &)[ \xa0]{_NAME}){{0,5}}"
_DAY = r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)"
_PLACE = rf"{_WORD}(?:,?[ \xa0](?:(?:de|la|le|el|of|the|am|an|der|upon|sur)[ \xa0])?{_WORD}){{0,5}}"
_OPENING = re.compile(
    rf"(?P<place>{_PLACE}?)(?:,\s*(?:(?P<date>(?i:{DATE}))|{_DAY}))?"
    rf"\s*(?:\((?P<agency>[^\W\d_][^()\n]{{1,39}})\)(?:,\s*(?:By\s)?(?P<byline>{_NAMES}))?)?"
    r"\s*(?:\s-|[–—]|--)\s*(?=\S)"
)
_BYLINE = re.compile(
    r"(?:by|written by|words by|story by|author|byline|von|par|por)\s*:?\s+"
    rf"(?P<names>(?-i:{_NAMES}))(?:\s*[|·•/–—].*)?",
    re.IGNORECASE,
)
_LONGEST = 200
_NO_PLACES = frozenset(
    {"ANALYSIS", "BREAKING", "EXCLUSIVE", "LIVE", "NOTE", "OPINION", "UPDATE", "UPDATED", "VIDEO", "WARNING", "WATCH"}
)


@frozen
class Opening:
    """What the first paragraph says before its first sentence.

    Attributes:
        length: how many code points it takes, the dash and the blanks after it included.
        published: an ISO date when the opening prints one with its year, else None.
    """

    length: int = 0
    dateline: str = ""
    agency: str = ""
    byline: str = ""
    published: str | None = None


def opening_of(paragraph: str) -> Opening:
    """The opening of an article's first paragraph; an empty one when the paragraph starts with its sentence."""
    found = _OPENING.match(paragraph[:_LONGEST])
    if found is None or not _is_place(found["place"], sure=(found["agency"] or "")[:1].isupper()):
        return Opening()
    return Opening(
        length=found.end(),
        dateline=found["place"].strip(),
        agency=(found["agency"] or "").strip(),
        byline=(found["byline"] or "").strip(),
        published=iso_date(found["date"]) if found["date"] else None,
    )


def byline_of(line: str) -> str:
    """The names in a line like `By Jane Doe and John Roe | Example News`, as printed; empty when it is no byline."""
    found = _BYLINE.fullmatch(line) if len(line) <= _LONGEST else None
    return found["names"].strip() if found else ""


def _is_place(place: str, *, sure: bool) -> bool:
    """Whether words before a dash are a place: printed in capitals, or followed by an agency's name."""
    city = place.split(",", maxsplit=1)[0]
    return city.strip() not in _NO_PLACES and (sure or city.isupper())
