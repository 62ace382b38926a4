from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from index.article import Block, Label
from reader.display import active
from reader.layout import Buckets, Layout, Mark, Span, folds
from reader.layout.cells import clusters, is_plain
from reader.layout.tabs import wrap_with_tabs
from reader.layout.wrap import _plain_rows, wrap

FAMILY = "👩\u200d👩\u200d👧"
HARD = [
    "中", "。", "「", "가", FAMILY, "👍🏽", "❤\ufe0f", "🇯🇵", "🇯", "e\u0301", "\u0301", "\u200d", "\u200b", "\u200c",
    "\ufe0f", "\xa0", "\xad", "\t", "\x0c", "\x1b", "\u2028", "\x85", "\u202e", "\ufeff", "\ud800", "\x00", "क्षि",
    "می\u200cخ", "ש", " ", "  ", "\n", "a", "word ", "“", "long-unbroken-word",
]  # fmt: skip
texts = st.lists(st.sampled_from(HARD) | st.text(max_size=3), max_size=40).map("".join)
plain_texts = st.text(alphabet="ab \n\xa0—é", max_size=120)
widths = st.integers(2, 30)


def edges(text: str) -> list[int]:
    """Every grapheme edge, found line by line and not through a layout."""
    return [cluster.start for cluster in clusters(text, 0, len(text))] + [len(text)]


@given(texts, widths)
def test_offset_to_cell_and_back_is_the_identity_at_every_grapheme_edge(text: str, width: int) -> None:
    layout = Layout(text, width=width)
    for offset in edges(text):
        assert layout.offset_at(layout.row_of(offset), layout.cell_of(offset)) == offset


@given(texts, widths)
def test_rows_lose_nothing_and_break_only_at_grapheme_edges(text: str, width: int) -> None:
    layout = Layout(text, width=width)
    layout.finish()
    spans = [layout.row_span(row) for row in range(len(layout))]
    assert "".join(text[start:end] for start, end in spans) == text
    assert {start for start, _ in spans} <= set(edges(text))
    assert [a for a, b in pairwise(spans) if a >= b] == []


@given(texts, widths)
def test_rows_fit_the_width_but_for_hanging_blanks_and_a_grapheme_wider_than_it(text: str, width: int) -> None:
    layout = Layout(text, width=width)
    layout.finish()
    for number in range(len(layout)):
        row = layout.row(number)
        end = row.start + len(text[row.start : row.limit].rstrip(" \t"))
        drawn = row.draw(row.start, end)
        assert cell_len(drawn) <= width or len([edge for edge in row.edges if edge < end]) == 1


@given(texts)
def test_what_is_drawn_is_safe_and_as_wide_as_rich_says(text: str) -> None:
    for cluster in clusters(text, 0, len(text)):
        assert cluster.cells > 0
        assert cell_len(cluster.drawn) == cluster.cells
    drawn = "".join(cluster.drawn for cluster in clusters(text, 0, len(text)))
    assert not list(active(drawn))
    assert cell_len(drawn) == sum(cluster.cells for cluster in clusters(text, 0, len(text)))


@given(texts, widths)
def test_a_row_has_the_graphemes_its_line_has(text: str, width: int) -> None:
    layout = Layout(text, width=width)
    layout.finish()
    assert [edge for row in range(len(layout)) for edge in layout.row(row).edges[:-1]] == edges(text)[:-1]


@given(texts, widths, st.integers(1, 5))
def test_found_in_slices_or_at_once_rows_are_the_same(text: str, width: int, rows: int) -> None:
    whole, sliced = Layout(text, width=width), Layout(text, width=width)
    whole.finish()
    while sliced.advance(rows):
        pass
    assert [whole.row_span(row) for row in range(len(whole))] == [sliced.row_span(row) for row in range(len(sliced))]


@given(plain_texts, widths)
def test_the_quick_way_wraps_as_the_slow_one(text: str, width: int) -> None:
    quick = [row.start() for row in _plain_rows(width).finditer(text)]
    slow: list[int] = []
    at = 0
    for line in text.splitlines(keepends=True):
        slow += wrap_with_tabs(text, at, at + len(line), width, simple=False)
        at += len(line)
    assert quick == slow


def test_plain_means_one_cell_drawn_as_it_is() -> None:
    plain = [chr(code) for code in range(0x30000) if is_plain(chr(code), 0, 1)]
    assert len(plain) > 2000
    assert {get_character_cell_size(one) for one in plain} == {1}
    assert not list(active("".join(plain)))


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("one two  three", 7, ["one two  ", "three"]),
        ("one\xa0two three", 7, ["one\xa0two ", "three"]),
        ("to one\xa0two", 8, ["to ", "one\xa0two"]),
        ("abcdefghij kl", 4, ["abcd", "efgh", "ij ", "kl"]),
        ("    indented text", 12, ["    indented ", "text"]),
        ("a\tb cd", 9, ["a\tb ", "cd"]),
        ("\tbb", 9, ["\t", "bb"]),
        ("中文字句", 5, ["中文", "字句"]),
        ("他说：「好。」", 8, ["他说：", "「好。」"]),
        ("GDP増加", 5, ["GDP増", "加"]),
        (f"ab{FAMILY}cd", 3, ["ab", f"{FAMILY}c", "d"]),
        ("x\n\ny\n", 5, ["x\n", "\n", "y\n", ""]),
        ("", 5, [""]),
    ],
)
def test_where_rows_break(text: str, width: int, rows: list[str]) -> None:
    layout = Layout(text, width=width)
    layout.finish()
    assert [text[slice(*layout.row_span(row))] for row in range(len(layout))] == rows


def test_tabs_go_to_the_next_stop_and_marks_take_their_room() -> None:
    layout = Layout("ab\tc\u200bd", width=40)
    row = layout.row(0)
    assert row.draw(0, 6) == "ab      c⟨U+200B⟩d"
    assert [row.cell_of(offset) for offset in range(7)] == [0, 1, 2, 8, 9, 17, 18]
    assert row.grapheme_at(5) == (2, 3)
    assert row.grapheme_at(12) == (4, 5)
    assert row.grapheme_at(99) == (6, 6)


def test_a_flag_and_a_family_are_one_grapheme_each() -> None:
    text = f"🇯🇵🇰🇷{FAMILY}e\u0301"
    assert [(one.end - one.start, one.cells) for one in clusters(text, 0, len(text))] == [
        (2, 2),
        (2, 2),
        (5, 2),
        (2, 1),
    ]


def test_a_long_text_is_laid_out_only_as_far_as_asked() -> None:
    text = "A sentence of some words. " * 100_000
    layout = Layout(text, width=70)
    assert not layout.complete
    assert layout.row_of(5000) > 60
    assert len(layout) < 3000


ARTICLE = "12:00 GMT\nListen Live\n\nBody one.\n\n\nREAD MORE: this\n\nREAD MORE: that\n\n\nBody two.\n\nTags\n"


def blocks(text: str) -> tuple[Block, ...]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            label = Label.BODY if line.startswith("Body") else Label.UI
            found.append(Block(at, at + len(line.rstrip()), label))
        at += len(line)
    return tuple(found)


def test_a_run_of_furniture_is_one_row_with_one_blank_row_on_either_side() -> None:
    layout = Layout(ARTICLE, blocks(ARTICLE), 60)
    layout.finish()
    rows = [layout.row(row) for row in range(len(layout))]
    assert [row.draw(row.start, row.end).rstrip() for row in rows] == [
        "⋯ 2 lines of page furniture (z shows them)",
        "",
        "Body one.",
        "",
        "⋯ 2 lines of page furniture (z shows them)",
        "",
        "Body two.",
        "",
        "⋯ 1 line of page furniture (z shows it)",
        "",
    ]


def test_a_fold_says_what_there_is_room_for() -> None:
    fold = folds(ARTICLE, blocks(ARTICLE))[0]
    assert [fold.notice(width) for width in (60, 30, 15, 5)] == [
        "⋯ 2 lines of page furniture (z shows them)", "⋯ 2 lines folded (z)", "⋯ 2 lines (z)", "⋯ 2 lines",
    ]  # fmt: skip


def test_a_fold_is_one_grapheme() -> None:
    layout = Layout(ARTICLE, blocks(ARTICLE), 40)
    inside = ARTICLE.index("this")
    fold = layout.at(inside).fold
    assert fold is not None
    assert layout.cell_of(inside) == 0
    assert layout.offset_at(layout.row_of(inside), 7) == fold.start
    assert layout.snap(inside, inside + 1) == (fold.start, fold.end)


@given(st.lists(st.sampled_from(["Body\n", "  Menu\n", "\n", " \n", "Body", "Menu"]), max_size=14).map("".join))
def test_folds_are_whole_lines_in_order_over_furniture_alone(text: str) -> None:
    labels = blocks(text)
    found = folds(text, labels)
    for fold in found:
        assert fold.start == 0 or text[fold.start - 1] == "\n"
        assert fold.end == len(text) or text[fold.end - 1] == "\n"
        assert fold.lines >= 1
        assert not [one for one in labels if one.label is Label.BODY and fold.start < one.end and one.start < fold.end]
    assert all(first.end <= second.start for first, second in pairwise(found))
    shut = [one for one in labels if one.label is Label.UI]
    assert all(any(fold.start <= one.start and one.end <= fold.end for fold in found) for one in shut)


@given(texts, widths, st.data())
def test_marks_are_found_on_the_rows_they_touch_at_any_width(text: str, width: int, data: st.DataObject) -> None:
    offsets = st.integers(0, len(text))
    marks = [
        Mark(str(index), min(pair), max(pair), "note")
        for index, pair in enumerate(data.draw(st.lists(st.tuples(offsets, offsets), max_size=6)))
        if pair[0] != pair[1]
    ]
    held = Buckets(marks)
    layout = Layout(text, width=width)
    layout.finish()
    for row in range(len(layout)):
        start, end = layout.row_span(row)
        assert set(held.over(start, end)) == {one for one in marks if one.start < end and start < one.end}


def test_buckets_let_go_of_what_is_removed() -> None:
    long, short = Span(0, 5000), Span(700, 710)
    held = Buckets([short, long])
    assert held.over(705, 706) == [long, short]
    held.remove(long)
    assert held.over(705, 706) == [short]
    assert held.over(0, 300) == []


@pytest.mark.nightly
def test_ten_megabytes_of_prose_wrap_to_the_same_rows_as_their_parts() -> None:
    part = "The quick brown fox jumps over the lazy dog — again and again.\n\n" * 1000
    assert sum(1 for _ in wrap(part * 150, 0, len(part) * 150, 40)) == 150 * sum(
        1 for _ in wrap(part, 0, len(part), 40)
    )
