"""The session: what a mark costs, and that what it leaves undone is done in time."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from annotations import store
from annotations.anchor import Placed, State
from annotations.errors import NotFoundError
from annotations.model import Annotation, Claim
from annotations.text import fingerprint
from index.former import archive
from index.library import Library
from index.search import Wanted
from reader.session import Session
from tests.reader.shelf import HARBOUR, make_library


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session.start(make_library(tmp_path / "library"), author="ada")
    session.refresh()
    return session


def test_a_mark_reads_no_article_and_is_found(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.open("letter.txt")

    def reading(_: Library, path: str) -> None:
        pytest.fail(f"{path} is read again")

    with monkeypatch.context() as watched:
        watched.setattr(Library, "read", reading)
        session.annotate("letter.txt", 24, 28, "note", note="Where was the harbourmaster?")
        session.correct("letter.txt", {"title": "From the Quay"})
        session.annotate("letter.txt", 28, 32, "note")
        session.undo("letter.txt")
    entry = session.catalog.get("letter.txt")
    assert entry
    assert (entry.title, entry.annotations) == ("From the Quay", 1)
    assert [hit.path for hit in session.look_up("harbourmaster", Wanted()).hits] == ["letter.txt"]


def test_an_article_that_was_glanced_at_is_held_once(session: Session) -> None:
    glanced = session.glance("letter.txt").printed
    assert session.open("letter.txt").printed is glanced
    (session.library.root / "letter.txt").write_text("Another letter\n")
    assert session.open("letter.txt").article.text == "Another letter\n"


def test_a_correction_can_be_taken_back(session: Session) -> None:
    before = session.open("letter.txt").article
    session.correct("letter.txt", {"title": "Other", "published": "2031-03"})
    assert session.desk("letter.txt").article.title == "Other"
    session.correct("letter.txt", {"title": "", "published": ""})
    assert session.desk("letter.txt").article == before


def test_what_an_undone_mark_taught_is_forgotten_while_nothing_else_uses_it(session: Session) -> None:
    config = session.library.root / "postil.yaml"
    config.write_text("postil: 1  # ours\n\nteam: [ada]\n\ncodebook:\n- id: silt\npeople: []\n")
    before = config.read_bytes()

    def marked(path: str, tags: tuple[str, ...]) -> bytes:
        claim = Claim(speaker="A Clerk", affiliation="of the port")
        session.annotate(path, 24, 28, "claim", tags=tags, claim=claim)
        session.learn(tags, claim)
        return config.read_bytes()

    first = marked("letter.txt", ("silt", "frost"))
    both = marked("harbour.txt", ("silt", "winter"))
    session.undo("letter.txt")
    assert [one.id for one in session.codebook.codes] == ["silt", "winter"]
    assert session.codebook.person("a clerk"), "the other claim is theirs"
    session.redo("letter.txt")
    assert config.read_bytes() == both
    session.undo("harbour.txt")
    assert config.read_bytes() == first
    session.undo("letter.txt")
    assert config.read_bytes() == before
    assert session.forgotten.keys() == {("tag", "frost"), ("tag", "winter"), ("speaker", "a clerk")}
    session.redo("letter.txt")
    assert config.read_bytes() == first


def test_deleting_a_mark_forgets_no_name(session: Session) -> None:
    made = session.annotate("letter.txt", 24, 28, tags=("frost",))
    session.learn(("frost",))
    session.delete("letter.txt", made.id)
    assert [one.id for one in session.codebook.codes] == ["frost"]


def test_every_annotation_is_placed_after_others_wrote(session: Session) -> None:
    desk = session.open("harbour.txt")
    path = store.sidecar_path(session.library.root / "harbour.txt")
    loaded = store.load(path)
    store.save(loaded, loaded.sidecar.drop("questionmay000001"))
    start = HARBOUR.index("Another Winter")
    made = session.annotate("harbour.txt", start, start + 14)
    placed = {one.annotation.id: one for one in desk.placed}
    assert placed.keys() == {one.id for one in desk.sidecar.annotations}
    assert "questionmay000001" not in placed
    assert (placed[made.id].start, placed[made.id].state) == (start, State.SAME)
    assert placed["notelost000000001"].state is State.ORPHAN
    assert [one.annotation for one in desk.placed] == list(desk.sidecar.annotations)


def test_an_annotation_is_found_by_its_id_without_opening_other_articles(
    session: Session, articles_opened: list[str]
) -> None:
    made = session.annotate("letter.txt", 24, 28)
    again = Session.start(session.library.root, author="ada")
    again.refresh()
    articles_opened.clear()
    assert again.find(made.id) == ("letter.txt", made)
    assert articles_opened == ["letter.txt"]
    with pytest.raises(NotFoundError):
        again.find("nowhere")
    assert articles_opened == ["letter.txt"]


def test_an_annotation_is_found_in_a_sidecar_that_is_a_link(session: Session) -> None:
    sidecar = store.sidecar_path(session.library.root / "harbour.txt")
    sidecar.rename(session.library.root / "kept.yaml")
    sidecar.symlink_to("kept.yaml")
    assert session.find("notetide000000001")[0] == "harbour.txt"


def test_the_text_is_kept_when_it_is_annotated_and_not_when_it_is_read(session: Session) -> None:
    root = session.library.root
    text = session.open("letter.txt").article.text
    session.correct("letter.txt", {"title": "Other"})
    assert archive(root).get(fingerprint(text)) is None
    made = session.annotate("letter.txt", 24, 28)
    assert archive(root).get(fingerprint(text)) == text
    (root / "letter.txt").write_text("Another first line\n\n" + text)
    now = session.open("letter.txt").article.text
    session.reply("letter.txt", made.id, "Still so?")
    assert archive(root).get(fingerprint(now)) is None, "nothing was said of where it stands in this one"
    (placed,) = session.desk("letter.txt").placed
    session.put_at("letter.txt", made.id, placed.start or 0, placed.end or 0)
    assert archive(root).get(fingerprint(now)) == now


def test_an_anchor_that_was_taken_back_is_placed_from_the_old_text_again(session: Session) -> None:
    text = session.open("letter.txt").article.text
    made = session.annotate("letter.txt", 24, 28)
    (session.library.root / "letter.txt").write_text("Another first line\n\n" + text)
    (before,) = session.open("letter.txt").placed
    assert (before.state, before.start) == (State.SAME, 44)
    session.put_at("letter.txt", made.id, 44, 48)
    session.undo("letter.txt")
    desk = session.desk("letter.txt")
    assert desk.placed == (before,)
    assert desk.former.text(made.position.text) == text


def test_what_is_said_of_a_passage_does_not_place_it_anew(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    text = session.open("letter.txt").article.text
    made = session.annotate("letter.txt", 24, 28)
    (session.library.root / "letter.txt").write_text("Another first line\n\n" + text)
    session.open("letter.txt")

    def place(_text: str, given: tuple[Annotation, ...], _old: dict[str, str]) -> tuple[Placed, ...]:
        assert given == ()
        return ()

    monkeypatch.setattr("index.former.place", place)
    session.replace("letter.txt", dataclasses.replace(made, note="Still so?"))
    (one,) = session.desk("letter.txt").placed
    assert (one.annotation.note, one.start) == ("Still so?", 44)
