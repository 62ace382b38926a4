"""Libraries to measure with: one long article among a few short ones, and annotations by the thousand."""

from __future__ import annotations

import os
from pathlib import Path

from annotations.anchor import describe
from annotations.emit import emit
from annotations.git import Git
from annotations.model import Annotation, Claim, Sidecar, in_text_order
from annotations.store import sidecar_path
from benchmarks.prose import prose
from index.library import Library
from reader.config import State
from reader.session import Session

__all__ = ["LANDMARK", "SPEAKER", "claim_on", "make_library", "sidecar_on"]

LANDMARK = "quinquereme"
"""A word in the middle of the long article, which is drawn when the place that was left is drawn."""

SPEAKER = "Ines Halloran"
"""Who said what is claimed, which is drawn when the cards are."""

_LONG_AGO = 1_500_000_000_000_000_000  # in nanoseconds: nothing has to be read again for having just changed
_SEEN, _APART = 6, 250  # marks in the window, and how many characters apart
_BELOW = 900  # characters from the top of the window to the landmark: some fifteen rows


def make_library(root: Path, size: int, marks: int) -> Path:
    """Makes a library that a person read until they were in the middle of the long article; returns its folder.

    Catalog and index are up to date, and the state file (in the home of the environment) says where the person was.

    Args:
        root: the folder to make.
        size: of the long article, in characters.
        marks: how many notes there are on it.
    """
    root.mkdir(parents=True)
    text = prose(size)
    middle = text.index("\n\n", size // 2) + 2
    landmark = text.index(" ", middle + _BELOW)
    text = f"{text[:landmark]} {LANDMARK}{text[landmark:]}"
    (root / "long.txt").write_text(text, encoding="utf-8")
    for number in range(6):
        (root / f"short-{number}.txt").write_text(prose(4000 + number), encoding="utf-8")
    sidecar_path(root / "long.txt").write_text(emit(sidecar_on(text, marks, middle)), encoding="utf-8")
    Library.create(root, ("ada",))
    Git.init(root)
    for path in root.glob("*.*"):
        os.utime(path, ns=(_LONG_AGO, _LONG_AGO))
    session = Session.start(root)
    session.refresh()
    session.close()
    _leave_off(root, middle)
    return root


def _leave_off(root: Path, offset: int) -> None:
    state = State.load()
    state.at(root).visit("long.txt", offset, offset)
    state.save()


def sidecar_on(text: str, marks: int, middle: int = 0) -> Sidecar:
    """So many claims: a few of them from `middle` on, as many as a window shows, the others evenly over the text."""
    seen = range(middle, middle + _SEEN * _APART, _APART)[:marks]
    step = len(text) // (marks + 1)
    starts = [*seen, *(number * step for number in range(marks - len(seen)))]
    return Sidecar(sections={"ada": in_text_order(claim_on(text, *one) for one in enumerate(starts))})


def claim_on(text: str, number: int, start: int) -> Annotation:
    """A claim with everything that claims usually have, on some words at or after `start`."""
    start = text.index(" ", start) + 1
    quote, position = describe(text, start, start + 60)
    return Annotation(
        id=f"{number:016}a",
        author="ada",
        kind="claim",
        created="2031-03-04T08:00:00Z",
        tags=("trade", "summit"),
        note="Which agreement is meant?",
        claim=Claim(text="The measures were expected.", speaker=SPEAKER, form="direct", status="checking"),
        quote=quote,
        position=position,
    )
