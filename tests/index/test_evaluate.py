"""Queries over arrays find what looking at every document finds, with the same scores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Label
from index.documents import Document, Zoned
from index.engine.answer import answer
from index.engine.arrays import ArrayFile
from index.engine.batch import Batch
from index.engine.segments import Segment
from index.engine.snapshot import Snapshot
from index.nodes import And, Dates, In, Near, Node, Not, Or, Text
from index.search import Answer, Wanted
from index.words import words
from index.zones import BYLINE, LABELS, NOTE, TITLE
from tests.index.naive import Naive

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
@settings(max_examples=300)
def test_arrays_find_what_every_document_says(
    folder: Path, batched: list[list[Document]], node: Node, furniture: bool, data: st.DataObject
) -> None:
    everything = [one for batch in batched for one in batch]
    deleted = data.draw(st.frozensets(st.integers(0, len(everything) - 1), max_size=3))
    expected = Naive(everything, deleted).search(node, furniture=furniture)
    snapshot = snapshot_of(folder, batched, deleted)
    result = answer(snapshot, node, Wanted(limit=100, furniture=furniture))
    assert found(result) == pytest.approx(expected, abs=1e-6)
    assert (result.total, result.articles, result.late) == (len(expected), len(expected), False)
    order = [(-round(expected[shown[0]], 9), shown[0]) for _, shown in result.best]
    assert order == pytest.approx(sorted(order), abs=2e-9)
