from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotations.model import Annotation, Position, Quote, Reply, Sidecar
from annotations.undo import History


def annotation(name: str = "a1", note: str = "", author: str = "ada") -> Annotation:
    place = Position(start=0, end=5, text="bb43ca9ffecd61b1")
    return Annotation(id=name, author=author, kind="note", note=note, quote=Quote(exact="words"), position=place)


def test_without_a_step_there_is_nothing_to_undo_or_redo() -> None:
    history = History()
    assert history.undo(Sidecar()) is None
    assert history.redo(Sidecar()) is None


def test_undo_and_redo_walk_back_and_forth() -> None:
    history = History()
    none, one = Sidecar(sections={"ada": ()}), Sidecar().put(annotation("a1"))
    two = one.put(annotation("a2"))
    history.record(none, one, "highlight")
    history.record(one, two, "note")
    assert history.undo(two) == (one, "note")
    assert history.undo(one) == (none, "highlight")
    assert history.undo(none) is None
    assert history.redo(none) == (one, "highlight")
    assert history.redo(one) == (two, "note")
    assert history.redo(two) is None


def test_a_new_step_forgets_what_was_undone() -> None:
    history = History()
    none, one = Sidecar(), Sidecar().put(annotation())
    history.record(none, one, "highlight")
    history.undo(one)
    history.record(none, none.put(annotation("b")), "note")
    assert history.redo(none) is None


def test_what_others_did_since_stays() -> None:
    history = History()
    before, after = Sidecar().put(annotation(note="old")), Sidecar().put(annotation(note="new"))
    history.record(before, after, "edit")
    bens = annotation("b1", author="ben")
    assert history.undo(after.put(bens)) == (before.put(bens), "edit")
    assert history.redo(before.put(bens)) == (after.put(bens), "edit")


def test_undoing_a_mark_that_somebody_answered_keeps_both_and_says_so() -> None:
    history = History()
    history.record(Sidecar(), Sidecar().put(annotation()), "note")
    answered = replace(annotation(), replies=(Reply(id="r1", author="ben", created="2026", note="why?"),))
    undone = history.undo(Sidecar().put(answered))
    assert undone is not None
    sidecar, label = undone
    assert sidecar.get("a1") == replace(answered, conflicts={"deleted": "ours"})
    assert label == "note (changed since: both kept)"
    assert history.redo(sidecar) == (Sidecar().put(answered), "note")


def test_undoing_an_edit_that_somebody_edited_again_keeps_both() -> None:
    history = History()
    history.record(Sidecar().put(annotation(note="old")), Sidecar().put(annotation(note="new")), "edit")
    undone = history.undo(Sidecar().put(annotation(note="newer")))
    assert undone is not None
    found = undone[0].get("a1")
    assert found is not None
    assert found.note == "old"
    assert found.conflicts == {"note": {"base": "new", "ours": "old", "theirs": "newer"}}


def test_a_deleted_mark_comes_back() -> None:
    history = History()
    before = Sidecar().put(annotation(note="dear"))
    history.record(before, before.drop("a1"), "delete note")
    assert history.undo(before.drop("a1")) == (before, "delete note")


edits = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.sampled_from(["one", "two"])), max_size=8)


@given(edits)
def test_undoing_all_gives_the_start_and_redoing_all_gives_the_end(steps: list[tuple[str, str | None]]) -> None:
    history = History()
    states = [Sidecar(sections={"ada": ()})]
    for name, note in steps:
        now = states[-1]
        states.append(now.drop(name) if note is None else now.put(annotation(name, note)))
        history.record(now, states[-1], f"{name}")
    current = states[-1]
    for expected in reversed(states[:-1]):
        undone = history.undo(current)
        assert undone is not None
        current = undone[0]
        assert current == expected
    for expected in states[1:]:
        redone = history.redo(current)
        assert redone is not None
        current = redone[0]
        assert current == expected
