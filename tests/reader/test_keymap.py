"""A person's own keys: what is asked for is bound and shown; what cannot be is named, and the table's key stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Static

from annotations import store
from reader.cli import main
from reader.commands import COMMANDS, rebind
from reader.commands.clashes import clashes
from reader.config import config_path
from reader.keymap import read_keymap
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture(autouse=True)
def _as_in_the_table() -> Iterator[None]:
    yield
    rebind({})


def settings(text: str) -> None:
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(text)


@pytest.mark.parametrize(
    ("asked", "bound"),
    [
        ("K", ("K",)),
        ("shift+k", ("K",)),
        (["ctrl+K", "f6"], ("ctrl+k", "f6")),
        ('B "', ("B~quotation_mark",)),
        ("ctrl+x s", ("ctrl+x~s",)),
        ("ctrl+PgDn", ("ctrl+pagedown",)),
        ("alt+%", ("alt+percent_sign",)),
        ("é", ("é",)),
    ],
)
def test_a_key_is_written_as_it_is_printed_or_named(asked: Any, bound: tuple[str, ...]) -> None:
    assert read_keymap({"mark.note": asked}).keys == {"mark.note": bound}
    assert read_keymap({"mark": {"note": asked}}).problems == ()


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"mark.higlight": "K"}, "mark.higlight: no command has that id; mark.highlight is one"),
        ({"mark.note": "kk"}, "mark.note: 'kk' is no key"),
        ({"mark.note": "hold+k"}, "'hold+k' is no key"),
        ({"mark.note": ""}, "takes a key"),
        ({"mark.note": 3}, "takes a key"),
        ({"mark.note": "7"}, "7 is part of a count"),
        ({"form.save": "s"}, "s is text where this works"),
        ({"mark.note": "h"}, "mark.note: h is mark.highlight already"),
        ({"mark.note": "h s"}, "mark.note: h is mark.highlight already"),
        ({"screen.list": "h"}, "screen.list: h is mark.highlight already"),
        ({"mark.note": "f9", "mark.question": "f9"}, "f9 is mark."),
    ],
)
def test_what_cannot_be_bound_is_named_and_keeps_its_key(table: dict[str, Any], named: str) -> None:
    found = read_keymap(table)
    assert named in found.problems[0]
    assert len(found.keys) == len(table) - 1


def test_two_commands_may_change_places() -> None:
    assert read_keymap({"mark.note": "Q", "mark.question": "a"}).problems == ()


@given(st.dictionaries(st.sampled_from(sorted(COMMANDS)), st.text('abhjKQ" f6+é7', max_size=4), max_size=5))
def test_whatever_is_asked_for_no_key_comes_to_mean_two_things(table: dict[str, str]) -> None:
    keys = read_keymap(table).keys
    before = {(one, other) for _, one, other in clashes(COMMANDS.values(), lambda one: tuple(one.bound.split()))}
    after = clashes(COMMANDS.values(), lambda one: keys.get(one.id) or tuple(one.bound.split()))
    assert {(one, other) for _, one, other in after} <= before


async def test_the_keys_of_the_settings_are_bound_and_shown_everywhere(tmp_path: Path) -> None:
    settings('[keys]\nmark.highlight = ["K", "f6"]\n"select.start" = "ctrl+x s"\n')
    root = make_library(tmp_path / "port")
    async with opened(root, path="letter.txt") as (screen, pilot):
        assert "K highlight" in screen.footer.render().plain
        assert "ctrl+xs select" in screen.footer.render().plain
        await pilot.press("h")
        await settled(pilot)
        assert screen.article.current is None
        await pilot.press("K")
        await settled(pilot)
        assert screen.article.current
        await pilot.press("s", "ctrl+x", "s")
        assert screen.article.pane.selection is not None
        await pilot.press("f6")
        await settled(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        assert any("K f6" in str(part.render()) for part in pilot.app.screen.query("Static").results(Static))
    assert len(store.load(store.sidecar_path(root / "letter.txt")).sidecar.annotations) == 2


async def test_wrong_keys_and_themes_are_said_in_one_line_and_the_reader_starts(tmp_path: Path) -> None:
    settings('theme = "pink"\n[keys]\n"mark.note" = "h"\n')
    async with opened(make_library(tmp_path / "port"), path="letter.txt") as (screen, pilot):
        assert "config.toml: [keys] mark.note: h is mark.highlight already" in screen.footer.message
        assert "1 more: postil doctor" in screen.footer.message
        assert pilot.app.theme == "dark"
        await pilot.press("a")
        await settled(pilot)
        assert screen.article.form is not None


def test_doctor_names_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings('theme = "pink"\n[keys]\n"mark.note" = "h"\nnone = "x"\n[themes.mine]\nprimary = "blurple"\n')
    assert main(["--library", str(make_library(tmp_path / "port")), "doctor"]) == 3
    said = capsys.readouterr().out
    for one in ("[keys] mark.note: h", "[keys] none", "[themes.mine] primary: 'blurple' is no colour", "called 'pink'"):
        assert one in said
