"""Documents of any kind, and a plain dict of what a segment is to hold of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from index.documents import Document, Zoned, runs
from index.engine.arrays import ArrayFile
from index.engine.batch import Batch
from index.engine.segments import FIELDS, Segment
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
        assert segment.shown(number).whole() == document.shown
        assert segment.order(number).decode("utf-8", "surrogatepass") == document.order
        assert segment.stamp(number).decode("utf-8", "surrogatepass") == document.stamp
        assert segment.title(number).decode("utf-8", "surrogatepass") == document.title
    for name in ("published_first", "published_last"):
        assert segment.number_column(name).tolist() == [getattr(document, name) for document in documents]
