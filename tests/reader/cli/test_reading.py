"""`list`, `show`, `search`: text for people, JSON for programs, the same answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Postil

pytestmark = pytest.mark.usefixtures("library")

KNOWN = ["path", "title", "title_from", "published", "agency", "byline", "dateline", "tags"]
HIT = [
    "path",
    "title",
    "result",
    "id",
    "kind",
    "speaker",
    "author",
    "tags",
    "status",
    "score",
    "snippet",
    "block",
    "line",
    "start",
    "end",
]


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


def test_search_as_json(library: Path, postil: Postil) -> None:
    made = postil("annotate", "news/summit.txt", "--quote", "Sanctions work", "--note", "sanctions again").out.strip()
    found = postil("search", "sanctions", "--json").json
    assert list(found) == ["query", "total", "partial", "hits"]
    assert (found["query"], found["total"], found["partial"]) == ("sanctions", 2, False)
    assert all(list(one) == HIT for one in found["hits"])
    by_result = {one["result"]: one for one in found["hits"]}
    article, annotation = by_result["article"], by_result["annotation"]
    text = (library / "news" / "summit.txt").read_text()
    assert text[article["start"] : article["end"]].casefold() == "sanctions"
    assert article["line"] == text.count("\n", 0, article["start"]) + 1
    assert article["path"] == annotation["path"] == "news/summit.txt"
    assert (article["id"], article["kind"]) == (None, None)
    assert (annotation["id"], annotation["kind"]) == (made, "highlight")
    assert text[annotation["start"] : annotation["end"]] == "Sanctions work"


def test_search_as_text_marks_the_hit(postil: Postil) -> None:
    ran = postil("search", "wheat")
    assert ran.status == 0
    assert ran.out.startswith("harvest.txt:3  Harvest Fails in the North")
    assert "‹wheat›" in ran.out
    assert ran.err == ""


def test_search_sees_what_changed_since(library: Path, postil: Postil) -> None:
    assert postil("search", "zebra").status == 1
    (library / "zoo.txt").write_text("A zebra ran.\n")
    assert postil("search", "zebra").out.startswith("zoo.txt:1")
    (library / "zoo.txt").unlink()
    assert postil("search", "zebra").status == 1


def test_nothing_found_is_1_and_says_so(postil: Postil) -> None:
    ran = postil("search", "unicorn")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "nothing found for unicorn\n"
    ran = postil("search", "unicorn", "--json")
    assert (ran.status, ran.json["hits"], ran.json["total"]) == (1, [], 0)


def test_a_query_that_does_not_parse_says_where(postil: Postil) -> None:
    ran = postil("search", "中文 (wheat")
    line, query, caret = ran.err.splitlines()
    assert (ran.status, ran.out) == (2, "")
    assert line.startswith("postil: ")
    assert query == "  中文 (wheat"
    assert caret.strip() == "^"
    assert caret.index("^") >= 2 + 5  # two wide characters and a blank before the parenthesis


def test_a_search_says_what_it_could_not_look_at(library: Path, postil: Postil) -> None:
    (library / ".hidden.txt").write_text("One.\n")
    ran = postil("search", "wheat", "--json")
    assert (ran.json["partial"], ran.err) == (False, "")
    (library / "harvest.txt.postil.yaml").write_text("postil: 1\nby: [\n")
    for options in ([], ["--json"]):
        ran = postil("search", "wheat", *options)
        assert (ran.status, ran.err.count("\n")) == (0, 1)
        assert "annotations are missing here: harvest.txt.postil.yaml:" in ran.err
    assert ran.json["partial"] is True
    (library / "news" / "summit.txt.postil.yaml").write_text("postil: 99\n")
    for name in ("a", "b"):
        (library / f"{name}.txt").write_bytes(b"caf\xe9\n")
    refused, unread = postil("search", "wheat").err.splitlines()
    assert "(and 1 more: `postil list` names them)" in refused
    assert unread == "2 files could not be read and searched: `postil list` says why"


def test_a_prefix_of_too_many_words_is_said_to_be_cut(library: Path, postil: Postil) -> None:
    (library / "many.txt").write_text("".join(f"zo{number}\n" for number in range(70)))
    assert "prefix" in postil("search", "zo*").err


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (["alpine", "-wheat"], "alpine -wheat"),
        (["-wheat", "alpine"], "-wheat alpine"),
        (["--limit", "5", "-hwheat", "alpine"], "-hwheat alpine"),
        (["alpine", "--limit", "5", "-wheat"], "alpine -wheat"),
        (["-kind:claim", "alpine", "-in:title"], "-kind:claim alpine -in:title"),
        (["-(wheat", "OR", "corn)"], "-(wheat OR corn)"),
        (["--", "-wheat"], "-wheat"),
        (["--", "alpine", "--limit"], "alpine --limit"),
    ],
)
def test_a_word_with_a_dash_is_of_the_query(postil: Postil, arguments: list[str], query: str) -> None:
    assert postil("search", "--json", *arguments).json["query"] == query
    if arguments[0] != "--":
        assert postil("search", *arguments, "--json").json["query"] == query


def test_search_without_a_word_prints_what_has_none(postil: Postil) -> None:
    assert [one["path"] for one in postil("search", "alpine", "-wheat", "--json").json["hits"]] == ["news/summit.txt"]
    assert postil("search", "alpine", "--bogus").status == 2
    assert postil("search", "-h").out.startswith("usage")


def test_search_prints_at_most_what_was_asked_for(library: Path, postil: Postil) -> None:
    for number in range(5):
        (library / f"zoo{number}.txt").write_text("A zebra ran.\n")
    ran = postil("search", "zebra", "--limit", 2)
    assert ran.out.count("zoo") == 2
    assert ran.err == "2 of 5 results; --limit N shows more\n"
    assert len(postil("search", "zebra", "--limit", 2, "--json").json["hits"]) == 2
