"""A segment's arrays hold what its documents say: compared with a plain dict, for any documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.documents import Document, Zoned, runs
from index.engine.arrays import ArrayFile, DamageError
from index.engine.batch import Batch
from index.engine.segments import FIELDS, Segment, packed, unpacked
from index.words import stem

WORDS = st.sampled_from(["a", "ab", "abc", "b", "kim", "kims", "statement", "stated", "北京", "été", "ж", "don’t"])
TEXTS = st.lists(WORDS, max_size=9).map(" ".join) | st.text(max_size=9)
ZONED = st.builds(Zoned, st.sampled_from("abT"), TEXTS, st.booleans())
DOCUMENTS = st.builds(
    Document,
    owner=st.sampled_from(["article\x1f'a'", "article\x1f'b'", "sidecar\x1f'a'"]),
    texts=st.lists(ZONED, max_size=4).map(tuple),
    values=st.lists(st.tuples(st.sampled_from(["tag", "is"]), st.text(max_size=4)), max_size=3, unique=True).map(tuple),
    published_first=st.integers(0, 99991231),
    published_last=st.integers(0, 99991231),
    title=st.text(max_size=12),
    order=st.text(max_size=6),
    stamp=st.text(max_size=6),
    shown=st.tuples(st.text(), st.none(), st.integers(), st.tuples(st.text(), st.tuples())) | st.just(()),
)

_number = count()
Model = dict[str, dict[bytes, dict[int, list[int]]]]


def written(folder: Path, documents: Sequence[Document]) -> Segment:
    batch = Batch(folder / f"{next(_number)}.seg")
    for document in documents:
        batch.add(document)
    batch.finish()
    return Segment(ArrayFile(batch.path))


def expected(documents: Sequence[Document]) -> Model:
    """For each field and term: in which documents it stands, and where (or how often)."""
    model: Model = {field: defaultdict(lambda: defaultdict(list)) for field in FIELDS}
    for number, document in enumerate(documents):
        model["owner"][document.owner.encode()][number].append(0)
        for field, value in document.values:
            model["values"][f"{field}\x1f{value}".encode("utf-8", "replace")][number].append(0)
        for zone, words, first in runs(document):
            for at, word in enumerate(words, first):
                model["words"][(word + zone).encode("utf-8", "replace")][number].append(at)
                model["stems"][(stem(word) + zone).encode("utf-8", "replace")][number].append(at)
    return model


def held(segment: Segment) -> Model:
    """The same, read from a segment."""
    model: Model = {}
    for field, kinds in FIELDS.items():
        model[field] = terms = {}
        for number, term in enumerate(segment.listed(field)):
            span = range(number, number + 1)
            docs = segment.docs(field, span).tolist()
            freqs = segment.freqs(field, span).tolist() if "freqs" in kinds else [1] * len(docs)
            places = segment.positions(field, span).tolist() if "positions" in kinds else [0] * sum(freqs)
            ends = np.cumsum(freqs).tolist()
            terms[term] = {doc: places[end - freq : end] for doc, freq, end in zip(docs, freqs, ends, strict=True)}
    return model


def checked(segment: Segment, documents: Sequence[Document]) -> None:
    """Everything in the segment is what those documents say."""
    want, have = expected(documents), held(segment)
    assert have["words"] == want["words"]
    for field in ("owner", "values", "stems"):
        assert {term: {doc: len(at) for doc, at in docs.items()} for term, docs in have[field].items()} == {
            term: {doc: len(at) for doc, at in docs.items()} for term, docs in want[field].items()
        }
    for field in FIELDS:
        terms = segment.listed(field)
        assert terms == sorted(want[field])
        assert segment.counts(field, range(len(terms))).tolist() == [len(want[field][term]) for term in terms]
        assert segment.docs(field, range(len(terms))).tolist() == [doc for term in terms for doc in want[field][term]]
    assert segment.size == len(documents)
    for number, document in enumerate(documents):
        assert segment.shown(number) == document.shown
        assert segment.order(number).decode("utf-8", "surrogatepass") == document.order
        assert segment.stamp(number).decode("utf-8", "surrogatepass") == document.stamp
        assert segment.title(number).decode("utf-8", "surrogatepass") == document.title
    for name in ("published_first", "published_last"):
        assert segment.number_column(name).tolist() == [getattr(document, name) for document in documents]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DOCUMENTS, max_size=6))
def test_arrays_hold_what_the_documents_say(tmp_path: Path, documents: list[Document]) -> None:
    checked(written(tmp_path, documents), documents)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DOCUMENTS, max_size=6), WORDS | st.text(max_size=3), WORDS | st.text(max_size=3))
def test_a_span_is_all_terms_between(tmp_path: Path, documents: list[Document], one: str, two: str) -> None:
    segment = written(tmp_path, documents)
    low, high = (text.encode("utf-8", "replace") for text in (one, two))
    found = [segment.term("words", number) for number in segment.span("words", low, high)]
    assert found == [term for term in segment.listed("words") if low <= term < high]


def test_titles_sort_as_their_keys(tmp_path: Path) -> None:
    titles = ["", "a", "aa", "kim in pyongyang", "kim in seoul", "z", "é"]
    segment = written(tmp_path, [Document(owner="o", title=title) for title in titles])
    keys = segment.number_column("title_key").tolist()
    assert keys == sorted(keys)
    assert len(set(keys)) == len(titles)


def test_shown_keeps_lone_surrogates_and_long_texts() -> None:
    shown = ("a\udc80.txt", "ß" * 5000, None, ((0, 1, "body"), (2, 3, "title")))
    assert unpacked(packed(shown)) == shown
    assert len(packed(shown)) < 500


@pytest.mark.parametrize("cut", [0, 1, 7, 8, 20, 200, -1])
def test_a_file_that_was_cut_short_is_known(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path, [Document(owner="o", texts=(Zoned("a", "some words"),))]).file.path
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(DamageError):
        ArrayFile(path)


def test_a_directory_that_was_changed_is_known(tmp_path: Path) -> None:
    path = written(tmp_path, [Document(owner="o")]).file.path
    data = bytearray(path.read_bytes())
    data[data.index(b'"arrays"') + 3] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamageError):
        ArrayFile(path)
