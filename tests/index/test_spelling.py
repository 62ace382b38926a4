"""The words of a query that may be misspelt, and the query mended."""

from __future__ import annotations

import pytest
from hypothesis import given

from index.query import QueryError, parse
from index.spelling import mended, spelt
from index.words import words
from tests.index.test_query import ANY_QUERY


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Pyonyang", ["pyonyang"]),
        ("Pyonyang sanctons", ["pyonyang", "sanctons"]),
        ('"talks in Pyonyang"', ["talks", "pyonyang"]),
        ("sancton*", []),
        ('"trade sanctons"*', []),
        ("Pyonyang~", []),
        ("kim -Pyonyang", ["kim"]),
        ("NOT (Pyonyang OR talks) kim", ["kim"]),
        ("tag:Pyonyang kind:clam", []),
        ("speaker:(Zaho OR Dong) title:balence", ["zaho", "dong", "balence"]),
        ("Seoul NEAR Pyonyang", ["seoul", "pyonyang"]),
        ("12:30 a4b is 北京", []),
        ("in:related published:2018 cafés", ["cafes"]),
    ],
)
def test_words_that_may_be_misspelt(query: str, found: list[str]) -> None:
    assert [one.word for one in spelt(query)] == found


@given(ANY_QUERY)
def test_each_stands_where_it_says(query: str) -> None:
    try:
        parse(query)
    except QueryError:
        return
    for one in spelt(query):
        assert words(query[one.start : one.end]) == [one.word]


def test_a_mended_query_is_otherwise_as_it_was_typed() -> None:
    query = "“Talks\u00a0in  PYONYANG”  -(seoul)  OR Sanctons tag:x"
    better = {"pyonyang": "pyongyang", "sanctons": "sanctions", "seoul": "never"}
    assert mended(query, better) == "“Talks\u00a0in  PYONGYANG”  -(seoul)  OR Sanctions tag:x"
    assert mended(query, {}) == query
