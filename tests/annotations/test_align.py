"""Two texts laid beside each other, and the seeds by which passages are found in one."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotations.align import Alignment, Carried
from annotations.fold import fold
from annotations.match import chain, common, once_in_both
from annotations.seeds import Seeds

texts = st.lists(st.sampled_from(["ab", "cd", "the", "of", ".", "ship", "字", "ü"]), max_size=40).map(" ".join)


def kept(old: str, new: str) -> list[str]:
    return [old[i : i + size] for i, _, size in common(old, new, (0, len(old), 0, len(new)))]


def test_what_two_stretches_have_in_common_is_found_in_order() -> None:
    assert kept("one two three four", "one 2 three four five") == ["one", "three four"]


def test_a_word_that_agrees_by_chance_is_let_go() -> None:
    old = "when the harbour was closed nobody told the crew about the storm that had struck at night"
    new = "as a rule each of those who live on an island will fear for the season if one ferry fails"
    assert kept(old, new) == []
    assert kept("nobody told the crew", "somebody told the men") == ["told the"]


def test_where_no_word_stands_once_runs_of_words_do() -> None:
    chance = random.Random(1)  # noqa: S311 - a text, not a secret
    old = " ".join(chance.choice("abcdefgh") for _ in range(400))
    new = f"x {old[20:300]}y y {old[310:780]} x"
    assert sum(map(len, kept(old, new))) > 700


@given(texts, texts)
def test_common_runs_are_common_and_in_order(old: str, new: str) -> None:
    runs = common(old, new, (0, len(old), 0, len(new)))
    assert all(old[i : i + size] == new[j : j + size] and size for i, j, size in runs)
    assert all(i + size <= k and j + size <= m for (i, j, size), (k, m, _) in pairwise(runs))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_a_chain_is_in_both_orders_and_none_is_longer(pairs: list[tuple[int, int]]) -> None:
    pairs = [(at, second) for at, (_, second) in enumerate(pairs)]
    found = chain(pairs)
    assert found == sorted(set(found), key=lambda one: one[1])
    lengths: list[int] = []
    for at, (_, second) in enumerate(pairs):
        lengths.append(1 + max((lengths[k] for k in range(at) if pairs[k][1] < second), default=0))
    assert len(found) == max(lengths, default=0)


def test_only_what_stands_once_on_either_side_is_an_anchor() -> None:
    assert once_in_both("abcda", "xdbbc") == [(2, 4), (3, 1)]


def test_a_word_is_common_as_a_whole_or_not_at_all() -> None:
    alignment = Alignment("a card", "a cardinal")
    assert alignment.carry(2, 6) is None
    alignment = Alignment("sharks swim", "warlocks swim")
    assert alignment.carry(0, 6) is None
    assert alignment.carry(7, 11) == Carried(9, 13, 1.0)


@given(texts, texts, st.data())
def test_what_is_carried_has_its_words_in_the_new_text(old: str, new: str, data: st.DataObject) -> None:
    if old.strip():
        start = data.draw(st.integers(0, len(old) - 1))
        end = data.draw(st.integers(start + 1, len(old)))
        carried = Alignment(old, new).carry(start, end)
        if carried:
            assert 0 <= carried.start <= carried.end <= len(new)
            assert 0 <= carried.kept <= 1


@given(texts, st.data())
def test_a_text_is_carried_to_itself(text: str, data: st.DataObject) -> None:
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        carried = Alignment(text, text).carry(start, end)
        passage = text[start:end]
        if passage.strip():
            assert carried
            assert text[carried.start : carried.end] == passage.strip()


def test_what_the_new_text_has_from_the_old_is_inherited() -> None:
    alignment = Alignment("one two. three four.", "new words here. three four.")
    assert alignment.inherited(16, 26)
    assert not alignment.inherited(0, 15)


@given(st.text("ab", min_size=1, max_size=60), st.data())
def test_seeds_find_every_copy(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    phrase = text[start : data.draw(st.integers(start + 1, len(text)))]
    copies = tuple(at for at in range(len(text)) if text.startswith(phrase, at))
    assert Seeds(fold(text), [text]).find(phrase, 100) == copies
    assert Seeds(fold(text), []).find(phrase, 100) == copies
