"""Where the words of a query stand in a text, and which of the places is shown."""

from __future__ import annotations

from itertools import pairwise, takewhile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import index.places
from annotations.fold import search_fold
from index.article import Label
from index.nodes import leaves
from index.places import Place, places
from index.query import parse
from index.snippet import find
from index.words import differs, level_fold, stem, word_spans, words

ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from(" \n\u00a0\u00ad’'-…ſﬁéeaＡ北かが\u3099\u0301하ßİıไทยहिंदी")), max_size=80
)
FEW_WORDS = st.lists(
    st.sampled_from(["the", "port", "ports", "Porté", "the\u00ad", "a", "北京", "ﬁne", "fine", "«a»", "…", "12", "3½"]),
    min_size=1,
    max_size=30,
).flatmap(lambda some: st.sampled_from([" ", "\n\n", "\u00a0", "-"]).map(lambda between: between.join(some)))


def found(text: str, query: str) -> list[str]:
    return [text[place.start : place.end] for place in all_places(text, query)]


def all_places(text: str, query: str) -> list[Place]:
    return places(text, [(0, len(text), "body")], leaves(parse(query)), frozenset(), 1000)


@given(st.one_of(ANY_TEXT, FEW_WORDS))
@example("か\u3099")
@example("\u1112\u1161")
@settings(max_examples=100)
def test_a_level_fold_has_the_same_words_in_their_places(text: str) -> None:
    level = level_fold(text)
    if level is None:
        return
    assert len(level) == len(text)
    spans, folded = word_spans(level), search_fold(text).text
    assert [level[slice(*span)] for span in spans] == [folded[slice(*span)] for span in word_spans(folded)]
    assert all(words(text[slice(*span)]) == [level[slice(*span)][:64]] for span in spans)


def expected(text: str, wanted: list[str], *, prefix: bool, by_stem: bool) -> set[tuple[int, int]]:
    """The same by the definition: fold it all, look at every run of so many words."""
    folded = search_fold(text)
    spans = word_spans(folded.text)
    there = [folded.text[start:end] for start, end in spans]

    def matches(at: int) -> bool:
        *first, last = there[at : at + len(wanted)]
        same = stem(last) == stem(wanted[-1]) if by_stem else last == wanted[-1]
        return first == wanted[:-1] and (same or (prefix and last.startswith(wanted[-1])))

    runs = range(len(there) - len(wanted) + 1)
    return {folded.span(spans[at][0], spans[at + len(wanted) - 1][1]) for at in runs if matches(at)}


@given(text=st.one_of(FEW_WORDS, ANY_TEXT), data=st.data(), small=st.booleans())
@settings(max_examples=100)
def test_all_places_are_found_and_no_others(text: str, data: st.DataObject, small: bool) -> None:
    own = words(text)
    if not own:
        return
    first = data.draw(st.integers(0, len(own) - 1))
    wanted = own[first : first + data.draw(st.integers(1, 3))]
    kind = data.draw(st.sampled_from(["phrase", "prefix", "word"]))
    wanted = wanted[:1] if kind == "word" else wanted
    query = {"phrase": '"{}"', "prefix": '"{}"*', "word": "{}"}[kind].format(" ".join(wanted))
    with pytest.MonkeyPatch.context() as patch:
        if small:
            patch.setattr(index.places, "_PIECE", 8)
        spans = {(place.start, place.end) for place in all_places(text, query)}
    assert spans == expected(text, wanted, prefix=kind == "prefix", by_stem=kind == "word")


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("sanctions", ["Sanctions", "sanctioned"]),
        ('"sanctions"', ["Sanctions"]),
        ("sancton~", []),
        ("santcions~", ["Sanctions"]),
        ("sancton~2", ["Sanctions"]),
        ("danctions~", []),
        ("cafe", ["Café"]),
        ('"port the cafe"', ["port. The Café"]),
        ("port NEAR cafe", ["port", "Café"]),
        ("sanctions NEAR/2 port", ["Sanctions", "port"]),
        ("sanctions NEAR/1 port", []),
        ('"the cafe" NEAR/0 port', ["port", "The Café"]),
        ("cafe NEAR/0 sanctioned", []),
        ("body:port", ["port"]),
        ("title:port", []),
        ("-port", []),
    ],
)
def test_what_is_marked(query: str, marked: list[str]) -> None:
    assert found("Sanctions at the port. The Café is not sanctioned.", query) == marked


def test_words_near_each_other_are_marked_where_they_are() -> None:
    text = "trade " + "x " * 30 + "talks on trade " + "x " * 30 + "talks"
    spans = [(place.start, place.end) for place in all_places(text, "trade NEAR talks")]
    assert spans == [(text.index("talks"), text.index("talks") + 5), (text.rindex("trade"), text.rindex("trade") + 5)]
    assert found(text, "trade NEAR/31 talks") == ["trade", "talks", "trade", "talks"]
    assert found(text, "trade NEAR talks x")[:1] == ["x"]


def test_page_furniture_is_left_out_when_it_is_not_wanted() -> None:
    text = "port one\n\nport two\n\nport three"
    regions = [(0, 8, "body"), (10, 18, "related"), (20, 30, "body")]
    wanted = leaves(parse("port"))
    without = frozenset({"related"})
    assert [place.start for place in places(text, regions, wanted, without, 9)] == [0, 20]
    assert places(text, regions, leaves(parse('"one port"')), without, 9) == []
    assert [place.label for place in places(text, regions, leaves(parse("in:related port")), frozenset(), 9)] == [
        "related"
    ]
    match = find(text, regions, leaves(parse("in:related port")), without=without)
    assert match is None


def test_of_very_many_places_some_are_looked_at() -> None:
    text = "port " * 10_000
    assert len(places(text, [(0, len(text), "body")], leaves(parse("port")), frozenset(), 50)) == 50
    match = find(text, [(0, len(text), "body")], leaves(parse("port")))
    assert match is not None
    assert match.places == 50


def test_the_place_shown_has_most_of_the_words_outside_of_furniture() -> None:
    text = "trade talks links\n\n" + "word " * 80 + "\n\nThe trade talks in Seoul\n\n" + "word " * 80 + "talks"
    second = text.index("The trade")
    regions = [(0, 17, "related"), (19, second, "body"), (second, len(text), "body")]

    def shown(query: str) -> int:
        match = find(text, regions, leaves(parse(query)))
        assert match is not None
        return match.start

    assert shown("trade talks") == text.index("trade", second)
    assert shown("links talks") == text.index("talks")
    assert shown("talks Seoul") == text.index("talks", second)
    assert shown('Seoul OR "trade talks"') == text.index("trade", second)


@given(some=st.lists(st.sampled_from(["trade", "talks", "seoul", "port " * 9]), max_size=9), in_furniture=st.booleans())
@example(some=["trade", "port " * 9, "trade", "port " * 9, "port " * 9, "seoul"], in_furniture=False)
def test_no_other_place_shows_more_of_the_words(some: list[str], in_furniture: bool) -> None:
    text = " ".join(some)
    edge = len(text) // 2
    regions = [(0, edge, "related" if in_furniture else "body"), (edge, len(text), "body")]
    wanted = leaves(parse('seoul OR trade OR "trade talks"'))
    there = places(text, regions, wanted, frozenset(), 50)

    def shown(at: int) -> list[Place]:
        reach = there[at].start + 133
        return [there[at], *takewhile(lambda one: one.end <= reach, there[at + 1 :])]

    def worth(near: list[Place]) -> tuple[int, bool]:
        return sum({one.which: one.length for one in near}.values()), near[0].label == "body"

    match = find(text, regions, wanted)
    if match is None:
        assert there == []
    else:
        best = max(map(shown, range(len(there))), key=worth)
        longest = max(best, key=lambda one: one.length)
        assert (match.start, match.end) == (longest.start, longest.end)


def test_a_phrase_runs_from_one_piece_into_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.places, "_PIECE", 10)
    text = "one two three four five six seven eight nine ten " * 3
    assert found(text, '"nine ten one two three"') == ["nine ten one two three"] * 2


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_how_far_words_differ(word: str, other: str) -> None:
    def away(one: str) -> set[str]:
        cuts = range(len(one) + 1)
        near = {one[:at] + letter + one[at:] for at in cuts for letter in "abc"}
        near |= {one[:at] + one[at + 1 :] for at in cuts}
        near |= {one[:at] + letter + one[at + 1 :] for at in cuts[:-1] for letter in "abc"}
        return near | {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at, _ in pairwise(cuts[:-1])} | {one}

    assert differs(word, other, 0) is (word != other)
    assert differs(word, other, 1) is (other not in away(word))
    assert differs(word, other, 2) is differs(other, word, 2)
    if not differs(word, other, 1):
        assert not differs(word, other, 2)


@pytest.mark.parametrize(
    ("query", "words"),
    [("the", "The"), ("nowhere", ""), ('"of the port"', "of the port"), ("prot~", "port"), ("the NEAR port", "The")],
)
def test_a_very_long_article_has_them_too(query: str, words: str) -> None:
    text = ("The café of the port’s “trade” — and\u00a0more of it. " * 40 + "\n\n") * 2500
    regions = [(at, at + 2000, Label.BODY.value) for at in range(0, len(text) - 2000, 2002)]
    match = find(text, regions, leaves(parse(query)))
    assert (words in {text[start:end] for start, end in match.near}) if match else not words
