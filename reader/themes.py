"""postil's own themes, and those of a person's settings.

Widgets name colours only as theme variables, so these are all the colours there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from textual.app import App

__all__ = ["THEMES", "chosen_theme", "next_theme", "own_themes", "read_themes", "register_themes"]

_COLOURS = (
    "primary", "secondary", "accent", "warning", "error", "success",
    "foreground", "background", "surface", "panel", "boost",
)  # fmt: skip


def _theme(name: str, *, dark: bool, edge: str, selected: str, **colours: Any) -> Theme:
    """A theme; `edge` is the colour of lines between panes and of scroll bars, `selected` how strong a selection is."""
    background, primary = colours["background"], colours["primary"]
    variables = {
        "border": edge,
        "border-blurred": edge,
        "scrollbar": edge,
        "scrollbar-hover": colours["secondary"],
        "scrollbar-active": primary,
        "scrollbar-background": background,
        "scrollbar-background-hover": background,
        "scrollbar-background-active": background,
        "scrollbar-corner-color": background,
        "input-selection-background": f"{primary} {selected}",
    }
    return Theme(name=name, dark=dark, surface=background, variables=variables, **colours)


THEMES = (
    _theme(
        "dark", dark=True, edge="#33383f", selected="35%",
        primary="#8bbbdc", secondary="#8a9aa9", accent="#e0b060", warning="#e0b060", error="#e58080",
        success="#92c092", foreground="#d6d3cb", background="#17191c", panel="#24282d", boost="#2d3238",
    ),
    _theme(
        "light", dark=False, edge="#cfcabd", selected="30%",
        primary="#19547a", secondary="#5c6670", accent="#6b4500", warning="#6b4500", error="#a82c2c",
        success="#275a2c", foreground="#24262a", background="#fbfaf6", panel="#eeebe3", boost="#e3dfd5",
    ),
    _theme(
        "high-contrast", dark=True, edge="#c0c0c0", selected="60%",
        primary="#7fd4ff", secondary="#d0d0d0", accent="#ffd700", warning="#ffd700", error="#ff9c9c",
        success="#8cff8c", foreground="#ffffff", background="#000000", panel="#1c1c1c", boost="#262626",
    ),
    # Okabe and Ito's colours, which people tell apart whose eyes lack one of the three cones; on white they are
    # darkened until they can be read.
    _theme(
        "colour-blind", dark=True, edge="#3a3f45", selected="35%",
        primary="#62bbec", secondary="#9aa7b1", accent="#e8a30c", warning="#f0e442", error="#e8743a",
        success="#3bc59e", foreground="#e4e4e4", background="#111315", panel="#1f2327", boost="#292e33",
    ),
    _theme(
        "colour-blind-light", dark=False, edge="#c4c4c4", selected="30%",
        primary="#005688", secondary="#56606a", accent="#7a4200", warning="#7a4200", error="#8c2f62",
        success="#005c40", foreground="#1c1c1c", background="#fcfcfc", panel="#ededed", boost="#e2e2e2",
    ),
)  # fmt: skip


def register_themes(app: App[Any], tables: Mapping[str, Any]) -> None:
    """Let an app have them all."""
    for theme in (*THEMES, *read_themes(tables)[0]):
        app.register_theme(theme)


def own_themes(app: App[Any]) -> list[str]:
    """The names of those that can be chosen; Textual's own are not among them."""
    return [name for name in app.available_themes if name not in BUILTIN_THEMES]


def chosen_theme(app: App[Any], *wanted: str) -> str:
    """The first of these names that there is a theme for, else the dark one's."""
    return next((name for name in wanted if name in own_themes(app)), "dark")


def next_theme(app: App[Any]) -> str:
    """Go on to the next one, round and round; gives its name."""
    names = own_themes(app)
    at = names.index(app.theme) if app.theme in names else -1
    app.theme = names[(at + 1) % len(names)]
    return app.theme


def read_themes(tables: Mapping[str, Any]) -> tuple[list[Theme], list[str]]:
    """The themes of a person's settings, and what is wrong with them, a line each.

    Each takes the colours it does not name from `base`, by default the dark theme.
    """
    if not tables:
        return [], []
    themes, problems = [], []
    for name, table in tables.items():
        base, wrong = _base_of(name, table)
        colours = {key: value for key, value in table.items() if key != "base"} if isinstance(table, Mapping) else {}
        refused = {key: why for key, value in colours.items() if (why := _wrong(key, value))}
        problems += [f"[themes.{name}] {why}" for why in (*wrong, *refused.values())]
        if base:
            themes.append(_changed(base, name, {key: colours[key] for key in colours if key not in refused}))
    return themes, problems


def _base_of(name: str, table: object) -> tuple[Theme | None, list[str]]:
    known = {theme.name: theme for theme in THEMES}
    if name in known:
        return None, ["is a theme of postil’s own: choose another name"]
    if not isinstance(table, Mapping):
        return None, ["takes a table of colours"]
    base = table.get("base", "dark")
    if base not in known:
        return known["dark"], [f"base: no theme is called {base!r}; there are {', '.join(known)}"]
    return known[base], []


def _wrong(key: str, value: object) -> str:
    """Why that is no colour of a theme; nothing when it is one."""
    from textual.color import Color, ColorParseError

    if key not in (*_COLOURS, "border"):
        return f"{key}: there is no such colour; there are {', '.join((*_COLOURS, 'border'))}"
    try:
        Color.parse(str(value))
    except ColorParseError:
        return f"{key}: {value!r} is no colour; write it as #rrggbb"
    return ""


def _changed(base: Theme, name: str, colours: Mapping[str, str]) -> Theme:
    named = {key: value for key, value in colours.items() if key != "border"}
    variables = dict(base.variables)
    if "background" in colours:
        named.setdefault("surface", colours["background"])
        of_background = [key for key in variables if key.startswith("scrollbar-background") or "corner" in key]
        variables |= dict.fromkeys(of_background, colours["background"])
    if "border" in colours:
        variables |= dict.fromkeys(("border", "border-blurred", "scrollbar"), colours["border"])
    return replace(base, name=name, variables=variables, **named)  # type: ignore[arg-type]
