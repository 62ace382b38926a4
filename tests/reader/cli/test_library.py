"""`init`, `sidecars`, `index`, `doctor`: the library as a whole."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from reader.session import Session

from .conftest import SUMMIT, Postil, Process


def _digest(root: Path) -> dict[str, str]:
    return {str(one): hashlib.sha256(one.read_bytes()).hexdigest() for one in root.rglob("*") if one.is_file()}


def test_init_makes_a_library_and_changes_nothing_else(tmp_path: Path, postil: Postil) -> None:
    (tmp_path / "a.txt").write_text("One.\n")
    before = _digest(tmp_path)
    ran = postil("init", tmp_path, "--json")
    assert ran.status == 0
    assert ran.json == {"library": str(tmp_path), "created": True, "articles": 1}
    after = _digest(tmp_path)
    assert set(after) - set(before) == {str(tmp_path / "postil.yaml")}
    assert before.items() <= after.items()


def test_init_again_changes_nothing(library: Path, postil: Postil) -> None:
    before = _digest(library)
    ran = postil("init", "--json")
    assert ran.status == 0
    assert ran.json == {"library": str(library), "created": False, "articles": 2}
    assert "already a library" in postil("init").out
    assert _digest(library) == before


def test_init_names_the_author_as_its_team(tmp_path: Path, postil: Postil) -> None:
    postil("--author", "Ben Okri", "init", tmp_path)
    assert postil("--library", tmp_path, "doctor", "--json").json["library"]["team"] == ["ben-okri"]


def test_init_of_a_folder_that_is_not_there(tmp_path: Path, postil: Postil) -> None:
    ran = postil("init", tmp_path / "nowhere")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == f"postil: {tmp_path / 'nowhere'}: there is no such folder; make it first\n"


def test_sidecars_are_made_once(library: Path, postil: Postil) -> None:
    made = postil("sidecars", "--json").json["made"]
    assert made == ["harvest.txt.postil.yaml", "news/summit.txt.postil.yaml"]
    assert "\n  ada:\n" in (library / made[0]).read_text()
    before = _digest(library)
    assert postil("sidecars", "--json").json["made"] == []
    assert _digest(library) == before


def test_sidecars_of_the_articles_that_are_named(library: Path, postil: Postil) -> None:
    ran = postil("sidecars", "harvest.txt")
    assert ran.out == "harvest.txt.postil.yaml\n"
    assert not (library / "news" / "summit.txt.postil.yaml").exists()
    assert postil("sidecars", "nothing.txt").status == 1


def test_a_sidecar_follows_its_renamed_article(library: Path, postil: Postil) -> None:
    made = postil("annotate", "harvest.txt", "--quote", "wheat").out.strip()
    (library / "harvest.txt").rename(library / "wheat.txt")
    [problem] = postil("list", "--json").json["problems"]
    assert problem["path"] == "harvest.txt.postil.yaml"
    assert "wheat.txt" in problem["why"]
    assert "--follow" in postil("list").err
    assert postil("sidecars", "--follow", "--json").json["followed"] == ["wheat.txt.postil.yaml"]
    assert [one["id"] for one in postil("show", "wheat.txt", "--json").json["annotations"]] == [made]
    assert postil("list", "--json").json["problems"] == []


def test_index_counts_what_can_be_searched(library: Path, postil: Postil) -> None:
    postil("annotate", "harvest.txt", "--quote", "wheat")
    (library / "latin.txt").write_bytes(b"caf\xe9\n")
    for options in ([], ["--rebuild"]):
        stats = postil("index", *options, "--json").json
        assert list(stats) == ["articles", "annotations", "skipped", "folder", "bytes", "segments", "version", "pruned"]
        assert (stats["articles"], stats["annotations"], stats["skipped"]) == (2, 1, 1)
        assert stats["bytes"] > 0
        assert not Path(stats["folder"]).is_relative_to(library)
    ran = postil("index", "--stats")
    assert ran.out.startswith("2 articles and 1 annotation can be searched\n0 articles indexed just now")
    assert f"1 segment, {stats['bytes']:,} bytes, version {stats['version']}, in {stats['folder']}" in ran.out


def test_a_damaged_index_is_nobodys_trouble(library: Path, postil: Postil, process: Process) -> None:
    folder = Path(postil("index", "--json").json["folder"])
    for file in folder.iterdir():
        file.write_bytes(b"nonsense")
    done = process("search", "wheat", cwd=library)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("harvest.txt:3")


def test_doctor_as_json(library: Path, postil: Postil) -> None:
    (library / "latin.txt").write_bytes(b"caf\xe9\n")
    found = postil("doctor", "--json").json
    assert list(found) == ["postil", "author", "settings", "library", "index", "texts", "yaml", "git", "terminal"]
    assert found["author"] == {"id": "ada", "source": "POSTIL_AUTHOR"}
    assert found["library"]["root"] == str(library)
    assert (found["library"]["articles"], found["library"]["annotations"]) == (2, 0)
    assert [one["path"] for one in found["library"]["skipped"]] == ["latin.txt"]
    assert found["yaml"]["libyaml"] is True
    assert found["git"]["repository"] is None
    assert postil("--author", "B", "doctor", "--json").json["author"] == {"id": "b", "source": "--author"}


def test_doctor_ends_with_3_for_what_needs_mending_and_0_for_what_does_not(library: Path, postil: Postil) -> None:
    (library / ".hidden.txt").write_text("One.\n")
    assert postil("doctor").status == 0
    (library / "latin.txt").write_bytes(b"caf\xe9\n")
    assert postil("doctor").status == 3
    assert postil("doctor", "--json").json["library"]["unreadable"] == 1
    (library / "latin.txt").unlink()
    (library / "harvest.txt.postil.yaml").write_text("postil: [\n")
    ran = postil("doctor")
    assert ran.status == 3
    assert "harvest.txt.postil.yaml:" in ran.out


def test_doctor_says_what_its_two_counts_of_annotations_count(library: Path, postil: Postil) -> None:
    assert library.is_dir()
    postil("search", "wheat")
    postil("annotate", "harvest.txt", "--quote", "wheat")
    out = postil("doctor").out
    assert "annotations in sidecars 1," in out
    assert "annotations at the last search 0," in out


def test_doctor_answers_without_a_library(tmp_path: Path, postil: Postil) -> None:
    ran = postil("--library", tmp_path, "doctor", "--json")
    assert ran.status == 3
    assert "postil init" in ran.json["library"]["problem"]
    assert ran.json["author"]["id"]
    text = postil("--library", tmp_path, "doctor")
    assert text.status == 3
    assert "postil init" in text.out


def test_doctor_answers_when_the_settings_are_broken(library: Path, home: Path, postil: Postil) -> None:
    assert library.is_dir()
    settings = home / "config" / "postil" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("author = [")
    ran = postil("doctor", "--json")
    assert ran.status == 3
    assert str(settings) in ran.json["settings"]["problem"]
    assert ran.json["git"]


def test_articles_are_never_changed(library: Path, postil: Postil) -> None:
    made = postil("annotate", "news/summit.txt", "--quote", "GENEVA").out.strip()
    postil("edit", made, "--note", "x")
    postil("set", "news/summit.txt", "title=Y")
    postil("rm", made)
    postil("sidecars")
    assert (library / "news" / "summit.txt").read_text() == SUMMIT


@pytest.mark.parametrize("command", [["list"], ["doctor"], ["index"], ["search", "wheat"], ["show", "harvest.txt"]])
def test_a_reading_command_writes_nothing_into_the_library(library: Path, postil: Postil, command: list[str]) -> None:
    before = _digest(library)
    postil(*command)
    assert _digest(library) == before


def test_a_command_closes_its_session_however_it_ends(
    library: Path, postil: Postil, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert library.is_dir()
    closed = 0

    def close(_: Session) -> None:
        nonlocal closed
        closed += 1

    monkeypatch.setattr(Session, "close", close)
    postil("list")
    postil("show", "nothing.txt")
    assert closed == 2
