"""`list`, `show`: text for people, JSON for programs, the same answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Postil

pytestmark = pytest.mark.usefixtures("library")

KNOWN = ["path", "title", "title_from", "published", "agency", "byline", "dateline", "tags"]


def test_list_as_json(library: Path, postil: Postil) -> None:
    postil("annotate", "news/summit.txt", "--quote", "without a deal")
    (library / "latin.txt").write_bytes(b"caf\xe9\n")
    found = postil("list", "--json").json
    assert list(found) == ["articles", "skipped", "problems"]
    assert [one["path"] for one in found["articles"]] == ["harvest.txt", "news/summit.txt"]
    assert all(list(one) == [*KNOWN, "annotations", "reading"] for one in found["articles"])
    assert [one["annotations"] for one in found["articles"]] == [0, 1]
    assert found["articles"][1]["title"] == "Summit Ends Without a Deal"
    assert found["articles"][0]["published"] is None
    assert [list(one) for one in found["skipped"]] == [["path", "why"]]
    assert found["skipped"][0]["path"] == "latin.txt"


def test_list_as_text_is_a_line_for_each_article(library: Path, postil: Postil) -> None:
    (library / "latin.txt").write_bytes(b"caf\xe9\n")
    ran = postil("list")
    assert ran.status == 0
    assert [line.split()[:3] for line in ran.out.splitlines()] == [
        ["unknown", "-", "harvest.txt"],
        ["unknown", "-", "news/summit.txt"],
    ]
    assert ran.err.startswith("skipped latin.txt: ")
    assert ran.err.count("\n") == 1


def test_an_empty_library_says_what_to_do(tmp_path: Path, postil: Postil) -> None:
    postil("init", tmp_path)
    ran = postil("--library", tmp_path, "list")
    assert (ran.status, ran.out) == (0, "")
    assert "put .txt or .md files there" in ran.err


def test_no_library_says_how_to_make_one(tmp_path: Path, postil: Postil) -> None:
    for command in (["list"], ["show", "a.txt"], ["search", "x"], ["annotate", "a.txt", "--quote", "x"], ["rm", "x"]):
        ran = postil("--library", tmp_path, *command)
        assert ran.status == 3
        assert ran.err.count("\n") == 1
        assert "postil init" in ran.err


def test_a_library_that_is_not_there_is_said_not_to_be(tmp_path: Path, postil: Postil) -> None:
    for command in (["list"], ["search", "x"], []):
        ran = postil("--library", tmp_path / "nowhere", *command)
        assert (ran.status, ran.err.count("\n")) == (3, 1)
        assert f"{tmp_path / 'nowhere'}: there is no such folder" in ran.err


def test_show_as_json(library: Path, postil: Postil) -> None:
    made = postil(
        "annotate", "news/summit.txt", "--quote", '"Sanctions work,"', "--kind", "claim", "--speaker", "Rita Sol"
    )
    shown = postil("show", "news/summit.txt", "--json").json
    assert list(shown) == [*KNOWN, "text", "blocks", "annotations"]
    assert shown["text"] == (library / "news" / "summit.txt").read_text()
    assert [list(block) for block in shown["blocks"]] == [["start", "end", "label"]] * len(shown["blocks"])
    [claim] = shown["annotations"]
    assert claim["id"] == made.out.strip()
    assert claim["author"] == "ada"
    assert claim["kind"] == "claim"
    assert claim["claim"] == {"speaker": "Rita Sol", "status": "new"}
    assert claim["state"] == "same"
    assert shown["text"][claim["start"] : claim["end"]] == claim["quote"]["exact"] == '"Sanctions work,"'
    assert claim["position"]["start"] == claim["start"]
    assert claim["quote"]["occurrence"] == {"index": 0, "count": 1}


def test_json_is_ascii_and_true(library: Path, postil: Postil) -> None:
    (library / "bell.txt").write_text("Ring \x1b]0;owned\x07 the “bell”, שלום 🔔\n")
    ran = postil("show", "bell.txt", "--json")
    assert ran.out.isascii()
    assert "\x1b" not in ran.out
    assert ran.json["text"] == "Ring \x1b]0;owned\x07 the “bell”, שלום 🔔\n"
    assert postil("show", "bell.txt", "--format", "json").out == ran.out


def test_show_in_another_encoding(library: Path, postil: Postil) -> None:
    (library / "latin.txt").write_bytes(b"Caf\xe9 closed.\n")
    assert "--encoding" in postil("show", "latin.txt").err
    assert postil("show", "latin.txt", "--encoding", "latin-1", "--json").json["text"] == "Café closed.\n"
    assert postil("show", "latin.txt", "--encoding", "klingon").status == 2


def test_show_as_text(library: Path, postil: Postil) -> None:
    postil(
        "annotate",
        "news/summit.txt",
        "--quote",
        "Sanctions work",
        "--note",
        "Is it so?\nAsk her.",
        "--tag",
        "sanctions",
    )
    out = postil("show", "news/summit.txt").out
    assert out.startswith("Summit Ends Without a Deal\n")
    assert "date unknown" in out
    assert (library / "news" / "summit.txt").read_text().rstrip() in out
    assert out.endswith("  “Sanctions work”\n  Is it so?\n  Ask her.\n")
    assert "1 annotation\n" in out
    assert " · ada · line 7 · sanctions" in out


def test_an_article_is_named_from_here_or_from_the_root(
    library: Path, postil: Postil, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library / "news")
    assert postil("show", "summit.txt", "--json").json["path"] == "news/summit.txt"
    assert postil("show", "news/summit.txt", "--json").json["path"] == "news/summit.txt"
    assert postil("show", "harvest.txt", "--json").json["path"] == "harvest.txt"
    monkeypatch.chdir(library.parent)
    assert postil("--library", "library", "show", "harvest.txt", "--json").json["path"] == "harvest.txt"
    ran = postil("--library", "library", "show", "nothing.txt")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
