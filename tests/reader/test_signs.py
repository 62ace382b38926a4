"""The signs, explained where the keys are."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from reader.glyphs import ASCII, UNICODE, Glyphs
from reader.screens.signs import legend
from tests.reader.shelf import make_library, opened, settled


@pytest.mark.parametrize("signs", [UNICODE, ASCII])
@pytest.mark.parametrize("width", [40, 55, 71])
def test_every_sign_of_a_mark_stands_beside_its_word_at_any_width(signs: Glyphs, width: int) -> None:
    said = legend(signs, width, 14).plain
    for words in (signs.kinds, signs.statuses, signs.verdicts, signs.readings):
        for word, sign in words.items():
            assert f" {sign} {word}" in said
    assert f"{signs.reply}2 two replies" in said
    assert f"{signs.relation}1 one relation" in said
    assert all(len(line) <= width for line in said.splitlines())
    assert signs is UNICODE or said.isascii()


async def test_the_card_of_keys_ends_with_the_signs(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("question_mark")
        await settled(pilot)
        for _ in range(2):
            page = [str(one.render()) for one in pilot.app.screen.query(Static)][-1]
            assert legend(UNICODE, 71, 14).plain in page
            await pilot.press("question_mark")
            await settled(pilot)
