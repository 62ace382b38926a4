from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from annotations import durable, splice, store
from annotations.emit import emit
from annotations.errors import InputError
from annotations.model import SIDECAR_SUFFIX, Annotation, Reply, Sidecar
from annotations.store import Loaded, load, save, sidecar_path
from tests.annotations.annotator import annotation


def note(number: int, text: str = "", author: str = "ada") -> Annotation:
    return replace(annotation(author, number), id=f"id{number}", note=text or f"number {number}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / f"a.txt{SIDECAR_SUFFIX}"


@pytest.fixture
def two(path: Path) -> Loaded:
    """A sidecar with a hand-written comment, and two annotations."""
    text = emit(Sidecar().put(note(1)).put(note(2)))
    path.write_text(f"# mind the quotes\n{text}")
    return load(path)


def test_the_sidecar_stands_beside_its_article() -> None:
    assert sidecar_path(Path("news/a.b.txt")) == Path("news/a.b.txt.postil.yaml")


# Loading and making


def test_where_there_is_no_file_the_sidecar_is_empty(path: Path) -> None:
    assert load(path) == Loaded(path, None, Sidecar())


def test_the_first_save_makes_the_file_with_the_sections_of_the_team(path: Path) -> None:
    saved = save(load(path), Sidecar().put(note(1, author="ben")), team=("ada", "ben", "zoe"))
    assert list(load(path).sidecar.sections) == ["ada", "ben", "zoe"]
    assert saved.loaded == load(path)
    assert not saved.merged
    again = save(saved.loaded, saved.loaded.sidecar.put(note(2)), team=("ada", "ben", "zoe", "mia"))
    assert list(again.loaded.sidecar.sections) == ["ada", "ben", "zoe"]


def test_a_team_can_have_its_sections_before_anybody_writes(path: Path) -> None:
    save(load(path), Sidecar(), team=("ada", "ben"))
    assert load(path).sidecar == Sidecar(sections={"ada": (), "ben": ()})


def test_saving_nothing_where_nothing_is_makes_no_file(path: Path) -> None:
    assert save(load(path), Sidecar()).loaded == Loaded(path, None, Sidecar())
    assert not path.exists()


def test_a_save_gives_what_a_load_would(two: Loaded) -> None:
    saved = save(two, two.sidecar.put(note(3)))
    assert saved.loaded == load(two.path)
    assert two.path.read_text().startswith("# mind the quotes\n")


def test_saving_what_is_there_writes_nothing(two: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "write_atomically", None)
    assert save(two, two.sidecar).loaded == two


# Others


def test_what_others_wrote_in_between_stays(two: Loaded) -> None:
    save(load(two.path), two.sidecar.put(note(3, author="ben")).drop("id1"))
    saved = save(two, two.sidecar.put(note(2, "edited")))
    assert saved.merged
    assert saved.conflicts == ()
    assert saved.loaded == load(two.path)
    assert [(one.id, one.note) for one in saved.loaded.sidecar.annotations] == [("id2", "edited"), ("id3", "number 3")]
    assert two.path.read_text().startswith("# mind the quotes\n")


def test_a_clash_is_told_and_kept_in_the_file(two: Loaded) -> None:
    save(load(two.path), two.sidecar.put(note(1, "theirs")))
    saved = save(two, two.sidecar.put(note(1, "mine")))
    (conflict,) = saved.conflicts
    assert (conflict.annotation, conflict.field, conflict.ours, conflict.theirs) == ("id1", "note", "mine", "theirs")
    found = load(two.path).sidecar.get("id1")
    assert found is not None
    assert (found.note, found.conflicts) == ("mine", {"note": {"base": "number 1", "ours": "mine", "theirs": "theirs"}})


def test_an_edit_by_hand_in_between_stays_with_its_comment(two: Loaded) -> None:
    by_hand = two.path.read_text().replace("number 1", "by hand  # I was here")
    two.path.write_text(by_hand)
    save(two, two.sidecar.put(note(3)))
    assert [one.note for one in load(two.path).sidecar.annotations] == ["by hand", "number 2", "number 3"]
    assert "by hand  # I was here" in two.path.read_text()


def test_when_the_disk_holds_the_same_edit_nothing_is_written_but_it_is_made_durable(
    two: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = two.sidecar.put(note(3))
    save(two, edit)
    synced: list[Path] = []
    monkeypatch.setattr(store, "write_atomically", None)
    monkeypatch.setattr(store, "sync", synced.append)
    assert save(two, edit).loaded == load(two.path)
    assert synced == [two.path]


def test_a_file_that_was_deleted_in_between_comes_back_with_our_edit(two: Loaded) -> None:
    two.path.unlink()
    edited = replace(note(2), replies=(Reply(id="r", author="ada", created="2026", note="why?"),))
    saved = save(two, two.sidecar.put(edited).put(note(3)), team=("zoe",))
    assert saved.merged
    assert saved.loaded == load(two.path)
    assert [one.id for one in saved.loaded.sidecar.annotations] == ["id2", "id3"]
    assert [(one.field, one.side) for one in saved.conflicts] == [("deleted", "theirs")]
    assert list(saved.loaded.sidecar.sections) == ["zoe", "ada"]


def test_a_file_that_was_made_in_between_is_merged(path: Path) -> None:
    empty = load(path)
    save(load(path), Sidecar().put(note(1, author="ben")))
    saved = save(empty, Sidecar().put(note(2)))
    assert [one.id for one in saved.loaded.sidecar.annotations] == ["id1", "id2"]


def test_damaged_entries_stay_as_they_are_and_where_they_are_is_known(two: Loaded) -> None:
    broken = two.path.read_text().replace("- id: id2", "- no-id: id2")
    two.path.write_text(broken)
    loaded = load(two.path)
    (before,) = loaded.sidecar.damaged
    for number in (0, 3):
        loaded = save(loaded, loaded.sidecar.put(note(number))).loaded
    (after,) = loaded.sidecar.damaged
    assert loaded == load(two.path)
    assert after.line > before.line
    assert broken[broken.index("  - no-id") :] in two.path.read_text()


def test_threads_that_save_at_once_lose_nothing(path: Path) -> None:
    def work(author: str) -> None:
        loaded = load(path)
        for number in range(10):
            loaded = save(loaded, loaded.sidecar.put(annotation(author, number))).loaded

    threads = [threading.Thread(target=work, args=(author,)) for author in ("ada", "ben", "zoe")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(load(path).sidecar.annotations) == 30


# What is refused


@pytest.mark.parametrize(
    "text",
    [
        "postil: 1\npostil: 1\n",
        "postil: 1\nannotations:\n\tada:\n",
        "<<<<<<< ours\npostil: 1\n",
        "postil: &a 1\nx: *a\n",
        "x: " + "[" * 100_000,
        "postil: 99\n",
        "- a list\n",
        "postil: 1\nnote: \x00\n",
    ],
    ids=["duplicate key", "tab", "merge mark", "alias", "100,000 brackets", "newer format", "list", "NUL"],
)
def test_a_file_that_cannot_be_understood_is_never_overwritten(two: Loaded, text: str) -> None:
    two.path.write_text(text)
    with pytest.raises(InputError) as raised:
        load(two.path)
    assert raised.value.path == two.path
    with pytest.raises(InputError):
        save(two, two.sidecar.put(note(3)))
    assert two.path.read_text() == text


def test_what_is_no_file_is_refused_at_once(two: Loaded) -> None:
    two.path.unlink()
    os.mkfifo(two.path)
    with pytest.raises(InputError, match="not a regular file"):
        load(two.path)
    with pytest.raises(InputError, match="not a regular file"):
        save(two, Sidecar())


def test_a_link_is_followed_only_inside_of_the_library(two: Loaded, tmp_path: Path) -> None:
    root = tmp_path / "library"
    root.mkdir()
    link, real = root / f"b.txt{SIDECAR_SUFFIX}", root / "real.yaml"
    link.symlink_to(two.path)
    with pytest.raises(InputError, match="link out of the library"):
        load(link, inside=root)
    link.unlink()
    link.symlink_to("real.yaml")
    real.write_bytes(two.data or b"")
    with pytest.raises(InputError, match="link out of the library"):
        load(link)
    loaded = load(link, inside=root)
    save(loaded, loaded.sidecar.put(note(3)))
    assert link.is_symlink()
    assert load(real).sidecar.get("id3") == note(3)


def test_a_huge_file_is_refused_without_reading_it_whole(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10_000_000_000)  # a hole: it takes no room on the disk
    with pytest.raises(InputError):
        load(path)


def test_the_lock_is_given_back_when_a_save_fails(two: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise InputError("no")

    with monkeypatch.context() as patch:
        patch.setattr(splice, "splice_sidecar", refuse)
        with pytest.raises(InputError, match="no"):
            save(two, two.sidecar.put(note(3)))
    monkeypatch.setattr(durable, "_LOCK_SECONDS", 0.0)
    save(two, two.sidecar.put(note(3)))
