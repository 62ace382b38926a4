"""`resolve` and `log`: what a merge left to decide, and how a claim came to be what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Postil
from .test_checking import SIDECAR, annotate, git, replace


@pytest.fixture
def claim(library: Path, postil: Postil) -> str:
    """A note in git, that two branches changed."""
    git(library, "init", "-q", "-b", "main")
    name = annotate(postil, "Sanctions work", "--note", "base")
    git(library, "add", "-A")
    git(library, "commit", "-q", "-m", "begin")
    for branch, note in (("theirs", "yours"), ("main", "mine")):
        git(library, "checkout", "-q", *["-b"] * (branch == "theirs"), branch)
        replace(library / SIDECAR, "note: base", f"note: {note}")
        git(library, "commit", "-q", "-a", "-m", f"say {note}")
    return name


def merged(library: Path, postil: Postil) -> None:
    for name, revision in (("base", "main~1"), ("ours", "main"), ("theirs", "theirs")):
        (library / f"{name}.yaml").write_text(git(library, "show", f"{revision}:{SIDECAR}"))
    assert postil("merge", "base.yaml", "ours.yaml", "theirs.yaml", "--out", SIDECAR).status == 1


def test_conflicts_are_listed_and_decided(library: Path, postil: Postil, claim: str) -> None:
    merged(library, postil)
    ran = postil("resolve")
    assert (ran.status, "theirs  yours" in ran.out) == (1, True)
    [told] = postil("resolve", claim, "--json").json["conflicts"]
    assert (told["field"], told["base"], told["ours"], told["theirs"]) == ("note", "base", "mine", "yours")
    assert postil("resolve", claim, "note", "--take", "theirs").status == 0
    assert postil("resolve").status == 0
    assert (library / SIDECAR).read_text() == git(library, "show", f"theirs:{SIDECAR}")


def test_another_value_can_be_given(library: Path, postil: Postil, claim: str) -> None:
    merged(library, postil)
    assert postil("resolve", claim, "--value", "both of us").status == 0
    assert "note: both of us" in (library / SIDECAR).read_text()
    assert postil("resolve", claim, "--take", "ours").status == 1
    assert postil("resolve", "--take", "ours").status == 2


def test_a_file_with_markers_is_merged_again_from_what_git_holds(library: Path, postil: Postil, claim: str) -> None:
    with pytest.raises(Exception, match="merge"):
        git(library, "merge", "-q", "theirs")
    assert "<<<<<<<" in (library / SIDECAR).read_text()
    ran = postil("resolve", "news/summit.txt", "--rescue")
    assert (ran.status, "1 conflict to decide" in ran.out) == (0, True)
    assert postil("resolve", claim, "--take", "ours").status == 0
    git(library, "add", "-A")
    git(library, "commit", "-q", "-m", "merge")
    assert postil("resolve", "news/summit.txt", "--rescue").status == 1


def test_the_life_of_an_annotation(library: Path, postil: Postil, claim: str) -> None:
    git(library, "mv", SIDECAR, "news/peak.txt.postil.yaml")
    git(library, "mv", "-f", "news/summit.txt", "news/peak.txt")
    git(library, "commit", "-q", "-a", "-m", "rename")
    replace(library / "news/peak.txt.postil.yaml", "note: mine", "note: ours")
    events = postil("log", claim, "--json").json["events"]
    told = [(one.get("subject"), [each["acts"] for each in one["changes"]]) for one in events]
    assert told == [("begin", [["added"]]), ("say mine", [["edited"]]), (None, [["edited"]])]
    assert events[1]["changes"][0]["fields"] == [{"field": "note", "before": "base", "after": "mine"}]
    assert "note: mine → ours" in postil("log", "news/peak.txt").out


def test_the_life_of_one_that_is_gone(library: Path, postil: Postil, claim: str) -> None:
    assert postil("rm", claim).status == 0
    git(library, "commit", "-q", "-a", "-m", "forget")
    assert [one["subject"] for one in postil("log", claim, "--json").json["events"]][-1] == "forget"
    assert postil("log", "nobody").status == 1


def test_what_a_merge_decided_is_told(library: Path, postil: Postil, claim: str) -> None:
    with pytest.raises(Exception, match="merge"):
        git(library, "merge", "-q", "theirs")
    postil("resolve", "news/summit.txt", "--rescue")
    postil("resolve", claim, "--value", "both")
    git(library, "commit", "-q", "-a", "-m", "bring together")
    events = postil("log", claim, "--json").json["events"]
    assert events[-1]["subject"] == "bring together"
    assert events[-1]["changes"][0]["fields"][0]["after"] == "both"
