from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from index.article import FURNITURE, Block, Label
from index.formats.markdown import read_markdown
from index.formats.txt import read_txt
from reader.layout import Layout
from reader.layout.cells import WIDE, clusters, is_cjk
from reader.layout.spread import wrap_spread
from reader.layout.tabs import wrap_with_tabs
from reader.layout.wrap import wrap_paragraph

HARD = [
    *"ab cd  e,.()[%", "中", "文", "、", "（", "」", "ｱ", "。", "𠀀", "ー", "\u1100", "\u1161", "\uac00", "\u11a8",
    "か", "\u0301", "\u200d", "👩", "👍🏽", "❤\ufe0f", "\u200b", "\x0c", "\u3099", "\ue010", "🇯", "🇵", "\xa0", "…", "“",
]  # fmt: skip
hard_words = st.lists(st.sampled_from(HARD), max_size=40).map("".join)
widths = st.integers(4, 30)
lines = st.lists(
    st.sampled_from(
        ["", "", "   ", "    Some words go on here.", "  - an item of a list with words", "> quoted", "中文字句が"]
    )
    | hard_words,
    max_size=12,
).map("\n".join)


def drawn(text: str, blocks: tuple[Block, ...], width: int, *, folded: bool = True) -> list[str]:
    layout = Layout(text, blocks, width, folded=folded)
    layout.finish()
    found = [layout.row(row) for row in range(len(layout))]
    return [(" " * row.indent + row.draw(row.start, row.end)).rstrip() for row in found]


def of_label(text: str, label: Label = Label.BODY) -> tuple[Block, ...]:
    """Each paragraph between blank lines as one block."""
    found, at = [], 0
    for part in text.split("\n\n"):
        if stripped := part.strip():
            start = at + part.index(stripped[0])
            found.append(Block(start, start + len(stripped), label))
        at += len(part) + 2
    return tuple(found)


@given(hard_words, widths, st.booleans(), st.integers(3, 40))
def test_spread_out_a_line_breaks_where_it_does_cluster_by_cluster(
    text: str, width: int, simple: bool, chunk: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.layout.spread._CHUNK", chunk)
        quick = list(wrap_spread(text, 0, len(text), (width, width), (), simple=simple))
        chosen = list(wrap_paragraph(text, 0, len(text), width, simple=simple))
    assert quick == chosen == list(wrap_with_tabs(text, 0, len(text), width, simple=simple))


accented = st.lists(st.sampled_from([*"ab  ,", "e\u0301", "o\u0308\u0301", "\u0301"]), max_size=40).map("".join)


@given(accented, widths)
def test_accented_letters_break_where_they_do_cluster_by_cluster(text: str, width: int) -> None:
    chosen = list(wrap_paragraph(text, 0, len(text), width))
    assert chosen == list(wrap_with_tabs(text, 0, len(text), width, simple=False))


def test_wide_characters_are_east_asian_and_two_cells_each() -> None:
    import re

    wide = [chr(code) for code in range(0x30000) if re.match(f"[{WIDE}]", chr(code))]
    assert len(wide) > 30_000
    assert {get_character_cell_size(one) for one in wide} == {2}
    assert all(map(is_cjk, wide))
    text = "".join(wide)
    assert [cluster.start for cluster in clusters(text, 0, len(text))] == list(range(len(text)))


@given(lines, widths, st.booleans())
def test_a_set_article_loses_nothing_and_fits(text: str, width: int, folded: bool) -> None:
    blocks = read_txt("x.txt", text).blocks
    layout = Layout(text, blocks, width, folded=folded)
    layout.finish()
    found = [layout.row(row) for row in range(len(layout))]
    assert "".join(text[row.start : row.end] for row in found) == text
    assert all(one.end == other.start for one, other in pairwise(found))
    assert len([one for one, other in pairwise(found) if one.start == other.start]) < len(blocks) + 1
    for row in found:
        assert len(row.cells) == len(row.edges) == len(row.drawn) + 1
        assert [cell_len(one) for one in row.drawn] == [b - a for a, b in pairwise(row.cells)]
        words = row.start + len(text[row.start : row.limit].rstrip(" \t"))
        assert row.fold or row.cell_of(words) <= width or len([edge for edge in row.edges if edge < words]) == 1


@given(lines, widths)
def test_all_that_is_not_blank_is_drawn_once_where_it_is_looked_for(text: str, width: int) -> None:
    blocks = read_txt("x.txt", text).blocks
    layout = Layout(text, blocks, width, folded=False)
    layout.finish()
    for cluster in clusters(text, 0, len(text)):
        if text[cluster.start] not in " \t\n":
            row = layout.at(cluster.start)
            assert row.draw(cluster.start, cluster.end) == cluster.drawn
            assert layout.offset_at(layout.row_of(cluster.start), row.cell_of(cluster.start)) == cluster.start


@given(lines, widths, st.integers(1, 5))
def test_set_in_slices_or_at_once_rows_are_the_same(text: str, width: int, rows: int) -> None:
    blocks = read_txt("x.txt", text).blocks
    whole, sliced = Layout(text, blocks, width), Layout(text, blocks, width)
    whole.finish()
    while sliced.advance(rows):
        pass
    assert [whole.row(row) for row in range(len(whole))] == [sliced.row(row) for row in range(len(sliced))]


def test_indentation_that_all_paragraphs_have_is_not_drawn() -> None:
    text = "    One is here and goes on.\n\n    Two.\n\n      Three is further in and goes on.\n"
    assert drawn(text, of_label(text), 20) == [
        "One is here and goes", "on.", "", "Two.", "", "  Three is further", "  in and goes on.", "",
    ]  # fmt: skip


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    text = "  One line that was\n  wrapped by hand, and \n  another.\n\n  Two."
    assert drawn(text, of_label(text), 24) == ["One line that was", "wrapped by hand, and", "another.", "", "Two."]
    assert drawn(text, of_label(text), 30)[0] == "One line that was wrapped by"
    layout = Layout(text, of_label(text), 40)
    row = layout.row(0)
    assert row.draw(0, row.end).rstrip() == "One line that was wrapped by hand, and"
    feed = text.index("\n")
    assert row.grapheme_at(row.cell_of(feed)) == (feed, feed + 3)


def test_lines_of_chinese_are_joined_without_a_blank() -> None:
    text = "中文字句\n続く文章"
    assert drawn(text, of_label(text), 20) == ["中文字句続く文章"]
    assert drawn(text, of_label(text), 8) == ["中文字句", "続く文章"]


@pytest.mark.parametrize(
    "text",
    [
        "Name      Score\nKim       12\n",
        "| a | b |\n| 1 | 2 |\n",
        "One line  \nand another\n",
        "One line\\\nand another\n",
    ],
)
def test_tables_and_breaks_asked_for_stay(text: str) -> None:
    shown = drawn(text, of_label(text), 60)
    assert shown == [*(line.rstrip(" ") for line in text.split("\n"))]


def test_items_of_lists_and_quotes_hang() -> None:
    text = (
        "- one item that goes on\n  and on\n- two\n\n> quoted words that\n> go on and on\n\n12. twelve is an item too\n"
    )
    assert drawn(text, read_markdown("x.md", text).blocks, 14) == [
        "- one item", "  that goes on", "  and on", "- two", "",
        "> quoted words", "  that go on", "  and on", "",
        "12. twelve is", "    an item", "    too", "",
    ]  # fmt: skip


def test_paragraphs_on_neighbouring_lines_get_air_and_blank_lines_are_one() -> None:
    long = "Words of a paragraph that is long enough to be one. " * 3
    text = f"A title here\n{long}\n{long}\n\n\n\nshort\nlines\n"
    lengths = [len("A title here"), len(long), len(long), 0, 0, 0, 5, 5]
    labels = [Label.TITLE, Label.BODY, Label.BODY, None, None, None, Label.BODY, Label.BODY]
    blocks, at = [], 0
    for length, label in zip(lengths, labels, strict=True):
        if label:
            blocks.append(Block(at, at + len(text[at : at + length].rstrip()), label))
        at += length + 1
    shown = drawn(text, tuple(blocks), 200)
    assert shown == ["A title here", "", long.rstrip(), "", long.rstrip(), "", "short", "lines", ""]


def test_air_belongs_to_nobody() -> None:
    text = "Title\nBody words."
    layout = Layout(text, (Block(0, 5, Label.TITLE), Block(6, 17, Label.BODY)), 20)
    layout.finish()
    assert [layout.row_span(row) for row in range(3)] == [(0, 6), (6, 6), (6, 17)]
    assert layout.row_of(6) == 2
    assert (layout.with_text(1), layout.with_text(1, -1), layout.with_text(0)) == (2, 0, 0)


def test_code_and_furniture_are_drawn_as_they_are() -> None:
    text = "```\n    x = 1\n\n    y = 2\n```\n"
    assert drawn(text, (Block(0, len(text) - 1, Label.CODE),), 40) == text.split("\n")
    menu = "Listen\nLive\n"
    label = next(iter(FURNITURE))
    assert drawn(menu, (Block(0, 6, label), Block(7, 11, label)), 40, folded=False) == ["Listen", "Live", ""]


def test_simple_widths_draw_the_first_character_alone() -> None:
    text = "❤\ufe0f 👍🏽 👩\u200d👩\u200d👧 🇯🇵 e\u0301 x"
    assert [one.drawn for one in clusters(text, 0, len(text), simple=True) if one.drawn != " "] == [
        "❤", "👍", "👩", "JP", "e\u0301", "x",
    ]  # fmt: skip
