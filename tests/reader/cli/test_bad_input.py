"""Input that nobody should have to handle: one clear line each, the rest works, nothing is overwritten."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import COMMAND, Postil

WHEAT = "harvest.txt"
SIDECAR = f"{WHEAT}.postil.yaml"


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _outside(path: Path) -> None:
    (path.parent.parent / "secret.txt").write_text("secret\n")
    path.symlink_to(path.parent.parent / "secret.txt")


def _bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


ARTICLES: dict[str, tuple[Callable[[Path], object], str]] = {
    "latin-1": (_bytes(b"caf\xe9\n"), "UTF-8"),
    "a FIFO": (_fifo, "FIFO"),
    "a device": (_device, "link out of the library"),
    "a link out": (_outside, "link out of the library"),
    "a dangling link": (lambda path: path.symlink_to(path.parent / "nowhere"), "link to nowhere"),
    "a folder": (lambda path: path.mkdir(), "folder"),
}


@pytest.mark.parametrize("case", ARTICLES)
def test_what_is_no_article_is_named_once_and_the_rest_works(library: Path, postil: Postil, case: str) -> None:
    make, why = ARTICLES[case]
    make(library / "bad.txt")
    listed = postil("list", "--json")
    assert listed.status == 0
    assert [one["path"] for one in listed.json["articles"]] == [WHEAT, "news/summit.txt"]
    [skipped] = listed.json["skipped"]
    assert skipped["path"].rstrip("/") == "bad.txt"
    assert why.casefold() in skipped["why"].casefold()
    assert postil("list").err.count("\n") == 1
    for command in (["show", "bad.txt"], ["annotate", "bad.txt", "--quote", "a"], ["set", "bad.txt", "title=x"]):
        ran = postil(*command)
        assert (ran.status, ran.out, ran.err.count("\n")) == (3, "", 1)
        assert "bad.txt" in ran.err
    assert postil("search", "wheat").status == 0
    assert not (library / "bad.txt.postil.yaml").exists()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"\n\n", "\n\n"),
        (b"one\x00two\n", "one\ufffdtwo\n"),
        (b"\xef\xbb\xbfone\r\ntwo\r", "one\ntwo\n"),
        ("zwölf\n".encode("utf-16"), "zwölf\n"),
    ],
)
def test_odd_text_is_shown(library: Path, postil: Postil, data: bytes, text: str) -> None:
    (library / "odd.txt").write_bytes(data)
    assert postil("list").status == 0
    shown = postil("show", "odd.txt", "--json")
    assert (shown.status, shown.json["text"]) == (0, text)
    assert postil("show", "odd.txt").status == 0
    assert (library / "odd.txt").read_bytes() == data


SIDECARS = {
    "duplicate keys": "postil: 1\npostil: 1\n",
    "an alias": "postil: 1\narticle: &a\n  title: *a\n",
    "an anchor": "postil: 1\narticle:\n  title: &x y\n",
    "a tag": "postil: 1\narticle: !!python/object:os.system {}\n",
    "100,000 brackets": "[" * 100_000,
    "a tab": "postil: 1\narticle:\n\ttitle: x\n",
    "a merge marker": "postil: 1\n<<<<<<< ours\narticle:\n=======\n>>>>>>> theirs\n",
    "no mapping": "- postil\n",
    "two documents": "postil: 1\n---\npostil: 1\n",
    "not UTF-8": "postil: 1\n# caf\udce9\n",
    "NUL": "postil: 1\n\x00\n",
    "a newer schema": "postil: 99\n",
    "nothing": "\n",
}


@pytest.mark.parametrize("case", SIDECARS)
def test_a_sidecar_that_cannot_be_read_is_named_and_never_overwritten(library: Path, postil: Postil, case: str) -> None:
    data = SIDECARS[case].encode("utf-8", "surrogateescape")
    (library / SIDECAR).write_bytes(data)
    shown = postil("show", WHEAT, "--json")
    assert shown.json["text"].startswith("Harvest")
    if case != "nothing":
        assert (shown.status, shown.err.count("\n")) == (3, 1)
        assert SIDECAR in shown.err
        [problem] = postil("list", "--json").json["problems"]
        assert SIDECAR in problem["why"]
        for command in (["annotate", WHEAT, "--quote", "wheat"], ["set", WHEAT, "title=x"]):
            ran = postil(*command)
            assert (ran.status, ran.out, ran.err.count("\n")) == (3, "", 1)
            assert SIDECAR in ran.err
        assert (library / SIDECAR).read_bytes() == data
    assert postil("annotate", "news/summit.txt", "--quote", "a deal.", "--occurrence", "1").status == 0
    assert postil("search", "wheat").status == 0


def test_a_damaged_entry_does_not_hide_the_others(library: Path, postil: Postil) -> None:
    made = postil("annotate", WHEAT, "--quote", "wheat").out.strip()
    before = (library / SIDECAR).read_text()
    damaged = before.replace("  ada:\n", "  ada:\n\n  - id: broken\n    kind: note\n")
    assert damaged != before
    (library / SIDECAR).write_text(damaged)
    assert [one["id"] for one in postil("show", WHEAT, "--json").json["annotations"]] == [made]
    assert SIDECAR in postil("list").err
    assert postil("edit", made, "--note", "still here").status == 0
    assert "  - id: broken\n    kind: note\n" in (library / SIDECAR).read_text()


HOSTILE = [
    "\x1b[2J\x1b]52;c;aGk=\x07",
    "\u202egpj.exe",
    "[@click=app.quit]x[/]",
    "\u200b\ufeff\x85",
    "[/]",
    "a\nb\tc\rd",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_shown_and_never_obeyed(library: Path, postil: Postil, hostile: str) -> None:
    (library / "h.txt").write_text(f"{hostile} headline\n\nThe body says {hostile} and wheat ends.\n")
    made = postil("annotate", "h.txt", "--quote", "wheat", "--kind", "claim", "--speaker", hostile, "--note", hostile)
    assert (made.status, made.err) == (0, "")
    postil("edit", made.out.strip(), "--tag", f"t{hostile}t")
    outputs = [
        postil("list"),
        postil("show", "h.txt"),
        postil("search", "wheat"),
        postil("search", hostile),
        postil("annotate", "h.txt", "--quote", "headline and more"),
        postil("show", hostile),
        postil("edit", hostile, "--note", "x"),
        postil("--library", hostile, "list"),
        postil("--author", hostile, "doctor"),
        postil("set", "h.txt", hostile),
    ]
    for ran in outputs:
        assert not set("\x1b\x07\x85\r\u202e\u200b\ufeff") & set(ran.out + ran.err)
    record = postil("show", "h.txt", "--json").json["annotations"][0]
    assert record["claim"]["speaker"] == hostile.strip() or record["claim"]["speaker"] == hostile
    assert record["note"] == hostile
    for command in (["list", "--json"], ["show", "h.txt", "--json"], ["search", "wheat", "--json"]):
        assert postil(*command).out.isascii()


@pytest.mark.parametrize("name", ["\x1b[2J", "\u202ex", "[@click=app.quit]", "a\nb", "--help", "-n"])
def test_hostile_file_names(library: Path, postil: Postil, name: str) -> None:
    (library / f"{name}.txt").write_text("A zebra ran.\n")
    listed = postil("list")
    assert (listed.status, listed.out.count("\n")) == (0, 3)
    assert not set("\x1b\u202e") & set(listed.out)
    assert f"{name}.txt" in [one["path"] for one in postil("list", "--json").json["articles"]]
    assert postil("search", "zebra", "--json").json["hits"][0]["path"] == f"{name}.txt"
    assert postil("annotate", f"./{name}.txt", "--quote", "zebra").status == 0
    assert postil("show", "--json", "--", f"{name}.txt").json["annotations"]


def test_a_name_that_is_not_utf_8_is_skipped(library: Path, postil: Postil) -> None:
    (library / os.fsdecode(b"caf\xe9.txt")).write_text("A zebra ran.\n")
    assert postil("list").status == 0
    [skipped] = postil("list", "--json").json["skipped"]
    assert "UTF-8" in skipped["why"]


def test_a_huge_article_opens_and_is_not_annotated(library: Path, postil: Postil, scale: int) -> None:
    line = "The same words stand here again and again, for ever. " * 20 + "\n"
    with (library / "huge.txt").open("w") as out:
        out.writelines([line] * ((21_000_000 if scale == 1 else 50_000_000) // len(line)))
    [huge] = [one for one in postil("list", "--json").json["articles"] if one["path"] == "huge.txt"]
    assert huge["title_from"] == "file-name"
    ran = postil("annotate", "huge.txt", "--quote", "The same words", "--occurrence", 1)
    assert (ran.status, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "too large" in ran.err
    assert postil("search", "again").status == 1
    shown = postil("show", "huge.txt")
    assert (shown.status, len(shown.out) > 20_000_000) == (0, True)


def test_a_disk_that_takes_no_more_keeps_what_was_there(library: Path, postil: Postil) -> None:
    postil("annotate", WHEAT, "--quote", "wheat")
    before = (library / SIDECAR).read_bytes()
    full = ["/bin/sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *COMMAND]
    done = subprocess.run(
        [*full, "annotate", WHEAT, "--quote", "wheat"], capture_output=True, text=True, check=False, cwd=library
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert SIDECAR in done.stderr
    assert (library / SIDECAR).read_bytes() == before
    assert [one.name for one in library.iterdir() if one.name.startswith(".")] == []
