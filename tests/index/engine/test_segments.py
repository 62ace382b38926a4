"""A segment's arrays hold what its documents say: compared with a plain dict, for any documents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.documents import Document, Zoned
from index.engine.arrays import ArrayFile, ArraySink, DamageError
from index.engine.segments import packed, unpacked
from tests.index.engine.model import DOCUMENTS, WORDS, checked, written


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


def test_documents_are_ranked(tmp_path: Path) -> None:
    titles = ["kim in seoul", "", "kim in pyongyang", "é", "", "z"]
    segment = written(tmp_path, [Document(owner="o", title=title, order=str(-at)) for at, title in enumerate(titles)])
    assert segment.number_column("by_title").tolist() == [3, 0, 2, 5, 1, 4]
    assert segment.number_column("by_order").tolist() == [5, 0, 1, 2, 3, 4]


def test_shown_keeps_lone_surrogates_and_long_texts() -> None:
    shown = ("a\udc80.txt", "ß" * 5000, None, ((0, 1, "body"), (2, 3, "title")))
    record, text = packed(shown)
    found = unpacked(record, lambda: text)
    assert found[:2] == ("a\udc80.txt", "")
    assert found.whole() == shown
    assert len(record) + len(text) < 500


@pytest.mark.parametrize("long", [0, 1 << 30])
def test_bytes_are_read_in_place_or_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: int) -> None:
    monkeypatch.setattr("index.engine.arrays._LONG", long)
    file = tmp_path / "array"
    with ArraySink(file) as sink:
        sink.put("words", np.frombuffer(b"a port, two ships", np.uint8))
        sink.finish()
    array = ArrayFile(file)
    start, end = array.extent("words")
    assert array.read(start + 8, end) == b"two ships"
    assert array.read(end, end) == b""


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
