"""Markdown in notes: styled, wrapped, and nothing lost."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.noted import gist, paragraphs


def lines(note: str, width: int = 40) -> list[str]:
    return [line.plain.rstrip() for one in paragraphs(note) for line in one.wrap(width)]


def styles(note: str) -> dict[str, str]:
    found = {}
    for one in paragraphs(note):
        for start, end, style in one.content.spans:
            found[one.content.plain[start:end]] = str(style)
    return found


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Plain.\nTwo lines.", ["Plain.", "Two lines."]),
        ("a *b* **c** `d` ***e***", ["a b c d e"]),
        ("see [the log](http://x.y) or <http://a.b>", ["see the log (http://x.y) or http://a.b"]),
        ("- one\n- two\n  - three", ["• one", "• two", "  • three"]),
        ("3. one\n4. two\n\n   more", ["3. one", "4. two", "   more"]),
        ("> said\n> so", ["> said", "> so"]),
        ("```\n  code [/]\n```", ["  code [/]"]),
        ("# Head\n\ntext", ["Head", "text"]),
        ("<b>x</b> & <y", ["<b>x</b> & <y"]),
        ("[ref]: http://x", ["[ref]: http://x"]),
        ("![alt](pic.png)", ["alt (pic.png)"]),
        ("3 * 4 * 5, snake_case_name", ["3 * 4 * 5, snake_case_name"]),
        ("***", ["---"]),
        ("", []),
    ],
)
def test_a_note_is_shown_as_it_is_meant(note: str, told: list[str]) -> None:
    assert lines(note) == told


def test_what_wraps_hangs_under_its_words() -> None:
    assert lines("- one two three four", 12) == ["• one two", "  three four"]


def test_emphasis_is_styled() -> None:
    assert styles("a *b* **c** `d` [e](f)") == {
        "b": "italic", "c": "bold", "d": "$primary", "e": "underline", " (f)": "$foreground 60%",
    }  # fmt: skip


@given(st.text(alphabet="ab *_`[]()<>#-1.>\\&;!~|\n\x1b", max_size=60), st.integers(1, 20))
def test_any_note_can_be_shown(note: str, width: int) -> None:
    told = "".join(lines(note, width))
    assert "\x1b" not in told
    assert set("ab") & set(note) <= set(told)


def test_a_plain_note_imports_no_parser() -> None:
    code = (
        "import sys; from reader.noted import paragraphs; paragraphs('Plain, as most are: who? (me)'); "
        "print('markdown_it' in sys.modules); paragraphs('*so*'); print('markdown_it' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("**Ding**, two `paragraphs` *up*.\n\n- see [the log](http://x.y/z)", "Ding, two paragraphs up. - see the log"),
        ("3 * 4 * 5, snake_case_name, 2**10", "3 * 4 * 5, snake_case_name, 2**10"),
    ],
)
def test_the_gist_of_a_note_is_its_words_in_one_line(note: str, told: str) -> None:
    assert gist(note) == told
