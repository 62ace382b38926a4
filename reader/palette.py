"""The palette: every command of the table by what it does, as far as it can do something now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.command import DiscoveryHit, Hit, Hits, Provider

from reader.commands import COMMANDS, Command, key_name
from reader.display import display
from reader.themes import own_themes

if TYPE_CHECKING:
    from annotations.codebook import Search
    from reader.widgets.commanded import Commanded

__all__ = ["Commands", "HasParts"]


@runtime_checkable
class HasParts(Protocol):
    """A screen whose parts carry out commands."""

    def part(self, where: str) -> Commanded | None:
        """The part of that name."""


@runtime_checkable
class HasSearches(Protocol):
    """A screen on a library with saved searches."""

    @property
    def searches(self) -> tuple[Search, ...]:
        """They."""

    def search_for(self, query: str) -> None:
        """Search for that."""


class Commands(Provider):
    """Commands of the screen below the palette."""

    async def discover(self) -> Hits:
        """All of them, in the table's order."""
        for command, run in self._possible():
            yield DiscoveryHit(_words(command), run, text=command.help, help=_keys(command))
        for name, run in self._others():
            yield DiscoveryHit(name, run, text=name)

    async def search(self, query: str) -> Hits:
        """Those whose words match."""
        matcher = self.matcher(query)
        for command, run in self._possible():
            score = matcher.match(_words(command))
            if score > 0:
                yield Hit(score, matcher.highlight(_words(command)), run, text=command.help, help=_keys(command))
        for name, run in self._others():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, text=name)

    def _others(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """What there is as many of as somebody made: saved searches, themes."""
        screen = self.screen
        if isinstance(screen, HasSearches):
            for search in screen.searches:
                yield f"Search: {display(search.name)}", partial(screen.search_for, search.query)
        yield from self._themes()

    def _themes(self) -> Iterator[tuple[str, Callable[[], None]]]:
        for name in own_themes(self.app):
            yield f"Theme: {display(name)}", partial(setattr, self.app, "theme", name)

    def _possible(self) -> Iterator[tuple[Command, Callable[[], None]]]:
        screen = self.screen
        if not isinstance(screen, HasParts):
            return
        for command in COMMANDS.values():
            part = screen.part(command.by)
            if (
                part is not None
                and command.id != "screen.palette"
                and part.holds(command)
                and not part.why_not(command)
            ):
                yield command, partial(part.action_run, command.id)


def _words(command: Command) -> str:
    return f"{command.help[:1].upper()}{command.help[1:]}"


def _keys(command: Command) -> str:
    return "  ".join(key_name(key) for key in command.keys)
