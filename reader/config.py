"""A person's own settings and state: who they are, how they like the screen, where they left off.

Settings are the person's (`config.toml` in the user's config folder) and only read here; state is the program's
(`state.json` in the user's state folder) and may be lost without harm.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, field, fields
from pathlib import Path
from typing import Any, TypeGuard

import platformdirs

from annotations.durable import write_atomically
from annotations.errors import InputError
from annotations.frozen import frozen, late
from reader.jumps import Spot, spots_from
from reader.readings import Readings, readings_from
from reader.recent import Recent, recent_from

__all__ = ["Place", "Settings", "State", "config_path", "load_settings", "state_path", "write_state"]

_RECENT = 200
"""How many articles' places are remembered for each library; the oldest are forgotten first."""


def config_path() -> Path:
    """Where a person's settings live."""
    return platformdirs.user_config_path("postil") / "config.toml"


def state_path() -> Path:
    """Where the program keeps what it may forget."""
    return platformdirs.user_state_path("postil") / "state.json"


@frozen(kw_only=True)
class Settings:
    """What a person set in `config.toml`.

    Attributes:
        author: the author id to annotate as, or empty.
        theme: the name of one, or empty for the one used last.
        glyphs: `unicode`, `ascii`, or empty to decide by the locale.
        widths: `plain` to draw emoji and flags, about whose widths terminals disagree, as plain characters.
        watch: whether changes of the library's files are noticed while they happen.
        tour: whether the first start shows what there is.
        keys: the table `[keys]` as it stands; `reader.keymap` says what it means.
        themes: the tables `[themes.NAME]` as they stand; `reader.themes` says what they mean.
    """

    author: str = ""
    theme: str = ""
    glyphs: str = ""
    widths: str = ""
    watch: bool = True
    tour: bool = True
    keys: dict[str, Any] = field(default_factory=dict)
    themes: dict[str, Any] = field(default_factory=dict)


_KINDS: dict[str, tuple[type, str]] = {
    "author": (str, "text"),
    "theme": (str, "the name of a theme"),
    "glyphs": (str, "unicode or ascii"),
    "widths": (str, "full or plain"),
    "watch": (bool, "true or false"),
    "tour": (bool, "true or false"),
    "keys": (dict, "a table of keys by command id"),
    "themes": (dict, "tables of colours by theme name"),
}
_CHOICES = {"glyphs": ("unicode", "ascii"), "widths": ("full", "plain")}
_WIDEST = 200


def load_settings(path: Path | None = None) -> Settings:
    """The person's settings; defaults where there is no file.

    Raises:
        InputError: the file cannot be read, or holds a key or value that means nothing here.
    """
    path = path or config_path()
    try:
        written = path.read_text("utf-8")
        import tomllib  # most people have no settings

        found = tomllib.loads(written)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise InputError(f"the settings cannot be read: {error}", path=path, hint="mend or remove the file") from error
    for key, value in found.items():
        _check(path, key, value)
    return Settings(**found)


def _check(path: Path, key: str, value: object) -> None:
    if key not in _KINDS:
        raise InputError(f"no setting is called {key!r}", path=path, hint=f"there are {', '.join(_KINDS)}")
    kind, wanted = _KINDS[key]
    if not isinstance(value, kind) or (key in _CHOICES and value not in _CHOICES[key]):
        raise InputError(f"{key} cannot be {value!r}", path=path, hint=f"it takes {wanted}")


@late
class Place:
    """Where a person is in one library.

    Attributes:
        article: the article read last, from the library's root, or empty.
        spots: for each article read, the offsets (code points) of the pane's top and of the cursor, oldest first.
        furniture: whether page furniture is shown.
        recent: the speakers and tags used last.
        letters: places that were given a letter.
        readings: how far they are with each article.
        query: what was searched for last.
        searches: the queries by which something was opened, the latest last.
    """

    article: str = ""
    spots: dict[str, tuple[int, int]] = field(default_factory=dict)
    furniture: bool = False
    recent: Recent = field(default_factory=Recent)
    letters: dict[str, Spot] = field(default_factory=dict)
    readings: Readings = field(default_factory=Readings)
    query: str = ""
    searches: list[str] = field(default_factory=list)

    def visit(self, article: str, top: int, cursor: int) -> None:
        """Remember being there; what was visited longest ago is forgotten beyond a few hundred articles."""
        self.article = article
        self.spots.pop(article, None)
        self.spots[article] = (top, cursor)
        for oldest in list(self.spots)[:-_RECENT]:
            del self.spots[oldest]

    def rename(self, old: str, new: str) -> None:
        """An article has another path."""
        self.readings.rename(old, new)
        self.spots = {new if path == old else path: spot for path, spot in self.spots.items()}
        self.article = new if self.article == old else self.article


@late
class State:
    """What the program remembers between starts.

    Attributes:
        theme: the name of the one used last.
        measure: how wide a line of an article may be, in cells; 0 where nobody has said.
        find_width: of the find pane, in cells; 0 where nobody has said.
        margin_width: of the margin, in cells; 0 where nobody has said.
        toured: whether the tour was shown.
        libraries: by the path of its root, where one is in each library.
        visited: the roots of those that were visited this time; of the others the file may know more by now.
    """

    theme: str = ""
    measure: int = 0
    find_width: int = 0
    margin_width: int = 0
    toured: bool = False
    libraries: dict[str, Place] = field(default_factory=dict)
    visited: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, path: Path | None = None) -> State:
        """The state of last time; a fresh one when there is none, or none that can be understood."""
        try:
            found = json.loads((path or state_path()).read_text("utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(found, dict):
            return cls()
        libraries = found.get("libraries")
        places = libraries.items() if isinstance(libraries, dict) else ()
        theme = found.get("theme")
        return cls(
            theme=theme if isinstance(theme, str) else "",
            measure=_width(found.get("measure")),
            find_width=_width(found.get("find_width")),
            margin_width=_width(found.get("margin_width")),
            toured=found.get("toured") is True,
            libraries={root: _place(one) for root, one in places if isinstance(one, dict)},
        )

    def at(self, root: Path) -> Place:
        """The place in that library, a new one if it was never visited."""
        self.visited.add(os.path.realpath(root))
        return self.libraries.setdefault(os.path.realpath(root), Place())

    def save(self, path: Path | None = None) -> None:
        """Write it down.

        Raises:
            InputError: the state folder cannot be written.
        """
        write_state(self.record(), path)

    def record(self) -> dict[str, Any]:
        """What there is to write down, as JSON has it; nothing in it changes any more."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "visited"}
        return own | {"libraries": {root: asdict(self.libraries[root]) for root in self.visited}}


def write_state(record: dict[str, Any], path: Path | None = None) -> None:
    """Write a state's record down, beside what the file knows of libraries that are not in it.

    Raises:
        InputError: the state folder cannot be written.
    """
    path = path or state_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    others = {root: asdict(place) for root, place in State.load(path).libraries.items()}
    write_atomically(path, json.dumps(record | {"libraries": others | record["libraries"]}, indent=1).encode())


def _width(found: object) -> int:
    return found if type(found) is int and 0 <= found <= _WIDEST else 0


def _place(found: dict[str, Any]) -> Place:
    article, spots, searches = found.get("article"), found.get("spots"), found.get("searches")
    return Place(
        article=article if isinstance(article, str) else "",
        spots={key: (spot[0], spot[1]) for key, spot in spots.items() if _is_spot(spot)}
        if isinstance(spots, dict)
        else {},
        furniture=found.get("furniture") is True,
        recent=recent_from(found.get("recent")),
        letters=spots_from(found.get("letters")),
        readings=readings_from(found.get("readings")),
        query=query if isinstance(query := found.get("query"), str) else "",
        searches=[one for one in searches if isinstance(one, str)] if isinstance(searches, list) else [],
    )


def _is_spot(found: object) -> TypeGuard[list[int]]:
    return isinstance(found, list) and len(found) == 2 and all(type(one) is int and one >= 0 for one in found)
