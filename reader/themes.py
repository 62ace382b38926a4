"""postil's own two themes.  Widgets name colours only as theme variables, so these are all the colours there are."""

from __future__ import annotations

from textual.theme import Theme

__all__ = ["DARK", "LIGHT", "THEMES"]

DARK = Theme(
    name="dark",
    primary="#7fb4d9",
    secondary="#8a9aa9",
    accent="#e0b060",
    warning="#e0b060",
    error="#e58080",
    success="#8fbf8f",
    foreground="#d6d3cb",
    background="#17191c",
    surface="#17191c",
    panel="#24282d",
    boost="#2d3238",
    dark=True,
    variables={
        "border": "#33383f",
        "border-blurred": "#33383f",
        "scrollbar": "#33383f",
        "scrollbar-hover": "#4a515a",
        "scrollbar-active": "#7fb4d9",
        "scrollbar-background": "#17191c",
        "scrollbar-background-hover": "#17191c",
        "scrollbar-background-active": "#17191c",
        "scrollbar-corner-color": "#17191c",
        "input-selection-background": "#7fb4d9 35%",
    },
)

LIGHT = Theme(
    name="light",
    primary="#1f6391",
    secondary="#5c6670",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a82c2c",
    success="#2f6b35",
    foreground="#24262a",
    background="#fbfaf6",
    surface="#fbfaf6",
    panel="#eeebe3",
    boost="#e3dfd5",
    dark=False,
    variables={
        "border": "#cfcabd",
        "border-blurred": "#cfcabd",
        "scrollbar": "#cfcabd",
        "scrollbar-hover": "#b3ad9e",
        "scrollbar-active": "#1f6391",
        "scrollbar-background": "#fbfaf6",
        "scrollbar-background-hover": "#fbfaf6",
        "scrollbar-background-active": "#fbfaf6",
        "scrollbar-corner-color": "#fbfaf6",
        "input-selection-background": "#1f6391 30%",
    },
)

THEMES = (DARK, LIGHT)
