"""Texts and quotes that nobody should have written: they are placed or said to be lost, and nothing hangs."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from annotations.anchor import State, describe, place
from annotations.model import Annotation, Position, Quote
from annotations.seek import MANY
from annotations.text import fingerprint

WORDS = (
    *("harbour", "lake", "barge", "mole", "pilot", "ship", "wall", "storm"),
    *("ferry", "island", "season", "captain", "rudder", "police", "office", "week"),
)
known = pytest.mark.parametrize("known", [True, False], ids=["old text", "no old text"])


def prose(length: int, seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311 - a text, not a secret
    said, size = [""], 0
    while size < length:
        one = [f"{chance.choice(WORDS)}{chance.randrange(200) or ''}" for _ in range(chance.randint(6, 20))]
        said.append(" ".join(one).capitalize() + chance.choice((". ", ".\n\n", "! ")))
        size += len(said[-1])
    return "".join(said)


def marks(text: str, number: int, length: int = 60) -> list[Annotation]:
    made_on, step = fingerprint(text), max(1, (len(text) - length) // number)
    return [
        Annotation(
            id=f"a{start}",
            author="ada",
            kind="note",
            quote=Quote(
                exact=text[start : start + length],
                prefix=text[max(0, start - 64) : start],
                suffix=text[start + length : start + length + 64],
            ),
            position=Position(start=start, end=start + length, text=made_on),
        )
        for start in range(0, step * number, step)
    ]


def states(old: str, new: str, ones: list[Annotation], *, known: bool) -> set[State]:
    found = place(new, ones, {fingerprint(old): old} if known else {})
    assert [one.annotation for one in found] == ones
    for one in found:
        assert one.method
        assert one.reason or one.state is State.SAME
        assert 0 <= one.confidence <= 1
        assert len(one.candidates) <= MANY
        assert bool(one.candidates) == (one.state is State.AMBIGUOUS)
        assert (one.start is None) == (one.state in {State.AMBIGUOUS, State.ORPHAN})
        for start, end in (*one.candidates, *([(one.start, one.end)] if one.start is not None else [])):
            assert 0 <= start < (end or 0) <= len(new)
    return {one.state for one in found}


OLD = prose(200_000, 1)
SENTENCE = "The same sentence stands here again and again, said the man. "


@known
def test_an_article_that_became_empty_leaves_orphans(known: bool) -> None:
    assert states(OLD, "", marks(OLD, 20), known=known) == {State.ORPHAN}


@known
def test_an_article_that_became_another_one_leaves_orphans(known: bool) -> None:
    assert states(OLD, prose(200_000, 2), marks(OLD, 50), known=known) == {State.ORPHAN}
    assert states(OLD, OLD[::-1], marks(OLD, 50), known=known) == {State.ORPHAN}


@known
@pytest.mark.parametrize("unit", [SENTENCE, "a", "ab ", "字", " ", ". "])
def test_one_thing_over_and_over(known: bool, unit: str) -> None:
    old = unit * (100_000 // len(unit))
    new = f"X {old[:50_000]} Y {old[:40_000]} Z"
    found = states(old, new, marks(old, 20), known=known)
    assert found <= {State.AMBIGUOUS, State.ORPHAN, State.SAME}
    assert known or State.SAME not in found


@known
def test_a_quote_of_one_letter_is_not_guessed(known: bool) -> None:
    old = "A lake. " + OLD
    one = Annotation(
        id="a2",
        author="ada",
        kind="note",
        quote=Quote(exact="A"),
        position=Position(start=0, end=1, text=fingerprint(old)),
    )
    assert states(old, "New. " + old, [one], known=known) <= {State.SAME, State.AMBIGUOUS}
    assert states(old, OLD.replace("A", "B") + "A", [one], known=known) <= {State.ORPHAN, State.AMBIGUOUS}


@known
def test_a_quote_of_a_hundred_kilobytes_is_placed(known: bool) -> None:
    quote, position = describe(OLD, 50_000, 150_000)
    one = Annotation(id="a2", author="ada", kind="note", quote=quote, position=position)
    (same,) = place("New.\n" + OLD, [one], {position.text: OLD} if known else {})
    assert (same.state, same.start, same.end) == (State.SAME, 50_005, 150_005)
    (edited,) = place(OLD[:100_000] + "NEW " + OLD[100_000:], [one], {position.text: OLD} if known else {})
    assert (edited.state, edited.start, edited.end) == (State.EDITED, 50_000, 150_004)


@known
@pytest.mark.parametrize("blank", [" ", "\n\n  \n", "\u00a0", "\u200b"])
def test_a_quote_of_white_space_has_no_words(known: bool, blank: str) -> None:
    old = f"before{blank}behind"
    one = Annotation(
        id="a2",
        author="ada",
        kind="note",
        quote=Quote(exact=blank, prefix="before", suffix="behind"),
        position=Position(start=6, end=6 + len(blank), text=fingerprint(old)),
    )
    (found,) = place("New: " + old, [one], {fingerprint(old): old} if known else {})
    assert (found.state, found.reason) == (State.ORPHAN, "its quote has no words")


@known
def test_lone_surrogates_are_characters_like_others(known: bool) -> None:
    old = "Before it. A broken \ud800 pair stands here, they said. After it."
    ones = marks(old, 3, length=20)
    assert states(old, "New. " + old, ones, known=known) == {State.SAME}


@known
@pytest.mark.parametrize("position", [(-5, 3), (5, 5), (9, 2), (10**9, 10**9 + 5), (0, 60)])
def test_a_position_that_cannot_be_is_said(known: bool, position: tuple[int, int]) -> None:
    one = marks(OLD, 3)[1]
    start, end = position
    wrong = replace(one, position=replace(one.position, start=start, end=end))
    for new in (OLD, "New. " + OLD):
        (found,) = place(new, [wrong], {fingerprint(OLD): OLD} if known else {})
        assert found.state is State.SAME
        assert new[found.start : found.end] == one.quote.exact.strip()
        assert ("at its position" in found.reason or "its position is outside" in found.reason) == (known or new is OLD)


@known
def test_an_occurrence_that_cannot_be_is_not_believed(known: bool) -> None:
    old = f"{SENTENCE}{OLD}{SENTENCE}{OLD}"
    for index, count in ((-1, 2), (7, 2), (-3, -1), (10**9, 2)):
        one = marks(old, 1, length=len(SENTENCE) - 1)[0]
        broken = replace(one.quote.occurrence, index=index, count=count)
        wrong = replace(one, quote=replace(one.quote, occurrence=broken, prefix="", suffix=""))
        assert states(old, "New. " + old, [wrong], known=known) <= {State.SAME, State.AMBIGUOUS}


@known
@pytest.mark.nightly
def test_ten_megabytes_are_placed_in_order(known: bool) -> None:
    old = prose(10_000_000, 3)
    new = old[:3_000_000] + "An entirely new sentence. " + old[3_000_000:9_000_000] + " End."
    ones = marks(old, 1000)
    assert states(old, new, ones, known=known) <= {State.SAME, State.EDITED, State.ORPHAN}
