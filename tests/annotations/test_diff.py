"""What changed about the claims, told by annotation and field."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from annotations.diff import Change, FieldChange, diff
from annotations.model import Annotation, Claim, Position, Quote, Relation, Reply, Review, Sidecar, Stance
from annotations.record import to_record
from tests.annotations.test_merge_laws import histories

ONE = Annotation(
    id="a1", author="ada", kind="claim", created="2026-11-22T10:11:12Z", tags=("x", "y"),
    claim=Claim(speaker="Zhao Tong", status="new", stance=(Stance(toward="trade", value="for"),)),
    quote=Quote(exact="words", prefix="before "), position=Position(start=3, end=8, text="00"),
)  # fmt: skip


def of(*annotations: Annotation) -> Sidecar:
    sidecar = Sidecar()
    for one in annotations:
        sidecar = sidecar.put(one)
    return sidecar


def change(after: Annotation) -> Change:
    _, changes = diff(of(ONE), of(after))
    assert len(changes) == 1
    return changes[0]


def test_added_and_removed() -> None:
    assert diff(of(), of(ONE)) == ((), (Change(after=ONE),))
    assert diff(of(ONE), of()) == ((), (Change(before=ONE),))
    assert Change(after=ONE).acts == ("added",)
    assert Change(before=ONE).acts == ("removed",)


def test_edited_by_field() -> None:
    assert ONE.claim
    edited = change(replace(ONE, note="so", claim=replace(ONE.claim, status="checking", speaker="Zhao Tong-bo")))
    assert edited.acts == ("edited",)
    assert edited.fields == (
        FieldChange("claim.speaker", "Zhao Tong", "Zhao Tong-bo"),
        FieldChange("claim.status", "new", "checking"),
        FieldChange("note", None, "so"),
    )


def test_tags_come_and_go_one_by_one() -> None:
    assert change(replace(ONE, tags=("z", "x"))).fields == (
        FieldChange("tags.y", "y", None),
        FieldChange("tags.z", None, "z"),
    )


def test_order_alone_is_no_difference() -> None:
    replies = tuple(Reply(id=one, author="b", created="1", note="n") for one in "pq")
    relations = (Relation(type="rebuts", to="b2"), Relation(type="quotes", to="c3"))
    before = replace(ONE, replies=replies, relations=relations, tags=("x", "y"))
    after = replace(ONE, replies=replies[::-1], relations=relations[::-1], tags=("y", "x"))
    other = replace(ONE, id="b2", author="ben")
    assert diff(of(before, other), of(other, after)) == ((), ())


def test_the_words_around_a_passage_are_no_difference() -> None:
    assert diff(of(ONE), of(replace(ONE, quote=replace(ONE.quote, prefix="after ")))) == ((), ())


def test_another_passage_of_the_same_text_is_a_move_and_another_text_a_new_anchor() -> None:
    assert change(replace(ONE, position=replace(ONE.position, end=12))).acts == ("moved",)
    assert change(replace(ONE, position=Position(start=9, end=14, text="11"))).acts == ("re-anchored",)
    both = replace(ONE, note="so", position=replace(ONE.position, end=12))
    assert change(both).acts == ("edited", "moved")


def test_replies_and_verdicts_are_told_from_edits() -> None:
    reply = Reply(id="r1", author="ben", created="1", note="why?")
    review = Review(id="v1", author="ben", verdict="accepted", of="00", created="1")
    assert change(replace(ONE, replies=(reply,))).acts == ("replied",)
    assert change(replace(ONE, reviews=(review,))).acts == ("reviewed",)
    assert change(replace(ONE, reviews=(review,))).fields == (FieldChange("reviews.v1", None, to_record(review)),)
    edited = diff(of(replace(ONE, replies=(reply,))), of(replace(ONE, replies=(replace(reply, note="how?"),))))[1][0]
    assert edited.fields == (FieldChange("replies.r1.note", "why?", "how?"),)


def test_a_highlight_that_became_a_claim_is_told_field_by_field() -> None:
    assert ONE.claim
    bare = replace(ONE, kind="highlight", claim=None)
    _, changes = diff(of(bare), of(replace(ONE, claim=Claim(speaker="Zhao Tong"))))
    assert changes[0].fields == (
        FieldChange("kind", "highlight", "claim"),
        FieldChange("claim.speaker", None, "Zhao Tong"),
    )


def test_what_is_known_of_the_article_is_told_by_itself() -> None:
    before = Sidecar(article={"title": "Old", "lines": [{"line": "aa", "label": "ui"}]})
    after = Sidecar(article={"published": "2019-01-08", "lines": [{"line": "aa", "label": "body"}]})
    assert diff(before, after)[0] == (
        FieldChange("title", "Old", None),
        FieldChange("lines.aa.label", "ui", "body"),
        FieldChange("published", None, "2019-01-08"),
    )


@given(histories())
def test_there_is_a_change_just_where_something_was_said(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    before, after, _ = history
    _, changes = diff(before, after)
    told = {one.annotation.id: one for one in changes}
    for name in {one.id for side in (before, after) for one in side.annotations}:
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            assert told[name].acts == (("added",) if was is None else ("removed",))
        elif name not in told:
            bare = [to_record(replace(one, quote=Quote(exact=one.quote.exact), tags=(), replies=(), relations=(),
                    claim=one.claim and replace(one.claim, stance=()))) for one in (was, now)]  # fmt: skip
            # `claim: {}` says nothing
            said = [{key: value for key, value in record.items() if value != {}} for record in bare]
            assert said[0] == said[1]
            assert set(was.tags) == set(now.tags)


@given(histories())
def test_the_way_back_is_told_with_the_values_changed_round(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    before, after, _ = history
    there, back = diff(before, after)[1], diff(after, before)[1]
    assert {one.annotation.id for one in there} == {one.annotation.id for one in back}
    forth = {(one.annotation.id, each.field, str(each.before), str(each.after)) for one in there for each in one.fields}
    assert forth == {
        (one.annotation.id, each.field, str(each.after), str(each.before)) for one in back for each in one.fields
    }
