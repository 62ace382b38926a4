"""What every search backend does, whatever keeps its index: a class of tests to inherit, with a fixture `backend`."""

from __future__ import annotations

from index.article import Label
from index.documents import Document, Zoned
from index.query import parse
from index.search import SearchBackend, Stats, Wanted
from index.zones import LABELS, TITLE

__all__ = ["Conformance", "article", "found"]


def article(name: str, text: str, *, title: str = "", stamp: str = "", kind: str = "article") -> Document:
    texts = (Zoned(LABELS[Label.BODY], text, apart=False), Zoned(TITLE, title))
    values = (("result", kind), ("path", name))
    return Document(owner=name, texts=texts, values=values, title=title, order=name, stamp=stamp, shown=(name, title))


def found(backend: SearchBackend, query: str, limit: int = 20) -> list[str]:
    """The documents that match, best first."""
    return [shown[0] for _, shown in backend.search(parse(query), Wanted(limit=limit)).best]


class Conformance:
    """Tests of any backend."""

    def test_it_is_empty_when_it_is_new(self, backend: SearchBackend) -> None:
        assert found(backend, "port") == []
        assert list(backend.stamps()) == []
        assert (backend.stats().articles, backend.stats().annotations) == (0, 0)
        assert backend.complete("p", 5) == ()

    def test_what_was_added_is_found_after_a_commit(self, backend: SearchBackend) -> None:
        backend.add_many([article("a", "One port"), article("b", "Two ports")])
        assert found(backend, "port") == []
        backend.commit()
        assert sorted(found(backend, "port")) == ["a", "b"]
        assert found(backend, '"two ports"') == ["b"]
        assert backend.search(parse("port"), Wanted(limit=1)).total == 2

    def test_an_update_replaces_all_that_an_owner_has(self, backend: SearchBackend) -> None:
        backend.add_many([article("a", "One port"), article("a", "Another port"), article("b", "A third port")])
        backend.commit()
        assert sorted(found(backend, "port")) == ["a", "a", "b"]
        backend.update("a", [article("a", "A harbour")])
        assert sorted(found(backend, "port")) == ["a", "a", "b"]
        backend.commit()
        assert found(backend, "port") == ["b"]
        assert found(backend, "harbour") == ["a"]

    def test_adding_takes_the_place_of_what_was_committed(self, backend: SearchBackend) -> None:
        for text in ("One port", "A harbour"):
            backend.add_many([article("a", text)])
            backend.commit()
        assert found(backend, "port") == []
        assert found(backend, "harbour") == ["a"]

    def test_the_last_update_before_a_commit_counts(self, backend: SearchBackend) -> None:
        for text in ("One port", "Two ports", "A harbour"):
            backend.update("a", [article("a", text)])
        backend.update("b", [article("b", "One port")])
        backend.delete("b")
        backend.commit()
        assert found(backend, "port") == []
        assert found(backend, "harbour") == ["a"]

    def test_what_is_deleted_is_gone(self, backend: SearchBackend) -> None:
        backend.add_many([article("a", "One port", stamp="1"), article("b", "Two ports", stamp="2")])
        backend.commit()
        backend.delete("a")
        backend.delete("nobody")
        backend.commit()
        assert found(backend, "port") == ["b"]
        assert list(backend.stamps()) == ["2"]

    def test_what_is_cancelled_never_was(self, backend: SearchBackend) -> None:
        backend.add_many([article("a", "One port")])
        backend.commit()
        backend.update("a", [article("a", "A harbour")])
        backend.delete("a")
        backend.cancel()
        backend.commit()
        assert found(backend, "port") == ["a"]

    def test_stamps_are_of_those_owners(self, backend: SearchBackend) -> None:
        backend.add_many([article("a", "", stamp="1"), article("b", "", stamp="2"), article("c", "")])
        backend.commit()
        assert sorted(backend.stamps()) == ["1", "2"]
        assert list(backend.stamps(["b", "c", "d"])) == ["2"]
        assert list(backend.stamps([])) == []

    def test_equals_are_in_order(self, backend: SearchBackend) -> None:
        for name in "cab":
            backend.add_many([article(name, "The same port")])
            backend.commit()
        assert found(backend, "port") == ["a", "b", "c"]
        assert found(backend, "port", limit=2) == ["a", "b"]

    def test_many_small_commits_and_merges_change_no_answer(self, backend: SearchBackend) -> None:
        for number in range(30):
            backend.update(f"{number % 10}", [article(f"{number % 10}", f"A port, {number} ships")])
            backend.commit()
            if backend.crowded():
                backend.merge()
        backend.merge()
        assert sorted(found(backend, "port")) == [f"{number}" for number in range(10)]
        assert found(backend, '"29 ships"') == ["9"]
        assert found(backend, '"19 ships"') == []

    def test_words_are_completed(self, backend: SearchBackend) -> None:
        backend.add_many([article("a", "port ports"), article("b", "port portal"), article("c", "port portal sport")])
        backend.commit()
        assert backend.complete("po", 2) == ("port", "portal")
        assert backend.complete("x", 2) == ()

    def test_rebuilding_begins_with_nothing(self, backend: SearchBackend) -> None:
        backend.add_many([article("a", "One port")])
        backend.commit()
        backend.add_many([article("b", "Two ports")])
        backend.rebuild()
        backend.commit()
        assert found(backend, "port") == []
        backend.add_many([article("c", "Three ports")])
        backend.commit()
        assert found(backend, "port") == ["c"]

    def test_rested_it_answers_as_before(self, backend: SearchBackend) -> None:
        backend.add_many([article("a", "One port"), article("b", "Two ports")])
        backend.commit()
        before = found(backend, "port")
        backend.rest()
        assert found(backend, "port") == before != []

    def test_closed_it_opens_again(self, backend: SearchBackend) -> None:
        backend.add_many([article("a", "One port"), article("b", "port", kind="annotation")])
        backend.commit()
        before = backend.stats()
        backend.close()
        assert sorted(found(backend, "port")) == ["a", "b"]
        assert isinstance(before, Stats)
        assert backend.stats() == before
        assert (before.articles, before.annotations) == (1, 1)
