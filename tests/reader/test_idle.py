"""While nothing happens nothing is done: no blinking, no looking again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.reader.shelf import make_library
from tests.reader.terminal import COMMAND, Terminal


@pytest.mark.parametrize("keys", ["f", "a"])
def test_nothing_is_drawn_while_one_thinks(tmp_path: Path, keys: str) -> None:
    with Terminal([*COMMAND, "letter.txt"], make_library(tmp_path / "port")) as terminal:
        terminal.until_shown("2 articles")
        terminal.write(keys)
        drawn, since = 0, time.monotonic()

        def quiet() -> bool:
            nonlocal drawn, since
            if len(terminal.drawn) != drawn:
                drawn, since = len(terminal.drawn), time.monotonic()
            return time.monotonic() - since > 1.1

        terminal.until(quiet)
