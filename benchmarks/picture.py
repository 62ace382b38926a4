"""Draws the README's picture from the program: `python -m benchmarks.picture FILE.svg`."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from textual.pilot import Pilot

from benchmarks.home import private_home
from reader.app import Reader
from reader.config import State
from reader.demo import make
from reader.messages import Target
from reader.session import Session

_SIZE = (120, 34)
_ARTICLE = "meridian/2031-04_lemna-filling.txt"
_SEARCH = "reservoir"
_MARKS_ON = 2  # from the first mark to the one whose card is open
_WEB = re.compile(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", re.DOTALL)
_NAMES = re.compile(r"terminal-\d+")


async def draw() -> str:
    """The article with its marks, a card open beside it, and a search."""
    folder, _ = make()
    app = Reader(Session.start(folder, author="ada"), State(), target=Target(_ARTICLE))
    async with app.run_test(size=_SIZE) as pilot:
        await _settled(pilot)
        await pilot.press("f", *_SEARCH)
        await _settled(pilot)
        await pilot.press("tab", "tab", *["right_square_bracket"] * _MARKS_ON)
        await _settled(pilot)
        return _portable(app.export_screenshot(title="postil"))


async def _settled(pilot: Pilot[None]) -> None:
    """Wait until all that was asked for is drawn; a search begins when typing has paused."""
    for _ in range(3):
        await pilot.pause(0.2)
        await pilot.app.workers.wait_for_complete()


def _portable(svg: str) -> str:
    """The picture without web fonts, and with names in it that are the same every time."""
    return _NAMES.sub("postil", _WEB.sub("", svg)).replace("Fira Code", "DejaVu Sans Mono, Menlo")


if __name__ == "__main__":
    with private_home():
        picture = asyncio.run(draw())
    Path(sys.argv[1]).write_text(picture, encoding="utf-8")
