"""`review`: verdicts pend, are submitted where they belong, and go stale when the claim changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import Postil
from .test_checking import SIDECAR, git, replace


@pytest.fixture
def claims(library: Path, postil: Postil) -> list[str]:
    """A branch of ben's with two claims; the library is on main, where nothing is annotated."""
    (library / SIDECAR).write_text("postil: 1\n\narticle:\n\nannotations:\n\n  ada:\n\n  ben:\n")
    git(library, "init", "-q", "-b", "main")
    git(library, "add", "-A")
    git(library, "commit", "-q", "-m", "begin")
    git(library, "checkout", "-q", "-b", "ben")
    said = ["annotate", "news/summit.txt", "--kind", "claim", "--speaker", "Rita Sol", "--quote"]
    names = [postil("--author", "ben", *said, quote).out.strip() for quote in ("Sanctions work", "without a deal")]
    git(library, "commit", "-q", "-a", "-m", "claim")
    git(library, "checkout", "-q", "main")
    return names


def items(postil: Postil, *words: str) -> list[Any]:
    found: list[Any] = postil("review", *words, "--json").json["items"]
    return found


def test_verdicts_pend_and_are_committed_on_the_branch_that_was_reviewed(
    library: Path, postil: Postil, claims: list[str]
) -> None:
    one, two = claims
    assert postil("review", "main..ben", "--verdict", "accepted", one).status == 0
    assert postil("review", "main..ben", "--comment", "who says so?", two).status == 0
    told = {item["id"]: item["pending"] for item in items(postil, "main..ben")}
    assert (told[one]["verdict"], told[two]["note"]) == ("accepted", "who says so?")
    ran = postil("review", "main..ben", "--submit")
    assert (ran.status, ran.out) == (0, "1 sidecar committed on ben\n")
    assert git(library, "status", "--short") == ""
    assert git(library, "worktree", "list").count("\n") == 1
    assert git(library, "log", "-1", "--format=%s", "ben") == "Review annotations: 1 accepted, 1 comment\n"
    written = git(library, "show", f"ben:{SIDECAR}")
    assert written.count("verdict: accepted") == written.count("who says so?") == 1
    assert [item["pending"] for item in items(postil, "main..ben")] == [None, None]
    assert postil("review", "main..ben", "--submit").status == 2


def test_of_the_branch_that_is_checked_out_the_files_are_written(
    library: Path, postil: Postil, claims: list[str]
) -> None:
    git(library, "checkout", "-q", "ben")
    postil("review", "main..ben", "--verdict", "rejected", claims[0])
    assert postil("review", "main..ben", "--submit").out == "1 sidecar written, not committed\n"
    assert git(library, "diff", "--stat").count(SIDECAR) == 1


def test_a_changed_claim_makes_the_verdict_stale(library: Path, postil: Postil, claims: list[str]) -> None:
    git(library, "checkout", "-q", "ben")
    postil("review", "main..ben", "--verdict", "accepted", claims[0])
    replace(library / SIDECAR, "Rita Sol", "Rita Sun")
    git(library, "commit", "-q", "-a", "-m", "correct")
    assert [item["pending"]["outdated"] for item in items(postil, "main..ben") if item["pending"]] == [True]
    postil("review", "main..ben", "--submit")
    stale = [one for item in items(postil) for one in item["verdicts"] if one["stale"]]
    assert len(stale) == 1
    assert "stale-verdict" in {one["name"] for one in postil("check", "--json").json["findings"]}


def test_what_is_no_local_branch_stays_pending(library: Path, postil: Postil, claims: list[str]) -> None:
    tip = git(library, "rev-parse", "ben").strip()
    postil("review", f"main..{tip}", "--verdict", "accepted", claims[0])
    ran = postil("review", f"main..{tip}", "--submit")
    assert (ran.status, "no local branch" in ran.err, ran.err.count("\n")) == (2, True, 1)
    assert any(item["pending"] for item in items(postil, f"main..{tip}"))


def test_a_hook_that_refuses_leaves_everything_as_it_was(library: Path, postil: Postil, claims: list[str]) -> None:
    hook = library / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho no, not today >&2\nexit 1\n")
    hook.chmod(0o755)
    postil("review", "main..ben", "--verdict", "accepted", claims[0])
    ran = postil("review", "main..ben", "--submit")
    assert (ran.status, "not today" in ran.err) == (3, True)
    assert git(library, "worktree", "list").count("\n") == 1
    assert any(item["pending"] for item in items(postil, "main..ben"))


def test_a_verdict_can_be_taken_back(postil: Postil, claims: list[str]) -> None:
    postil("review", "ben", "--verdict", "accepted", claims[0])
    assert "pending   accepted" in postil("review", "ben").out
    postil("review", "ben", "--take-back", claims[0])
    assert not any(item["pending"] for item in items(postil, "ben"))


@pytest.mark.parametrize(
    "words", [["ben", "--verdict", "fine", "ID"], ["ben", "--verdict", "accepted", "nobody"], ["nowhere"]]
)
def test_what_makes_no_sense(postil: Postil, claims: list[str], words: list[str]) -> None:
    ran = postil("review", *(claims[0] if word == "ID" else word for word in words))
    assert ran.status in (1, 2)
    assert ran.err.count("\n") == 1


def test_a_kept_review_that_is_broken_is_forgotten(home: Path, postil: Postil, claims: list[str]) -> None:
    postil("review", "ben", "--verdict", "accepted", claims[0])
    [kept] = home.rglob("reviews/*.json")
    assert kept.parent.stat().st_mode & 0o077 == 0
    kept.write_text('{"pending": [1]}')
    assert not any(item["pending"] for item in items(postil, "ben"))
