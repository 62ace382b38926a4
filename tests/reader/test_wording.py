"""Two wordings of a passage: what is said of them, word by word."""

from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.wording import compared, sides

words = st.lists(st.sampled_from(["the", "dam", "holds", "not", "safe.", "20", "35"]), max_size=8).map(" ".join)


def test_what_went_and_what_came_are_told_apart_without_colour() -> None:
    was, now = "At least 20 people came, he said", "At least 35 people came, he said"
    assert compared(was, now).plain == "At least [-20-] [+35+] people came, he said"
    old, new = sides(was, now)
    assert old.plain == "At least [-20-] people came, he said"
    assert new.plain == "At least [+35+] people came, he said"


def test_changes_with_a_blank_between_them_are_one() -> None:
    assert compared("a dam holds here", "a weir leaks here").plain == "a [-dam holds-] [+weir leaks+] here"


def test_how_it_is_typed_is_no_change_of_wording() -> None:
    was, now = "He said “it’s 20 – no more”", 'He said "it\'s 35 - no more"'
    old, new = sides(was, now)
    assert (old.plain, new.plain) == ("He said “it’s [-20-] – no more”", 'He said "it\'s [+35+] - no more"')
    assert compared(was, now, folded=True).plain == 'He said "it\'s [-20-] [+35+] - no more"'


def test_how_it_is_typed_is_a_change_of_what_somebody_wrote() -> None:
    assert compared("it’s 20", "it's 20").plain == "[-it’s-] [+it's+] 20"


def test_what_stayed_is_cut_where_it_is_long() -> None:
    was = " ".join(f"w{number}" for number in range(30))
    now = was.replace("w10", "x").replace("w25", "y")
    assert compared(was, now, around=2).plain == "… w8 w9 [-w10-] [+x+] w11 w12 … w23 w24 [-w25-] [+y+] w26 w27 …"


def test_scripts_without_blanks_are_compared_sign_by_sign() -> None:
    assert compared("水坝很安全", "水坝不安全").plain == "水坝 [-很-] [+不+] 安全"


@pytest.mark.parametrize(("was", "now"), [("", ""), ("a", ""), ("", "a"), ("a\n\nb", "a b"), ("a\u00a0b", "a b")])
def test_nothing_and_blanks(was: str, now: str) -> None:
    old, new = sides(was, now)
    if was.split() == now.split():
        assert old.plain == new.plain == " ".join(was.split())
    else:
        assert {old.plain, new.plain} == {"", f"[{'-' if was else '+'}a{'-' if was else '+'}]"}


@given(words, words)
def test_each_side_holds_its_own_words_and_no_others(was: str, now: str) -> None:
    old, new = sides(was, now)
    assert old.plain.replace("[-", "").replace("-]", "") == was
    assert new.plain.replace("[+", "").replace("+]", "") == now


def test_long_passages_are_compared_in_a_moment() -> None:
    was, now = (" ".join(f"{sign}{number % 977}" for number in range(20_000)) for sign in "ab")
    begun = monotonic()
    assert compared(f"same {was} end", f"same {now} end", around=1).plain.startswith("same [-a0")
    assert monotonic() - begun < 5  # word by word it takes minutes
