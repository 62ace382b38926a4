"""A small library of our own for tests of the screen: two articles, one of them annotated by two people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

from textual.pilot import Pilot

from annotations import store
from annotations.anchor import describe
from annotations.model import Annotation, Claim, Relation, Reply, Review, Sidecar, Stance
from annotations.text import decode
from annotations.verdicts import digest
from reader.app import Reader
from reader.config import State
from reader.messages import Target
from reader.screens.read import ReadScreen
from reader.session import Session
from tests.reader.typist import Typist, messages_under_way

HARBOUR = """09:12 GMT 3 March 2031
Listen Live

Harbour Pilots Warn of Silt, Port Says Channel Is Safe

    PORT ALMA (Courier), Dana Whitlock - The pilots of Port Alma have warned that the channel is silting up faster \
than the port authority admits, two of them told the Courier.

    "The channel has lost a metre since January," said Ines Halloran, who has piloted ships here for twenty years. \
"We take the tide or we do not go."

    READ MORE: Dredger Contract Goes to a Third Round

    The port authority disagreed. Its surveyor, Tomas Reyl, told the Courier that the last sounding showed no change. \
"There is no silt that a schedule cannot manage," he said.

    Another Winter

    Halloran expects groundings before the autumn. The authority has promised a new sounding in May.

    READ MORE: Port Fees Rise Again
"""

LETTER = """Letter From the Quay

The quay is empty on a Monday. A clerk said the sounding boat had not left its berth since the frost.
"""

_PATIENCE = 20.0
"""Seconds after which messages that nobody comes to are no reason to wait."""

CREATED = "2031-03-04T08:00:00Z"


def mark(text: str, name: str, quote: str, author: str, kind: str, **more: object) -> Annotation:
    """An annotation of the first passage with these words; it was always made at the same time."""
    start = text.index(quote)
    exact, position = describe(text, start, start + len(quote))
    return Annotation(
        id=name, author=author, kind=kind, created=CREATED, quote=exact, position=position,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def annotated(text: str) -> Sidecar:
    """Five annotations, one of them on words that the text does not hold."""
    metre = mark(
        text, "claimmetre0000001", "The channel has lost a metre since January", "ada", "claim",
        tags=("silt", "safety"),
        note="Which datum?",
        claim=Claim(
            text="The channel is a metre shallower than in January.", speaker="Ines Halloran", affiliation="a pilot",
            form="direct", stance=(Stance(toward="channel-is-safe", value="against"),), status="checking",
        ),
        relations=(Relation(type="contradicts", to="claimnosilt000001"),),
        replies=(Reply(id="r1", author="ben", created=CREATED, note="Chart datum, I asked."),),
    )  # fmt: skip
    judged = Review(id="v1", author="ben", verdict="accepted", of=digest(metre), created=CREATED)
    metre = replace(metre, reviews=(judged,))
    tide = mark(text, "notetide000000001", "We take the tide or we do not go.", "ben", "note", note="Good pull quote.")
    silt = mark(
        text, "claimnosilt000001", "There is no silt that a schedule cannot manage", "ada", "claim",
        claim=Claim(speaker="Tomas Reyl", form="direct", status="new"), tags=("silt",),
    )  # fmt: skip
    may = mark(
        text, "questionmay000001", "The authority has promised a new sounding in May.", "ada", "question", note="Held?"
    )
    gone = mark(text, "highlightgone0001", "Listen Live", "ada", "highlight")
    lost = Annotation(
        id="notelost000000001", author="ben", kind="note", created=CREATED, note="Where did this go?",
        quote=type(gone.quote)(exact="words that were edited away"), position=gone.position,
    )  # fmt: skip
    sidecar = Sidecar()
    for one in (metre, tide, silt, may, lost):
        sidecar = sidecar.put(one)
    return sidecar


def make_library(root: Path, *, marks: bool = True) -> Path:
    """Write the library; with `marks`, the sidecar too."""
    root.mkdir(parents=True)
    (root / "postil.yaml").write_text("postil: 1\n\nteam: [ada, ben]\n")
    (root / "harbour.txt").write_text(HARBOUR)
    (root / "letter.txt").write_text(LETTER)
    if marks:
        path = store.sidecar_path(root / "harbour.txt")
        store.save(store.load(path), annotated(decode(HARBOUR.encode())), team=("ada", "ben"))
    return root


@asynccontextmanager
async def opened(
    root: Path, *, size: tuple[int, int] = (120, 40), path: str = "", theme: str = "", watch: bool = False
) -> AsyncIterator[tuple[ReadScreen, Pilot[None]]]:
    """The reader on a library, after it has read it; `path` is the article that is open.

    Changes on disk are noticed by themselves only if `watch` says so: a test that makes them tells when to look.
    """
    state = State.load()
    state.theme = theme
    session = Session.start(root, author="ada")
    session.settings = replace(session.settings, watch=watch)
    app = Reader(session, state, target=Target(path) if path else None)
    async with app.run_test(size=size):
        pilot = Typist(app)
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, ReadScreen)
        yield screen, pilot


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything that was asked for is done and shown: twice in a row, nothing is at work."""
    quiet, since = 0, monotonic()
    while quiet < 2:
        await pilot.pause()
        told = messages_under_way(pilot.app) and monotonic() - since < _PATIENCE
        busy = told or not all(worker.is_finished for worker in pilot.app.workers)
        await pilot.app.workers.wait_for_complete()
        quiet = 0 if busy else quiet + 1
