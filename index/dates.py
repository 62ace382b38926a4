"""Days as numbers that sort, written yyyymmdd, for dates of which only the year or month may be known."""

from __future__ import annotations

import re

from index.formats.dates import is_iso_date

__all__ = ["ALWAYS", "UNKNOWN", "days", "year_of"]

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
