from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotations.merge import Conflict, Merged, merge
from annotations.model import (
    Annotation,
    Claim,
    Damaged,
    Position,
    Quote,
    Record,
    Relation,
    Reply,
    Review,
    Sidecar,
    Stance,
    Value,
)
from annotations.record import to_record

EMPTY = Sidecar()


def annotation(name: str = "a1", start: int = 0, **fields: Any) -> Annotation:
    made = Annotation(
        id=name,
        author="ada",
        kind="claim",
        created="2026-11-22T10:11:12Z",
        quote=Quote(exact=f"words at {start}"),
        position=Position(start=start, end=start + 5, text="bb43ca9ffecd61b1"),
    )
    return replace(made, **fields)


def sidecar(*annotations: Annotation, **fields: Any) -> Sidecar:
    made = Sidecar()
    for one in annotations:
        made = made.put(one)
    return replace(made, **fields)


def only(merged: Merged) -> Annotation:
    (one,) = merged.sidecar.annotations
    return one


def three(base: Annotation, ours: Annotation, theirs: Annotation) -> Merged:
    return merge(sidecar(base), sidecar(ours), sidecar(theirs))


# One field, one annotation


def test_the_side_that_changed_wins() -> None:
    base = annotation(note="old", tags=("x",))
    merged = three(base, replace(base, note="new"), replace(base, kind="question"))
    assert only(merged) == replace(base, note="new", kind="question")
    assert merged.conflicts == ()


def test_equal_changes_are_one() -> None:
    base = annotation(note="old")
    both = replace(base, note="new")
    assert three(base, both, replace(both, tags=("x",))) == Merged(sidecar(replace(both, tags=("x",))))


def test_different_values_of_a_field_keep_ours_and_tell_of_both() -> None:
    base = annotation(note="old")
    merged = three(base, replace(base, note="mine"), replace(base, note="yours"))
    assert only(merged).note == "mine"
    assert only(merged).conflicts == {"note": {"base": "old", "ours": "mine", "theirs": "yours"}}
    assert merged.conflicts == (Conflict(annotation="a1", field="note", base="old", ours="mine", theirs="yours"),)


def test_a_field_inside_the_claim_clashes_alone() -> None:
    base = annotation(claim=Claim(speaker="Zhao", status="new"))
    ours = replace(base, claim=Claim(speaker="Zhao Tong", status="new"))
    theirs = replace(base, claim=Claim(speaker="T. Zhao", status="checking"))
    merged = three(base, ours, theirs)
    assert only(merged).claim == Claim(speaker="Zhao Tong", status="checking")
    assert list(only(merged).conflicts) == ["claim.speaker"]


def test_a_claim_that_became_a_note_on_one_side_keeps_what_the_other_said() -> None:
    base = annotation(claim=Claim(speaker="Zhao"))
    merged = three(base, replace(base, kind="note", claim=None), replace(base, claim=Claim(speaker="Tong")))
    assert only(merged).conflicts == {"claim.speaker": {"base": "Zhao", "theirs": "Tong"}}
    assert only(three(base, replace(base, kind="note", claim=None), replace(base, tags=("x",)))).claim is None


def test_quote_and_position_are_one_thing() -> None:
    base = annotation()
    ours = replace(base, position=replace(base.position, start=1))
    theirs = replace(base, quote=replace(base.quote, exact="other words"))
    merged = three(base, ours, theirs)
    assert (only(merged).quote, only(merged).position) == (ours.quote, ours.position)
    assert merged.conflicts[0].theirs == {"quote": to_record(theirs.quote), "position": to_record(theirs.position)}


@pytest.mark.parametrize("field", ["created", "author"])
def test_what_never_changes_clashes_when_it_does(field: str) -> None:
    base = annotation()
    theirs = replace(base, **dict[str, Any]({field: "zoe"}))
    merged = merge(sidecar(base), sidecar(replace(base, note="n")), sidecar(theirs))
    assert getattr(only(merged), field) == getattr(base, field)
    assert [(one.field, one.theirs) for one in merged.conflicts] == [(field, "zoe")]


def test_an_annotation_that_one_side_left_alone_is_the_other_sides_whatever_changed() -> None:
    base = sidecar(annotation("a1"), annotation("a2"))
    one, other = base.put(annotation("a1", created="later")), base.put(annotation("a2", note="n"))
    both = Merged(one.put(annotation("a2", note="n")))
    assert merge(base, one, other) == merge(base, other, one) == both


def test_a_claim_of_which_nothing_is_known_yet_stays_a_claim() -> None:
    base = annotation(claim=Claim())
    assert only(three(base, replace(base, note="n"), replace(base, tags=("x",)))).claim == Claim()


def test_unknown_keys_follow_the_same_rules() -> None:
    base = annotation(extra={"mood": "calm"})
    ours = replace(base, extra={"mood": "calm", "colour": ["red"]})
    theirs = replace(base, extra={"mood": {"now": "angry"}})
    assert only(three(base, ours, theirs)).extra == {"mood": {"now": "angry"}, "colour": ["red"]}
    merged = three(base, replace(base, extra={"mood": "sad"}), theirs)
    assert only(merged).conflicts == {"mood": {"base": "calm", "ours": "sad", "theirs": {"now": "angry"}}}


def test_unknown_keys_of_a_reply_and_of_the_file_are_kept() -> None:
    reply = Reply(id="r1", author="ben", created="2026", note="n")
    base = sidecar(annotation(replies=(reply,)), extra={"x": "1"})
    ours = replace(base.put(annotation(replies=(replace(reply, extra={"seen": "yes"}),))), extra={"x": "1", "y": "2"})
    theirs = replace(base.put(annotation(replies=(replace(reply, note="m"),))), extra={"x": "3"})
    merged = merge(base, ours, theirs)
    assert only(merged).replies == (replace(reply, note="m", extra={"seen": "yes"}),)
    assert merged.sidecar.extra == {"x": "3", "y": "2"}


# Sets and lists


def test_tags_are_a_set() -> None:
    base = annotation(tags=("a", "b", "c"))
    merged = three(base, replace(base, tags=("b", "a", "z")), replace(base, tags=("y", "b", "c")))
    assert only(merged).tags == ("b", "y", "z")
    assert merged.conflicts == ()


def test_a_list_with_more_than_words_is_no_set() -> None:
    base = sidecar(article={"tags": ["a"]})
    odd: Record = {"tags": ["a", {"b": "c"}]}
    assert merge(base, sidecar(annotation(), article=odd), base.put(annotation("a2"))).sidecar.article == odd


def test_relations_and_stances_of_both_sides_stay() -> None:
    base = annotation(claim=Claim(stance=(Stance(toward="war", value="for"),)))
    said = Stance(toward="trade", value="against")
    ours = replace(base, relations=(Relation(type="rebuts", to="b"),))
    theirs = replace(
        base,
        relations=(Relation(type="repeats", to="c"),),
        claim=Claim(stance=(Stance(toward="war", value="for"), said)),
    )
    merged = three(base, ours, theirs)
    assert only(merged).relations == (Relation(type="rebuts", to="b"), Relation(type="repeats", to="c"))
    assert only(merged).claim == theirs.claim


def test_two_answers_to_one_question_clash() -> None:
    ours = annotation(claim=Claim(stance=(Stance(toward="war", value="for"),)))
    theirs = annotation(claim=Claim(stance=(Stance(toward="war", value="against"),)))
    assert three(annotation(), ours, theirs).conflicts[0].field == "claim.stance.war.value"


def test_entries_that_cannot_be_told_apart_are_taken_whole() -> None:
    twice = (Relation(type="rebuts", to="b"), Relation(type="rebuts", to="b", note="again"))
    base = annotation()
    assert only(three(base, replace(base, relations=twice), replace(base, note="n"))).relations == twice
    merged = three(base, replace(base, relations=twice), replace(base, relations=twice[:1]))
    assert [one.field for one in merged.conflicts] == ["relations"]


def test_replies_of_both_sides_stand_in_the_order_they_were_written() -> None:
    first, second, third = (Reply(id=f"r{n}", author="ben", created=f"2026-0{n}", note="n") for n in (1, 2, 3))
    base = annotation(replies=(second,))
    merged = three(base, replace(base, replies=(second, third)), replace(base, replies=(second, first)))
    assert only(merged).replies == (first, second, third)
    assert merged.conflicts == ()


def test_one_reply_edited_twice_clashes_and_a_deleted_one_stays_when_edited() -> None:
    reply = Reply(id="r1", author="ben", created="2026", note="n")
    base = annotation(replies=(reply,))
    mine, yours = (replace(base, replies=(replace(reply, note=note),)) for note in ("mine", "yours"))
    assert [one.field for one in three(base, mine, yours).conflicts] == ["replies.r1.note"]
    merged = three(base, replace(base, replies=()), yours)
    assert only(merged).replies == yours.replies
    assert only(merged).conflicts == {"replies.r1.deleted": "ours"}
    assert only(three(base, replace(base, replies=()), replace(base, note="x"))).replies == ()


def test_reviews_are_united_by_id() -> None:
    one, two = (Review(id=name, author=name, verdict="accepted", of="00ff", created="2026") for name in ("v1", "v2"))
    merged = three(annotation(), annotation(reviews=(two,)), annotation(reviews=(one,)))
    assert only(merged).reviews == (one, two)


# Whole annotations


def test_adding_on_both_sides_keeps_both_even_on_one_passage() -> None:
    ours, theirs = annotation("a1"), replace(annotation("b1"), author="ben")
    merged = merge(EMPTY, sidecar(ours), sidecar(theirs))
    assert merged == Merged(sidecar(ours, theirs))


def test_adding_the_same_id_on_both_sides_merges_fields_against_nothing() -> None:
    merged = merge(EMPTY, sidecar(annotation(note="a", tags=("x",))), sidecar(annotation(note="b", tags=("y",))))
    assert only(merged).tags == ("x", "y")
    assert only(merged).conflicts == {"note": {"ours": "a", "theirs": "b"}}


def test_a_deleted_annotation_stays_deleted_when_the_other_side_left_it_alone() -> None:
    base = sidecar(annotation("a1"), annotation("a2"))
    theirs = base.put(annotation("a2", note="kept"))
    assert merge(base, base.drop("a1"), theirs) == Merged(theirs.drop("a1"))
    moved = base.put(replace(annotation("a1", 70), quote=replace(annotation("a1").quote, prefix="new surroundings")))
    assert merge(base, base.drop("a1"), moved) == Merged(base.drop("a1"))


@pytest.mark.parametrize(
    "change",
    [
        {"note": "edited"},
        {"tags": ("x",)},
        {"replies": (Reply(id="r", author="b", created="", note="n"),)},
        {"quote": Quote(exact="other words")},
        {"extra": {"mood": "calm"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_deleted_annotation_is_kept_when_the_other_side_changed_it(change: dict[str, Any]) -> None:
    base, edited = sidecar(annotation()), sidecar(replace(annotation(), **change))
    for ours, theirs, side in ((EMPTY, edited, "ours"), (edited, EMPTY, "theirs")):
        merged = merge(base, ours, theirs)
        assert only(merged) == replace(annotation(), **change, conflicts={"deleted": side})
        assert merged.conflicts == (Conflict(annotation="a1", field="deleted", side=side),)


# The article's part, sections, damage


def test_the_article_part_merges_key_by_key_and_line_by_line() -> None:
    line: Record = {"line": "0f", "label": "body"}
    base = sidecar(article={"title": "A", "lines": [line]})
    ours = sidecar(article={"title": "B", "lines": [line, {"line": "1f", "label": "ui"}]})
    theirs = sidecar(article={"title": "A", "published": "2019", "lines": [{"line": "0f", "label": "caption"}]})
    merged = merge(base, ours, theirs)
    assert merged.conflicts == ()
    assert merged.sidecar.article == {
        "title": "B",
        "published": "2019",
        "lines": [{"line": "0f", "label": "caption"}, {"line": "1f", "label": "ui"}],
    }


def test_clashes_above_the_annotations_are_kept_beside_what_they_are_about() -> None:
    base = sidecar(article={"title": "A"}, extra={"x": "1"})
    merged = merge(base, sidecar(article={"title": "B"}, extra={"x": "2"}), sidecar(article={"title": "C"}))
    assert merged.sidecar.article == {"title": "B", "conflicts": {"title": {"base": "A", "ours": "B", "theirs": "C"}}}
    assert merged.sidecar.extra == {"x": "2", "conflicts": {"x": {"base": "1", "ours": "2"}}}
    assert [(one.annotation, one.field) for one in merged.conflicts] == [("", "article.title"), ("", "x")]


def test_sections_of_both_sides_stay_though_empty() -> None:
    base = Sidecar(sections={"zoe": (), "ada": ()})
    ours = Sidecar(sections={"zoe": (), "ada": (), "mia": ()})
    theirs = Sidecar(sections={"zoe": (), "ada": (), "ben": (replace(annotation(), author="ben"),)})
    assert list(merge(base, ours, theirs).sidecar.sections) == ["zoe", "ada", "ben", "mia"]
    assert list(merge(base, theirs, ours).sidecar.sections) == ["zoe", "ada", "ben", "mia"]


def test_sections_are_sorted_by_position() -> None:
    merged = merge(EMPTY, sidecar(annotation("z", 7), annotation("a", 70)), sidecar(annotation("m", 30)))
    assert [one.id for one in merged.sidecar.sections["ada"]] == ["z", "m", "a"]


def test_damaged_entries_of_both_sides_stay_unless_a_person_took_them_out() -> None:
    old, mine, yours = (Damaged(author="ada", line=n, reason="r", record={"id": str(n)}) for n in (1, 2, 3))
    ours = sidecar(annotation("a1"), damaged=(old, mine))
    theirs = sidecar(annotation("a2"), damaged=(replace(old, line=9), yours))
    merged = merge(sidecar(damaged=(old,)), ours, theirs)
    assert {one.record["id"] for one in merged.sidecar.damaged if isinstance(one.record, dict)} == {"1", "2", "3"}
    repaired = merge(sidecar(damaged=(old,)), sidecar(annotation("a1"), damaged=(old,)), sidecar(annotation("a2")))
    assert repaired.sidecar.damaged == ()


# Records of earlier conflicts


def test_a_resolution_on_one_side_wins_and_an_unresolved_conflict_stays() -> None:
    told: Record = {"note": {"base": "o", "ours": "a", "theirs": "b"}}
    base = annotation(note="a", conflicts=told)
    resolved = replace(base, note="b", conflicts={})
    assert three(base, resolved, replace(base, tags=("x",))) == Merged(sidecar(replace(resolved, tags=("x",))))
    merged = three(base, replace(base, kind="note"), replace(base, tags=("x",)))
    assert only(merged).conflicts == told
    assert merged.conflicts == ()


def test_two_different_resolutions_clash_though_one_kept_the_value() -> None:
    base = annotation(note="a", conflicts={"note": {"base": "o", "ours": "a", "theirs": "b"}})
    merged = three(base, replace(base, conflicts={}), replace(base, note="b", conflicts={}))
    assert only(merged).conflicts == {"note": {"base": "a", "ours": "a", "theirs": "b"}}


def test_two_accounts_of_one_earlier_conflict_are_both_kept() -> None:
    old, mine, yours = (dict[str, Value]({"base": "o", "ours": "a", "theirs": word}) for word in ("b", "c", "d"))
    base = annotation(note="a", conflicts={"note": old})
    merged = three(base, replace(base, conflicts={"note": mine}), replace(base, conflicts={"note": yours}))
    assert only(merged).conflicts == {"note": {"base": old, "ours": mine, "theirs": yours}}
    assert [one.field for one in merged.conflicts] == ["note"]
    again = three(
        base, replace(base, note="x", conflicts={"note": mine}), replace(base, note="y", conflicts={"note": yours})
    )
    earlier = {"base": old, "ours": mine, "theirs": yours}
    assert only(again).conflicts == {"note": {"base": "a", "ours": "x", "theirs": "y", "earlier": earlier}}


def test_a_new_clash_hides_no_earlier_one() -> None:
    told: Record = {"note": {"base": "o", "ours": "a", "theirs": "b"}}
    base = annotation(note="a", conflicts=told)
    merged = three(base, replace(base, note="c"), replace(base, note="d"))
    assert only(merged).conflicts == {"note": {"base": "a", "ours": "c", "theirs": "d", "earlier": told["note"]}}


def test_merging_the_same_side_again_adds_nothing() -> None:
    base, theirs = sidecar(annotation()), sidecar(annotation(note="yours"))
    once = merge(base, sidecar(annotation(note="mine")), theirs).sidecar
    assert merge(base, once, theirs).sidecar == once
