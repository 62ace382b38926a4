"""Regular expressions that are compiled when they are first used: one with many ranges takes milliseconds."""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["pattern"]


class _Waiting:
    """Becomes the pattern, method by method."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, but for the time it takes; a mistake in it shows at the first use."""
    return cast("re.Pattern[str]", _Waiting(source, flags))
