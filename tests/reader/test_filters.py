"""Filters: which marks they let through."""

from __future__ import annotations

from annotations.text import decode
from reader.filters import Filter, choices
from tests.reader.shelf import HARBOUR, annotated

MARKS = annotated(decode(HARBOUR.encode())).annotations


def names(chosen: Filter) -> set[str]:
    return {one.id[:-10] for one in MARKS if chosen.passes(one)}


def test_without_a_wish_all_pass() -> None:
    assert not Filter()
    assert len(names(Filter())) == len(MARKS) == 5


def test_of_one_aspect_any_value_and_of_several_aspects_each() -> None:
    ada = Filter().turned("author", "ada")
    assert ada
    assert len(names(ada)) == 3
    assert len(names(ada.turned("author", "ben"))) == 5
    assert len(names(ada.turned("kind", "claim"))) == 2
    assert len(names(ada.turned("kind", "claim").turned("status", "checking"))) == 1
    assert len(names(Filter().turned("tag", "safety"))) == 1
    assert len(names(Filter().turned("tag", "(none)"))) == 3


def test_what_is_turned_twice_is_as_before() -> None:
    assert not Filter().turned("tag", "silt").turned("tag", "silt")


def test_what_was_asked_for_is_let_through_besides() -> None:
    notes = Filter().turned("kind", "note")
    besides = Filter(notes.wanted, besides=frozenset({"claimmetre0000001"}))
    assert len(names(besides)) == len(names(notes)) + 1


def test_spellings_of_a_speaker_are_one() -> None:
    assert len(names(Filter().turned("speaker", "ines halloran"))) == 1
    aliased = Filter(who=lambda name: "pilot" if name else "")
    assert len(names(aliased.turned("speaker", "pilot"))) == 2
    assert choices(MARKS, aliased.who)["speaker"] == [("pilot", 2)]


def test_blind_hides_what_others_made_and_said() -> None:
    blind = Filter(blind="ada")
    assert all(one.author == "ada" for one in MARKS if blind.passes(one))
    metre = next(one for one in MARKS if one.replies)
    assert not blind.seen(metre).replies
    assert not blind.seen(metre).reviews
    assert Filter().seen(metre) is metre


def test_only_what_occurs_is_offered() -> None:
    assert choices(MARKS) == {
        "author": [("ada", 3), ("ben", 2)],
        "kind": [("claim", 2), ("note", 2), ("question", 1)],
        "status": [("checking", 1), ("new", 1)],
        "speaker": [("ines halloran", 1), ("tomas reyl", 1)],
        "tag": [("(none)", 3), ("silt", 2), ("safety", 1)],
    }
