"""Deciding what a merge could not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.errors import UsageError
from annotations.merge import merge
from annotations.model import Annotation, Claim, Position, Quote, Reply, Sidecar, Stance
from annotations.resolve import Undecided, decide, undecided
from tests.annotations.test_merge_laws import histories

ONE = Annotation(
    id="a1", author="ada", kind="claim", created="2026-11-22T10:11:12Z", note="base",
    claim=Claim(speaker="Zhao", stance=(Stance(toward="trade. now", value="for"),)),
    replies=(Reply(id="r1", author="ben", created="1", note="why?"),),
    quote=Quote(exact="words"), position=Position(start=3, end=8, text="00"),
)  # fmt: skip


def of(*annotations: Annotation, **article: str) -> Sidecar:
    sidecar = Sidecar(article={**article})
    for one in annotations:
        sidecar = sidecar.put(one)
    return sidecar


def one_conflict(ours: Annotation, theirs: Annotation) -> tuple[Sidecar, Undecided]:
    merged = merge(of(ONE), of(ours), of(theirs)).sidecar
    [one] = undecided(merged)
    return merged, one


@pytest.mark.parametrize(("take", "note"), [("ours", "o"), ("theirs", "t"), ("base", "base")])
def test_a_field(take: str, note: str) -> None:
    merged, one = one_conflict(replace(ONE, note="o"), replace(ONE, note="t"))
    assert decide(merged, one, take) == of(replace(ONE, note=note))


def test_another_value() -> None:
    merged, one = one_conflict(replace(ONE, note="o"), replace(ONE, note="t"))
    assert decide(merged, one, value="both") == of(replace(ONE, note="both"))


def test_a_field_deep_inside() -> None:
    assert ONE.claim
    sides = [replace(ONE, claim=replace(ONE.claim, stance=(Stance(toward="trade. now", value=v),))) for v in "xy"]
    merged, one = one_conflict(sides[0], sides[1])
    assert decide(merged, one, "theirs") == of(sides[1])
    replies = [replace(ONE, replies=(replace(ONE.replies[0], note=v),)) for v in "xy"]
    merged, one = one_conflict(replies[0], replies[1])
    assert decide(merged, one, "theirs") == of(replies[1])


def test_a_passage_goes_with_its_place() -> None:
    sides = [replace(ONE, quote=Quote(exact=v), position=Position(start=5, end=6, text=v)) for v in "xy"]
    merged, one = one_conflict(sides[0], sides[1])
    assert decide(merged, one, "theirs") == of(sides[1])


@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_a_deletion_against_an_edit(take: str) -> None:
    edited = replace(ONE, note="t")
    merged = merge(of(ONE), of(), of(edited)).sidecar
    [one] = undecided(merged)
    assert decide(merged, one, take).annotations == (() if take == "ours" else (edited,))


@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_a_reply_deleted_against_an_edit(take: str) -> None:
    edited = replace(ONE, replies=(replace(ONE.replies[0], note="t"),))
    merged, one = one_conflict(replace(ONE, replies=()), edited)
    assert decide(merged, one, take) == of(replace(ONE, replies=()) if take == "ours" else edited)


def test_what_is_known_of_the_article() -> None:
    merged = merge(of(title="b"), of(title="o"), of(title="t")).sidecar
    [one] = undecided(merged)
    assert decide(merged, one, "theirs") == of(title="t")


def test_what_makes_no_sense() -> None:
    merged, one = one_conflict(replace(ONE, note="o"), replace(ONE, note="t"))
    with pytest.raises(UsageError):
        decide(merged, one, "mine")
    sides = [replace(ONE, quote=Quote(exact=v)) for v in "xy"]
    merged, one = one_conflict(sides[0], sides[1])
    with pytest.raises(UsageError):
        decide(merged, one, value="text")


@given(histories(), st.data())
def test_every_conflict_can_be_decided_until_none_is_left(
    history: tuple[Sidecar, Sidecar, Sidecar], data: st.DataObject
) -> None:
    merged = merge(*history).sidecar
    for _ in range(len([*undecided(merged)])):
        if one := next(undecided(merged), None):  # a deletion takes others with it
            merged = decide(merged, one, data.draw(st.sampled_from(["ours", "theirs"])))
    assert [*undecided(merged)] == []
