"""Queries over arrays find what looking at every document finds, with the same scores."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Label
from index.documents import Document, Zoned
from index.engine import found as finding
from index.engine import leaves, places
from index.engine import snapshot as kept
from index.engine.answer import answer, mend
from index.engine.arrays import ArrayFile
from index.engine.batch import Batch
from index.engine.found import Found
from index.engine.leaves import Stems
from index.engine.segments import Segment
from index.engine.snapshot import Snapshot
from index.engine.spelling import complete, near_words
from index.nodes import And, Dates, In, Near, Node, Not, Or, Text
from index.query import parse
from index.search import Annotated, Answer, Wanted
from index.words import words
from index.zones import BYLINE, LABELS, NOTE, TITLE
from tests.index.naive import Naive, distance

NAMES = count()


def snapshot_of(folder: Path, batches: Sequence[Sequence[Document]], deleted: frozenset[int] = frozenset()) -> Snapshot:
    """A state of the index with those documents, a segment for each batch; deleted ones by their number over all."""
    segments, before = [], 0
    for documents in batches:
        batch = Batch(folder / f"{next(NAMES)}.seg")
        for one in documents:
            batch.add(one)
        batch.finish()
        alive = np.array([before + at not in deleted for at in range(len(documents))], np.bool_)
        segments.append(Segment(ArrayFile(batch.path), None if alive.all() else alive))
        before += len(documents)
    return Snapshot(segments)


def article(number: int, *texts: Zoned, **more: object) -> Document:
    path = f"{number:03}.txt"
    values = (("result", "article"), ("path", path), *more.pop("values", ()))  # type: ignore[misc]
    return Document(owner=path, texts=texts, values=values, order=path, shown=(number,), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("segments")


WORDS = ("port", "ports", "porta", "poetry", "sport", "the", "of", "talk", "talked", "prot", "cafe", "北", "京", "9")
ZONED = [LABELS[label] for label in (Label.BODY, Label.RELATED, Label.TITLE)] + [TITLE, NOTE, BYLINE]
LABELLED = st.one_of(st.none(), st.frozensets(st.sampled_from([Label.BODY, Label.RELATED, Label.TITLE]), min_size=1))
DATES = st.sampled_from([(0, 0), (2018_01_01, 2018_12_31), (2018_04_01, 2018_04_31), (2019_05_06, 2019_05_06)])
TAGS = ("china", "china nk", "trade", "")


@st.composite
def documents(draw: st.DrawFn, number: int) -> Document:
    if draw(st.integers(0, 9)) == 0:
        return Document(owner="record", stamp="record", order=f"{number:03}.txt")
    texts = [
        Zoned(draw(st.sampled_from(ZONED)), " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=8))), apart)
        for apart in draw(st.lists(st.booleans(), max_size=4))
    ]
    first, last = draw(DATES)
    tags = draw(st.lists(st.sampled_from(TAGS[:3]), unique=True))
    labels = [("in", label.value) for label in (Label.BODY, Label.RELATED) if draw(st.booleans())]
    values = (*(("tag", tag) for tag in tags), *labels)
    return article(number, *texts, values=values, published_first=first, published_last=last)


@st.composite
def batches(draw: st.DrawFn) -> list[list[Document]]:
    numbers = count()
    return [
        [draw(documents(next(numbers))) for _ in range(draw(st.integers(1, 6)))] for _ in range(draw(st.integers(1, 3)))
    ]


@st.composite
def plain_texts(draw: st.DrawFn, *, most: int = 4) -> Text:
    sought = tuple(draw(st.lists(st.sampled_from((*WORDS, "po", "tal")), min_size=1, max_size=most)))
    field = draw(st.sampled_from(["", "", "", "title", "body", "note", "byline"]))
    ending = draw(st.sampled_from(["quoted", "prefix", "typing", "fuzzy", "", ""]))
    fuzzy = draw(st.integers(1, 2)) if ending == "fuzzy" and len(sought) == 1 else 0
    flags = {name: ending == name for name in ("quoted", "prefix", "typing")}
    return Text(sought, " ".join(sought), field, labels=draw(LABELLED) if not field else None, fuzzy=fuzzy, **flags)


@st.composite
def valued(draw: st.DrawFn) -> Text:
    tag = draw(st.sampled_from(TAGS))
    return Text(tuple(words(tag)), tag, "tag", prefix=not tag or draw(st.booleans()))


LEAVES = st.one_of(
    plain_texts(),
    valued(),
    st.builds(Near, st.lists(plain_texts(most=2), min_size=2, max_size=3).map(tuple), st.integers(0, 6)),
    st.builds(Dates, st.just(2018_04_01), st.sampled_from([2018_04_31, 2019_12_31])),
    st.just(Dates(0, 0)),
    st.builds(In, st.frozensets(st.sampled_from([Label.BODY, Label.RELATED]), min_size=1)),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda several: And(tuple(several))),
        st.lists(inner, max_size=4).map(lambda several: Or(tuple(several))),
        inner.map(Not),
    ),
    max_leaves=6,
)


def found(result: Answer) -> dict[int, float]:
    return {shown[0]: score for score, shown in result.best}


@given(batches(), TREES, st.booleans(), st.data())
@settings(max_examples=80)
def test_arrays_find_what_every_document_says(
    folder: Path, batched: list[list[Document]], node: Node, furniture: bool, data: st.DataObject
) -> None:
    everything = [one for batch in batched for one in batch]
    deleted = data.draw(st.frozensets(st.integers(0, len(everything) - 1), max_size=3))
    expected = Naive(everything, deleted).search(node, furniture=furniture)
    snapshot = snapshot_of(folder, batched, deleted)
    few, at_once, sparse, short = data.draw(
        st.sampled_from([(0, 1, 0, 0), (places._FEW, 8192, finding._SPARSE, finding._SHORT)])
    )
    with (
        patch.object(places, "_FEW", few),
        patch.object(places, "_AT_ONCE", at_once),
        patch.object(finding, "_SPARSE", sparse),
        patch.object(finding, "_SHORT", short),
    ):
        result = answer(snapshot, node, Wanted(limit=100, furniture=furniture))
    assert found(result) == pytest.approx(expected, abs=1e-6)
    assert (result.total, result.articles, result.late) == (len(expected), len(expected), False)
    order = [(-round(expected[shown[0]], 9), shown[0]) for _, shown in result.best]
    assert order == pytest.approx(sorted(order), abs=2e-9)


@pytest.mark.parametrize(("sparse", "short"), [(0, 0), (finding._SPARSE, 0), (0, finding._SHORT)])
@pytest.mark.parametrize(
    "query", ["po*", "title:po*", "in:related po*", "po* -is:moved", "talk po*", "port~", "po* NOT talk"]
)
def test_words_that_begin_so_count_by_where_they_stand(folder: Path, query: str, sparse: int, short: int) -> None:
    made = [
        article(
            0, Zoned(LABELS[Label.BODY], "port ports porta port"), Zoned(TITLE, "ports"), Zoned(BYLINE, "porta talk")
        ),
        article(1, Zoned(LABELS[Label.RELATED], "port porta port sport"), Zoned(LABELS[Label.BODY], "poetry")),
        article(2, Zoned(TITLE, "port poetry talk"), Zoned(LABELS[Label.RELATED], "talk prot")),
        article(3, Zoned(LABELS[Label.BODY], "sport talk")),
    ]
    snapshot, node = snapshot_of(folder, [made[:1], made[1:]]), parse(query)
    with patch.object(finding, "_SPARSE", sparse), patch.object(finding, "_SHORT", short):
        assert found(answer(snapshot, node, Wanted())) == pytest.approx(Naive(made, frozenset()).search(node))


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("port NEAR/2 sport", True),
        ("sport NEAR/1 port", False),
        ('"port of" NEAR/1 sport', True),
        ('sport NEAR/0 "port of"', False),
        ("the NEAR/0 sport", True),
        ("port NEAR/2 the NEAR/2 sport", True),
        ("port NEAR/1 the NEAR/1 sport", False),
        ("port NEAR talk", False),
    ],
)
def test_near_counts_the_words_between(folder: Path, query: str, matches: bool) -> None:
    made = [article(0, Zoned(NOTE, "port of the sport")), article(1, Zoned(NOTE, "talk"))]
    assert bool(answer(snapshot_of(folder, [made]), parse(query), Wanted()).total) == matches


def test_a_phrase_may_stand_at_the_very_beginning(folder: Path) -> None:
    made = [article(0, Zoned(LABELS[Label.BODY], "port port talk")), article(1, Zoned(LABELS[Label.BODY], "talk"))]
    snapshot = snapshot_of(folder, [made])
    for phrase in ('"port port"', '"port port talk"', '"port talk"'):
        assert found(answer(snapshot, parse(phrase), Wanted())).keys() == {0}


class TestOrder:
    """Hits stand as they are wanted, equals by path, whatever segment they are in."""

    DATED = ((0, 0), (2018_04_01, 2018_04_31), (2017_01_01, 2017_12_31), (2018_04_01, 2018_04_31), (2019_05_06,) * 2)
    TITLES = ("Of Beijing", "Of Beij", "Ares", "Of Beijing too", "Zeal")

    @pytest.fixture(scope="class")
    def snapshot(self, folder: Path) -> Snapshot:
        made = [
            article(
                at,
                Zoned(LABELS[Label.BODY], "port " * (at + 1)),
                published_first=first,
                published_last=last,
                title=title,
            )
            for at, ((first, last), title) in enumerate(zip(self.DATED, self.TITLES, strict=True))
        ]
        return snapshot_of(folder, [made[3:], made[:3]])

    @pytest.mark.parametrize(
        ("wanted", "order"),
        [
            (Wanted(sort="newest"), [4, 1, 3, 2, 0]),
            (Wanted(sort="oldest"), [2, 1, 3, 4, 0]),
            (Wanted(sort="title"), [2, 1, 0, 3, 4]),
            (Wanted(), [4, 3, 2, 1, 0]),
            (Wanted(among=Annotated()), [0, 1, 2, 3, 4]),
        ],
    )
    def test_all_orders(self, snapshot: Snapshot, wanted: Wanted, order: list[int]) -> None:
        for limit in range(6):
            result = answer(snapshot, parse("port"), replace(wanted, limit=limit))
            assert [shown[0] for _, shown in result.best] == order[:limit]
            assert result.total == 5

    def test_many_equals_are_sorted_by_path_before_they_are_cut(self, folder: Path) -> None:
        made = [article(number, Zoned(LABELS[Label.BODY], "port"), title="Same title") for number in range(60)]
        random.Random(5).shuffle(made)  # noqa: S311 - not a secret
        snapshot = snapshot_of(folder, [made[:40], made[40:]])
        for wanted in (Wanted(limit=7), Wanted(limit=7, sort="title"), Wanted(limit=7, sort="oldest")):
            assert [shown[0] for _, shown in answer(snapshot, parse("port"), wanted).best] == list(range(7))


def test_facets_count_matches_by_value_as_printed(folder: Path) -> None:
    made = [
        article(
            0, Zoned(LABELS[Label.BODY], "port"), values=(("outlet", "the sun\x1fThe Sun"), ("tag", "a"), ("tag", "b"))
        ),
        article(1, Zoned(LABELS[Label.BODY], "port"), values=(("outlet", "the sun\x1fThe Sun"), ("tag", "b"))),
        article(2, Zoned(LABELS[Label.BODY], "port"), values=(("outlet", "the sun\x1fTHE SUN"), ("tag", "ab"))),
        article(3, Zoned(LABELS[Label.BODY], "ship"), values=(("outlet", "agora\x1fAgora"), ("tag", "b"))),
        article(4, Zoned(LABELS[Label.BODY], "port"), values=(("outlet", "the sun\x1fThe Sun"), ("tag", "b"))),
    ]
    snapshot = snapshot_of(folder, [made[:2], made[2:]], deleted=frozenset({4}))
    result = answer(snapshot, parse("port"), Wanted(facets=("tag", "outlet", "year")))
    assert [(facet.name, facet.values) for facet in result.facets] == [
        ("tag", (("b", 2), ("a", 1), ("ab", 1))),
        ("outlet", (("The Sun", 3),)),
        ("year", ()),
    ]
    assert answer(snapshot, Text(("the", "sun"), "The Sun", "outlet"), Wanted()).total == 3


def test_words_are_mended_completed_and_found_when_mistyped(folder: Path) -> None:
    texts = ["Pyongyang Pyongyang talks", "Pyongyang portal", "port ports Пхеньян", "Poland port"]
    made = [article(number, Zoned(LABELS[Label.BODY], text)) for number, text in enumerate(texts)]
    snapshot = snapshot_of(folder, [made[:1], made[1:]])
    assert mend(snapshot, parse("Pyonyang talks")) == {"pyonyang": "pyongyang"}
    assert mend(snapshot, parse("Pyongynag -prots")) == {"pyongynag": "pyongyang", "prots": "ports"}
    assert mend(snapshot, parse("Пхенян")) == {"пхенян": "пхеньян"}
    assert mend(snapshot, parse("Pyonyang xylophone")) == {}
    assert mend(snapshot, parse("talk")) == {}
    assert complete(snapshot, "po", 3) == ("port", "poland", "portal")
    assert complete(snapshot, "p", 1) == ("port",)
    assert complete(snapshot, "q", 3) == ()
    mistyped = Text(("pyonyang",), "Pyonyang", fuzzy=1)
    assert found(answer(snapshot, mistyped, Wanted())).keys() == {0, 1}


LETTERS = st.text("abcé北\U0001f40e", min_size=1, max_size=7)


@given(st.sets(LETTERS, min_size=1, max_size=12), LETTERS, st.integers(1, 2))
def test_near_words_are_those_within_reach(folder: Path, held: set[str], wanted: str, edits: int) -> None:
    own = sorted({word for text in held for word in words(text)})
    sought = words(wanted)[:1]
    if own and sought:
        (segment,) = snapshot_of(folder, [[article(0, Zoned(TITLE, " ".join(own)), Zoned(NOTE, own[0]))]]).segments
        near = {one for one in own if one[0] == sought[0][0] and distance(one, sought[0]) <= edits}
        assert set(near_words(segment, sought[0], edits)) == near


@pytest.mark.parametrize("most", [0, 5, 1 << 18])
def test_what_was_added_up_is_kept_for_the_same_words_in_the_same_place(folder: Path, most: int) -> None:
    made = [
        article(0, Zoned(LABELS[Label.BODY], "port talk"), Zoned(TITLE, "ports")),
        article(1, Zoned(LABELS[Label.RELATED], "port porta"), Zoned(LABELS[Label.BODY], "talked")),
        article(2, Zoned(TITLE, "port talk"), Zoned(LABELS[Label.RELATED], "talk")),
    ]
    snapshot, naive = snapshot_of(folder, [made[:2], made[2:]]), Naive(made, frozenset())
    with patch.object(leaves, "_LONG", 0), patch.object(kept, "_MOST_KEPT", most):
        for query in ("po*", "title:po*", "ta*", "po*", "in:related po*", "ta*", "title:po*"):
            for furniture in (True, False):
                expected = pytest.approx(naive.search(parse(query), furniture=furniture))
                assert found(answer(snapshot, parse(query), Wanted(furniture=furniture))) == expected


def test_time_that_ran_out_leaves_the_first_segment(folder: Path) -> None:
    made = [article(number, Zoned(LABELS[Label.BODY], "port")) for number in range(4)]
    snapshot = snapshot_of(folder, [made[:3], made[3:]])
    late = answer(snapshot, parse("port"), Wanted(facets=("year",)), until=time.monotonic() - 1)
    assert (late.total, late.late, late.facets) == (3, True, ())
    assert answer(snapshot, parse("port the"), Wanted(), until=time.monotonic() - 1).late


def test_a_segment_is_not_begun_where_the_one_before_took_longer_than_is_left(folder: Path) -> None:
    made = [article(number, Zoned(LABELS[Label.BODY], "port")) for number in range(3)]
    snapshot = snapshot_of(folder, [[one] for one in made])
    now, find = [0.0], Stems.found

    def slow(*asked: Any) -> Found:
        now[0] += 4
        return find(*asked)

    with patch.object(Stems, "found", slow), patch.object(time, "monotonic", lambda: now[0]):
        for until, total in ((3.0, 1), (7.0, 1), (9.0, 2), (12.0, 3), (None, 3)):
            now[0] = 0.0
            got = answer(snapshot, parse("port"), Wanted(), until=until)
            assert (got.total, got.late) == (total, total < 3)


def test_what_nobody_waits_for_any_more_is_cut_short(folder: Path) -> None:
    made = [article(number, Zoned(LABELS[Label.BODY], "port")) for number in range(4)]
    snapshot = snapshot_of(folder, [made[:3], made[3:]])
    given_up = answer(snapshot, parse("port"), Wanted(still=lambda: False))
    assert (given_up.total, given_up.late) == (3, True)


def test_memory_of_a_large_index_is_given_back_a_segment_at_a_time(folder: Path) -> None:
    made = [article(number, Zoned(LABELS[Label.BODY], "port")) for number in range(4)]
    for large, rests in ((0, 2), (100 << 20, 0)):
        with patch.object(kept, "_LARGE", large), patch.object(ArrayFile, "rest") as rest:
            answer(snapshot_of(folder, [made[:3], made[3:]]), parse("port"), Wanted())
        assert rest.call_count == rests


def test_texts_are_read_where_a_file_is_only_mapped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = snapshot_of(folder, [[article(7, Zoned(LABELS[Label.BODY], "port"))]])
    monkeypatch.delattr("os.pread", raising=False)
    assert found(answer(snapshot, parse("port"), Wanted())).keys() == {7}


def test_a_phrase_that_is_everywhere_is_looked_for_as_long_as_there_is_time(folder: Path) -> None:
    made = [article(number, Zoned(LABELS[Label.BODY], "of the port"), Zoned(TITLE, "port")) for number in range(4)]
    snapshot = snapshot_of(folder, [made])
    with patch.object(places, "_AT_ONCE", 2):
        for query, total in (('"of the"', 2), ("of NEAR port", 2), ('port -"of the"', 0)):
            late = answer(snapshot, parse(query), Wanted(), until=time.monotonic() - 1)
            assert (late.total, late.late) == (total, True)
        assert answer(snapshot, parse('"of the"'), Wanted()).total == 4


def test_articles_like_one_share_its_rare_words(folder: Path) -> None:
    texts = [
        "The grain ships left the harbour. Grain again, grain for the harbour." + " Nobody else says so." * 100,
        "The harbour took grain.",
        "The talks stalled again.",
        "The weather.",
    ]
    made = [article(number, Zoned(LABELS[Label.BODY], text)) for number, text in enumerate(texts)]
    shown = [
        replace(one, shown=(number, "", text, (), "", "", ()))
        for number, (one, text) in enumerate(zip(made, texts, strict=True))
    ]
    snapshot = snapshot_of(folder, [shown[:1], shown[1:]])
    result = answer(snapshot, Text((), "000.txt", "like"), Wanted())
    assert result.best[0][1][0] == 1
    assert 0 not in found(result)
