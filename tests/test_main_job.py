"""The main job on the real articles: annotate every quotation, review in git, find it again; nothing else moves."""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from annotations.model import SIDECAR_SUFFIX, Claim
from annotations.text import decode
from index.library import Library
from index.search import Wanted
from reader.session import Session

QUOTATION = re.compile(r'^ *"(?P<words>[^"]+?),?"', re.MULTILINE)


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, text=True)  # noqa: S607 - the real git
    return done.stdout


@pytest.fixture
def shelf(tmp_path: Path, seeds: Path) -> Path:
    for seed in seeds.glob("*.txt"):
        (tmp_path / seed.name).write_bytes(seed.read_bytes())
    Library.create(tmp_path, ["ada", "ben"])
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=Start")
    return tmp_path


def tag_everything(session: Session) -> int:
    """Every direct quotation becomes a claim, and the first word of each a question inside it."""
    made = 0
    for path in [entry.path for entry in session.catalog.entries]:
        for found in QUOTATION.finditer(session.open(path).article.text):
            claim = Claim(speaker="Somebody", form="direct", status="new")
            session.annotate(path, *found.span("words"), "claim", claim=claim)
            session.annotate(path, found.start("words"), found.start("words") + 3, "question", note="Who?")
            made += 2
    return made


def test_every_quotation_is_tagged_and_the_articles_are_untouched(shelf: Path) -> None:
    before = {path.name: hashlib.sha256(path.read_bytes()).digest() for path in shelf.glob("*.txt")}
    session = Session.start(shelf)
    session.refresh()
    assert tag_everything(session) == 26
    assert {path.name: hashlib.sha256(path.read_bytes()).digest() for path in shelf.glob("*.txt")} == before
    for path in before:
        text = decode((shelf / path).read_bytes())
        stock = yaml.safe_load((shelf / f"{path}{SIDECAR_SUFFIX}").read_text("utf-8"))
        records = stock["annotations"]["ada"]
        assert len(records) == 2 * len(QUOTATION.findall(text))
        for record in records:
            assert record["quote"]["exact"] == text[record["position"]["start"] : record["position"]["end"]]
        assert any("\u00a0" in record["quote"]["exact"] for record in records)
    again = Session.start(shelf)
    again.refresh()
    assert {placed.state for path in before for placed in again.open(path).placed} == {"same"}


def test_git_shows_one_block_for_one_annotation_and_a_comment_survives(shelf: Path) -> None:
    session = Session.start(shelf)
    session.refresh()
    tag_everything(session)
    path = session.catalog.entries[0].path
    sidecar = shelf / f"{path}{SIDECAR_SUFFIX}"
    lines = sidecar.read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if "speaker:" in line)
    lines.insert(at, "      # a colleague's remark\n")
    lines.append("# and one at the end\n")
    sidecar.write_text("".join(lines), "utf-8")
    git(shelf, "add", ".")
    git(shelf, "commit", "--quiet", "--message=Tag")

    session = Session.start(shelf)
    target = session.open(path).sidecar.annotations[0]
    session.replace(path, replace(target, note="Said twice."))
    assert git(shelf, "status", "--porcelain").split() == ["M", sidecar.name]
    changed = [line for line in git(shelf, "diff", "--unified=0").splitlines() if re.match(r"[+-](?![+-])", line)]
    assert changed == ["-    note: Who?", "+    note: Said twice."]

    added = session.annotate(path, 400, 420)
    hunks = git(shelf, "diff", "--unified=0").split("\n@@")[1:]
    assert len(hunks) == 2
    assert sum(added.id in hunk for hunk in hunks) == 1
    assert "".join(hunks).count("\n-") == 1

    assert session.undo(path) == "highlight"
    assert session.undo(path) == "edit"
    assert git(shelf, "diff") == ""


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ('"balancing strategy"', 1),
        ('"balanced strategies"', 0),
        ('"sanctions Pyongyang"', 0),
        ("balanc*", 2),
        ("sanctions", 2),
    ],
)
def test_search_finds_what_is_printed(shelf: Path, query: str, articles: int) -> None:
    session = Session.start(shelf)
    session.refresh()
    hits = session.look_up(query, Wanted()).hits
    assert len({hit.path for hit in hits if hit.result == "article"}) == articles


def test_a_speaker_is_found_by_any_spelling_and_nobody_else_with_it(shelf: Path) -> None:
    session = Session.start(shelf)
    session.refresh()
    path = session.catalog.entries[0].path
    wanted = {session.annotate(path, at, at + 30, "claim", claim=Claim(speaker="Zhao Tong")).id for at in (3000, 3100)}
    session.annotate(path, 3200, 3230, "claim", claim=Claim(speaker="Ding Xueliang"))
    for query in ('speaker:"Zhao Tong"', "speaker:zhao", 'speaker:"zhao-tong"'):
        assert {hit.id for hit in session.look_up(query, Wanted()).hits} == wanted
