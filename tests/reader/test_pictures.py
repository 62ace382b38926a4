"""What it looks like.  After a change: `pytest tests/reader/test_pictures.py --snapshot-update`, and look at each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from annotations import store
from annotations.model import Claim, Sidecar
from annotations.text import decode
from reader.app import Reader
from reader.config import State
from reader.messages import Target
from reader.session import Session
from tests.reader.shelf import make_library, mark, settled

FULL, LAPTOP, CLASSIC, NARROW = (120, 40), (100, 30), (80, 24), (60, 24)
ON_A_MARK = ("right_square_bracket",)
FORM = (*ON_A_MARK, "enter")


@dataclass(frozen=True)
class Picture:
    """The keys that lead to a screen, and how that screen is."""

    keys: tuple[str, ...]
    size: tuple[int, int] = CLASSIC
    path: str = "harbour.txt"
    theme: str = ""
    colours: bool = True


PICTURES = {
    "reading-on-a-mark": Picture(ON_A_MARK, FULL),
    "reading-on-a-mark-laptop-light": Picture(ON_A_MARK, LAPTOP, theme="light"),
    "reading-on-a-mark-80-columns": Picture(ON_A_MARK),
    "reading-on-a-mark-60-columns": Picture(ON_A_MARK, NARROW),
    "reading-on-a-mark-no-colours": Picture(ON_A_MARK, FULL, colours=False),
    "wide-characters": Picture(ON_A_MARK, LAPTOP, path="wide.txt"),
    "claim-form": Picture(FORM, FULL),
    "claim-form-80-columns-light": Picture(FORM, theme="light"),
    "claim-form-60-columns-no-colours": Picture(FORM, NARROW, colours=False),
    "results-light": Picture(tuple("silt"), FULL, path="", theme="light"),
    "results-60-columns": Picture(tuple("silt"), NARROW, path=""),
    "results-80-columns": Picture((*"channel OR sounding", "ctrl+o"), path=""),
    "narrowing-results": Picture((*"silt", "ctrl+f"), LAPTOP, path=""),
    "a-mistake-in-the-query": Picture((*'silt "port', "enter"), path=""),
    "what-can-be-searched-for": Picture(("question_mark",), FULL, path=""),
    "nothing-found": Picture(("z", "z", "enter"), path=""),
    "nothing-in-the-article": Picture(("slash", "z", "z")),
    "found-in-the-article": Picture(("slash", *"sound"), LAPTOP),
    "headings": Picture(("O",)),
    "annotations": Picture(("L",), FULL),
    "jumping": Picture(("J",), LAPTOP),
    "relating": Picture((*ON_A_MARK, "R"), FULL),
    "filtering-the-margin": Picture((*ON_A_MARK, "F"), LAPTOP),
    "asking-before-anothers-mark-is-deleted": Picture((*ON_A_MARK, *ON_A_MARK, "d")),
    "correcting": Picture(("E",)),
    "nothing-to-repair": Picture(("X",), path="letter.txt"),
    "keys-on-a-mark": Picture((*ON_A_MARK, "question_mark")),
    "all-keys": Picture(("question_mark", "question_mark")),
}

WIDE = """港口的领航员警告说，航道正在淤积

    阿尔马港（《信使报》），👩‍✈️ 林建国 — 领航员们警告说，航道淤积的速度比港务局承认的要快。

    「自一月以来，航道已经浅了一米。」在这里领航二十年的 김선장 说。 It was 🌊🌊 rough, said the naïve e\u0301lève.
"""


def library(folder: Path, path: str) -> Path:
    """The library of these tests under a name that is always the same; with `wide.txt`, if that is to be read."""
    root = make_library(folder / "port")
    if path == "wide.txt":
        (root / path).write_text(WIDE)
        text, sidecar = decode(WIDE.encode()), store.sidecar_path(root / path)
        claim = Claim(text="航道浅了一米 📉", speaker="김선장", affiliation="领航员", form="direct", status="new")
        more = {"claim": claim, "tags": ("淤积",), "note": "哪个基准面？ 🤔"}
        one = mark(text, "claimwide00000001", "自一月以来，航道已经浅了一米。", "ada", "claim", **more)
        store.save(store.load(sidecar), Sidecar().put(one), team=("ada", "ben"))
    return root


def pressing(*keys: str) -> Callable[[Pilot[None]], object]:
    async def press(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        for box in pilot.app.screen.query("Input, TextArea"):
            if isinstance(box, Input | TextArea):
                box.cursor_blink = False  # the cursor is always there

    return press


@pytest.mark.parametrize("name", PICTURES)
def test_picture(tmp_path: Path, snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    picture, state = PICTURES[name], State()
    state.theme = picture.theme
    if not picture.colours:
        monkeypatch.setenv("NO_COLOR", "1")
    root = library(tmp_path, picture.path)
    app = Reader(Session.start(root, author="ada"), state, target=Target(picture.path) if picture.path else None)
    assert snap_compare(app, run_before=pressing(*picture.keys), terminal_size=picture.size)
