"""The query language: what parses to what, and what an error says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.errors import UsageError
from index.article import Label
from index.nodes import And, In, Node, Not, Or, Text, leaves, texts
from index.query import FIELDS, MAX_BYTES, MAX_CLAUSES, MAX_DEPTH, QueryError, parse

TOKENS = 'AND OR NOT - ( ) " “ ” * : a zhao é 北京 title: in: in:(body|related) speaker: tag:x foo: 12:30 | b*'
QUERY_PIECES = st.lists(st.sampled_from([*TOKENS.split(), " ", "\u00a0", "\n", "\x00", "\ud800"]))
ANY_QUERY = st.one_of(QUERY_PIECES.map("".join), QUERY_PIECES.map(" ".join), st.text())


def word(*words: str, **more: Any) -> Text:
    return Text(words, more.pop("raw", " ".join(words)), **more)


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("Sanctions", word("sanctions", raw="Sanctions")),
        ("a b", And((word("a"), word("b")))),
        ("a AND b", And((word("a"), word("b")))),
        ("a OR b c", Or((word("a"), And((word("b"), word("c")))))),
        ("(a OR b) c", And((Or((word("a"), word("b"))), word("c")))),
        ("a -b", And((word("a"), Not(word("b"))))),
        ("NOT a", Not(word("a"))),
        ("NOT -a", Not(Not(word("a")))),
        ("-(a b)", Not(And((word("a"), word("b"))))),
        ('"on the table"', word("on", "the", "table", quoted=True)),
        ("“on the table”", word("on", "the", "table", quoted=True)),
        ("balanc*", word("balanc", prefix=True)),
        ("title:balance", word("balance", field="title")),
        ('Speaker:"Zhao Tong"', word("zhao", "tong", raw="Zhao Tong", quoted=True, field="speaker")),
        ("tag:(a OR b)", Or((word("a", field="tag"), word("b", field="tag")))),
        ("status:in-review", word("in", "review", raw="in-review", field="status")),
        ("12:30", word("12", "30", raw="12:30")),
        ("https://example.org/a", word("https", "example", "org", "a", raw="https://example.org/a")),
        ("it’s", word("it", "s", raw="it’s")),
        ("北京", word("北", "京", raw="北京")),
        ("or and not", And((word("or"), word("and"), word("not")))),
        ("China - US", And((word("china", raw="China"), word("us", raw="US")))),
        ("$$$ !", Or()),
        ("()", Or()),
        ("a ()", word("a")),
    ],
)
def test_a_query_parses_to(query: str, node: Node) -> None:
    assert parse(query) == node


def test_in_limits_the_texts_beside_it() -> None:
    related, body = frozenset({Label.RELATED}), frozenset({Label.BODY})
    assert parse("in:related a") == word("a", labels=related)
    assert parse("in:(body|related) a") == word("a", labels=related | body)
    assert parse("in:(body OR related) a") == parse("a in:body|related")
    assert parse("in:related (a OR b)") == Or((word("a", labels=related), word("b", labels=related)))
    assert parse("in:related a OR b") == Or((word("a", labels=related), word("b")))
    assert parse("-in:related a") == word("a", labels=frozenset(Label) - related)


def test_in_alone_asks_for_the_block() -> None:
    related = In(frozenset({Label.RELATED}))
    assert parse("in:related") == related
    assert parse("in:related tag:x") == And((related, word("x", field="tag")))
    assert parse("NOT in:related") == Not(related)


@pytest.mark.parametrize(
    ("query", "position", "says"),
    [
        ("", 0, "nothing to search for"),
        ("  ", 0, "nothing to search for"),
        ("a AND", 5, "ends where a word should follow"),
        ("a OR  ", 6, "ends where a word should follow"),
        ("a OR ) b", 5, "a word should stand here"),
        ("OR b", 0, "a word should stand here"),
        ("a AND OR b", 6, "a word should stand here"),
        ("x (a b", 2, "parenthesis is never closed"),
        ("a) b", 1, "closes nothing"),
        ('x "a b', 2, "quotation mark is never closed"),
        ("x foo:bar", 2, "there is no field “foo”"),
        ("x *tion", 2, "a * can only end a word"),
        ("na*ion", 2, "a * can only end a word"),
        ("title:", 0, "title: needs a value"),
        ("a title: OR b", 2, "title: needs a value"),
        ("tag:(a kind:b)", 7, "a field cannot stand inside another"),
        ("in:nowhere", 0, "no block is called “nowhere”"),
        ("in:", 0, "in: needs a block"),
        ("in:(body", 3, "parenthesis is never closed"),
    ],
)
def test_a_query_that_does_not_parse_says_where(query: str, position: int, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert isinstance(caught.value, UsageError)
    assert (caught.value.position, caught.value.query) == (position, query)
    assert says in caught.value.what
    assert f"character {position + 1}" in caught.value.what
    assert caught.value.hint


def test_an_unknown_field_lists_the_known_ones() -> None:
    with pytest.raises(QueryError) as caught:
        parse("foo:bar")
    assert all(field in caught.value.hint for field in FIELDS)


@pytest.mark.parametrize(
    "query",
    ["a " * (MAX_CLAUSES + 1), "(" * (MAX_DEPTH + 1) + "a", "NOT " * (MAX_DEPTH + 1) + "a", "(" * 4000, "a" * 5000],
)
def test_a_query_too_much_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match=r"more than|longer than"):
        parse(query)


def test_a_query_at_the_limits_is_fine() -> None:
    assert len(leaves(parse("a " * MAX_CLAUSES))) == MAX_CLAUSES
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH) == word("a")
    assert leaves(parse("a" * MAX_BYTES))


@pytest.mark.parametrize(
    ("query", "node"),
    [
        ("", Or()),
        ("sanct", word("sanct", typing=True)),
        ("sanctions ", word("sanctions")),
        ("a sanct", And((word("a"), word("sanct", typing=True)))),
        ('"economic sanc', word("economic", "sanc", quoted=True, typing=True)),
        ('"economic sanctions"', word("economic", "sanctions", quoted=True)),
        ("(a b", And((word("a"), word("b", typing=True)))),
        ("a OR", word("a")),
        ("a AND ", word("a")),
        ("a NOT", word("a")),
        ("a -", word("a")),
        ("a (", word("a")),
        ("speaker:", Or()),
        ("speaker:Zh", word("zh", raw="Zh", field="speaker", typing=True)),
        ("in:rel", Or()),
        ("a in:", word("a")),
    ],
)
def test_while_typing_the_end_is_open(query: str, node: Node) -> None:
    assert parse(query, typing=True) == node


@given(ANY_QUERY, st.booleans())
def test_any_string_parses_or_says_where_it_does_not(query: str, typing: bool) -> None:
    node: Node | QueryError
    try:
        node = parse(query, typing=typing)
    except QueryError as error:
        node = error
    if isinstance(node, QueryError):
        assert 0 <= node.position <= len(query)
    else:
        assert all(text.words for text in texts(node))
        assert set(leaves(node)) <= set(texts(node))
