"""`annotate`, `edit`, `rm`, `set`: what people say of an article, said from the shell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotations.codebook import load_codebook

from .conftest import SUMMIT, Postil

pytestmark = pytest.mark.usefixtures("library")

ARTICLE = "news/summit.txt"


def _annotations(postil: Postil) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = postil("show", ARTICLE, "--json").json["annotations"]
    return found


@pytest.fixture
def claim(postil: Postil) -> str:
    return postil(
        "annotate",
        ARTICLE,
        "--quote",
        "Sanctions work",
        "--kind",
        "claim",
        "--speaker",
        "Rita Sol",
        "--tag",
        "sanctions",
    ).out.strip()


def test_annotate_prints_the_id(library: Path, postil: Postil) -> None:
    ran = postil("annotate", ARTICLE, "--quote", "without a deal", "--note", "again")
    [made] = _annotations(postil)
    assert (ran.status, ran.out, ran.err) == (0, f"{made['id']}\n", "")
    assert (made["kind"], made["note"]) == ("highlight", "again")
    assert (library / "news" / "summit.txt").read_text() == SUMMIT


def test_annotate_as_json(postil: Postil) -> None:
    made = postil("annotate", ARTICLE, "--quote", "without a deal", "--json").json
    assert list(made) == ["id", "path", "start", "end"]
    assert made["path"] == ARTICLE
    assert SUMMIT[made["start"] : made["end"]] == "without a deal"


@pytest.mark.parametrize(
    "quote", ["“Sanctions are not a card", '"Sanctions are not a card', "“Sanctions\u00a0are  not\na card"]
)
def test_a_quote_is_matched_folded_and_stored_as_the_text_has_it(postil: Postil, quote: str) -> None:
    assert postil("annotate", ARTICLE, "--quote", quote).status == 0
    assert _annotations(postil)[0]["quote"]["exact"] == "“Sanctions are not a card"


def test_a_quote_that_occurs_twice_offers_both(postil: Postil) -> None:
    ran = postil("annotate", ARTICLE, "--quote", "said", "--json")
    assert ran.status == 1
    assert list(ran.json) == ["candidates"]
    candidates = ran.json["candidates"]
    assert [list(one) for one in candidates] == [["start", "end", "line", "snippet"]] * 2
    assert [SUMMIT[one["start"] : one["end"]] for one in candidates] == ["said"] * 2
    assert [one["line"] for one in candidates] == [7, 7]
    assert all("said" in one["snippet"] for one in candidates)
    assert "2 times" in ran.err
    assert "--occurrence" in ran.err
    lines = postil("annotate", ARTICLE, "--quote", "said").out.splitlines()
    assert [line[:10] for line in lines] == ["1. line 7 ", "2. line 7 "]  # as --occurrence counts them
    assert all("‹said›" in line for line in lines)
    assert _annotations(postil) == []


def test_an_occurrence_counts_from_1(postil: Postil) -> None:
    made = postil("annotate", ARTICLE, "--quote", "said", "--occurrence", 2, "--json").json
    assert made["start"] == SUMMIT.rindex("said")
    ran = postil("annotate", ARTICLE, "--quote", "said", "--occurrence", 3, "--json")
    assert (ran.status, len(ran.json["candidates"])) == (1, 2)
    assert "occurrence 3" in ran.err


def test_a_quote_that_is_absent_offers_what_reads_nearly_so(postil: Postil) -> None:
    ran = postil("annotate", ARTICLE, "--quote", "SANCTIONS WORK", "--json")
    assert ran.status == 1
    assert [SUMMIT[one["start"] : one["end"]] for one in ran.json["candidates"]] == ["Sanctions work"]
    assert postil("annotate", ARTICLE, "--quote", "SANCTIONS WORK").out.startswith("line ")  # nothing to count
    ran = postil("annotate", ARTICLE, "--quote", "no such words", "--json")
    assert (ran.status, ran.json) == (1, {"candidates": []})
    assert "not in the text" in ran.err
    assert ran.err.count("\n") == 1
    assert _annotations(postil) == []


@pytest.mark.parametrize("quote", ["", " ", "\u00ad"])
def test_an_empty_quote_makes_no_sense(postil: Postil, quote: str) -> None:
    assert postil("annotate", ARTICLE, "--quote", quote).status == 2
    assert postil("annotate", ARTICLE, "--quote", "said", "--tag", quote.strip("\u00ad")).status == 2


def test_edit_changes_what_it_is_told_and_nothing_else(postil: Postil, claim: str) -> None:
    before = _annotations(postil)[0]
    ran = postil(
        *("edit", claim, "--note", "asked", "--tag", "trade", "--untag", "sanctions", "--status", "checking"),
        *("--stance", "sanctions=for", "--form", "direct", "--text", "They work.", "--affiliation", "the Lake School"),
    )
    assert (ran.status, ran.out, ran.err) == (0, f"{claim}\n", "")
    after = _annotations(postil)[0]
    assert after["note"] == "asked"
    assert after["tags"] == ["trade"]
    assert after["claim"] == {
        "text": "They work.",
        "speaker": "Rita Sol",
        "affiliation": "the Lake School",
        "form": "direct",
        "stance": [{"toward": "sanctions", "value": "for"}],
        "status": "checking",
    }
    same = set(before) - {"note", "tags", "claim"}
    assert {key: after[key] for key in same} == {key: before[key] for key in same}


def test_edit_moves_the_passage(postil: Postil, claim: str) -> None:
    start = SUMMIT.index("“Sanctions")
    assert postil("edit", claim, "--start", start, "--end", start + 10).status == 0
    assert _annotations(postil)[0]["quote"]["exact"] == "“Sanctions"


def test_edit_takes_things_away(postil: Postil, claim: str) -> None:
    postil("edit", claim, "--note", "x", "--stance", "a=for", "--stance", "b=against")
    postil("edit", claim, "--note", "", "--untag", "sanctions", "--speaker", "", "--stance", "a=")
    after = _annotations(postil)[0]
    assert not {"note", "tags"} & set(after)
    assert after["claim"] == {"stance": [{"toward": "b", "value": "against"}], "status": "new"}
    postil("edit", claim, "--kind", "highlight")
    assert "claim" not in _annotations(postil)[0]


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--tag", "sanctions"],
        ["--start", "3"],
        ["--start", "9", "--end", "9"],
        ["--start", "0", "--end", "999999"],
        ["--start=-5", "--end", "3"],
        ["--status", "done"],
        ["--stance", "a=maybe"],
        ["--kind", "note", "--speaker", "Rita Sol"],
    ],
)
def test_an_edit_that_makes_no_sense_changes_nothing(
    library: Path, postil: Postil, claim: str, options: list[str]
) -> None:
    before = (library / f"{ARTICLE}.postil.yaml").read_bytes()
    ran = postil("edit", claim, *options)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert (library / f"{ARTICLE}.postil.yaml").read_bytes() == before


def test_what_is_new_is_learnt_and_what_is_known_is_spelt_so(library: Path, postil: Postil, claim: str) -> None:
    codebook = load_codebook(library / "postil.yaml")
    assert codebook.person("Rita Sol")
    assert "sanctions" in [one.id for one in codebook.codes]
    made = postil(
        "annotate", ARTICLE, "--quote", "without a deal", "--kind", "claim", "--speaker", "RITA SOL",
        "--tag", "Sanctions", "--json",
    ).json  # fmt: skip
    (one,) = [one for one in _annotations(postil) if one["id"] == made["id"]]
    assert (one["claim"]["speaker"], one["tags"]) == ("Rita Sol", ["sanctions"])
    assert load_codebook(library / "postil.yaml") == codebook
    postil("edit", claim, "--tag", "SANCTIONS", "--tag", "trade")
    (one,) = [one for one in _annotations(postil) if one["id"] == claim]
    assert one["tags"] == ["sanctions", "trade"]
    assert "trade" in [one.id for one in load_codebook(library / "postil.yaml").codes]


def test_rm(postil: Postil, claim: str) -> None:
    assert postil("rm", claim).status == 0
    assert _annotations(postil) == []
    ran = postil("rm", claim)
    assert ran.status == 1
    assert claim in ran.err


@pytest.mark.parametrize("command", [["rm"], ["edit", "--note", "mine now"]])
def test_what_others_wrote_is_left_alone_until_one_insists(postil: Postil, claim: str, command: list[str]) -> None:
    name, *options = command
    before = _annotations(postil)
    ran = postil("--author", "ben", name, claim, *options)
    assert ran.status == 2
    assert "ada's" in ran.err
    assert "--reply" in ran.err
    assert "--others" in ran.err
    assert _annotations(postil) == before
    assert postil("--author", "ben", name, claim, *options, "--others").status == 0
    assert _annotations(postil) != before


def test_anybody_may_reply(postil: Postil, claim: str) -> None:
    assert postil("--author", "ben", "edit", claim, "--reply", "Same as in April?").status == 0
    [reply] = _annotations(postil)[0]["replies"]
    assert (reply["author"], reply["note"]) == ("ben", "Same as in April?")
    assert "  ben: Same as in April?" in postil("show", ARTICLE).out


def test_set_corrects_what_is_known(library: Path, postil: Postil) -> None:
    ran = postil("set", ARTICLE, "published=2018-04-30", "title=No Deal = No Peace", "tags=trade, lakes")
    assert (ran.status, ran.out) == (0, "")
    shown = postil("show", ARTICLE, "--json").json
    assert (shown["published"], shown["title"], shown["title_from"]) == ("2018-04-30", "No Deal = No Peace", "manual")
    assert shown["tags"] == ["trade", "lakes"]
    assert postil("list", "--json").json["articles"][1]["published"] == "2018-04-30"
    postil("set", ARTICLE, "published=", "title=")
    shown = postil("show", ARTICLE, "--json").json
    assert (shown["published"], shown["title_from"]) == (None, "text")
    assert (library / ARTICLE).read_text() == SUMMIT


def test_set_labels_a_line(postil: Postil) -> None:
    assert postil("set", ARTICLE, "line:5=caption").status == 0
    start = SUMMIT.index("“Sanctions")
    blocks = postil("show", ARTICLE, "--json").json["blocks"]
    assert next(one["label"] for one in blocks if one["start"] == start) == "caption"


def test_a_key_that_there_is_not_is_told_which_there_are(postil: Postil) -> None:
    ran = postil("set", ARTICLE, "colour=red")
    assert ran.status == 2
    assert "it is one of title, published, agency, byline, dateline, tags, line:N=LABEL" in ran.err


@pytest.mark.parametrize(
    "change",
    [
        "published",
        "published=yesterday",
        "colour=red",
        "line:5=joke",
        "line:99=body",
        "line:2=body",
        "line:x=body",
        "=x",
    ],
)
def test_a_correction_that_means_nothing_is_2_and_keeps_nothing(library: Path, postil: Postil, change: str) -> None:
    ran = postil("set", ARTICLE, "title=Kept", change)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert not (library / f"{ARTICLE}.postil.yaml").exists()
