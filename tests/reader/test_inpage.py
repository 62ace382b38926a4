"""Finding in one article, without a screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.fold import find_all, search_fold, search_fold_str
from index.article import Block, Label
from reader.inpage import Found, Page, folded_page

TEXT = "  The Café’s “economic\n    sanctions” on\u00a0Pyongyang.\n\nREAD MORE: Sanctions Again\n\nSanctions… ended."
_LETTERS = st.text(alphabet=" \n\t\u00a0\u200b\u00ad\u0301abéEß…ﬁ'’\"“-—한\u11a8", max_size=60)


def page(text: str = TEXT, *, piece: int = 1 << 18) -> Page:
    at = text.find("READ MORE")
    blocks = (Block(at, text.index("\n", at), Label.RELATED),) if at >= 0 else ()
    made = folded_page(text, blocks, piece=piece)
    assert made is not None
    return made


def words(found: Found) -> list[str]:
    return [found.page.text[slice(*found.span(at))] for at in range(len(found))]


def test_case_accents_quotes_and_blanks_make_no_difference() -> None:
    assert words(page().find('cafe\'s "economic sanctions" on pyongyang')) == [
        "Café’s “economic\n    sanctions” on\u00a0Pyongyang"
    ]


def test_all_places_are_found_in_order_and_counted() -> None:
    found = page().find("sanctions")
    assert words(found) == ["sanctions", "Sanctions", "Sanctions"]
    assert [found.span(at)[0] for at in range(3)] == sorted(found.span(at)[0] for at in range(3))


def test_blanks_alone_and_nothing_stand_nowhere() -> None:
    assert len(page().find("")) == len(page().find(" \n")) == len(page().find("\u00ad")) == 0


def test_one_sign_that_reads_as_several_is_one_place() -> None:
    assert words(page().find(".")) == [".", "…", "."]


def test_the_next_place_from_a_place_and_from_between_two_round_and_round() -> None:
    found = page().find("sanctions")
    first, second, third = (found.span(at)[0] for at in range(3))
    assert [found.beside(first, 1), found.beside(second, 1), found.beside(third, 1)] == [1, 2, 0]
    assert [found.beside(first, -1), found.beside(first + 1, -1), found.beside(first + 1, 1)] == [2, 0, 1]
    assert found.from_(first + 1) == 1
    assert found.from_(third + 1) == 0


def test_typing_goes_to_what_is_shown_before_what_is_folded() -> None:
    found = page().find("sanctions")
    assert found.first_to_show(found.span(0)[1]) == 2
    assert page().find("read more").first_to_show(0) == 0


def test_as_many_places_as_asked_for_around_one() -> None:
    found = page("a b " * 50).find("a")
    assert found.spans(25, 4) == tuple(found.span(at) for at in range(23, 27))
    assert found.spans(49, 4) == tuple(found.span(at) for at in range(46, 50))
    assert len(found.spans(0, 100)) == 50


def test_folding_stops_when_it_is_cancelled() -> None:
    assert folded_page(TEXT, cancelled=lambda: True) is None


@given(_LETTERS, st.integers(0, 9))
def test_a_text_folds_in_pieces_as_it_does_whole(text: str, piece: int) -> None:
    assert page(text, piece=piece).folded == search_fold_str(text)


@given(_LETTERS, st.data(), st.integers(0, 9))
def test_what_is_found_is_what_folding_finds(text: str, data: st.DataObject, piece: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    typed = text[start : start + data.draw(st.integers(0, 6))]
    found = page(text, piece=piece).find(typed)
    needle = search_fold_str(typed)
    expected = set(find_all(search_fold(text), needle)) if needle.strip() else set()
    spans = [found.span(at) for at in range(len(found))]
    assert set(spans) <= expected
    assert len(set(spans)) == len(spans)
    assert bool(spans) == bool(expected)
