"""Days as numbers that sort, written yyyymmdd, for dates of which only the year or month may be known."""

from __future__ import annotations

import re

from index.formats.dates import is_iso_date
from index.grammar import cited

__all__ = ["ALWAYS", "UNKNOWN", "days", "period", "year_of"]

UNKNOWN = (0, 0)
ALWAYS = (1_01_01, 9999_12_31)
_PARTS = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?=[T ]|$)", re.ASCII)


def days(date: str | None) -> tuple[int, int]:
    """The first and the last day that an ISO 8601 date, possibly partial, may mean; `UNKNOWN` when it is none.

    Every month has 31 days here: the numbers are only ever compared.
    """
    found = _PARTS.match(date or "")
    if found is None or not is_iso_date(found[0]):
        return UNKNOWN
    year, month, day = (int(part or 0) for part in found.groups())
    return year * 1_00_00 + (month or 1) * 1_00 + (day or 1), year * 1_00_00 + (month or 12) * 1_00 + (day or 31)


def year_of(date: str | None) -> str:
    """The year of such a date, or `unknown`."""
    return date[:4] if date and days(date) != UNKNOWN else "unknown"


def period(typed: str) -> tuple[int, int]:
    """The first and the last day of what somebody asks for: `2018`, `2018-04..2018-06`, `..2019`, `*`, `unknown`.

    Raises:
        ValueError: it is no such thing; says why, as a clause.
    """
    if typed.lower() == "unknown":
        return UNKNOWN
    if typed == "*":
        return ALWAYS
    begins, dots, ends = typed.partition("..")
    if not (begins or ends):
        raise ValueError("a date should stand here")
    first = _day(begins)[0] if begins else ALWAYS[0]
    last = _day(ends if dots else begins)[1] if ends or not dots else ALWAYS[1]
    if last < first:
        raise ValueError(f"{cited(typed)} ends before it begins")
    return first, last


def _day(typed: str) -> tuple[int, int]:
    found = days(typed) if len(typed) <= len("2018-04-30") else UNKNOWN
    if found == UNKNOWN:
        raise ValueError(f"{cited(typed)} is no date")
    return found
