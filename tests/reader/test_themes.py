"""The themes: every text can be read on everything that it stands on; a person's own join them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from reader.config import config_path
from reader.themes import THEMES, chosen_theme, next_theme, own_themes, read_themes, register_themes
from tests.reader.shelf import make_library, opened

_LOUD = ("foreground", "primary", "accent", "warning", "error", "success")
_SHARES = (0.5, 0.6, 0.7)
"""How much of the foreground quiet texts have."""


def colour(theme: Theme, name: str) -> Color:
    found = getattr(theme, name)
    assert isinstance(found, str)
    return Color.parse(found)


def contrast(one: Color, other: Color) -> float:
    """As WCAG 2 has it."""

    def luminance(colour: Color) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_texts_can_be_read(theme: Theme) -> None:
    background, foreground = colour(theme, "background"), colour(theme, "foreground")
    grounds = {"background": background, "panel": colour(theme, "panel")}
    for name in _LOUD:
        for ground, beneath in grounds.items():
            assert contrast(colour(theme, name), beneath) >= 4.5, (name, ground)
    for share in _SHARES:
        assert contrast(background.blend(foreground, share), background) >= 3, share
    assert contrast(grounds["panel"].blend(foreground, 0.6), grounds["panel"]) >= 3
    tinted = {"warning": 0.22, "accent": 0.2, "foreground": 0.1, "primary": 0.3}
    for name, share in tinted.items():
        assert contrast(foreground, background.blend(colour(theme, name), share)) >= 4.5, f"text on {name} {share}"
    lit = background.blend(colour(theme, "accent"), 0.2).blend(foreground, 0.1)
    for name in ("accent", "primary", "success", "foreground"):
        assert contrast(colour(theme, name), lit) >= 4.5, f"{name} where the cursor is on the current mark"
    for name in ("primary", "accent", "success", "error"):
        assert contrast(background, colour(theme, name)) >= 4.5, f"reversed {name}"


def test_high_contrast_is_high() -> None:
    theme = next(theme for theme in THEMES if theme.name == "high-contrast")
    for name in (*_LOUD, "secondary"):
        assert contrast(colour(theme, name), colour(theme, "panel")) >= 7, name


def test_a_theme_of_one_s_own_takes_the_rest_from_its_base() -> None:
    themes, problems = read_themes({"mine": {"base": "light", "primary": "#123456", "border": "red"}})
    assert problems == []
    assert (themes[0].name, themes[0].primary, themes[0].dark) == ("mine", "#123456", False)
    assert themes[0].background == THEMES[1].background
    assert themes[0].variables["border"] == "red"


def test_what_is_wrong_with_one_is_named_and_the_rest_holds() -> None:
    themes, problems = read_themes({"mine": {"primray": "red", "accent": "no", "error": "#f00"}, "dark": {}, "x": 1})
    assert [theme.name for theme in themes] == ["mine"]
    assert themes[0].error == "#f00"
    assert [one.split(":")[0] for one in problems[:2]] == ["[themes.mine] primray", "[themes.mine] accent"]
    assert len(problems) == 4


def test_themes_go_round_and_one_that_is_gone_is_not_missed() -> None:
    app: App[None] = App()
    register_themes(app, {"mine": {"primary": "#123456"}})
    app.theme = chosen_theme(app, "", "was-deleted", "light")
    seen = [app.theme] + [next_theme(app) for _ in own_themes(app)]
    assert seen[0] == seen[-1] == "light"
    assert set(seen) == {theme.name for theme in THEMES} | {"mine"}


async def test_t_goes_on_to_the_next_and_the_palette_has_them_all(tmp_path: Path) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text('theme = "mine"\n[themes.mine]\nbase = "light"\n')
    async with opened(make_library(tmp_path / "port"), path="letter.txt") as (screen, pilot):
        assert pilot.app.theme == "mine"
        await pilot.press("t")
        assert pilot.app.theme == "dark"
        assert screen.footer.message == "theme: dark"
        await pilot.press("ctrl+p", *"high-con")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.theme == "high-contrast"
