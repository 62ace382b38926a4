"""Each rule of the merge, as git has it done: a sidecar for each case, and one merge of them all with the driver."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from annotations.emit import emit
from annotations.load import load_sidecar
from annotations.model import Annotation, Claim, Position, Quote, Reply, Review, Sidecar
from annotations.verdicts import digest, standing

from .test_driver import Repository, file_of, one, program_in

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs git")

A, B = one("a1", note="begin"), one("b2", "ben", 9)
RECORD: Any = {"note": {"base": "o", "ours": "begin", "theirs": "t"}}
TWICE = file_of(A, replace(B, note="theirs")).replace(b"id: b2", b"id: a1")


def review(name: str, author: str, verdict: str) -> Review:
    return Review(id=name, author=author, verdict=verdict, of=digest(A), created=f"2026-11-22T10:11:1{name[-1]}Z")


def with_article(data: bytes, title: str) -> bytes:
    return data.replace(b"article:\n", f"article:\n  title: {title}\n".encode())


def with_extra(annotation: Annotation, **extra: str) -> Annotation:
    return replace(annotation, extra={**annotation.extra, **extra})


@dataclass(frozen=True)
class Case:
    base: bytes | None
    ours: bytes
    theirs: bytes
    holds: Callable[[bytes], object]
    """What has to be true of the merged file."""


def merged_to(data: bytes) -> Callable[[bytes], object]:
    return lambda merged: merged == data


def first(merged: bytes) -> Annotation:
    found = load_sidecar(merged, Path("merged")).get("a1")
    assert found is not None
    return found


def undecided(**fields: Any) -> Callable[[bytes], object]:
    return lambda merged: first(merged).conflicts == fields


def both_whole(ours: bytes, theirs: bytes) -> Callable[[bytes], object]:
    """Whether all lines of both are in the file, each side's in order, between conflict markers."""

    def holds(merged: bytes) -> object:
        sides = []
        for side in (ours, theirs):
            rest = iter(merged.splitlines())
            sides.append(all(line in rest for line in side.replace(b"\0", "\ufffd".encode()).splitlines()))
        return all(sides) and b"<<<<<<<" in merged

    return holds


def refused(theirs: bytes) -> Case:
    ours = file_of(replace(A, note="ours"))
    return Case(file_of(A), ours, theirs, both_whole(ours, theirs))


def moved(start: int) -> Annotation:
    return replace(A, quote=Quote(exact=f"words at {start}"), position=Position(start=start, end=start + 11, text="00"))


UNDECIDED, CHANGED = "M13 an earlier conflict, decided by nobody", "M16 an article that changed meanwhile.txt"
BOTH_REVIEWS = [review("r1", "cleo", "accepted"), review("r2", "dora", "rejected")]
CASES = {
    "M1 an annotation is its id, wherever it stands": Case(
        file_of(A, B),
        emit(Sidecar(sections={"ben": (B,), "ada": (A,)})).encode(),
        file_of(replace(A, note="theirs"), B),
        lambda merged: (first(merged).note, merged.count(b"- id: ")) == ("theirs", 2),
    ),
    "M2 who changed something has a say": Case(
        file_of(A, B),
        file_of(replace(A, note="ours"), replace(B, note="both")),
        file_of(replace(A, kind="question"), replace(B, note="both")),
        merged_to(file_of(replace(A, note="ours", kind="question"), replace(B, note="both"))),
    ),
    "M3 two values": Case(
        file_of(A),
        file_of(replace(A, note="ours")),
        file_of(replace(A, note="theirs")),
        undecided(note={"base": "begin", "ours": "ours", "theirs": "theirs"}),
    ),
    "M4 a passage is one thing": Case(
        file_of(A),
        file_of(moved(20)),
        file_of(moved(40)),
        lambda merged: (first(merged).position, [*first(merged).conflicts]) == (moved(20).position, ["quote"]),
    ),
    "M5 tags are a set": Case(
        file_of(replace(A, tags=("old", "kept"))),
        file_of(replace(A, tags=("kept", "ours"))),
        file_of(replace(A, tags=("old", "kept", "theirs"))),
        lambda merged: (set(first(merged).tags), first(merged).conflicts) == ({"kept", "ours", "theirs"}, {}),
    ),
    "M6 replies of both": Case(
        file_of(A),
        file_of(replace(A, replies=(Reply(id="r2", author="ada", created="2026-02", note="ours"),))),
        file_of(replace(A, replies=(Reply(id="r1", author="ben", created="2026-01", note="theirs"),))),
        lambda merged: [each.id for each in first(merged).replies] == ["r1", "r2"],
    ),
    "M7 deleted, and left alone": Case(file_of(A, B), file_of(A), file_of(A, B), merged_to(file_of(A))),
    "M7 deleted, and changed": Case(
        file_of(A), file_of(), file_of(replace(A, note="theirs")), undecided(deleted="ours")
    ),
    "M8 added by both on one passage": Case(
        file_of(), file_of(A), file_of(one("b2", "ben")), merged_to(file_of(A, one("b2", "ben")))
    ),
    "M8 added by both under one id": Case(
        None,
        file_of(replace(A, tags=("x",))),
        file_of(replace(A, note="theirs")),
        undecided(note={"ours": "begin", "theirs": "theirs"}),
    ),
    "M9 a verdict on what the other side changed": Case(
        file_of(A),
        file_of(replace(A, reviews=(BOTH_REVIEWS[0],))),
        file_of(replace(A, note="theirs")),
        lambda merged: [each.stale for each in standing(first(merged))] == [True],
    ),
    "M9 two verdicts": Case(
        file_of(A),
        file_of(replace(A, reviews=(BOTH_REVIEWS[0],))),
        file_of(replace(A, reviews=(BOTH_REVIEWS[1],))),
        lambda merged: [each.review.verdict for each in standing(first(merged))] == ["accepted", "rejected"],
    ),
    "M10 created": Case(
        file_of(A),
        file_of(replace(A, note="ours")),
        file_of(replace(A, created="2030-01-01T00:00:00Z")),
        lambda merged: [*first(merged).conflicts] == ["created"],
    ),
    "M11 unknown keys": Case(
        file_of(with_extra(A, mood="calm")),
        file_of(with_extra(A, mood="calm", ours="1")),
        file_of(with_extra(A, mood="grim", theirs="2")),
        lambda merged: first(merged).extra == {"mood": "grim", "ours": "1", "theirs": "2"},
    ),
    "M12 comments": Case(
        b"# head\n" + file_of(A),
        b"# head\n# ours\n" + file_of(replace(A, note="ours")),
        b"# head\n# theirs\n" + file_of(replace(A, kind="question")).replace(b"  ben:\n", b"  ben:  # left out\n"),
        lambda merged: merged.startswith(b"# head\n# ours\n# theirs\n"),
    ),
    "M13 an earlier conflict, decided by them": Case(
        file_of(replace(A, conflicts=RECORD)),
        file_of(replace(A, conflicts=RECORD, tags=("ours",))),
        file_of(replace(A, note="t")),
        merged_to(file_of(replace(A, note="t", tags=("ours",)))),
    ),
    UNDECIDED: Case(
        file_of(replace(A, conflicts=RECORD)),
        file_of(replace(A, conflicts=RECORD, tags=("ours",))),
        file_of(replace(A, conflicts=RECORD, kind="question")),
        undecided(**RECORD),
    ),
    "M14 invalid YAML": refused(b"postil: [\n# theirs\n"),
    "M14 NUL": refused(file_of(A) + b"# \0\n"),
    "M14 an id twice": refused(TWICE),
    "M14 a newer schema": refused(file_of(A).replace(b"postil: 1", b"postil: 2")),
    "M14 conflict markers": refused(b"<<<<<<< ours\n" + file_of(A) + b"=======\n>>>>>>> theirs\n"),
    "M14 an unreadable beginning": Case(b"postil: [\n", file_of(A), file_of(B), merged_to(file_of(A, B))),
    "M15 line ends": Case(
        file_of(A),
        b"\xef\xbb\xbf" + file_of(replace(A, note="ours")).replace(b"\n", b"\r\n").rstrip(),
        file_of(replace(A, kind="question")),
        merged_to(file_of(replace(A, note="ours", kind="question"))),
    ),
    "M16 an article that changed meanwhile": Case(
        file_of(A),
        file_of(replace(A, note="ours")),
        file_of(replace(A, kind="question")),
        lambda merged: first(merged).position == A.position,
    ),
}  # fmt: skip


def merged_in(folder: Path) -> Repository:
    """The repository after the merge; what the driver said is in `said`."""
    repository = Repository(folder / "r", program_in(folder))
    for branch, side in (("main", "base"), ("theirs", "theirs"), ("main", "ours")):
        if side != "base":
            repository.git("checkout", "-q", *["-b"] * (side == "theirs"), branch)
        for name, case in CASES.items():
            data = getattr(case, side)
            if data is not None:
                (repository.folder / f"{name}.txt.postil.yaml").write_bytes(data)
        if side == "theirs":
            (repository.folder / CHANGED).write_text("other words\n")
        repository.git("add", "-A")
        repository.git("commit", "-q", "-m", side)
    repository.said = repository.git("merge", "-q", "--no-edit", "theirs", status=1)
    return repository


def test_every_rule_holds_in_one_merge(tmp_path: Path) -> None:
    repository = merged_in(tmp_path)
    files = {name: (repository.folder / f"{name}.txt.postil.yaml").read_bytes() for name in CASES}
    assert [name for name, case in CASES.items() if not case.holds(files[name])] == []
    # git waits just where something is left
    left = {name for name, data in files.items() if b"<<<<<<<" in data or b"conflicts:" in data}
    waiting = repository.git("ls-files", "-u", "-z")
    assert {name for name in CASES if f"\t{name}.txt.postil.yaml" in waiting} == left - {UNDECIDED}
    # why a side was refused, and what was left out, is said
    refusals = [name for name, data in files.items() if b"<<<<<<<" in data]
    assert [name for name in refusals if f"{name}.txt.postil.yaml" not in repository.said] == []
    assert len(refusals) == 5
    assert "U+FFFD" in repository.said
    assert "their comment at line" in repository.said
    # M19: what the driver writes takes the place of the file, and nothing stays behind
    beside = {path.name for path in repository.folder.iterdir()} - {f"{name}.txt.postil.yaml" for name in CASES}
    assert beside == {".git", ".gitattributes", CHANGED}


def test_an_article_renamed_with_its_sidecar(tmp_path: Path) -> None:
    """M17: the driver is called with the new name, and what is known of the article merges as all else."""
    repository = Repository(tmp_path / "r", program_in(tmp_path))
    more = [one(f"c{number}", start=30 + number) for number in range(5)]
    (repository.folder / "old.txt").write_text("words " * 50)
    sidecar = repository.folder / "old.txt.postil.yaml"
    sidecar.write_bytes(file_of(A, *more))
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "begin")
    repository.git("checkout", "-q", "-b", "theirs")
    for name in ("old.txt", "old.txt.postil.yaml"):
        repository.git("mv", name, name.replace("old", "new"))
    (repository.folder / "new.txt.postil.yaml").write_bytes(with_article(file_of(A, *more), "Theirs"))
    repository.git("commit", "-q", "-a", "-m", "rename")
    repository.git("checkout", "-q", "main")
    sidecar.write_bytes(file_of(replace(A, note="ours", claim=Claim(speaker="Li Wei")), *more))
    repository.git("commit", "-q", "-a", "-m", "edit")
    repository.git("merge", "-q", "--no-edit", "theirs")
    found = load_sidecar((repository.folder / "new.txt.postil.yaml").read_bytes(), Path("new"))
    assert (found.article["title"], found.annotations[0].note, sidecar.exists()) == ("Theirs", "ours", False)
