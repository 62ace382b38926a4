"""A phrase that is somebody's name, under their other names."""

from __future__ import annotations

import pytest

from annotations.codebook import Person
from index.aliases import asks_for_people, names_of, with_aliases
from index.article import Label
from index.nodes import Or, leaves, texts
from index.query import parse

NAMES = names_of(
    [
        Person(name="Kim Jong Un", aliases=("Chairman Kim", "Kim Jong-un", "김정은")),
        Person(name="Zhao Tong"),
        Person(name="Chairman Kim", aliases=("Mr. Kim",)),
    ]
)


def found(query: str) -> set[str]:
    return {" ".join(text.words) for text in texts(with_aliases(parse(query), NAMES))}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ('"Kim Jong-un"', {"kim jong un", "chairman kim", "김 정 은"}),
        ('"KIM JONG UN"', {"kim jong un", "chairman kim", "김 정 은"}),
        ('"mr kim"', {"mr kim", "chairman kim"}),
        ('"Chairman Kim"', {"kim jong un", "chairman kim", "김 정 은", "mr kim"}),
        ('"Zhao Tong"', {"zhao tong"}),
        ('-"Mr Kim" x', {"mr kim", "chairman kim", "x"}),
        ('"Mr Kim" NEAR x', {"mr kim", "x"}),
        ('"Mr Kim said"', {"mr kim said"}),
        ('title:"Mr Kim"', {"mr kim"}),
        ("Mr-Kim", {"mr kim"}),
        ('"Mr Kim"*', {"mr kim"}),
    ],
)
def test_a_name_finds_all_names_of_whoever_bears_it(query: str, names: set[str]) -> None:
    assert found(query) == names


def test_it_stands_in_the_same_blocks_and_is_shown() -> None:
    node = with_aliases(parse('in:related "Mr Kim"'), NAMES)
    assert isinstance(node, Or)
    (labels,) = {text.labels for text in texts(node)}
    assert labels == frozenset({Label.RELATED})
    assert len(leaves(node)) == 2


@pytest.mark.parametrize(
    ("query", "asks"),
    [('"a b"', True), ("speaker:zhao", True), ("-speaker:zhao", True), ("a b", False), ('tag:"a b"', False)],
)
def test_nobody_is_looked_up_for_nothing(query: str, asks: bool) -> None:
    assert asks_for_people(parse(query)) is asks
