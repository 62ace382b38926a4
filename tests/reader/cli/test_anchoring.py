"""`reanchor`, what `check` says of anchors, and `check --against-history`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from annotations import anchor
from annotations.anchor import Method, Placed, State
from annotations.model import Annotation
from annotations.store import load
from annotations.text import fingerprint
from index import former
from reader import against_history

from .conftest import SUMMIT, Postil

GIT = shutil.which("git") or ""
ARTICLE = "news/summit.txt"
SIDECAR = f"{ARTICLE}.postil.yaml"
EDITED = SUMMIT.replace("Rita Sol disagreed", "Rita Sol, asked again, agreed")


@pytest.fixture
def file(library: Path) -> Path:
    return library / ARTICLE


@pytest.fixture
def edits(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The words that stand now where others were quoted; whatever else looks for them finds nothing."""
    known: dict[str, str] = {}

    def place(text: str, annotations: Iterable[Annotation], old: Mapping[str, str]) -> tuple[Placed, ...]:
        return tuple(
            Placed(one.annotation, State.EDITED, at, at + len(now), (), "reworded", Method.ALIGNED, 0.8)
            if one.state is not State.SAME
            and (now := known.get(one.annotation.quote.exact, "\0"))
            and (at := text.find(now)) >= 0
            else one
            for one in anchor.place(text, annotations, old)
        )

    monkeypatch.setattr(former, "place", place)
    return known


def annotate(postil: Postil, quote: str, *more: str) -> str:
    return postil("annotate", ARTICLE, "--quote", quote, *more).out.strip()


def kept(file: Path) -> dict[str, Annotation]:
    return {one.id: one for one in load(file.with_name(f"{file.name}.postil.yaml")).sidecar.annotations}


def states(found: Any) -> dict[str, tuple[str, bool]]:
    return {one["id"]: (one["state"], one["write"]) for one in found["annotations"]}


def test_where_nothing_changed_there_is_nothing_to_do(file: Path, postil: Postil) -> None:
    annotate(postil, "Sanctions work")
    before = file.with_name("summit.txt.postil.yaml").read_bytes()
    ran = postil("reanchor", "--write")
    assert (ran.status, ran.out, ran.err) == (0, "", "every anchor is up to date\n")
    assert postil("reanchor", "--json").json == {"written": False, "annotations": []}
    assert file.with_name("summit.txt.postil.yaml").read_bytes() == before


def test_only_what_is_certain_is_written_and_only_when_asked(file: Path, postil: Postil, edits: dict[str, str]) -> None:
    same = annotate(postil, "a professor at the Lake School", "--note", "so?")
    other = annotate(postil, "Rita Sol disagreed")
    gone = annotate(postil, "third time this year")
    edits["Rita Sol disagreed"] = "Rita Sol, asked again, agreed"
    file.write_text(f"New first line\n\n{EDITED.replace('for the third time this year ', '')}")
    before, now = kept(file), file.read_text()
    ran = postil("reanchor", "--json")
    assert ran.status == 1
    assert states(ran.json) == {same: ("same", True), other: ("edited", False), gone: ("orphan", False)}
    assert kept(file) == before
    by_id = {one["id"]: one for one in ran.json["annotations"]}
    assert by_id[other] == {
        "path": ARTICLE, "id": other, "author": "ada", "write": False, "state": "edited", "method": "aligned",
        "confidence": 0.8, "reason": "reworded", "start": now.index("Rita Sol,"), "end": now.index('. "Sanctions'),
        "was": "Rita Sol disagreed", "now": "Rita Sol, asked again, agreed", "candidates": [],
    }  # fmt: skip
    assert (by_id[gone]["now"], by_id[gone]["start"]) == (None, None)
    told = postil("reanchor", ARTICLE)
    assert f"+  {ARTICLE}  {same}  same    “a professor at the Lake School”" in told.out
    reworded = "“Rita Sol disagreed” → “Rita Sol, asked again, agreed” (reworded)"
    assert f"·  {ARTICLE}  {other}  edited  {reworded}" in told.out
    assert told.err == "1 anchor to write with --write, 2 for a person to decide\n"
    assert kept(file) == before
    ran = postil("reanchor", "--write")
    assert (ran.status, ran.err) == (1, "1 anchor written, 2 for a person to decide\n")
    after = kept(file)
    assert (after[other], after[gone]) == (before[other], before[gone])
    assert after[same].position.text == fingerprint(now)
    assert after[same].position.start == now.index("a professor")
    assert after[same].note == "so?"
    assert states(postil("reanchor", "--json").json).keys() == {other, gone}
    ran = postil("reanchor", "--write", "--accept-edited")
    assert ran.status == 1
    quote = kept(file)[other].quote
    assert (quote.exact, quote.was) == ("Rita Sol, asked again, agreed", ("Rita Sol disagreed",))
    assert kept(file)[gone] == before[gone]
    assert states(postil("reanchor", "--json").json).keys() == {gone}


def test_the_changed_words_of_others_are_accepted_only_on_demand(
    file: Path, postil: Postil, edits: dict[str, str]
) -> None:
    name = postil("--author", "ben", "annotate", ARTICLE, "--quote", "Rita Sol disagreed").out.strip()
    edits["Rita Sol disagreed"] = "Rita Sol, asked again, agreed"
    file.write_text(EDITED)
    before = kept(file)
    assert postil("reanchor", "--write", "--accept-edited").status == 1
    assert kept(file) == before
    assert postil("reanchor", "--write", "--accept-edited", "--others").status == 0
    assert kept(file)[name].quote.was == ("Rita Sol disagreed",)
    assert kept(file)[name].author == "ben"


def test_a_sidecar_that_is_refused_does_not_keep_the_others_back(library: Path, postil: Postil) -> None:
    annotate(postil, "Sanctions work")
    (library / "harvest.txt.postil.yaml").write_text("postil: [\n")
    (library / ARTICLE).write_text(f"New\n\n{SUMMIT}")
    ran = postil("reanchor", "--write", "harvest.txt", ARTICLE)
    assert (ran.status, "harvest.txt" in ran.err, "1 anchor written" in ran.err) == (3, True, True)
    assert (library / "harvest.txt.postil.yaml").read_text() == "postil: [\n"
    assert postil("reanchor").status == 0
    assert postil("reanchor", "nowhere.txt").status == 1


@pytest.mark.parametrize(
    ("state", "status"), [(State.EDITED, 1), (State.AMBIGUOUS, 1), (State.ORPHAN, 1), (State.MOVED, 0), (State.SAME, 0)]
)
def test_check_ends_with_1_where_a_person_is_wanted(
    file: Path, postil: Postil, monkeypatch: pytest.MonkeyPatch, state: State, status: int
) -> None:
    annotate(postil, "Sanctions work")
    file.write_text(f"New\n\n{SUMMIT}")

    def place(_text: str, annotations: Iterable[Annotation], _old: Mapping[str, str]) -> tuple[Placed, ...]:
        return tuple(Placed(one, state, 0, 3, reason="because") for one in annotations)

    monkeypatch.setattr(former, "place", place)
    assert postil("check", "--fail-level", "error").status == status
    assert postil("check").status == status


def test_check_says_in_each_format_what_became_of_a_passage(file: Path, postil: Postil, edits: dict[str, str]) -> None:
    name = annotate(postil, "Rita Sol disagreed")
    edits["Rita Sol disagreed"] = "Rita Sol, asked again, agreed"
    file.write_text(EDITED)
    start = EDITED.index("Rita Sol, asked")
    [finding] = postil("check", "--json").json["findings"]
    assert (finding["rule"], finding["annotation"]) == ("P012", name)
    assert finding["anchor"] == {
        "state": "edited", "method": "aligned", "confidence": 0.8, "reason": "reworded", "start": start,
        "end": start + 29, "was": "Rita Sol disagreed", "now": "Rita Sol, asked again, agreed", "candidates": [],
    }  # fmt: skip
    [result] = postil("check", "--format", "sarif").json["runs"][0]["results"]
    assert result["properties"]["anchor"] == finding["anchor"]
    said = "“Rita Sol disagreed” now reads “Rita Sol, asked again, agreed”: reworded"
    assert said in postil("check").out
    assert said in postil("check", "--format", "github").out


@pytest.mark.parametrize("slip", ["position", "quote"])
def test_check_tells_an_anchor_that_was_edited_by_hand(file: Path, postil: Postil, slip: str) -> None:
    name = annotate(postil, "Sanctions work")
    sidecar = file.with_name("summit.txt.postil.yaml")
    start = SUMMIT.index("Sanctions work")
    was, now = f"{{start: {start}, end: {start + 14}", "{start: 5, end: 19"
    if slip == "quote":
        was, now = '"Sanctions work"', '"Sanctions  work"'
    written = sidecar.read_text()
    sidecar.write_text(written.replace(was, now))
    assert sidecar.read_text() != written
    [finding] = postil("check", "--json").json["findings"]
    assert (finding["rule"], finding["level"], finding["annotation"]) == ("P014", "warning", name)
    assert "the text at its position is not its quote" in finding["message"]
    assert (finding["anchor"]["state"], finding["anchor"]["start"]) == ("same", start)
    assert postil("reanchor", "--write").status == 0
    assert (kept(file)[name].position.start, kept(file)[name].quote.exact) == (start, "Sanctions work")
    assert postil("check").status == 0


def git(folder: Path, *words: str) -> None:
    subprocess.run([GIT, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(library: Path, file: Path, postil: Postil) -> Path:
    """Three annotations on the first of three versions, and one on a text that was never committed."""
    git(library, "init", "-q")
    for quote in ("Sanctions work", "third time this year", "Nobody else said so"):
        annotate(postil, quote)
    git(library, "add", "-A")
    git(library, "commit", "-q", "-m", "one")
    file.write_text(f"Never committed\n\n{SUMMIT}")
    annotate(postil, "Never committed")
    for text in (f"New\n\n{SUMMIT}", SUMMIT.replace(" for the third time this year", "")):
        file.write_text(text)
        git(library, "commit", "-qam", "more")
    return library


@pytest.mark.skipif(not GIT, reason="needs git")
def test_against_history_every_later_version_counts(repository: Path, postil: Postil) -> None:
    before = (repository / SIDECAR).read_bytes()
    ran = postil("check", "--against-history", "--json")
    assert ran.status == 0
    found = ran.json
    assert (found["versions"], found["annotations"], found["unknown"], found["cut"]) == (2, 3, 1, {})
    assert found["with_old_text"] == {"same": 5, "moved": 0, "edited": 0, "ambiguous": 0, "orphan": 1, "wrong": 0}
    assert found["without"]["wrong"] == 0
    assert sum(found["without"].values()) == 6
    table = postil("check", "--against-history", ARTICLE)
    assert "with the old text  83.3 %" in table.out
    assert table.err == "3 annotations on 2 later versions; of 1 no later version is known\n"
    assert (repository / SIDECAR).read_bytes() == before


@pytest.mark.skipif(not GIT, reason="needs git")
def test_against_history_tells_what_is_on_wrong_words(
    repository: Path, postil: Postil, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert repository.is_dir()

    def place(text: str, annotations: list[Annotation], old: Mapping[str, str] | None = None) -> tuple[Placed, ...]:
        start = text.index("third time") if old and "third time" in text else 0
        return tuple(Placed(one, State.SAME, start, start + len("third time this year")) for one in annotations)

    monkeypatch.setattr(against_history, "place", place)
    found = postil("check", "--against-history", "--json").json
    assert found["with_old_text"]["wrong"] == 5, "one of six is on the words it quotes"
    assert found["without"]["wrong"] == 3, "on the one version where the two differ"


@pytest.mark.skipif(not GIT, reason="needs git")
def test_against_history_can_be_interrupted(repository: Path, postil: Postil, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repository.is_dir()
    calls = 0

    def place(*given: Any) -> tuple[Placed, ...]:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return anchor.place(*given)

    monkeypatch.setattr(against_history, "place", place)
    ran = postil("check", "--against-history", "--json")
    assert ran.status == 130
    assert ran.json["with_old_text"]["same"] == 3
    assert "interrupted" in ran.err


@pytest.mark.skipif(not GIT, reason="needs git")
def test_against_history_says_where_it_stopped(
    repository: Path, postil: Postil, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert repository.is_dir()
    monkeypatch.setattr("annotations.history.MOST", 1)
    assert postil("check", "--against-history", "--json").json["cut"] == {
        ARTICLE: "its history has more than 1 versions"
    }


def test_against_history_needs_one(library: Path, postil: Postil) -> None:
    assert library.is_dir()
    ran = postil("check", "--against-history")
    assert (ran.status, "in no git repository" in ran.err) == (3, True)


def test_texts_that_nothing_was_made_on_are_let_go(library: Path, file: Path, postil: Postil) -> None:
    first = annotate(postil, "Sanctions work")
    file.write_text(f"New\n\n{SUMMIT}")
    annotate(postil, "Nobody else")
    texts = postil("doctor", "--json").json["texts"]
    assert texts["texts"] == 2
    assert sorted(one.name for one in Path(texts["folder"]).iterdir()) == sorted(
        map(fingerprint, (SUMMIT, f"New\n\n{SUMMIT}"))
    )
    assert postil("index", "--prune", "--json").json["pruned"] == 0
    postil("rm", first)
    assert "1 text let go of" in postil("index", "--prune").out
    assert [one.name for one in Path(texts["folder"]).iterdir()] == [fingerprint(f"New\n\n{SUMMIT}")]
    (library / "harvest.txt.postil.yaml").write_text("postil: [\n")
    assert postil("index", "--prune").status == 3
