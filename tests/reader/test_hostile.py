"""Strings that would act on a terminal, or as markup, put everywhere: shown as what they are, and nothing happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from annotations import store
from annotations.model import Claim
from annotations.text import decode
from reader.display import visible
from reader.screens.read import ReadScreen
from reader.session import Session
from tests.reader.shelf import opened, settled

ACTS = "[@click=app.quit]x[/]"
BAD = f"{ACTS}[/] \x1b[31m\u202egnp\u2066\u200bz"
SHOWN = "␛[31m⟨U+202E⟩gnp"
FILE = "a[@click=app.quit]x[red]\x1b[31m\u202e.txt"
STRAY = "gone[@click=app.quit]x\u202e.txt"
TEXT = f"""{BAD} Headline

    PORT ALMA (Courier), {BAD} - The pilots of {BAD} have warned of silt. Nobody {BAD} listened to them.

    The second paragraph says {BAD} once more, and adds a word or two.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "port [@click=app.quit]x \u202e"
    root.mkdir()
    (root / "postil.yaml").write_text("postil: 1\n")
    (root / FILE).write_text(TEXT)
    (root / STRAY).write_text("Other\n\nWords that will be gone, every single one of them.\n")
    (root / "z[red]\x1b[2J.txt").write_bytes(b"\x00\xff" * 40)
    session = Session.start(root, author="ada")
    start = decode(TEXT.encode()).index("The pilots")
    claim = Claim(text=BAD, speaker=BAD, affiliation=BAD, form=BAD, status=BAD)
    mark = session.annotate(FILE, start, start + 20, "claim", tags=(BAD,), note=BAD, claim=claim)
    session.reply(FILE, mark.id, BAD)
    session.correct(FILE, {"title": BAD, "byline": BAD, "agency": BAD, "dateline": BAD})
    session.annotate(STRAY, 10, 20, "note", note=BAD)
    (root / STRAY).unlink()
    path = store.sidecar_path(root / FILE)
    loaded = store.load(path)
    found = loaded.sidecar.annotations[0]
    lost = type(found)(**{
        **{name: getattr(found, name) for name in found.__dataclass_fields__ if name not in {"extra", "keys"}},
        "id": "lostlostlostlost1", "conflicts": {BAD: {"ours": BAD, "theirs": [BAD, {BAD: BAD}]}},
        "quote": type(found.quote)(exact=BAD + " nowhere"),
    })  # fmt: skip
    store.save(loaded, loaded.sidecar.put(lost))
    session.close()
    return root


def test_a_field_shows_a_mark_for_each_character_that_could_act() -> None:
    assert len(visible(BAD)) == len(BAD)
    assert not set(visible(BAD)) & set(BAD) & set("\x1b\u202e\u2066\u200b")
    assert visible("a\tb\x1b", keep="\t") == "a\tb␛"


def seen(pilot: Pilot[None]) -> str:
    """All that is on the screen; nothing in it may act."""
    width, height = pilot.app.size
    lines = ["".join(part.text for part in strip) for strip in pilot.app.screen._compositor.render_strips()]
    text = "\n".join(lines)
    assert len(lines) == height
    assert not set(text) & set("\x1b\u202e\u2066\u200b\x07"), "something reached the terminal as it is"
    assert width
    return text


async def show(pilot: Pilot[None], *keys: str) -> str:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    assert pilot.app.is_running
    return seen(pilot)


async def click_everywhere(pilot: Pilot[None], screen: ReadScreen) -> None:
    width, height = pilot.app.size
    for y in range(0, height - 1, 6):
        for x in range(4, width, 40):
            await pilot.click(offset=(x, y))
    await settled(pilot)
    assert screen.is_running


async def test_list_results_title_bar_pane_and_margin(root: Path) -> None:
    async with opened(root, size=(160, 40)) as (screen, pilot):
        listed = await show(pilot)
        assert ACTS in listed
        assert SHOWN in listed
        assert "z[red]␛[2J.txt" in listed, "a file that is not read"
        assert "gone[@click=app.quit]x" in listed, "annotations without an article"
        found = await show(pilot, *"silt")
        assert ACTS in found
        opened_ = await show(pilot, "escape", "enter")
        assert ACTS in opened_.splitlines()[0], "the title bar"
        assert opened_.count(SHOWN) > 5
        on_the_mark = await show(pilot, "right_square_bracket")
        assert ACTS in on_the_mark
        await click_everywhere(pilot, screen)


@pytest.mark.parametrize("size", [(80, 24), (60, 24)])
async def test_drawer_attention_correcting_and_forms(root: Path, size: tuple[int, int]) -> None:
    async with opened(root, size=size, path=FILE) as (_, pilot):
        assert ACTS in await show(pilot, "right_square_bracket")
        assert ACTS in await show(pilot, "exclamation_mark")
        assert ACTS in await show(pilot, "down")
        assert ACTS in await show(pilot, "escape", "E")
        assert ACTS in await show(pilot, "escape", "enter"), "the claim's form"
        await show(pilot, *["tab"] * 6)
        await show(pilot, "escape", "r", *"hm", "enter")
        await show(pilot, "u", "ctrl+r")


async def test_completion_offers_palette_and_what_is_said(root: Path) -> None:
    async with opened(root, size=(120, 40), path=FILE) as (screen, pilot):
        await show(pilot, "G", "c", *"[@c")
        offered = await show(pilot)
        assert ACTS in offered
        await show(pilot, "down", "escape")
        await show(pilot, "ctrl+p", *"mark")
        await show(pilot, "escape")
        (root / FILE).unlink()
        said = await show(pilot, "f5")
        assert ACTS[:10] in said.splitlines()[-1]
        stray = next(at for at, item in enumerate(screen.find.listing.items) if item.key.path.startswith("gone"))
        asked = await show(pilot, "f", *["down"] * stray, "enter")
        assert "gone[@click=app.quit]x" in asked
