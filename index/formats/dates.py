"""Dates: as ISO 8601 has them, possibly partial, and as English pages print them."""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["DATE", "is_iso_date", "iso_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO = r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?"
_CJK = r"\d{4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?"
DATE = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|{_CJK})"
)
"""A printed date with a year, as the source of a regular expression to be used with `re.IGNORECASE`."""

_PRINTED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH})(?:\s+(?P<day2>\d{{1,2}}))?,?\s+(?P<year>\d{{4}})",
    re.IGNORECASE | re.ASCII,
)
_NUMBERS = re.compile(r"\d+", re.ASCII)


def is_iso_date(value: str) -> bool:
    """Whether `value` is a date that exists: a year, year and month, a day, or a day and a time."""
    if not re.fullmatch(_ISO, value, re.ASCII):
        return False
    day = f"{value}{'0001-01-01'[len(value) :]}" if len(value) < 10 else value
    try:
        dt.datetime.fromisoformat(day)
    except ValueError:
        return False
    return True


def iso_date(printed: str) -> str | None:
    """The ISO date that a page prints (`4 March 2021`, `March 2021`, `2021年3月4日`, `2021-03-04T10:00Z`), or None.

    Only what can be read in one way is read: `03/04/2021` is not.
    """
    printed = printed.strip()
    if is_iso_date(printed):
        return printed
    if re.fullmatch(_CJK, printed):
        year, *rest = _NUMBERS.findall(printed)
        value = "-".join([year, *(f"{int(one):02}" for one in rest)])
        return value if is_iso_date(value) else None
    found = _PRINTED.fullmatch(printed)
    if found is None or (found["day"] and found["day2"]):
        return None
    month = _MONTHS.index(found["month"][:3].lower()) + 1
    day = found["day"] or found["day2"]
    value = f"{found['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
    return value if is_iso_date(value) else None
