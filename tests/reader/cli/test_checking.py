"""`check`, `fmt` and `diff`: what is wrong, what is untidy, what changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from annotations.store import Loaded, load

from .conftest import Postil

SIDECAR = "news/summit.txt.postil.yaml"
GIT = shutil.which("git") or ""


def git(folder: Path, *words: str) -> str:
    done = subprocess.run([GIT, *words], cwd=folder, check=True, capture_output=True)
    return os.fsdecode(done.stdout)


def annotate(postil: Postil, quote: str, *more: str) -> str:
    return postil("annotate", "news/summit.txt", "--quote", quote, *more).out.strip()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def repository(library: Path, postil: Postil) -> Path:
    """The library in git, with a claim that is committed."""
    git(library, "init", "-q")
    annotate(postil, "Sanctions work", "--kind", "claim", "--speaker", "Rita Sol", "--tag", "sanctions")
    git(library, "add", "-A")
    git(library, "commit", "-q", "-m", "x")
    return library


def test_a_library_in_order(library: Path, postil: Postil) -> None:
    annotate(postil, "without a deal")
    ran = postil("check")
    assert (ran.status, ran.out, ran.err) == (0, "", "nothing is amiss\n")
    assert postil("fmt").status == 0
    assert library.is_dir()


def test_findings_in_every_format(library: Path, postil: Postil) -> None:
    name = annotate(postil, "Sanctions work", "--kind", "claim", "--speaker", "Rita Sol")
    replace(library / SIDECAR, "status: new", "status: odd,50%\n      colour: red")
    [finding] = postil("check", "--json").json["findings"]
    assert (finding["rule"], finding["level"], finding["path"], finding["annotation"]) == (
        "P030",
        "warning",
        SIDECAR,
        name,
    )
    text = postil("check", SIDECAR)
    assert (text.status, text.out.split(" ", 1)[0]) == (1, f"{SIDECAR}:{finding['line']}:")
    [result] = postil("check", "news/summit.txt", "--format", "sarif").json["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("P030", "warning")
    [command, stop, told, go] = postil("check", "--format", "github").out.splitlines()
    assert command.startswith(
        f"::warning file={SIDECAR},line={finding['line']},title=P030 unknown-word::status 'odd,50%25'"
    )
    assert (stop.rpartition("::")[2], told[:2]) == (go.strip(":"), "  ")


def test_the_exit_status_follows_the_level(library: Path, postil: Postil) -> None:
    annotate(postil, "Sanctions work", "--kind", "claim")
    assert [postil("check", "--fail-level", level).status for level in ("note", "warning", "error")] == [1, 0, 0]
    (library / SIDECAR).write_text("postil: [")
    assert postil("check", "--fail-level", "error").status == 1


def test_a_sidecar_without_its_article(library: Path, postil: Postil) -> None:
    annotate(postil, "Sanctions work")
    (library / "news" / "summit.txt").unlink()
    assert [one["name"] for one in postil("check", "--json").json["findings"]] == ["no-article"]


def test_a_name_that_is_no_sidecar(library: Path, postil: Postil) -> None:
    assert postil("check", "harvest.txt").status == 1
    assert library.is_dir()


def test_only_what_changed_since(repository: Path, postil: Postil) -> None:
    replace(repository / SIDECAR, "status: new", "status: odd")
    assert len(postil("check", "--since", "HEAD", "--json").json["findings"]) == 1
    git(repository, "commit", "-q", "-a", "-m", "y")
    assert postil("check", "--since", "HEAD", "--json").json["findings"] == []
    assert postil("check", "--since", "nowhere").status == 2


def test_what_did_not_change_is_not_read_but_for_what_is_related_to(
    repository: Path, postil: Postil, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noticed(path: Path, **options: Path) -> Loaded:
        read.append(path.name)
        return load(path, **options)

    (repository / "third.txt").write_text("Nobody cares for wheat.\n")
    other = postil("annotate", "harvest.txt", "--quote", "wheat").out.strip()
    postil("annotate", "third.txt", "--quote", "wheat")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "y")
    replace(repository / SIDECAR, "    quote:", f"    relations:\n    - type: rebuts\n      to: {other}\n    quote:")
    monkeypatch.setattr("reader.checking.load", noticed)
    assert postil("check", "--since", "HEAD").err == "nothing is amiss\n"
    assert read == ["summit.txt.postil.yaml", "harvest.txt.postil.yaml"]
    replace(repository / SIDECAR, f"to: {other}", "to: nowhere")
    assert "P021" in postil("check", "--since", "HEAD").out


def test_fmt_writes_the_canonical_form_and_says_so(library: Path, postil: Postil) -> None:
    annotate(postil, "Sanctions work", "--note", "so")
    canonical = (library / SIDECAR).read_text()
    replace(library / SIDECAR, "note: so", "note:   'so'")
    dry = postil("fmt", "--dry-run")
    assert (dry.status, "would be written" in dry.out) == (1, True)
    assert (library / SIDECAR).read_text() != canonical
    assert postil("fmt", SIDECAR).status == 1
    assert (library / SIDECAR).read_text() == canonical
    assert postil("fmt", SIDECAR).status == 0


@pytest.mark.parametrize("kept", ["# by hand\n", "  - broken\n"])
def test_fmt_refuses_what_it_would_lose(library: Path, postil: Postil, kept: str) -> None:
    annotate(postil, "Sanctions work", "--note", "so")
    with (library / SIDECAR).open("a") as file:
        file.write(kept)
    replace(library / SIDECAR, "note: so", "note:   'so'")
    before = (library / SIDECAR).read_bytes()
    ran = postil("fmt")
    assert (ran.status, "left as it is" in ran.err) == (3, True)
    assert (library / SIDECAR).read_bytes() == before


def test_diff_tells_claims_and_fields(repository: Path, postil: Postil) -> None:
    assert postil("diff", "--exit-code").status == 0
    replace(repository / SIDECAR, "Rita Sol", "Li Wei")
    added = annotate(postil, "without a deal", "--note", "[see](x) *this*")
    ran = postil("diff", "--exit-code")
    assert ran.status == 1
    assert "speaker: Rita Sol → Li Wei" in ran.out
    assert "‹without a deal›" in ran.out
    [article] = postil("diff", "--json").json["articles"]
    assert [(one["acts"], one["id"] == added) for one in article["changes"]] == [(["added"], True), (["edited"], False)]
    assert article["changes"][1]["fields"] == [{"field": "claim.speaker", "before": "Rita Sol", "after": "Li Wei"}]
    assert r"\[see\]\(x\) \*this\*" in postil("diff", "--format", "md").out


def test_diff_leaves_the_middle_of_a_long_passage_out_for_people(repository: Path, postil: Postil) -> None:
    words = f"First words, {'and so on ' * 60}then the last words."
    (repository / "news" / "long.txt").write_text(f"{words}\n")
    assert postil("annotate", "news/long.txt", "--quote", words).status == 0
    out = postil("diff").out
    assert "‹First words, and so on and" in out
    assert out.count(" […] ") == 1
    assert "then the last words.›" in out
    assert max(map(len, out.splitlines())) < 400
    assert words in postil("diff", "--json").out


def test_diff_of_two_branches_and_of_what_cannot_be_read(repository: Path, postil: Postil) -> None:
    git(repository, "checkout", "-q", "-b", "side")
    (repository / SIDECAR).write_text("postil: [")
    git(repository, "commit", "-q", "-a", "-m", "y")
    assert "cannot be read" in postil("diff", "main..side").out
    assert postil("diff", "main", "side", "main").status == 2
    assert postil("diff", "--output=pwned").status == 2


def test_without_git(library: Path, postil: Postil) -> None:
    ran = postil("diff")
    assert (ran.status, ran.err.count("\n")) == (3, 1)
    assert library.is_dir()


def test_git_install_is_the_same_twice_and_can_be_taken_back(repository: Path, postil: Postil) -> None:
    assert postil("git", "install").status == 0
    once = (repository / ".git" / "config").read_text()
    assert postil("git", "install").status == 0
    assert (repository / ".git" / "config").read_text() == once
    assert (repository / ".gitattributes").read_text().count("merge=postil") == 1
    assert "merge-driver %O %A %B" in git(repository, "config", "merge.postil.driver")
    assert postil("git", "install", "--uninstall").status == 0
    assert not (repository / ".gitattributes").exists()
    assert "merge-driver" not in (repository / ".git" / "config").read_text()
    assert postil("git", "install", "--uninstall").status == 0


def test_merge_for_a_person(library: Path, postil: Postil) -> None:
    annotate(postil, "Sanctions work", "--note", "so")
    base = (library / SIDECAR).read_text()
    for name, note in (("base", "so"), ("ours", "mine"), ("theirs", "yours")):
        (library / f"{name}.yaml").write_text(base.replace("note: so", f"note: {note}"))
    ran = postil("merge", "base.yaml", "ours.yaml", "theirs.yaml")
    assert (ran.status, "conflicts:" in ran.out) == (1, True)
    merged = postil("merge", "base.yaml", "base.yaml", "theirs.yaml", "--json").json
    assert (merged["clean"], merged["merged"]) == (True, base.replace("note: so", "note: yours"))
    assert postil("merge", "base.yaml", "gone.yaml", "theirs.yaml").status == 3


def test_doctor_says_whether_git_merges_sidecars_with_postil(repository: Path, postil: Postil) -> None:
    assert postil("doctor", "--json").json["git"]["merges sidecars"] is False
    postil("git", "install")
    assert postil("doctor", "--json").json["git"]["merges sidecars"] is True
    (repository / ".gitattributes").unlink()
    told = postil("doctor")
    assert (told.status, "half installed" in told.out) == (3, True)
