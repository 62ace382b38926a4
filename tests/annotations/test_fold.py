"""Matching and search folds, and their maps."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.fold import Folded, find_all, fold, fold_str, search_fold, search_fold_str
from annotations.text import decode

# Letters, blanks and everything that foldings treat in a way of its own, so that they meet often.
tricky = st.text(
    st.sampled_from(
        "ab Kß\n\t\u00a0\u3000\u2028\x85"
        "\u00ad\u200b\u200c\u200d\ufeff\u2060\ufe0f\u034f"
        "é\u0301\u0327\u0323\u0345\u0308\u0338\u3099\u309a\uff9e\uff76がカ"
        "“”‘’´¨…ﬁ½㎏ﷺİıΐᾳΣς—–\u2011‑−"
        "\u1100\u1161\u11a8가\u3164\uffa1\uffc2"
        "क\u093c\u093f\u094dक़\u0b47\u0b3e🙂👩\u200d"
    )
)
texts = tricky | st.text() | st.text(st.sampled_from("ab “\u00a0\n"))
both = pytest.mark.parametrize(("mapped", "plain"), [(fold, fold_str), (search_fold, search_fold_str)])
Mapped = Callable[[str], Folded]
Plain = Callable[[str], str]


def spans(folded: Folded) -> list[tuple[int, int]]:
    return [folded.span(at, at + 1) for at in range(len(folded.text))]


def every_character() -> Iterator[str]:
    return (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)


def folds(character: str) -> bool:
    """Whether some rule may touch it: nearly all other characters are ideographs, syllables or not assigned."""
    if "\uac00" <= character <= "\ud7a3":
        return False
    changed = unicodedata.normalize("NFKD", character).casefold() != character
    return changed or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf", "Zs", "Zl", "Zp", "Pd", "Pi", "Pf"}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“Trump’s” ‘card’", "\"Trump's\" 'card'"),
        ("a\u2010b\u2011c\u2012d–e—f―g−h", "a-b-c-d-e-f-g-h"),
        ("during\u00a0the\n\n    trade  talks", "during the trade talks"),
        ("sanc\u00adtions\u200b", "sanctions"),
        ("\ufeffa \u200b b\u2060", "a b"),
        ("ﬁve ½ x² Ⅳ …", "five 1⁄2 x2 IV ..."),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("Kim JONG-un É", "Kim JONG-un É"),
        ("ＡＢ＂ｶﾞ", 'AB"ガ'),
        ("", ""),
    ],
)
def test_the_matching_fold(text: str, folded: str) -> None:
    assert fold_str(text) == fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("É E\u0301 é Ё й", "e e e е и"),
        ("Łódź Ærø Straße", "lodz aero strasse"),
        ("İstanbul Işık", "istanbul isik"),
        ("ΣΊΣΥΦΟΣ ᾳ", "σισυφοσ α"),
        ("が ガ", "が ガ"),  # voicing makes another letter
        ("कि की क़", "कि की क़"),  # so do vowel signs and the nukta
        ("한글", "한글"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_the_search_fold(text: str, folded: str) -> None:
    assert search_fold_str(text) == search_fold(text).text == unicodedata.normalize("NFC", folded)


@both
@given(text=texts)
@example(text="a\u00a8 b")
@example(text=" \u0301 \u0301")
@example(text="\u200b\u0301a")
@example(text="\u3164")
def test_the_map_changes_nothing_and_folding_twice_is_folding_once(mapped: Mapped, plain: Plain, text: str) -> None:
    folded = mapped(text)
    assert folded.text == plain(text)
    assert plain(folded.text) == folded.text


@both
def test_what_any_character_folds_to_stays(mapped: Mapped, plain: Plain) -> None:
    every = "|".join(filter(folds, every_character()))
    once = plain(every)
    assert plain(once) == once == mapped(every).text
    assert "  " not in once
    assert once.count("|") >= every.count("|")


def test_what_composes_with_the_character_before_it_is_folded_with_it() -> None:
    for character in every_character():
        parts = unicodedata.decomposition(character)
        if not parts or parts.startswith("<") or " " not in parts:
            continue
        first, second = (chr(int(one, 16)) for one in parts.split())
        assert len(set(spans(fold(first + second)))) == 1, f"U+{ord(character):04X}"


@both
@given(text=texts)
def test_the_map_is_in_order_and_leaves_nothing_out(mapped: Mapped, plain: Plain, text: str) -> None:
    known = spans(mapped(text))
    assert all(0 <= start < end <= len(text) for start, end in known)
    for (start, end), (start_after, end_after) in pairwise(known):
        assert (start, end) == (start_after, end_after) or end <= start_after
    covered = {at for start, end in known for at in range(start, end)}
    assert all(not plain(text[at]) for at in range(len(text)) if at not in covered)


@both
@given(text=texts)
def test_a_span_holds_what_folds_to_its_part(mapped: Mapped, plain: Plain, text: str) -> None:
    folded = mapped(text)
    for at, (start, end) in enumerate(spans(folded)):
        assert folded.text[at] in plain(text[start:end])


@both
@given(data=st.data(), text=texts)
def test_a_span_never_leaves_a_mark_behind(mapped: Mapped, plain: Plain, data: st.DataObject, text: str) -> None:
    folded = mapped(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.span(start, end)
    assert last == len(text) or not unicodedata.combining(text[last])
    assert not unicodedata.combining(text[first]) or first == 0 or not plain(text[:first]).strip()


@both
@given(parts=st.lists(texts, max_size=4))
def test_folding_a_whole_is_folding_its_parts(mapped: Mapped, plain: Plain, parts: list[str]) -> None:
    whole = mapped("|".join(parts)).text
    assert re.sub(" +", " ", "|".join(map(plain, parts))) == whole or any(
        unicodedata.category(unicodedata.normalize("NFKD", one)[0]).startswith("M") for one in parts if one
    )


@both
@given(left=tricky, quote=texts, right=tricky)
def test_a_quote_is_found_where_it_was_put(mapped: Mapped, plain: Plain, left: str, quote: str, right: str) -> None:
    text = f"{left}|{quote}|{right}"
    start = len(left) + 1
    needle = plain(f"|{quote}|")
    assert any(first <= start - 1 and start + len(quote) < last for first, last in find_all(mapped(text), needle))


@given(st.text(st.sampled_from("ab")), st.text(st.sampled_from("ab"), min_size=1, max_size=3))
def test_overlapping_places_are_all_found(text: str, needle: str) -> None:
    found = list(find_all(fold(text), needle))
    assert found == [(at, at + len(needle)) for at in range(len(text)) if text.startswith(needle, at)]


@pytest.mark.parametrize(
    ("text", "needle", "passage"),
    [
        ("on\u00a0Pyong\u00adyang\u00ad, he", "on Pyongyang", "on\u00a0Pyong\u00adyang"),
        ("he said “no” twice", '"no"', "“no”"),
        ("so \u200bwhat\u200b now", "what", "what"),
        ("a\n\n    b", "a b", "a\n\n    b"),
        ("in the ofﬁce", "offi", "ofﬁ"),
        ("wait… what", ".", "…"),
        ("cafe\u0301s", "café", "cafe\u0301"),
        ("heart ❤\ufe0f here", "❤", "❤\ufe0f"),
    ],
)
def test_a_place_is_the_texts_own_words(text: str, needle: str, passage: str) -> None:
    assert [text[start:end] for start, end in find_all(fold(text), needle)] == [passage]


def test_an_accent_in_the_text_goes_with_its_letter() -> None:
    text = "the cafe\u0301 and q\u0303s"
    assert [text[slice(*span)] for span in find_all(search_fold(text), "cafe")] == ["cafe\u0301"]
    assert [text[slice(*span)] for span in find_all(search_fold(text), "q")] == ["q\u0303"]


def test_nothing_is_found_of_nothing() -> None:
    assert not list(find_all(fold("text"), ""))


def test_a_phrase_is_found_through_a_no_break_space(seeds: Path) -> None:
    found = []
    for path in sorted(seeds.glob("*.txt")):
        text = decode(path.read_bytes())
        found += [text[slice(*span)] for span in find_all(search_fold(text), "economic sanctions on pyongyang")]
    assert found == ["economic sanctions on\u00a0Pyongyang"]


@pytest.mark.parametrize(
    "unit", ["Plain words, nothing else. ", "“It’s”\u00a0so.\n\n    ", "é\u0301 ", " \u200b", "\n"]
)
def test_the_map_of_a_long_text_is_in_its_pieces(unit: str, scale: int) -> None:
    text = unit * (2000 * scale)
    assert fold(text).text == fold_str(text)
    assert search_fold(text).text == search_fold_str(text)


def test_plain_prose_takes_one_piece() -> None:
    assert len(fold("Plain words, nothing else. " * 1000).at) == 1


def test_a_match_inside_of_a_character_is_the_character() -> None:
    half = fold("1½ 2")
    assert list(find_all(half, "2")) == [(1, 2), (3, 4)]
    assert list(find_all(fold("…."), ".")) == [(0, 1), (1, 2)]
