"""The folder of an index: what is committed is there, what is deleted is not, and merging changes neither."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.query import And, Or, Phrase, Term

from index.documents import Document, Zoned
from index.engine import merge as merging
from index.engine.arrays import DamageError
from index.engine.folder import ArrayIndex
from index.engine.segments import Segment
from tests.index.engine.model import DOCUMENTS, checked


def commit(index: ArrayIndex, documents: Sequence[Document], gone: Sequence[str] = ()) -> None:
    batch = index.batch()
    for document in documents:
        batch.add(document)
    index.commit(batch, gone)


def alive(index: ArrayIndex) -> list[tuple[Segment, int]]:
    return [
        (segment, number)
        for segment in index.state().segments
        for number in (range(segment.size) if segment.alive is None else np.flatnonzero(segment.alive).tolist())
    ]


def orders(index: ArrayIndex) -> list[str]:
    return [segment.order(number).decode() for segment, number in alive(index)]


CHANGES = st.lists(
    st.tuples(
        st.lists(DOCUMENTS, max_size=3), st.lists(DOCUMENTS.map(lambda one: one.owner), max_size=1), st.booleans()
    ),
    max_size=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES, st.integers(1, 9))
def test_any_changes_and_merges_leave_what_a_list_would(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[list[Document], list[str], bool]], stretch: int
) -> None:
    index = ArrayIndex(tmp_path_factory.mktemp("index"))
    model: list[Document] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "_STRETCH", stretch)
        patch.setattr("index.engine.folder.worth_merging", list)
        for documents, gone, merge in changes:
            commit(index, documents, gone)
            replaced = {*gone, *(one.owner for one in documents)}
            model = [one for one in model if one.owner not in replaced] + documents
            if merge:
                index.merge()
            assert [one.encode("utf-8", "surrogatepass") for one in (document.order for document in model)] == [
                segment.order(number) for segment, number in alive(index)
            ]
        index.merge()
        index.merge()  # what was one segment with deletions
        segments = index.state().segments
        if model:
            assert len(segments) == 1
            checked(segments[0], model)
        else:
            assert not segments


def doc(name: str, text: str = "some words") -> Document:
    return Document(owner=name, texts=(Zoned("c", text),), order=name, title=text, shown=(name,))


def test_merging_purges_and_keeps_scores_small_segments_first(tmp_path: Path) -> None:
    index = ArrayIndex(tmp_path)
    commit(index, [doc(f"first {number}") for number in range(400)])
    for number in range(25):
        commit(index, [doc(f"small {number}")])
    assert len(index.state().segments) == 26
    assert index.merge()
    assert sorted(segment.size for segment in index.state().segments) == [25, 400]
    assert not index.merge()


def test_what_is_deleted_while_merging_stays_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = ArrayIndex(tmp_path)
    for number in range(25):
        commit(index, [doc(f"a{number}"), doc(f"b{number}")])

    def slow(segments: Sequence[Segment], path: Path) -> merging.Merged:
        other = ArrayIndex(tmp_path)
        other.commit(gone=["b3"])
        commit(other, [doc("a7", "anew")])
        return merging.merge(segments, path)

    monkeypatch.setattr("index.engine.folder.merge", slow)
    assert index.merge()
    found = orders(index)
    assert sorted(found) == sorted({f"{letter}{number}" for letter in "ab" for number in range(25)} - {"b3"})
    assert len(index.state().segments) == 2


def test_a_state_goes_on_while_the_index_changes_and_is_merged(tmp_path: Path) -> None:
    index = ArrayIndex(tmp_path)
    for number in range(25):
        commit(index, [doc(f"a{number}")])
    before = index.state()
    commit(index, [doc("late")], gone=["a3"])
    assert index.merge()
    assert [segment.order(0).decode() for segment in before.segments] == [f"a{number}" for number in range(25)]
    assert len(orders(index)) == 25
    assert len(list(tmp_path.glob("*.seg"))) == len(index.state().segments)


def test_two_indexes_on_one_folder_write_in_turn(tmp_path: Path) -> None:
    def write(letter: str) -> None:
        index = ArrayIndex(tmp_path)
        for number in range(20):
            commit(index, [doc(f"{letter}{number}")])
            index.merge()

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(orders(ArrayIndex(tmp_path))) == sorted(
        f"{letter}{number}" for letter in "abc" for number in range(20)
    )


def test_the_last_of_an_owner_in_a_batch_counts(tmp_path: Path) -> None:
    index = ArrayIndex(tmp_path)
    batch = index.batch()
    batch.add(doc("a", "old"))
    batch.delete("a")
    batch.add(doc("a", "new"))
    index.commit(batch)
    assert [segment.title(number) for segment, number in alive(index)] == [b"new"]


def test_a_full_disk_leaves_the_index_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = ArrayIndex(tmp_path)
    commit(index, [doc("kept")])
    files = sorted(tmp_path.iterdir())
    for target in ("index.engine.arrays.ArraySink.extend", "pathlib.Path.write_bytes", "pathlib.Path.rename"):
        with monkeypatch.context() as patch:
            patch.setattr(target, full)
            with pytest.raises(OSError, match="No space"):
                commit(index, [doc("lost")])
        assert orders(index) == ["kept"]
    assert sorted(path for path in tmp_path.iterdir() if path.suffix != ".seg" and "LOCK" not in path.name) == [
        path for path in files if path.suffix != ".seg" and "LOCK" not in path.name
    ]
    commit(index, [doc("later")])
    assert sorted(tmp_path.glob("*.seg")) == sorted(segment.file.path for segment in index.state().segments)


def full(*_: object, **__: object) -> None:
    raise OSError(28, os.strerror(28))


@pytest.mark.parametrize("pattern", ["*.toc", "*.seg"])
def test_damage_is_known(tmp_path: Path, pattern: str) -> None:
    index = ArrayIndex(tmp_path)
    commit(index, [doc("a")])
    (path,) = tmp_path.glob(pattern)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DamageError):
        ArrayIndex(tmp_path).state()


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path) -> None:
    index = ArrayIndex(tmp_path)
    mine, dead = tmp_path / f".{os.getpid()}-x.part", tmp_path / ".999999999-x.part"
    for path in (mine, dead):
        path.write_bytes(b"half")
    commit(index, [doc("a")])
    assert mine.exists()
    assert not dead.exists()


TEXTS = [
    "Kim met Xi in Beijing on Monday, state media said",
    "Xi and Kim were said to have met in Beijing",
    "Beijing said nothing. Nothing was said in Seoul either; Kim said so",
    "The talks in Hanoi ended without a statement",
]


def test_whoosh_searches_it_as_its_own(tmp_path: Path) -> None:
    index = ArrayIndex(tmp_path)
    commit(index, [doc(f"{number}", text) for number, text in enumerate(TEXTS[:3])])
    commit(index, [doc(f"{number}", text) for number, text in enumerate(TEXTS[3:], 3)], gone=["1"])
    said, kim = Term("stems", b"saidc"), Term("stems", b"kimc")
    with index.searcher() as searcher:

        def found(query: object) -> list[str]:
            return sorted(hit["shown"][0] for hit in searcher.search(query, limit=None))

        assert found(said) == ["0", "2"]
        assert found(And([said, kim])) == ["0", "2"]
        assert found(Or([kim, Term("stems", b"hanoic")])) == ["0", "2", "3"]
        assert found(Phrase("words", [b"metc", b"xic"])) == ["0"]
        assert found(Term("owner", "3")) == ["3"]
        assert [term for _, term in searcher.reader().terms_from("stems", b"x")][:1] == [b"xic"]
        assert searcher.reader().doc_frequency("stems", b"saidc") == 3  # with what is deleted, as Whoosh has it
