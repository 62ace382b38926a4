"""The query language: what parses to what, and what an error says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.errors import UsageError
from index.article import Label
from index.facts import HAS, IS
from index.grammar import FIELDS, MAX_BYTES, MAX_CLAUSES, MAX_DEPTH, MAX_NEAR, NEAR
from index.nodes import And, Dates, In, Near, Node, Not, Or, Text, leaves, texts
from index.query import QueryError, parse

TOKENS = (
    'AND OR NOT NEAR NEAR/3 NEAR/ - ( ) " “ ” * ~ ~2 : a zhao é 北京 title: in: in:(body|related) speaker: tag:x tag:*'
    " foo: 12:30 | b* word~ published: 2018 .. 2018-04 has: is: claim https: /"
)
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
        ("a NEAR b", Near((word("a"), word("b")), NEAR)),
        ('a NEAR/5 "b c" NEAR d*', Near((word("a"), word("b", "c", quoted=True), word("d", prefix=True)), 5)),
        ("a NEAR b c OR d", Or((And((Near((word("a"), word("b")), NEAR), word("c"))), word("d")))),
        ("title:(a NEAR/0 b)", Near((word("a", field="title"), word("b", field="title")), 0)),
        ("-a NEAR b", Not(Near((word("a"), word("b")), NEAR))),
        ("-(a NEAR b)", Not(Near((word("a"), word("b")), NEAR))),
        ("a NEAR $", word("a")),
        ("near", word("near")),
        ("word~", word("word", fuzzy=1)),
        ("word~1", word("word", fuzzy=1)),
        ("Kim~2", word("kim", raw="Kim", fuzzy=2)),
        ("speaker:Zaho~", word("zaho", raw="Zaho", field="speaker", fuzzy=1)),
        ("~/news", word("news", raw="~/news")),
        ("a~b", word("a", "b", raw="a~b")),
        ('"trade sanc"*', word("trade", "sanc", quoted=True, prefix=True)),
        ("tag:*", Text((), "", "tag", prefix=True)),
        ("-tag:*", Not(Text((), "", "tag", prefix=True))),
        ("body:a", word("a", labels=frozenset(Label))),
        ("has:claim", word("claim", field="has")),
        ("is:Needs-Work", word("needs", "work", raw="Needs-Work", field="is")),
        ("has:(claim OR note)", Or((word("claim", field="has"), word("note", field="has")))),
        ("published:2018", Dates(20180101, 20181231)),
        ("year:2018", Dates(20180101, 20181231)),
        ("published:2018-02", Dates(20180201, 20180231)),
        ("published:2018-04-03", Dates(20180403, 20180403)),
        ("published:2018-04..2019", Dates(20180401, 20191231)),
        ("published:2018-04-03..", Dates(20180403, 99991231)),
        ("published:..2018", Dates(10101, 20181231)),
        ("published:unknown", Dates(0, 0)),
        ("-published:*", Not(Dates(10101, 99991231))),
        ('published:"2018"', Dates(20180101, 20181231)),
        ("published:(2018 OR 2020)", Or((Dates(20180101, 20181231), Dates(20200101, 20201231)))),
        ("[a TO z]", And((word("a", raw="[a"), word("to", raw="TO"), word("z", raw="z]")))),
        ("🙂", Or()),
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
    assert parse("in:related body:a") == word("a", labels=related)
    assert parse("in:related a NEAR b") == Near((word("a", labels=related), word("b", labels=related)), NEAR)


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
        ("x *", 2, "needs the beginning of a word"),
        ("title:*", 6, "needs the beginning of a word"),
        ('x "a b"~3', 7, "only a * can follow a phrase"),
        ("x word~3", 6, "differ by 2 letters at most"),
        ("x ab~", 4, "one word of 3 letters or more"),
        ("12:30~", 5, "one word of 3 letters or more"),
        ("tag:word~", 8, "follow a word of a text"),
        ("NEAR a", 0, "a word should stand here"),
        ("a NEAR", 6, "ends where a word should follow"),
        ("a NEAR/x b", 2, "NEAR/ takes a number"),
        (f"a NEAR/{MAX_NEAR + 1} b", 2, "NEAR/ takes a number"),
        ("a NEAR/٣ b", 2, "NEAR/ takes a number"),
        ("a NEAR/2 b NEAR/3 c", 11, "have one distance"),
        ("a NEAR -b", 7, "a word should stand here"),
        ("a NEAR (b c)", 7, "NEAR stands between words"),
        ("tag:a NEAR b", 0, "NEAR stands between words"),
        ("title:a NEAR b", 0, "stand in the same field"),
        ("has:foo", 4, "has: knows no “foo”"),
        ("is:(claim)", 4, "is: knows no “claim”"),
        ("published:", 0, "published: needs a value"),
        ("published:yesterday", 10, "“yesterday” is no date"),
        ("published:2018-13", 10, "“2018-13” is no date"),
        ("published:2018-02-30", 10, "“2018-02-30” is no date"),
        ("published:2018..x", 10, "“x” is no date"),
        ("published:2019..2018", 10, "ends before it begins"),
        ("year:..", 5, "a date should stand here"),
        ("published:2018-04-03T10:00", 10, "is no date"),
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


@pytest.mark.parametrize(("query", "listed"), [("has:foo", HAS), ("is:foo", IS)])
def test_a_value_that_there_is_not_lists_those_that_there_are(query: str, listed: tuple[str, ...]) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert all(value in caught.value.hint for value in listed)


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
        ("a NEAR", word("a")),
        ("a NEAR/", word("a")),
        ("a NEAR/2 ", word("a")),
        ("a NEAR b", Near((word("a"), word("b", typing=True)), NEAR)),
        ("a *", word("a")),
        ("ab~", word("ab", raw="ab~", typing=True)),
        ("abc~", word("abc", fuzzy=1)),
        ("https:", Or()),
        ("https:/", Or()),
        ("has:cl", word("cl", field="has", typing=True)),
        ("published:20", Or()),
        ("published:unkn", Or()),
        ("published:2018-", Dates(20180101, 20181231)),
        ("published:2018-04-3", Dates(20180401, 20180431)),
        ("published:2018..20", Dates(20180101, 99991231)),
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
        assert all(text.words or (text.field and text.prefix) for text in texts(node))
        assert {text for leaf in leaves(node) for text in texts(leaf)} <= set(texts(node))


WORD = [
    "a", "Zhao", "12:30", "北京", "it’s", "https://example.org/a?b", "sanction*", "Pyonyang~", "word~2", "ab~c",
    "NEARBY", "ORDER", "ANDES", "NOTE",
]  # fmt: skip
PHRASE = ['"on the table"', '"a"', "“Kim Jong-un”", '"trade sanc"*', '"NOT (a"', '"*"']
VALUE = [
    "title:balance", 'speaker:"Zhao Tong"', "tag:china*", "tag:*", "has:claim", "is:needs-work", "path:news/*",
    "affiliation:x", "in:related", "-in:ui", "in:(body|related)", "in:(body OR title)", "tag:(-a)",
    "published:2018-04-03", "published:2018..2019-05", "published:unknown", "year:..2018", "body:(a b)",
    "title:(a NEAR/3 b)", "kind:(claim OR note)",
]  # fmt: skip


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, st.sampled_from([" ", " AND ", " OR ", " NOT ", " -", "\u00a0"]), inner).map("".join),
        inner.map("({})".format),
        inner.map("-({})".format),
    )


NEARBY = st.tuples(st.sampled_from(WORD), st.sampled_from([" NEAR ", " NEAR/12 "]), st.sampled_from(PHRASE))
VALID = st.recursive(st.sampled_from(WORD + PHRASE + VALUE) | NEARBY.map("".join), _larger, max_leaves=5)


@given(VALID)
@settings(max_examples=100)
def test_whatever_can_be_typed_on_is_forgiven(query: str) -> None:
    parse(query)
    for end in range(len(query) + 1):
        parse(query[:end], typing=True)


HOSTILE = (
    *(
        "*",
        "a*",
        "*tion",
        "*a*e*",
        "[a TO z]",
        "(" * 5000,
        "()" * 2000,
        "a " * 20_000,
        '"',
        "speaker:",
        "👩\u200d👩",
        "~",
    ),
    *("\x00", "\ud800", "NEAR " * 500, "a NEAR " * 200, "-" * 4000, "published:" + "2" * 4000, "in:" + "|" * 4000),
)


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:12].encode("unicode_escape").decode())
@pytest.mark.parametrize("typing", [False, True])
def test_a_hostile_query_is_a_tree_or_one_clear_line(query: str, typing: bool) -> None:
    try:
        parse(query, typing=typing)
    except QueryError as error:
        line = str(error)
    else:
        line = ""
    assert "\n" not in line
    assert len(line) < 300
