"""When something is said: as the record keeps it, and as one would say it."""

from __future__ import annotations

from datetime import UTC, date, datetime

__all__ = ["ago", "now"]

_LATELY = 14
"""Days after which the date itself says more than how long ago it was."""


def ago(created: str, today: date | None = None) -> str:
    """The day of a time in the record ("2026-11-22T10:11:12Z"): as a date, or from `today` if it was lately."""
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        return created[:10]
    day = (moment.astimezone() if moment.tzinfo else moment).date()
    days = (today - day).days if today else -1
    if not 0 <= days < _LATELY:
        return day.isoformat()
    return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"


def now() -> str:
    """The time that the record keeps: RFC 3339 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
