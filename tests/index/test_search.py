"""What a search finds, and what it shows of it."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.fold import search_fold_str
from annotations.model import Claim
from index.article import Article, Block, Label
from index.documents import article_document, runs
from index.nodes import leaves, texts
from index.query import QueryError, parse
from index.search import Annotated, Results
from index.snippet import cut, find
from index.words import stem, words
from tests.index.shelf import Shelf
from tests.index.test_query import ANY_QUERY

FIRST, SECOND = "000_d01169830d053d92.txt", "002_11db5fa2e6d56f46.txt"


TEXTS = {
    "ice.md": "---\ntitle: Ice in the port\nauthor: Mia Berg\n---\n\nThe café by the port was shut.\nThen open.\n",
    "talks.txt": "Trade talks stall\n\nThe economic sanctions\u00a0on the\u2009port hurt, Zhao said. “Not a card.”\n",
    "north/cjk.txt": "东京塔\n\n北京大学的学生说：朝鲜不是一张牌。 東京タワー ソウル 서울에서 만난 사람\n",
    "odd.txt": "At 12:30 see https://example.org/a?b=1 or AT&T. Naïve COÖPERATION, ﬁne soft\u00adware.\n\n"
    "Stop the port\n\nof call.\n",
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Four small articles, some annotations."""
    shelf = Shelf(tmp_path_factory.mktemp("library") / "lib")
    for path, text in TEXTS.items():
        shelf.write(path, text)
    shelf.know("Kim Jong Un", "Chairman Kim")
    shelf.claim("talks.txt", "Not a card.", "Zhao Tong", tags=("leverage", "china-nk"), note="See the harbour piece.")
    shelf.claim("talks.txt", "economic sanctions", "Zhao Tongbo", author="ben", reply="Which ones exactly?")
    shelf.claim("ice.md", "was shut", "Kim Jong-un", tags=("china",))
    shelf.annotate("odd.txt", "12:30", kind="question", note="Is that Moscow time?")
    assert shelf.update().problem is None
    yield shelf
    shelf.backend.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("port", ["ice.md", "odd.txt", "talks.txt"]),
        ("ports", ["ice.md", "odd.txt", "talks.txt"]),  # by its stem
        ('"ports"', []),  # not in quotes
        ("PORT shut", ["ice.md"]),
        ("port AND talks", ["talks.txt"]),
        ("shut OR talks", ["ice.md", "talks.txt"]),
        ("port -shut", ["odd.txt", "talks.txt"]),
        ("port NOT (shut OR talks)", ["odd.txt"]),
        ("-port", ["north/cjk.txt"]),
        ("cafe", ["ice.md"]),
        ("naive cooperation", ["odd.txt"]),
        ("fine software", ["odd.txt"]),
        ('"economic sanctions on the port"', ["talks.txt"]),
        ("“the port”", ["ice.md", "odd.txt", "talks.txt"]),
        ('"sanctions the port"', []),
        ('"the port of call"', ["odd.txt"]),  # over the edge of two blocks
        ("12:30", ["odd.txt"]),
        ("https://example.org/a", ["odd.txt"]),
        ("AT&T", ["odd.txt"]),
        ("sanct*", ["talks.txt"]),
        ("econ*", ["talks.txt"]),
        ("sanction*s", None),
        ("北京", ["north/cjk.txt"]),
        ("京大", ["north/cjk.txt"]),
        ("京北", []),
        ("タワー", ["north/cjk.txt"]),
        ("서울", ["north/cjk.txt"]),
        ("title:ice", ["ice.md"]),
        ("title:shut", []),
        ('title:"ice in"', ["ice.md"]),
        ("title:(ice OR talks)", ["ice.md", "talks.txt"]),
        ("byline:berg", ["ice.md"]),
        ("byline:(mia nobody)", []),
        ("kind:claim", []),  # annotations only
        ("zhao", ["talks.txt"]),
        ("nowhere", []),
        ("$", []),
    ],
)
def test_articles_found(shelf: Shelf, query: str, found: list[str] | None) -> None:
    if found is None:
        with pytest.raises(QueryError):
            shelf.search(query)
    else:
        assert shelf.paths(query) == found


@pytest.mark.parametrize(
    ("query", "speakers"),
    [
        ("kind:claim", {"Zhao Tong", "Zhao Tongbo", "Kim Jong-un"}),
        ("kind:question", {""}),
        ('speaker:"Zhao Tong"', {"Zhao Tong"}),
        ('speaker:"zhao tong"', {"Zhao Tong"}),
        ("speaker:Zhao", {"Zhao Tong", "Zhao Tongbo"}),
        ("speaker:Tong", {"Zhao Tong"}),
        ("speaker:Tong*", {"Zhao Tong", "Zhao Tongbo"}),
        ('speaker:"Kim Jong Un"', {"Kim Jong-un"}),
        ('speaker:"Chairman Kim"', {"Kim Jong-un"}),
        ("speaker:chairman", {"Kim Jong-un"}),
        ("speaker:(Kim OR Tongbo)", {"Kim Jong-un", "Zhao Tongbo"}),
        ("speaker:Nobody", set()),
        ("tag:china-nk", {"Zhao Tong"}),
        ("tag:china", {"Kim Jong-un"}),
        ("tag:china*", {"Kim Jong-un", "Zhao Tong"}),
        ("author:ben", {"Zhao Tongbo"}),
        ("status:new -author:ben", {"Zhao Tong", "Kim Jong-un"}),
        ("harbour", {"Zhao Tong"}),  # its note
        ("exactly", {"Zhao Tongbo"}),  # a reply
        ("leverage", {"Zhao Tong"}),  # its tag
        ("card", {"Zhao Tong"}),  # its passage
        ('"moscow time"', {""}),
        ('"card see"', set()),  # passage and note do not run into each other
        ("title:talks", set()),
    ],
)
def test_annotations_found(shelf: Shelf, query: str, speakers: set[str]) -> None:
    assert {hit.speaker for hit in shelf.hits(query) if hit.result == "annotation"} == speakers


def test_a_name_in_quotes_finds_the_person_s_other_names(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "lib")
    shelf.write("a.txt", "One title\n\nChairman Kim came to the port.\n")
    shelf.write("b.txt", "Other title\n\nKim came with his chairman.\n")
    shelf.update()
    assert shelf.paths('"Kim Jong-un"') == []
    shelf.know("Kim Jong Un", "Chairman Kim")
    (hit,) = shelf.hits('"Kim Jong-un"')
    assert (hit.path, shelf.text(hit)) == ("a.txt", "Chairman Kim")
    assert shelf.paths('"Kim Jong" OR came -"Kim Jong Un"') == ["b.txt"]


def test_page_furniture_is_neither_found_nor_shown_when_it_is_not_wanted(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "lib")
    shelf.write("a.md", "---\ntitle: Ships\nauthor: Port Authority\n---\n\nThe port was shut.\n")
    shelf.update()
    (hit,), (other,) = shelf.hits("port"), shelf.hits("port", furniture=False)
    assert (hit.places, other.places) == (2, 1)
    assert other.block == "body"


def test_an_article_hit_shows_the_place(shelf: Shelf) -> None:
    (hit,) = [hit for hit in shelf.hits('"economic sanctions on the port"') if hit.result == "article"]
    assert shelf.text(hit) == "economic sanctions\u00a0on the\u2009port"
    assert [hit.snippet[slice(*mark)] for mark in hit.marks] == [shelf.text(hit)]
    assert (hit.path, hit.title, hit.line, hit.block) == ("talks.txt", "Trade talks stall", 3, "body")
    assert (hit.id, hit.kind) == (None, None)


def test_an_annotation_hit_shows_its_passage(shelf: Shelf) -> None:
    (hit,) = shelf.hits("harbour")
    assert shelf.text(hit) == "Not a card."
    assert (hit.kind, hit.line, hit.block, hit.speaker) == ("claim", 3, "body", "Zhao Tong")
    assert hit.snippet == "See the harbour piece."
    assert [hit.snippet[slice(*mark)] for mark in hit.marks] == ["harbour"]


def test_an_annotation_shows_its_own_passage_and_nothing_around_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "lib")
    long = "Then the ships came by one at a time. " * 12 + "Nobody counted the grain."
    shelf.write("a.txt", f"A headline of some words.\n\nHe said that the port\nwould close in May. {long}\n")
    shelf.claim("a.txt", "the port\nwould close", "Li Wei")
    shelf.claim("a.txt", "port\nwould close in May", "Li Wei")
    shelf.claim("a.txt", long, "Rita Sol")
    shelf.update()
    for query in ('speaker:"Li Wei"', "kind:claim May OR speaker:Li", "close"):
        snippets = {hit.snippet for hit in shelf.hits(query) if hit.speaker == "Li Wei"}
        assert snippets == {"the port would close", "port would close in May"}
    assert all(not hit.marks for hit in shelf.hits("speaker:Li"))
    for hit in shelf.hits("close kind:claim"):
        assert [hit.snippet[slice(*mark)] for mark in hit.marks] == ["close"]
        assert shelf.text(hit).replace("\n", " ") == hit.snippet
    (hit,) = shelf.hits("speaker:Sol")
    assert hit.snippet.startswith("Then the ships came by")
    (hit,) = shelf.hits("grain kind:claim")  # further on than a snippet reaches
    assert hit.snippet.endswith("Nobody counted the grain.")
    assert [hit.snippet[slice(*mark)] for mark in hit.marks] == ["grain"]
    assert shelf.text(hit) == long


def test_where_only_a_field_matched_there_is_no_place(shelf: Shelf) -> None:
    (hit,) = shelf.hits("byline:berg")
    assert (hit.start, hit.end, hit.line, hit.block, hit.marks) == (None, None, None, None, ())
    assert hit.snippet


def test_the_best_match_is_where_most_words_stand_together(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "lib")
    shelf.write(
        "a.txt", "A grain ship.\n\n" + "Filler here. " * 60 + "\n\nThe harbour closed to every grain ship in May.\n"
    )
    shelf.update()
    (hit,) = shelf.hits("grain harbour ship")
    assert hit.line == 5
    assert [hit.snippet[slice(*mark)] for mark in hit.marks] == ["harbour", "grain", "ship"]


def test_a_title_counts_more_and_equals_stand_by_path(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "lib")
    for name in ("c", "a", "b"):
        shelf.write(f"{name}.md", f"# Weather {name}\n\nA word on grain and ships and harbours.\n")
        shelf.update()
    shelf.write("d.md", "# Grain\n\nA word on weather and ships and harbours.\n")
    shelf.update()
    assert [hit.path for hit in shelf.hits("grain")] == ["d.md", "a.md", "b.md", "c.md"]
    assert [hit.path for hit in shelf.hits("grain", limit=2)] == ["d.md", "a.md"]
    assert shelf.search("grain", limit=2).total == 4


def test_typing_finds_on_the_way_to_the_word(shelf: Shelf) -> None:
    for end in range(1, len("sanctions") + 1):
        assert shelf.paths("economic sanctions"[: 9 + end], typing=True) == ["talks.txt"]
    assert shelf.paths('"economic sanc', typing=True) == ["talks.txt"]
    assert len(shelf.ids("speaker:Zh", typing=True)) == 2
    assert shelf.search("", typing=True) == Results("", 0, False, ())


def test_a_prefix_is_all_its_words_and_a_passed_deadline_is_partial(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "lib")
    for name in range(70):
        shelf.write(f"{name:02}.txt", "A port.\n\n" + " ".join(f"zo{one}x" for one in range(name, name + 3)) + "\n")
        if name == 40:
            shelf.update()
    shelf.update()
    assert shelf.search("zo*").total == 70
    assert not shelf.search("zo*").partial
    assert not shelf.search("zo1*").partial
    assert shelf.search("zo", typing=True).total == 70
    late = shelf.search("port", seconds=-1.0)
    assert late.partial
    assert 0 < late.total < 70
    whole = shelf.search("port", seconds=60.0)
    assert (whole.total, whole.partial, len(whole.hits)) == (70, False, 20)


def test_threads_share_a_backend(shelf: Shelf) -> None:
    expected = shelf.search("port")
    wrong: list[Results] = []

    def look() -> None:
        wrong.extend(found for _ in range(20) if (found := shelf.search("port")) != expected)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not wrong


@given(ANY_QUERY, st.booleans())
def test_any_string_gives_results_or_says_where_it_does_not_parse(shelf: Shelf, query: str, typing: bool) -> None:
    try:
        found = shelf.search(query, typing=typing)
    except QueryError:
        return
    assert found.query == query
    assert len(found.hits) == min(found.total, 20)
    for hit in found.hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)
        assert len(hit.snippet) <= 260
        assert "\n" not in hit.snippet


@given(st.data())
def test_every_phrase_of_a_text_is_found_where_it_stands(shelf: Shelf, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([entry.path for entry in shelf.catalog.entries]))
    text = shelf.library.read(path).text
    places = [found.span() for found in re.finditer(r"\S*\w\S*", text)]
    first = data.draw(st.integers(0, len(places) - 1))
    last = data.draw(st.integers(first, min(first + 5, len(places) - 1)))
    phrase = text[places[first][0] : places[last][1]]
    phrase = re.sub('["“”]', " ", phrase)
    hit = next(hit for hit in shelf.hits(f'"{phrase}"', limit=50) if hit.path == path and hit.result == "article")
    assert words(shelf.text(hit)) == words(phrase)


ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from(" \n\u00a0\u00ad’'-ſﬁéeaＡ北が\u3099\u0301ไทยहिंदी")), max_size=120
)


@given(ANY_TEXT, ANY_TEXT)
def test_words_do_not_depend_on_what_surrounds_them(one: str, other: str) -> None:
    assert words(f"{one}\n{other}") == words(one) + words(other)
    assert words(search_fold_str(one)) == words(one)


@given(ANY_TEXT)
def test_index_and_query_see_the_same_words(text: str) -> None:
    block = (Block(0, len(text), Label.BODY),) if text.strip() else ()
    article = Article(path="a", text=text, fingerprint="", blocks=block, title="", title_from="file-name")
    indexed = {word for _, found, _ in runs(article_document(article)) for word in found}
    assert indexed == set(words(text))
    quoted = parse('"' + re.sub(r'["“”„‟]', " ", text) + '"') if words(text) else None
    for leaf in texts(quoted) if quoted else ():
        assert set(leaf.words) <= indexed


@given(ANY_TEXT, st.data())
def test_a_match_is_really_there(text: str, data: st.DataObject) -> None:
    own = words(text)
    if not own:
        return
    first = data.draw(st.integers(0, len(own) - 1))
    wanted = own[first : first + data.draw(st.integers(1, 4))]
    found = find(text, [(0, len(text), "body")], leaves(parse(f'"{" ".join(wanted)}"')))
    assert found is not None
    there = words(text[found.start : found.end])  # a character may fold to several words, as ¼ does
    assert " ".join(wanted) in " ".join(there)
    assert text[found.start : found.end].strip()
    shown = cut(text, found.start, found.end, found.near)
    assert all(0 <= start <= end <= len(shown.text) for start, end in shown.marks)


SUFFIXES = ("", "s", "es", "ed", "ing", "ly", "ness", "ation", "ational", "ization", "bility", "ity", "ies", "y", "ful")


@given(st.text(ascii_lowercase, min_size=1, max_size=8), st.sampled_from(SUFFIXES), st.sampled_from(SUFFIXES))
@settings(max_examples=100)
def test_a_word_begins_with_its_stem_but_for_the_last_letters(root: str, one: str, other: str) -> None:
    word = root + one + other
    assert word.startswith(stem(word)[:-2] or stem(word)[0])


def test_stems_bring_inflected_forms_together() -> None:
    assert stem("balancing") == stem("balance") == stem("balanced")
    assert stem("sanctions") == stem("sanction")
    assert stem("北") == "北"


class TestSeeds:
    """The two scraped articles, as they are."""

    @pytest.fixture(scope="class")
    def scraped(self, seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
        shelf = Shelf(tmp_path_factory.mktemp("seeds") / "lib")
        for file in seeds.glob("*.txt"):
            shutil.copy(file, shelf.library.root)
        shelf.claim(FIRST, "North Korea", "Zhao Tong")
        shelf.claim(FIRST, "Kim Jong", "Ding Xueliang")
        shelf.claim(SECOND, "China", "Zhao Tong")
        shelf.claim(SECOND, "Beijing", "Zhao Wei")
        shelf.annotate(SECOND, "Moon", kind="note", note="Zhao Tong says otherwise")
        shelf.update()
        yield shelf
        shelf.backend.close()

    def test_a_phrase_finds_its_one_passage_through_a_no_break_space(self, scraped: Shelf) -> None:
        (hit,) = scraped.hits('"economic sanctions on Pyongyang"')
        assert (hit.path, hit.block) == (FIRST, "body")
        assert search_fold_str(scraped.text(hit)) == "economic sanctions on pyongyang"
        assert "\u00a0" in scraped.text(hit)

    def test_phrases_are_the_printed_words(self, scraped: Shelf) -> None:
        assert scraped.paths('"balancing strategy"') == [SECOND]
        assert scraped.paths('"balanced strategies"') == []
        assert scraped.paths('"sanctions Pyongyang"') == []

    def test_words_and_prefixes_are_in_both(self, scraped: Shelf) -> None:
        assert scraped.paths("sanctions") == scraped.paths("balanc*") == [FIRST, SECOND]

    def test_a_speaker_has_his_claims_and_no_one_elses(self, scraped: Shelf) -> None:
        hits = scraped.hits('speaker:"Zhao Tong"')
        assert [(hit.path, hit.speaker) for hit in hits] == [(FIRST, "Zhao Tong"), (SECOND, "Zhao Tong")]
        assert {hit.speaker for hit in scraped.hits("speaker:Zhao")} == {"Zhao Tong", "Zhao Wei"}

    def test_a_hit_says_in_which_block_it_is(self, scraped: Shelf) -> None:
        assert {hit.block for hit in scraped.hits("in:related North") if hit.result == "article"} == {"related"}
        assert scraped.paths("in:related “more handed”") == []
        assert all(hit.block != "related" for hit in scraped.hits("-in:related summit"))


def test_a_claim_without_a_known_name_is_no_trouble(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "lib")
    shelf.write("a.txt", "One two three.\n")
    shelf.annotate("a.txt", "two", claim=Claim(), tags=("",))
    shelf.update()
    assert len(shelf.hits("kind:claim")) == 1


def test_annotations_alone_are_listed_by_path_and_place(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "library")
    shelf.write("b.txt", "Beta is here. Gamma is here too.\n")
    shelf.write("a.txt", "Alpha stands alone. Omega stands last.\n")
    last = shelf.claim("a.txt", "Omega stands last", "Zhao Tong", tags=("end",), author="ben")
    first = shelf.annotate("a.txt", "Alpha")
    gamma = shelf.annotate("b.txt", "Gamma", tags=("end",))
    shelf.update()
    ids = [hit.id for hit in shelf.hits("", among=Annotated())]
    assert ids == [first.id, last.id, gamma.id]
    assert ids == [hit.id for hit in shelf.hits("result:annotation")]
    assert [hit.id for hit in shelf.hits("", among=Annotated("a.txt"))] == [first.id, last.id]
    assert shelf.ids("path:a.txt result:annotation") == {first.id, last.id}
    assert [hit.id for hit in shelf.hits("tag:end", among=Annotated("b.txt"))] == [gamma.id]
    found = shelf.search("", among=Annotated(), limit=2)
    assert ([hit.id for hit in found.hits], found.total) == ([first.id, last.id], 3)
    hit = next(hit for hit in shelf.hits("Omega") if hit.result == "annotation")
    assert (hit.speaker, hit.author, hit.tags, hit.status) == ("Zhao Tong", "ben", ("end",), "new")


def test_what_closes_nothing_does_not_get_out_of_the_annotations(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "library")
    shelf.write("a.txt", "Alpha stands alone.\n")
    shelf.update()
    with pytest.raises(QueryError):
        shelf.hits("alpha) OR (alpha", among=Annotated())
    assert not shelf.hits("alpha", among=Annotated())


def test_a_folder_s_path_takes_no_other_that_begins_like_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "library")
    shelf.write("news/a.txt", "Alpha stands alone.\n")
    shelf.write("newsroom/b.txt", "Alpha stands alone.\n")
    shelf.update()
    assert shelf.paths("path:news/* alpha") == ["news/a.txt"]
    assert shelf.paths("path:NEWS/a.txt") == ["news/a.txt"]
