"""What is to be repaired, where its passage stood, and what accepting it does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotations import store
from annotations.anchor import State, describe
from annotations.model import Quote, Sidecar
from annotations.repair import is_retired, needs_repair
from index.library import Library
from reader.repairs import accept, next_article, retire, surroundings, to_go_through
from reader.session import Session
from tests.reader.shelf import make_library, mark

TEXT = (
    "The envoy left early that day.\n\nAt least 20 people came, the mayor said.\n\nNobody counted them at the gate.\n"
)
WORDS = "At least 20 people came"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Three articles whose only marks are gone from `b` and `d`, and moved by one line in `a`."""
    Library.create(tmp_path, ["ada"])
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(TEXT)
    session = Session.start(tmp_path, author="ada")
    for name in "abd":
        start = TEXT.index(WORDS)
        session.annotate(f"{name}.txt", start, start + len(WORDS), "note", note=name)
    session.close()
    (tmp_path / "a.txt").write_text(f"A new line.\n\n{TEXT}")
    for name in "bd":
        (tmp_path / f"{name}.txt").write_text("All else is new here.\n")
    session = Session.start(tmp_path, author="ada")
    session.refresh()
    return session


def quote(text: str = TEXT, words: str = WORDS) -> Quote:
    found, _ = describe(text, text.index(words), text.index(words) + len(words))
    return found


@pytest.mark.parametrize(
    ("now", "there"),
    [
        (TEXT.replace(WORDS, "Thirty-five were there"), "Thirty-five were there"),
        (TEXT.replace(f"{WORDS}, the mayor said.", ""), ""),
        (f"New.\n\n{TEXT.partition(WORDS)[0]}", ""),
        (TEXT.partition(WORDS)[2], ""),
        ("Something else.", None),
        (TEXT.replace(WORDS, "x") * 2, None),
    ],
)
def test_what_stands_where_a_passage_stood(now: str, there: str | None) -> None:
    found = surroundings(now, quote())
    assert (None if found is None else now[slice(*found)]) == there


def test_an_article_that_lost_its_words_is_counted_and_offered(session: Session) -> None:
    counted = {entry.path: entry.repairs for entry in session.catalog.entries}
    assert counted == {"a.txt": 0, "b.txt": 1, "c.txt": 0, "d.txt": 1}
    offered = next_article(session, {"b.txt"})
    assert offered
    assert offered.path == "d.txt"
    assert getattr(next_article(session, {"d.txt"}), "path", "") == "b.txt"
    assert next_article(session, {"b.txt", "d.txt"}) is None


def test_what_is_retired_is_kept_and_not_counted(session: Session) -> None:
    (one,) = to_go_through(session.desk("b.txt"))
    assert needs_repair(one)
    retire(session, "b.txt", one.annotation.id)
    assert session.desk("b.txt").placed[0].annotation.note == "b"
    assert is_retired(session.desk("b.txt").placed[0])
    assert to_go_through(session.desk("b.txt")) == ()
    assert getattr(session.catalog.get("b.txt"), "repairs", None) == 0
    assert session.undo("b.txt") == "retire note"
    assert getattr(session.catalog.get("b.txt"), "repairs", None) == 1


def test_what_is_retired_is_so_no_more_where_its_words_are_back(session: Session) -> None:
    (one,) = to_go_through(session.desk("b.txt"))
    retire(session, "b.txt", one.annotation.id)
    (session.library.root / "b.txt").write_text(TEXT)
    (back,) = session.open("b.txt").placed
    assert back.state is State.SAME
    assert not is_retired(back)


def test_a_quote_that_is_not_at_its_offsets_is_gone_through(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    Library.create(tmp_path, ["ada"])
    one = mark(TEXT, "handedited0000001", WORDS, "ada", "note")
    shifted = replace(one, position=replace(one.position, start=3, end=3 + len(WORDS)))
    store.save(store.load(store.sidecar_path(tmp_path / "a.txt")), Sidecar().put(shifted))
    session = Session.start(tmp_path, author="ada")
    (found,) = to_go_through(session.desk("a.txt"))
    accept(session, "a.txt", [found])
    assert session.desk("a.txt").sidecar.get(one.id) == one


def test_all_that_moved_is_accepted_as_one_change(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    session = Session.start(root, author="ada")
    text = session.desk("letter.txt").article.text
    made = [
        session.annotate("letter.txt", text.index(words), text.index(words) + 8) for words in ("The quay", "A clerk")
    ]
    desk = session.desk("letter.txt")
    moved = [
        replace(one, state=State.MOVED, start=one.start + 1, end=one.end)
        for one in desk.placed
        if one.start is not None
    ]
    accept(session, "letter.txt", moved)
    after = session.desk("letter.txt").sidecar
    assert [one.position.start for one in after.annotations] == [one.position.start + 1 for one in made]
    assert session.undo("letter.txt") == "accept 2 marks"
    assert [one.position for one in session.desk("letter.txt").sidecar.annotations] == [one.position for one in made]
