"""Names and author ids."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.names import fold_name, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("Kim Jong\u00a0Un", "KIM JONG–UN"),
        ("José Núñez", "Jose Nunez"),
        ("O’Brien", "O'Brien"),
        ("O’Brien", "Obrien"),
        ("J. K. Rowling", "J.K. Rowling"),
        ("  Ding   Xueliang ", "Ding Xueliang"),
        ("Łukasz", "Lukasz"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Kim Jong-un", "Kim Jong-il"), ("丁", "李"), ("कि", "की"), ("???", "!!!"), ("", "?")]
)
def test_different_names(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.text())
def test_a_folded_name_stays(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Ada", "ada"),
        ("Ada Lovelace", "ada-lovelace"),
        ("José Núñez-O’Brien", "jose-nunez-obrien"),
        ("Łukasz Größe", "lukasz-grosse"),
        ("--x__y..", "x-y"),
        ("../../etc", "etc"),
        ("李明 7", "7"),
        ("李明", ""),
        ("", ""),
    ],
)
def test_slug(name: str, author: str) -> None:
    assert slug(name) == author


@given(st.text())
def test_a_slug_is_plain(name: str) -> None:
    assert re.fullmatch("([a-z0-9]+(-[a-z0-9]+)*)?", slug(name))
    assert slug(slug(name)) == slug(name)
