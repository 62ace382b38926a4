"""The language on one screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.grammar import FIELDS
from index.language import LANGUAGE, language_page
from index.nodes import Or
from index.query import parse

PAGE = Path(__file__).parents[2] / "docs" / "search.md"


@pytest.mark.parametrize("example", [example for row in LANGUAGE for example in row.examples])
def test_an_example_is_a_query(example: str) -> None:
    assert parse(example) != Or()
    for end in range(len(example)):
        parse(example[:end], typing=True)


def test_it_fits_one_screen() -> None:
    assert len(LANGUAGE) <= 22
    assert all(len(row.finds) <= 72 for row in LANGUAGE)


def test_it_names_every_field_but_those_that_others_stand_for() -> None:
    shown = " ".join(example for row in LANGUAGE for example in row.examples)
    assert {field for field in FIELDS if f"{field}:" not in shown} == {"result", "year"}


def test_the_page_has_its_table() -> None:
    assert language_page() in PAGE.read_text("utf-8"), "docs/search.md is older than index/language.py"
