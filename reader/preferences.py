"""What a person's settings come to, and what in them cannot be done; the reader asks when it starts, and doctor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.config import Settings

__all__ = ["amiss", "keymap"]


def keymap(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """The keys that are other than the table's, by command id."""
    if not settings.keys:
        return {}
    from reader.keymap import read_keymap

    return read_keymap(settings.keys).keys


def amiss(settings: Settings) -> tuple[str, ...]:
    """What is wrong with keys and themes, a line each, naming the key of the settings; defaults stand in for it."""
    problems: list[str] = []
    if settings.keys:
        from reader.keymap import read_keymap

        problems += read_keymap(settings.keys).problems
    if settings.themes or settings.theme:
        from reader.themes import THEMES, read_themes

        own, wrong = read_themes(settings.themes)
        names = [theme.name for theme in (*THEMES, *own)]
        problems += wrong
        if settings.theme and settings.theme not in names:
            problems.append(f"theme: no theme is called {settings.theme!r}; there are {', '.join(names)}")
    return tuple(problems)
