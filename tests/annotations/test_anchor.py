"""Describing passages and finding them again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotations import anchor
from annotations.anchor import CONTEXT, Method, Placed, State, describe, find_quote, place
from annotations.model import Annotation, Occurrence, Position, Quote
from annotations.text import canonical, decode, fingerprint

TEXT = (
    "MOSCOW (Sputnik) — The ruler met the envoy.\n\n"
    "    “North Korea is not a card,” the scholar said. The envoy\u00a0left early.\n\n"
    "    He said it again: “North Korea is not a card.” Nobody wrote it down.\n"
)
texts = st.text(st.sampled_from("ab é“\u00a0\n\u0301\u200bß")).map(canonical)


def annotation(quote: Quote, position: Position) -> Annotation:
    return Annotation(id="a2", author="ada", kind="note", quote=quote, position=position)


def marked(text: str, words: str, copy: int = 0) -> Annotation:
    start = -1
    for _ in range(copy + 1):
        start = text.index(words, start + 1)
    return annotation(*describe(text, start, start + len(words)))


def placed(text: str, one: Annotation, **old_texts: str) -> Placed:
    (found,) = place(text, [one], {fingerprint(old): old for old in old_texts.values()})
    assert found.annotation is one
    return found


def words_of(text: str, found: Placed) -> str:
    assert found.start is not None
    return text[found.start : found.end]


@pytest.mark.parametrize("copy", [0, 1])
def test_a_passage_is_described_in_the_texts_own_words(copy: int) -> None:
    words = "North Korea is not a card"
    start = TEXT.index(words) if copy == 0 else TEXT.rindex(words)
    quote, position = describe(TEXT, start, start + len(words))
    assert quote.exact == words
    assert quote.occurrence == Occurrence(index=copy, count=2)
    assert position == Position(start=start, end=start + len(words), text=fingerprint(TEXT))


def test_context_is_cut_at_words() -> None:
    text = "first " + "word " * 20 + "HERE" + " word" * 20 + " last"
    quote, _ = describe(text, text.index("HERE"), text.index("HERE") + 4)
    assert quote.prefix == "word " * 12
    assert quote.suffix == " word" * 12


def test_context_ends_with_the_text() -> None:
    quote, _ = describe("one two three", 4, 7)
    assert (quote.prefix, quote.suffix) == ("one ", " three")


def test_context_without_words_is_cut_where_it_must() -> None:
    text = "字" * 100 + "卡" + "字" * 100
    quote, _ = describe(text, 100, 101)
    assert (quote.prefix, quote.suffix) == ("字" * CONTEXT, "字" * CONTEXT)


def test_a_seed_passage_is_described(seeds: Path) -> None:
    text = decode((seeds / "000_d01169830d053d92.txt").read_bytes())
    quote, position = describe(text, 4299, 4363)
    assert quote.prefix.endswith("That’s because ")
    assert quote.suffix.startswith(". Trump")
    assert quote.occurrence == Occurrence(index=0, count=1)
    assert position.text == "bb43ca9ffecd61b1"
    assert find_quote(text, quote.exact.replace("\u00a0", " ")) == ((4299, 4363),)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 100), (100, 101)])
def test_there_is_no_passage_outside_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no passage"):
        describe("short", start, end)


@given(texts, st.data())
def test_any_passage_is_found_in_its_own_text(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    one = annotation(*describe(text, start, end))
    quote = one.quote
    assert len(quote.prefix) <= CONTEXT
    assert len(quote.suffix) <= CONTEXT
    assert quote.prefix + quote.exact in text
    assert quote.exact + quote.suffix in text
    assert 0 <= quote.occurrence.index < quote.occurrence.count
    assert placed(text, one) == Placed(one, State.SAME, start, end, confidence=1.0)


@given(texts, st.sampled_from(["no card", "“it’s”", "a card\u00a0is", "字卡"]), texts, texts)
def test_a_passage_that_moved_with_its_context_is_the_same(before: str, words: str, after: str, new: str) -> None:
    text = canonical(f"{before} | {words} | {after}")
    one = marked(text, words)
    later = canonical(f"{new}\n") + text
    found = placed(later, one)
    assert found.state is State.SAME
    assert words_of(later, found) == words


@given(texts)
def test_occurrences_are_counted_as_they_are_found(text: str) -> None:
    for start, end in find_quote(text, "ab"):
        quote, _ = describe(text, start, end)
        assert find_quote(text, quote.exact)[quote.occurrence.index] == (start, end)


@pytest.mark.parametrize(
    "quote",
    [
        '"North Korea is not a card,"',
        "“North Korea is not a card,”",
        "  “North Korea\nis not a card,”\u200b ",
        "“North Ko\u00adrea is\u00a0not a card,”",
    ],
)
def test_a_quote_is_found_however_it_was_typed(quote: str) -> None:
    ((start, end),) = find_quote(TEXT, quote)
    assert TEXT[start:end] == "“North Korea is not a card,”"


@pytest.mark.parametrize("quote", ["", " ", "\n\u00a0\t", "\u200b", "north korea", "a card that is not there"])
def test_a_quote_that_is_not_there_is_not_found(quote: str) -> None:
    assert find_quote(TEXT, quote) == ()


def test_every_place_of_a_quote_is_found() -> None:
    assert [TEXT[slice(*span)] for span in find_quote(TEXT, "North Korea ")] == ["North Korea"] * 2


def test_reformatting_the_page_changes_nothing() -> None:
    one = marked(TEXT, "The envoy\u00a0left early")
    later = TEXT.replace("\u00a0", " ").replace("“", '"').replace("”", '"').replace("\n\n    ", "\n")
    found = placed(later, one)
    assert found.state is State.SAME
    assert words_of(later, found) == "The envoy left early"


def test_words_out_of_their_context_moved() -> None:
    one = marked(TEXT, "The envoy\u00a0left early")
    later = "Summary of a day: The envoy left early, said a doorman who had seen him go."
    found = placed(later, one)
    assert (found.state, words_of(later, found)) == (State.MOVED, "The envoy left early")
    assert found.reason == "its words stand in another context"


def test_one_side_of_the_context_is_enough() -> None:
    one = marked(TEXT, "The envoy\u00a0left early")
    later = TEXT[: TEXT.index("The envoy\u00a0left early")] + "The envoy left early, and nothing else was said."
    assert placed(later, one).state is State.SAME


def test_words_that_are_gone_leave_an_orphan() -> None:
    found = placed("Nothing of it.", marked(TEXT, "The envoy\u00a0left early"))
    reason = "its words are not in the text"
    assert found == Placed(found.annotation, State.ORPHAN, reason=reason, method=Method.WORDS)


@pytest.mark.parametrize("copy", [0, 1])
def test_context_tells_equal_words_apart(copy: int) -> None:
    words = "North Korea is not a card"
    one = marked(TEXT, words, copy)
    later = "A new first line.\n" + TEXT + "North Korea is not a card, said a third.\n"
    found = placed(later, one)
    assert found.state is State.SAME
    assert found.start == one.position.start + 18


def test_the_count_tells_equal_words_and_contexts_apart() -> None:
    line = "The same words, then the same words: a refrain of the kind that songs have, line after line of it.\n"
    one = marked(line * 5, "a refrain", copy=2)
    found = placed("New.\n" + line * 5, one)
    assert (found.state, found.start) == (State.SAME, one.position.start + 5)


def test_equal_words_and_contexts_are_ambiguous_when_their_number_changed() -> None:
    line = "The same words, then the same words: a refrain of the kind that songs have, line after line of it.\n"
    one = marked(line * 5, "a refrain", copy=2)
    later = line * 4
    found = placed(later, one)
    assert (found.state, found.start, found.end) == (State.AMBIGUOUS, None, None)
    assert [later[slice(*span)] for span in found.candidates] == ["a refrain"] * 2  # the outer ones lack a line
    assert found.reason == "2 places read the same"


def test_equal_words_without_the_context_are_ambiguous() -> None:
    found = placed("Not a card. Or a card? Yes, a card!", marked(TEXT, "a card", copy=1))
    assert found.state is State.AMBIGUOUS
    assert len(found.candidates) == 3
    assert found.reason == "3 places have its words, none its context"


def test_a_text_it_was_made_on_gives_the_context_that_the_record_lacks() -> None:
    whole = marked(TEXT, "North Korea is not a card", copy=1)
    bare = replace(whole, quote=Quote(exact=whole.quote.exact))
    later = "New.\n" + TEXT
    assert placed(later, bare).state is State.AMBIGUOUS
    found = placed(later, bare, old=TEXT)
    assert (found.state, found.start, found.end) == (State.SAME, whole.position.start + 5, whole.position.end + 5)


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (9_000, 9_020, "its position is outside the text"),
        (-30, -10, "its position is outside the text"),
        (20, 10, "its position is outside the text"),
        (0, 20, "the text at its position is not its quote"),
        (0, 0, "the text at its position is not its quote"),
    ],
)
def test_a_position_that_does_not_hold_the_quote_is_said_and_the_words_decide(
    start: int, end: int, reason: str
) -> None:
    one = marked(TEXT, "The envoy\u00a0left early")
    wrong = replace(one, position=replace(one.position, start=start, end=end))
    found = placed(TEXT, wrong)
    assert (found.state, found.start, found.end) == (State.SAME, one.position.start, one.position.end)
    assert (found.reason, found.method) == (reason, Method.WORDS)


def test_a_position_is_not_counted_from_the_end() -> None:
    one = annotation(Quote(exact="down"), Position(start=-6, end=-2, text=fingerprint(TEXT)))
    assert TEXT[-6:-2] == "down"
    assert placed(TEXT, one).reason.startswith("its position is outside the text")


def test_a_position_whose_quote_is_nowhere_is_said_too() -> None:
    wrong = annotation(Quote(exact="never written"), Position(start=0, end=13, text=fingerprint(TEXT)))
    found = placed(TEXT, wrong)
    assert found.state is State.ORPHAN
    assert found.reason == "the text at its position is not its quote; its words are not in the text"


@pytest.mark.parametrize("exact", ["", " ", "\u200b"])
def test_a_quote_without_words_is_an_orphan(exact: str) -> None:
    found = placed(TEXT, annotation(Quote(exact=exact), Position(start=0, end=0, text="0" * 16)))
    assert (found.state, found.reason) == (State.ORPHAN, "its quote has no words")


def test_order_is_kept() -> None:
    ones = [marked(TEXT, words) for words in ("wrote", "ruler", "scholar")]
    assert [one.annotation for one in place(TEXT, ones)] == ones
    assert place(TEXT, []) == ()


def test_an_unchanged_text_is_not_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    one = marked(TEXT, "ruler")
    monkeypatch.delattr(anchor, "_folded")
    assert placed(TEXT, one).state is State.SAME
