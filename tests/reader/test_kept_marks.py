"""Marks that are kept are shown as they were, and not when they may be others by now."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.model import Claim, Relation, Stance
from index.cache import cache_folder
from index.library import Library
from reader.cards import Card, draw
from reader.glyphs import UNICODE
from reader.kept_marks import keep_marks, recall_marks
from reader.session import Desk, Session
from reader.widgets.pane import ArticlePane, Mark

TEXT = "The dam holds, the ministry said. Nobody had asked.\n"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    Library.create(tmp_path, ["ada"])
    session = Session.start(tmp_path, author="ada")
    stance = (Stance(toward="dam", value="for"),)
    claim = Claim(text="It is safe.", speaker="Ines Halloran", form="indirect", stance=stance, status="new")
    one = session.annotate("a.txt", 0, 13, "claim", tags=("dam",), note="Who measured?", claim=claim)
    session.reply("a.txt", one.id, "Nobody.")
    other = session.annotate("a.txt", 34, 50, "note", note="*why* not")
    session.replace("a.txt", replace(other, relations=(Relation(type="supports", to=one.id),)))
    keep_marks(tmp_path, session.desk("a.txt"))
    return session


def cards(desk: Desk) -> list[list[str]]:
    drawn = [draw(Card(one.annotation, str(one.state)), 40, UNICODE, expanded=True) for one in desk.placed]
    return [[line.plain for line in one.lines] for one in drawn]


def test_kept_marks_have_their_places_and_their_cards(session: Session) -> None:
    whole = session.desk("a.txt")
    glanced = session.glance("a.txt")
    assert [(one.state, one.start, one.end) for one in glanced.placed] == [
        (one.state, one.start, one.end) for one in whole.placed
    ]
    assert cards(glanced) == cards(whole)
    assert not glanced.sidecar.annotations


def touch(session: Session) -> None:
    os.utime(session.desk("a.txt").loaded.path, ns=(1, 1))


def edit(session: Session) -> None:
    (session.library.root / "a.txt").write_text(f"{TEXT}More.\n", "utf-8")


def remove(session: Session) -> None:
    session.desk("a.txt").loaded.path.unlink()


def damage(session: Session) -> None:
    (file,) = (cache_folder(session.library.root) / "marks").iterdir()
    file.write_bytes(file.read_bytes().replace(b"claim", b"clime"))


def empty(session: Session) -> None:
    (file,) = (cache_folder(session.library.root) / "marks").iterdir()
    file.write_bytes(b"")


@pytest.mark.parametrize("change", [touch, edit, remove, damage, empty])
def test_what_may_be_other_by_now_is_not_shown(session: Session, change: Callable[[Session], None]) -> None:
    change(session)
    assert session.glance("a.txt").placed == ()


def test_what_the_disk_does_not_hold_is_not_kept(session: Session) -> None:
    desk = session.desk("a.txt")
    desk.loaded.path.write_bytes((desk.loaded.data or b"") + b"# by somebody else\n")
    keep_marks(session.library.root, desk)
    assert recall_marks(session.library.root, desk.printed) == ()


def test_marks_on_a_text_that_has_no_width_yet_have_it_wrapped_nowhere() -> None:
    pane = ArticlePane()
    pane.show("A sentence of a few words. \n\n" * 5000, ())
    pane.set_marks([Mark("one", 100_000, 100_010, "note")])
    pane.watch_current(None, "one")
    assert len(pane.rows) < 1000
