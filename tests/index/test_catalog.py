"""The catalog: what changed is noticed, only that is read, and nothing in the cache is trusted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotations import store
from annotations.anchor import describe
from annotations.errors import InputError
from annotations.model import Annotation, Claim, Relation, new_id
from index import catalog as index_catalog
from index.catalog import Catalog, Changes, cache_folder
from index.entries import Entries
from index.entry import entry_from, entry_record
from index.examine import examine
from index.library import INDEX_LIMIT, LIST_LIMIT, Library
from index.scan import scan

TEXT = "The Trust has bought the old fish market on the quay and will turn it into workshops, it said on Monday.\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Library:
    (tmp_path / "library").mkdir()
    library = Library.create(tmp_path / "library", ())
    for name in ("a", "b", "c"):
        put(library, f"{name}.txt", f"{name}: {TEXT}")
    return library


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were read, as they are."""
    paths: list[str] = []
    before = Library.read

    def reading(self: Library, path: str, **more: Any) -> object:
        paths.append(path)
        return before(self, path, **more)

    monkeypatch.setattr(Library, "read", reading)
    return paths


def put(library: Library, path: str, text: str | bytes = TEXT, *, age: float = 60) -> Path:
    """A file that was written `age` seconds ago."""
    file = library.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    then = time.time_ns() - int(age * 1e9)
    os.utime(file, ns=(then, then))
    return file


def annotate(
    library: Library,
    path: str,
    *,
    tags: tuple[str, ...] = (),
    claim: Claim | None = None,
    day: int = 1,
    relations: tuple[Relation, ...] = (),
) -> str:
    quote, position = describe(library.read(path).text, 3, 12)
    annotation = Annotation(
        id=new_id(),
        author="ada",
        kind="claim" if claim else "highlight",
        created=f"2026-11-{day:02}T00:00:00Z",
        tags=tags,
        claim=claim,
        relations=relations,
        quote=quote,
        position=position,
    )
    file = store.sidecar_path(library.root / path)
    loaded = store.load(file)
    store.save(loaded, loaded.sidecar.put(annotation))
    then = time.time_ns() - 50_000_000_000 + day
    os.utime(file, ns=(then, then))
    return annotation.id


def fresh(library: Library) -> Catalog:
    catalog = Catalog.load(library)
    catalog.refresh()
    catalog.save()
    return catalog


def test_everything_is_new_the_first_time(shelf: Library, read: list[str]) -> None:
    seen: list[tuple[int, int]] = []
    catalog = Catalog.load(shelf)
    assert not catalog.entries
    changes = catalog.refresh(lambda done, total: seen.append((done, total)))
    assert changes == Changes(added=("a.txt", "b.txt", "c.txt"))
    assert read == ["a.txt", "b.txt", "c.txt"]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert [entry.path for entry in catalog.entries] == ["a.txt", "b.txt", "c.txt"]
    entry = catalog.entries[0]
    assert (entry.title_from, entry.fingerprint) == ("first-sentence", shelf.read("a.txt").fingerprint)


def test_nothing_is_read_twice_and_a_new_process_knows_it_all(shelf: Library, read: list[str]) -> None:
    catalog = fresh(shelf)
    read.clear()
    assert not catalog.refresh()
    again = Catalog.load(shelf)
    assert again.entries == catalog.entries
    assert not again.refresh()
    assert read == []


def test_only_what_changed_is_read(shelf: Library, read: list[str]) -> None:
    catalog = fresh(shelf)
    read.clear()
    put(shelf, "b.txt", "Another text.\n", age=30)
    put(shelf, "d.txt", "A new one.\n")
    (shelf.root / "c.txt").unlink()
    assert catalog.refresh() == Changes(added=("d.txt",), changed=("b.txt",), removed=("c.txt",))
    assert read == ["b.txt", "d.txt"]


def test_a_change_that_keeps_size_and_time_is_noticed(shelf: Library, read: list[str]) -> None:
    catalog = fresh(shelf)
    before = (shelf.root / "b.txt").stat()
    read.clear()
    (shelf.root / "b.txt").write_text(f"B: {TEXT}")
    os.utime(shelf.root / "b.txt", ns=(before.st_mtime_ns, before.st_mtime_ns))
    assert (shelf.root / "b.txt").stat().st_size == before.st_size
    assert catalog.refresh() == Changes(changed=("b.txt",))
    assert read == ["b.txt"]


def test_a_file_that_was_read_in_the_moment_it_changed_is_read_again(shelf: Library, read: list[str]) -> None:
    put(shelf, "d.txt", "A new one.\n", age=0)
    catalog = fresh(shelf)
    read.clear()
    assert not catalog.refresh(), "read again, and found to be the same"
    assert read == ["d.txt"]


def test_a_touched_file_is_read_but_has_not_changed(shelf: Library, read: list[str]) -> None:
    catalog = fresh(shelf)
    read.clear()
    os.utime(shelf.root / "b.txt", ns=(10**18, 10**18))
    assert not catalog.refresh()
    assert read == ["b.txt"]


def test_a_renamed_article_is_not_a_new_one(shelf: Library) -> None:
    catalog = fresh(shelf)
    (shelf.root / "sub").mkdir()
    (shelf.root / "b.txt").rename(shelf.root / "sub/e.txt")
    assert catalog.refresh() == Changes(renamed=(("b.txt", "sub/e.txt"),))
    assert catalog.get("b.txt") is None


def test_of_several_renamed_copies_each_has_one_new_name(shelf: Library) -> None:
    for name in ("x1", "x2", "x3"):
        put(shelf, f"{name}.txt", "The same.\n")
    catalog = fresh(shelf)
    (shelf.root / "x1.txt").rename(shelf.root / "y1.txt")
    (shelf.root / "x2.txt").rename(shelf.root / "y2.txt")
    put(shelf, "y3.txt", "The same.\n")
    assert catalog.refresh() == Changes(added=("y3.txt",), renamed=(("x1.txt", "y1.txt"), ("x2.txt", "y2.txt")))


def test_a_changed_sidecar_is_a_change_of_its_article(shelf: Library, read: list[str]) -> None:
    catalog = fresh(shelf)
    stamp = catalog.entries[0].stamp
    annotate(shelf, "a.txt", tags=("quay",))
    read.clear()
    assert catalog.refresh() == Changes(changed=("a.txt",))
    assert read == ["a.txt"]
    entry = catalog.get("a.txt")
    assert entry
    assert (entry.annotations, entry.kinds) == (1, {"highlight": 1})
    assert entry.stamp != stamp
    assert catalog.annotated() == ("a.txt",)
    store.sidecar_path(shelf.root / "a.txt").unlink()
    assert catalog.refresh() == Changes(changed=("a.txt",))
    assert catalog.entries[0].stamp == stamp


def test_what_was_saved_is_known_without_reading_and_read_at_the_next_refresh(shelf: Library, read: list[str]) -> None:
    catalog = fresh(shelf)
    annotate(shelf, "a.txt", tags=("quay",))
    opened = shelf.open("a.txt")
    read.clear()
    catalog.saved(opened.printed, opened.loaded, opened.placed)
    assert read == []
    noted = catalog.get("a.txt")
    assert noted
    assert (noted.annotations, tuple(noted.used_tags)) == (1, ("quay",))
    assert not catalog.refresh(), "and reading it finds the same"
    assert read == ["a.txt"]
    put(shelf, "a.txt", "Another text.\n")
    catalog.saved(opened.printed, opened.loaded, opened.placed)
    assert catalog.refresh() == Changes(changed=("a.txt",))
    (shelf.root / "a.txt").unlink()
    catalog.saved(opened.printed, opened.loaded, opened.placed)
    assert catalog.get("a.txt") is None


def test_what_is_saved_for_a_large_article_leaves_its_name(shelf: Library) -> None:
    put(shelf, "large.txt", b"A Title\n\n" + b"word " * (LIST_LIMIT // 5))
    catalog = fresh(shelf)
    before = catalog.get("large.txt")
    annotate(shelf, "large.txt")
    opened = shelf.open("large.txt")
    catalog.saved(opened.printed, opened.loaded, opened.placed)
    after = catalog.get("large.txt")
    assert before
    assert after
    assert (after.title, after.annotations) == (before.title, 1)
    assert after.stamp != before.stamp


def test_corrections_are_in_the_entry(shelf: Library) -> None:
    file = store.sidecar_path(shelf.root / "a.txt")
    loaded = store.load(file)
    store.save(loaded, replace(loaded.sidecar, article={"title": "Sold", "published": "2018"}))
    entry = fresh(shelf).get("a.txt")
    assert entry
    assert (entry.title, entry.title_from, entry.published) == ("Sold", "manual", "2018")


def test_one_bad_file_leaves_the_rest_working(shelf: Library, read: list[str]) -> None:
    put(shelf, "latin.txt", b"caf\xe9")
    (shelf.root / "link.txt").symlink_to("/etc/hosts")
    catalog = fresh(shelf)
    assert len(catalog.entries) == 3
    assert [one.path for one in catalog.skipped] == ["latin.txt", "link.txt"]
    assert catalog.skipped[0].why.startswith("not UTF-8: byte 0xE9 at offset 3")
    assert "--encoding" in catalog.skipped[0].why
    read.clear()
    assert not catalog.refresh()
    assert read == [], "what is no text is known to be none"
    put(shelf, "latin.txt", "café", age=30)
    assert catalog.refresh() == Changes(added=("latin.txt",))


def test_a_refused_sidecar_is_named_and_its_article_listed(shelf: Library) -> None:
    put(shelf, "a.txt.postil.yaml", "postil: 1\npostil: 1\n")
    put(shelf, "b.txt.postil.yaml", "postil: 1\nannotations:\n  ada:\n  - id: x\n")
    catalog = fresh(shelf)
    assert len(catalog.entries) == 3
    assert catalog.entries[0].problem.startswith("a.txt.postil.yaml:2: ")
    assert catalog.entries[1].problem.startswith("b.txt.postil.yaml:4: ")
    assert not catalog.entries[2].problem


def test_a_large_article_is_listed_by_its_name_and_not_read(shelf: Library, read: list[str]) -> None:
    with put(shelf, "large.txt").open("r+b") as file:
        file.truncate(LIST_LIMIT + 1)
    entry = fresh(shelf).get("large.txt")
    assert entry
    assert (entry.title, entry.title_from) == ("large", "file-name")
    assert "large.txt" not in read
    with put(shelf, "large.txt").open("r+b") as file:
        file.truncate(LIST_LIMIT + 2)
    changed = fresh(shelf).get("large.txt")
    assert changed
    assert changed.stamp != entry.stamp
    with put(shelf, "large.txt").open("r+b") as file:
        file.truncate(INDEX_LIMIT + 1)
    larger = fresh(shelf).get("large.txt")
    assert larger
    assert not larger.stamp


def test_a_refresh_can_be_cancelled_and_goes_on_later(shelf: Library, read: list[str]) -> None:
    catalog = Catalog.load(shelf)
    answers = iter([False, False, True])
    assert catalog.refresh(cancelled=lambda: next(answers)) == Changes(added=("a.txt", "b.txt"))
    assert catalog.refresh() == Changes(added=("c.txt",))
    assert read == ["a.txt", "b.txt", "c.txt"]


def test_speakers_and_tags_by_how_often_they_are_used(shelf: Library) -> None:
    annotate(shelf, "a.txt", tags=("quay", "law"), claim=Claim(speaker="Kim Jong Un", affiliation="the leader"), day=2)
    annotate(shelf, "a.txt", tags=("quay",), claim=Claim(speaker="Kim Jong-un", affiliation="chairman"), day=3)
    annotate(shelf, "b.txt", tags=("quay",), claim=Claim(speaker="Kim Jong-un"), day=4)
    annotate(shelf, "b.txt", tags=("art",), claim=Claim(speaker="Zhao Tong", affiliation="a fellow"), day=1)
    catalog = fresh(shelf)
    assert catalog.speakers() == (("Kim Jong-un", "chairman"), ("Zhao Tong", "a fellow"))
    assert catalog.tags() == ("quay", "art", "law")


def test_strays_find_their_renamed_article(shelf: Library, read: list[str]) -> None:
    annotate(shelf, "a.txt")
    catalog = fresh(shelf)
    (shelf.root / "a.txt").rename(shelf.root / "z.txt")
    catalog.refresh()
    read.clear()
    assert [(one.path, one.follows) for one in catalog.strays] == [("a.txt.postil.yaml", "z.txt")]
    assert read == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"\xff\xfe",
        lambda _: b"[" * 100_000,
        lambda whole: whole[:-1],
        lambda whole: whole.replace(b"a.txt", b"c.txt"),
        lambda whole: whole.replace(b" 1 ", b" 0 ", 1),
        lambda whole: whole.partition(b"\n")[2],
    ],
    ids=["empty", "no text", "deep", "cut short", "another byte", "another layout", "no head"],
)
def test_a_damaged_or_foreign_catalog_is_made_anew(shelf: Library, damage: Callable[[bytes], bytes]) -> None:
    fresh(shelf)
    file = cache_folder(shelf.root) / "catalog"
    file.write_bytes(damage(file.read_bytes()))
    catalog = Catalog.load(shelf)
    assert catalog.entries == ()
    assert len(catalog.refresh().added) == 3
    catalog.save()
    assert Catalog.load(shelf).entries == catalog.entries


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": 5},
        {"title": ["x"]},
        {"title_from": "nowhere"},
        {"sidecar": [1]},
        {"size": True},
        {"speakers": {"x": 1}},
        {"evil": 1},
    ],
)
def test_a_record_that_is_no_entry_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not"):
        entry_from({"path": "a.txt"} | wrong)


def test_an_entry_comes_back_as_it_was(shelf: Library) -> None:
    put(shelf, "m.md", "---\ntitle: T\ndate: 2018\nauthor: A\nsource: S\nplace: P\ntags: [x]\na: &b c\n---\nText.")
    annotate(shelf, "a.txt", tags=("quay",), claim=Claim(speaker="Ida", affiliation="clerk"))
    put(shelf, "latin.txt", b"\xff")
    fresh(shelf)
    found = {file.path: examine(shelf, file, 7) for file in scan(shelf.root).files}
    known = Entries.read(Entries().of((), found).written(1), 1)
    assert dict(known) == found
    assert known.notable.keys() == {"a.txt", "latin.txt", "m.md"}
    assert known.stamps().keys() == found.keys() - {"latin.txt"}
    assert known["m.md"].problem.startswith("m.md:8: ")


def test_relations_are_known_from_both_ends(shelf: Library) -> None:
    first = annotate(shelf, "a.txt", claim=Claim(speaker="Ida  Berg"))
    second = annotate(shelf, "b.txt", relations=(Relation(type="rebuts", to=first), Relation(type="quotes", to="gone")))
    third = annotate(shelf, "b.txt")
    catalog = fresh(shelf)

    def words(name: str) -> str:
        article = "a.txt" if name == first else "b.txt"
        found = store.load(store.sidecar_path(shelf.root / article)).sidecar.get(name)
        assert found
        return found.quote.exact

    for known in (catalog, Catalog.load(shelf)):
        assert known.pointing_to(first) == (("b.txt", second, "rebuts"),)
        assert known.pointing_to(second) == ()
        assert known.called(first) == ("a.txt", "Ida Berg", words(first))
        assert known.called(second) == ("b.txt", "ada’s highlight", words(second))
        assert known.called(third) == ("b.txt", "ada’s highlight", words(third))
        assert known.called("gone") is known.called(first[1:]) is known.called("") is None
    store.sidecar_path(shelf.root / "b.txt").unlink()
    catalog.refresh()
    assert catalog.pointing_to(first) == ()
    assert catalog.called(second) is None


@pytest.mark.parametrize("damage", [7, [["a", "b"]], [["a", "b", 3]], ["abc"]])
def test_damaged_relations_are_noticed(shelf: Library, damage: object) -> None:
    fresh(shelf)
    record = {**entry_record(Catalog.load(shelf).entries[0]), "relations": damage}
    with pytest.raises(ValueError, match="not"):
        entry_from(record)


def test_the_cache_is_private(shelf: Library) -> None:
    folder = cache_folder(shelf.root)
    assert folder.name == "v1"
    assert folder.is_relative_to(os.environ["XDG_CACHE_HOME"])
    assert not folder.is_relative_to(shelf.root)
    for one in (folder, folder.parent, folder.parent.parent):
        assert one.stat().st_mode & 0o777 == 0o700
    assert cache_folder(shelf.root) == folder


def test_a_cache_that_others_could_write_to_is_emptied(shelf: Library) -> None:
    folder = cache_folder(shelf.root)
    (folder / "planted").write_text("x")
    folder.chmod(0o777)
    assert not (cache_folder(shelf.root) / "planted").exists()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_cache_that_is_a_link_is_refused_and_done_without(shelf: Library, tmp_path: Path) -> None:
    folder = cache_folder(shelf.root)
    folder.rmdir()
    (tmp_path / "theirs").mkdir()
    folder.symlink_to(tmp_path / "theirs")
    with pytest.raises(InputError, match="not yours"):
        cache_folder(shelf.root)
    assert len(fresh(shelf).entries) == 3
    assert list((tmp_path / "theirs").iterdir()) == []


def test_a_cache_that_cannot_be_written_is_done_without(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/cache")
    assert len(fresh(shelf).entries) == 3


def test_the_same_text_in_another_version_of_the_catalog_is_read_again(
    shelf: Library, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh(shelf)
    read.clear()
    monkeypatch.setattr(index_catalog, "VERSION", index_catalog.VERSION + 1)
    fresh(shelf)
    assert len(read) == 3


def test_what_wants_repair_is_counted_also_when_the_text_changed(shelf: Library) -> None:
    annotate(shelf, "a.txt")
    catalog = fresh(shelf)
    assert [entry.repairs for entry in catalog.entries if entry.path == "a.txt"] == [0]
    put(shelf, "a.txt", "Other words altogether.\n")
    catalog.refresh()
    catalog.save()
    again = Catalog.load(shelf).get("a.txt")
    assert again
    assert again.repairs == 1
