"""`search`: lines for editors, JSON for programs, the same answers; what is not the answer goes to stderr."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import Postil

pytestmark = pytest.mark.usefixtures("library")

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
    "places",
    "published",
    "outlet",
]


def test_search_as_json(library: Path, postil: Postil) -> None:
    made = postil("annotate", "news/summit.txt", "--quote", "Sanctions work", "--note", "sanctions again").out.strip()
    found = postil("search", "sanctions", "--json").json
    assert list(found) == ["query", "total", "articles", "partial", "meant", "facets", "hits"]
    assert (found["query"], found["total"], found["articles"], found["partial"]) == ("sanctions", 2, 1, False)
    assert (found["meant"], found["facets"]) == (None, {})
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


def test_search_as_text_is_a_line_for_each_hit_that_editors_can_jump_from(library: Path, postil: Postil) -> None:
    made = postil("annotate", "news/summit.txt", "--quote", "wheat", "--kind", "claim").out
    assert made == ""  # it is not there
    made = postil("annotate", "harvest.txt", "--quote", "wheat", "--kind", "claim", "--speaker", "Li Wei").out.strip()
    ran = postil("search", "wheat", "--sort", "title")
    assert (ran.status, ran.err) == (0, "")
    article, annotation = ran.out.splitlines()
    assert re.fullmatch(
        r"harvest\.txt:3: \[body\] .* lost half of their wheat, .* · Harvest Fails in the North", article
    )
    assert annotation == f"harvest.txt:3: [claim {made}] Li Wei: wheat · Harvest Fails in the North"
    assert (library / "harvest.txt").read_text().splitlines()[2].startswith("ODESK")


def test_paths_of_hits_lead_there_from_the_working_folder(
    library: Path, postil: Postil, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library / "news")
    assert postil("search", "wheat").out.startswith("../harvest.txt:3: ")
    monkeypatch.chdir("/")
    assert postil("--library", library, "search", "wheat").out.startswith(f"{str(library)[1:]}/harvest.txt:3: ")
    assert postil("--library", library, "search", "wheat", "--json").json["hits"][0]["path"] == "harvest.txt"


def test_a_hit_is_marked_on_a_terminal_alone(postil: Postil, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "‹" not in postil("search", "wheat").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "‹wheat›" in postil("search", "wheat").out


def test_what_only_a_field_matches_is_at_the_first_line(library: Path, postil: Postil) -> None:
    (library / "a.md").write_text("---\ntitle: Alpha\nauthor: Ada\n---\n\nSome text that says nothing.\n")
    assert re.match(r"a\.md:\d+: ", postil("search", "byline:ada").out)
    assert postil("search", "path:harvest.txt").out.startswith("harvest.txt:1: [article] ")


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


def test_a_search_in_blocks(library: Path, postil: Postil) -> None:
    text = (library / "harvest.txt").read_text()
    (library / "harvest.txt").write_text(f"{text}\nREAD MORE: Corn Is Next\n")
    assert [postil("search", "corn", "--in", one).status for one in ("related", "body", "title,related")] == [0, 1, 0]
    assert postil("search", "corn", "OR", "zebra", "--in", "body").status == 1
    found = postil("search", "corn", "OR", "wheat", "--in", "body", "--json").json
    assert (found["query"], [one["block"] for one in found["hits"]]) == ("corn OR wheat", ["body"])
    assert [postil("search", "corn", *options).status for options in ([], ["--no-furniture"])] == [0, 1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--in", "body,boddy"], "'boddy' is none of title, heading, body"),
        (["--facets", "outlets"], "'outlets' is none of outlet, year, speaker, tag, status"),
        (["--sort", "date"], "invalid choice: 'date'"),
        (["--in", ""], "'' is none of title"),
    ],
)
def test_an_option_of_a_search_says_what_it_takes(postil: Postil, options: list[str], message: str) -> None:
    ran = postil("search", "wheat", *options)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert message in ran.err


def test_hits_are_sorted(library: Path, postil: Postil) -> None:
    for name, published in (("b", "2031-05-02"), ("a", "2031-05"), ("c", "2029-01-01")):
        (library / f"{name}.md").write_text(f"---\ntitle: Zebra {name}\ndate: {published}\n---\n\nA zebra ran.\n")
    (library / "d.txt").write_text("A zebra that nobody dated ran away from here.\n")

    def order(sort: str) -> list[str]:
        hits = postil("search", "zebra", "--sort", sort, "--json").json["hits"]
        return [one["path"][0] for one in hits]

    assert order("title")[1:] == ["a", "b", "c"]
    assert (order("newest")[-2:], order("oldest")[0]) == (["c", "d"], "c")


def test_facets_are_counted_over_all_matches(library: Path, postil: Postil) -> None:
    for number in range(3):
        head = f"title: Zoo\nsource: {'Ark' if number else 'Zoo Post'}\ndate: 2031-05-0{number + 1}"
        (library / f"zoo{number}.md").write_text(f"---\n{head}\n---\n\nA zebra ran.\n")
    options = ("zebra", "--limit", 1, "--facets", "year,outlet")
    assert postil("search", *options, "--json").json["facets"] == {
        "year": [{"value": "2031", "count": 3}],
        "outlet": [{"value": "Ark", "count": 2}, {"value": "Zoo Post", "count": 1}],
    }
    hit, *facets = postil("search", *options).out.splitlines()
    assert hit.startswith("zoo")
    assert facets == ["year: 2031 3", "outlet: Ark 2, Zoo Post 1"]


def test_what_was_meant_is_said_aside(postil: Postil) -> None:
    ran = postil("search", "whaet")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "nothing found for whaet\ndid you mean: wheat\n"
    assert postil("search", "whaet", "--in", "body", "--json").json["meant"] == "wheat"


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
