"""A small library, and `postil` called in it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from reader.cli import main

SUMMIT = """\
Summit Ends Without a Deal

GENEVA (Alpine Wire), Mia Berg - The two sides met for the third time this year and parted without a deal.

“Sanctions are not a card anyone can play twice,” Li Wei, a professor at the Lake School, told Alpine Wire.

Rita Sol disagreed. "Sanctions work," she said. Nobody else said so.
"""
HARVEST = """\
Harvest Fails in the North

ODESK (Alpine Wire) - Farmers in the north lost half of their wheat, the ministry said on Monday.
"""


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Postil(Protocol):
    def __call__(self, *arguments: object) -> Ran: ...


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of two articles, which is also the working folder."""
    root = tmp_path / "library"
    (root / "news").mkdir(parents=True)
    (root / "news" / "summit.txt").write_text(SUMMIT)
    (root / "harvest.txt").write_text(HARVEST)
    monkeypatch.chdir(root)
    monkeypatch.setenv("POSTIL_AUTHOR", "ada")
    assert main(["init"]) == 0
    return root


@pytest.fixture
def postil(capsys: pytest.CaptureFixture[str]) -> Postil:
    """Call the command line in this process."""

    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(one) for one in arguments])
        return Ran(status, *capsys.readouterr())

    return call


Process = Callable[..., "subprocess.CompletedProcess[str]"]
COMMAND = (sys.executable, "-P", "-m", "reader.cli")


@pytest.fixture(scope="session")
def process() -> Process:
    """Call the command line in a process of its own."""

    def call(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, **options)

    return call
