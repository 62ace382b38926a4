"""What it looks like.  After a change, look at every picture that changed before keeping it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.app import Reader
from reader.config import State
from reader.messages import Target
from reader.session import Session
from tests.reader.shelf import make_library, settled

SIZES = [(120, 40), (80, 24), (60, 24)]
Snapshot = Callable[..., bool]


def reader(folder: Path, *, path: str = "harbour.txt", theme: str = "", marks: bool = True) -> Reader:
    """The reader on a library with a name that is the same every time."""
    root = make_library(folder / "port", marks=marks)
    state = State()
    state.theme = theme
    return Reader(Session.start(root, author="ada"), state, target=Target(path) if path else None)


def pressing(*keys: str) -> Callable[[Pilot[None]], object]:
    async def press(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return press


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_reading_on_a_mark(tmp_path: Path, snap_compare: Snapshot, size: tuple[int, int]) -> None:
    assert snap_compare(reader(tmp_path), run_before=pressing("right_square_bracket"), terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_claim_form(tmp_path: Path, snap_compare: Snapshot, size: tuple[int, int]) -> None:
    assert snap_compare(
        reader(tmp_path), run_before=pressing("right_square_bracket", "enter"), terminal_size=size
    )  # fmt: skip


def test_the_library_in_light(tmp_path: Path, snap_compare: Snapshot) -> None:
    app = reader(tmp_path, path="", theme="light")
    assert snap_compare(app, run_before=pressing("s", "i", "l", "t"), terminal_size=(120, 40))


def test_nothing_found_at_80_columns(tmp_path: Path, snap_compare: Snapshot) -> None:
    app = reader(tmp_path, path="")
    assert snap_compare(app, run_before=pressing("z", "z"), terminal_size=(80, 24))


def test_no_marks_without_colours(tmp_path: Path, snap_compare: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(reader(tmp_path), run_before=pressing("right_square_bracket"), terminal_size=(120, 40))


def test_all_keys(tmp_path: Path, snap_compare: Snapshot) -> None:
    assert snap_compare(reader(tmp_path), run_before=pressing("question_mark"), terminal_size=(80, 24))


def test_correcting(tmp_path: Path, snap_compare: Snapshot) -> None:
    assert snap_compare(reader(tmp_path), run_before=pressing("E"), terminal_size=(80, 24))


def test_asking_before_another_s_mark_is_deleted(tmp_path: Path, snap_compare: Snapshot) -> None:
    keys = ("right_square_bracket", "right_square_bracket", "d")
    assert snap_compare(reader(tmp_path), run_before=pressing(*keys), terminal_size=(80, 24))
