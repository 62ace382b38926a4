"""What a person corrects lies over what the format says, and comes off again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.errors import NotFoundError, UsageError
from annotations.model import Record
from index.article import Article, Label
from index.corrections import CORRECTABLE, correct, line_hash, set_line, set_value
from index.formats.dates import is_iso_date
from index.formats.txt import read_txt

PAGE = """\
Harbour Trust Buys the Old Fish Market

ROME (Wire), Ida Lund - The Trust has bought the old fish market on the quay and will turn it into workshops, it said.

A Short Line

The price was not given, but two people who know the books said that it was less than the land is worth.
"""


def page() -> Article:
    return read_txt("market.txt", PAGE)


def label_at(article: Article, words: str) -> Label:
    at = article.text.index(words)
    return next(block.label for block in article.blocks if block.start <= at < block.end)


def test_nothing_corrected_changes_nothing() -> None:
    assert correct(page(), {}) == page()
    assert correct(page(), {"title": "", "lines": [], "unknown": "kept"}) == page()


def test_each_key_lies_over_what_was_found() -> None:
    corrections: Record = {}
    for key, value in [
        ("title", "Another"),
        ("published", "2018-04"),
        ("agency", "Post"),
        ("byline", "Ken"),
        ("dateline", "PARIS"),
        ("tags", "a, b ,a,"),
    ]:
        corrections = set_value(corrections, key, value)
    assert set(corrections) == set(CORRECTABLE)
    assert corrections["tags"] == ["a", "b"]
    corrected = correct(page(), corrections)
    assert (corrected.title, corrected.title_from, corrected.published) == ("Another", "manual", "2018-04")
    assert (corrected.agency, corrected.byline, corrected.dateline) == ("Post", "Ken", "PARIS")
    assert corrected.tags == ("a", "b")


@pytest.mark.parametrize("key", CORRECTABLE)
def test_an_empty_value_goes_back_to_what_was_found(key: str) -> None:
    corrections = set_value({"unknown": "kept"}, key, "2018")
    assert set_value(corrections, key, " ") == {"unknown": "kept"}


def test_what_is_given_is_not_changed() -> None:
    given_record: Record = {"title": "One"}
    set_value(given_record, "title", "Two")
    set_line(given_record, page(), 0, Label.UI)
    assert given_record == {"title": "One"}


@pytest.mark.parametrize(
    "value", ["2018", "2018-04", "2018-04-30", "2018-04-30T10:15", "2018-04-30T10:15:00+02:00", "2016-02-29"]
)
def test_dates_that_may_be_partial(value: str) -> None:
    assert set_value({}, "published", value) == {"published": value}


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2018-13", "2018-02-30", "18-04-30", "30/04/2018", "2018-4-3", "2018-04-30T25:00", "٢٠١٨", "0000"],
)
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(UsageError, match="no date"):
        set_value({}, "published", value)


def test_no_other_key_can_be_set() -> None:
    with pytest.raises(UsageError, match="can be set"):
        set_value({}, "lines", "x")


def test_values_written_by_hand_that_make_no_sense_are_left_alone() -> None:
    corrections: Record = {
        "title": ["no"],
        "published": "yesterday",
        "tags": {"a": "b"},
        "lines": ["x", {"line": "y"}, {"line": line_hash("A Short Line"), "label": "nonsense"}],
    }
    assert correct(page(), corrections) == page()


def test_a_line_gets_another_label_and_its_own_back() -> None:
    article = page()
    at = article.text.index("A Short")
    assert label_at(article, "A Short") is Label.HEADING
    corrections = set_line({"title": "T"}, article, at + 3, Label.UI)
    corrected = correct(article, corrections)
    assert label_at(corrected, "A Short") is Label.UI
    assert [one for one in corrected.blocks if one.label is not Label.UI] == [
        one for one in article.blocks if article.text[one.start] != "A" or one.label is not Label.HEADING
    ]
    again = set_line(corrections, corrected, at, Label.CAPTION)
    assert isinstance(again["lines"], list)
    assert len(again["lines"]) == 1
    assert label_at(correct(article, again), "A Short") is Label.CAPTION
    assert set_line(again, article, at, None) == {"title": "T"}


def test_a_blank_line_has_no_label() -> None:
    with pytest.raises(NotFoundError):
        set_line({}, page(), PAGE.index("\n\n") + 1, Label.UI)


def test_a_line_that_is_called_title_is_the_title() -> None:
    corrections = set_line({}, page(), PAGE.index("A Short"), Label.TITLE)
    corrected = correct(page(), set_line(corrections, page(), 0, Label.UI))
    assert (corrected.title, corrected.title_from) == ("A Short Line", "text")


def test_a_title_that_is_none_makes_place_for_the_first_sentence() -> None:
    corrected = correct(page(), set_line({}, page(), 0, Label.UI))
    assert corrected.title_from == "first-sentence"
    assert corrected.title.startswith("The Trust has bought")


def test_one_line_of_a_block_splits_it() -> None:
    text = "One line that goes on for a while here and is quite long\nand then goes on and\nends.\n\nMore.\n"
    article = read_txt("a.txt", f"{text}")
    line = text.split("\n")[1]
    corrected = correct(article, {"lines": [{"line": line_hash(f"  {line} "), "label": "ui"}]})
    assert [corrected.text[one.start : one.end] for one in corrected.blocks if one.label is Label.UI] == [line]


@given(
    st.lists(st.tuples(st.sampled_from([*PAGE.split("\n"), "x"]), st.sampled_from([*Label, "nonsense"])), max_size=4),
)
def test_blocks_cover_the_text_whatever_is_corrected(lines: list[tuple[str, str]]) -> None:
    corrected = correct(page(), {"lines": [{"line": line_hash(line), "label": str(label)} for line, label in lines]})
    at = 0
    for block in corrected.blocks:
        assert not PAGE[at : block.start].strip()
        assert at <= block.start < block.end
        at = block.end
    assert not PAGE[at:].strip()


@given(st.text())
def test_any_date_is_told_without_an_accident(value: str) -> None:
    is_iso_date(value)
