"""Working in git: the merge driver, a difference of two revisions, and how often plain git fails where it need not."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from annotations.emit import emit
from annotations.git import Git
from annotations.model import Annotation, Sidecar
from annotations.revisions import Range, resolve
from benchmarks.commands import POSTIL
from benchmarks.prose import prose
from benchmarks.shelf import claim_on, sidecar_on
from benchmarks.table import Line
from reader.differences import changes

__all__ = ["lines"]

_GIT = shutil.which("git") or "git"
_SIDECARS, _CHANGED = 10_000, 490
_MARKS, _EDITED = 5_000, 150
_MERGES = 200


def lines() -> Iterator[Line]:
    """All budgets of merging and reviewing; a bar in seconds is what the figure is divided by."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield _start(folder)
        yield _merge(folder)
        yield _diff(folder / "library")
        yield _conflicts(folder)


def _start(folder: Path) -> Line:
    """The driver on three small files: what it costs before it does anything."""
    text = prose(10_000)
    driver = _driver(folder, [sidecar_on(text, count) for count in (3, 4, 5)])
    took, nothing = (median(_seconds(work) for _ in range(11)) for work in (driver, _nothing))
    said = f"{took * 1000:.0f} ms, {took / nothing:.1f}x python"
    return Line("merge driver on small files, of 150 ms", took / 0.15, 1.0, said)


def _merge(folder: Path) -> Line:
    """Five thousand annotations, a few of them changed on each side."""
    text = prose(1_000_000)
    base = sidecar_on(text, _MARKS)
    sides = []
    for seed, note in ((1, "ours"), (2, "theirs")):
        side = base
        chosen = random.Random(seed).sample(base.annotations, _EDITED)  # noqa: S311 - the same every time
        edited = {one.id: note for one in chosen}
        sections = {
            author: tuple(_noted(one, edited.get(one.id)) for one in section)
            for author, section in side.sections.items()
        }
        sides.append(Sidecar(article=side.article, sections=sections))
    took = _seconds(_driver(folder, [base, *sides]))
    return Line(f"merge driver, {_MARKS:,} annotations, of 10 s", took / 10, 1.0, f"{took:.2f} s")


def _noted(one: Annotation, note: str | None) -> Annotation:
    return replace(one, note=note) if note else one


def _driver(folder: Path, sides: list[Sidecar]) -> Callable[[], object]:
    paths = [folder / name for name in ("base", "ours", "theirs")]
    data = [emit(side).encode() for side in sides]

    def run() -> None:
        for path, content in zip(paths, data, strict=True):
            path.write_bytes(content)
        call = [*POSTIL, "merge-driver", *map(str, paths), "--marker-size", "7", "--path", "a.txt.postil.yaml"]
        subprocess.run(call, check=False, stderr=subprocess.DEVNULL)

    return run


def _diff(root: Path) -> Line:
    """What changed between two commits of a library with ten thousand sidecars.

    In each of those that changed, one annotation was added and another one's note written.
    """
    root.mkdir()
    text = prose(4_000)
    begun = sidecar_on(text, 10)
    edited = replace(begun.annotations[4], note="looked into, see the minutes of May")
    before, after = (emit(side).encode() for side in (begun, begun.put(edited).put(claim_on(text, 10**6, 37))))
    _git(root, "init", "-q")
    for number in range(_SIDECARS):
        folder = root / f"{number // 100:03}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.txt.postil.yaml").write_bytes(before)
    _commit(root)
    for number in range(_CHANGED):
        at = number * (_SIDECARS // _CHANGED)
        (root / f"{at // 100:03}" / f"{at}.txt.postil.yaml").write_bytes(after)
    _commit(root)
    git = Git.at(root)
    assert git is not None
    span = Range(resolve(git, "HEAD~1"), resolve(git, "HEAD"))
    found = changes(git, root, span)
    assert len(found) == _CHANGED
    took = median(_seconds(lambda: changes(git, root, span)) for _ in range(5))
    return Line(f"difference of two revisions, {_SIDECARS:,} sidecars, of 0.5 s", took / 0.5, 1.0, f"{took:.2f} s")


def _conflicts(folder: Path) -> Line:
    """Two people add annotations to one file and plain git merges the lines."""
    text = prose(100_000)
    dice = random.Random(7)  # noqa: S311 - the same every time
    failed = 0
    for _ in range(_MERGES):
        base = Sidecar(sections={"ada": (), "ben": ()})
        for _ in range(10):
            base = base.put(_added(text, dice, dice.choice(("ada", "ben"))))
        sides = [base, base, base]
        for at, author in ((1, "ada"), (2, "ben")):
            for _ in range(3):
                sides[at] = sides[at].put(_added(text, dice, author))
        paths = [folder / name for name in ("o", "b", "t")]
        for path, side in zip(paths, (sides[1], base, sides[2]), strict=True):
            path.write_bytes(emit(side).encode())
        failed += (
            subprocess.run([_GIT, "merge-file", "-q", "-p", *paths], check=False, stdout=subprocess.DEVNULL).returncode
            != 0
        )
    return Line(f"adds that plain git cannot merge, of {_MERGES}, bar 1 %", failed / _MERGES / 0.01, 1.0, f"{failed}")


def _added(text: str, dice: random.Random, author: str) -> Annotation:
    start = dice.randrange(len(text) - 100)
    return replace(claim_on(text, dice.randrange(10**9), start), author=author)


def _nothing() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _git(root: Path, *words: str) -> None:
    subprocess.run([_GIT, "-c", "user.name=a", "-c", "user.email=a", *words], cwd=root, check=True)


def _commit(root: Path) -> None:
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "x")
