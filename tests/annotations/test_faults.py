"""Saving while others save, while the disk fails, and while somebody pulls the plug."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from annotations import durable
from annotations.errors import InputError
from annotations.store import Loaded, load, save
from tests.annotations.annotator import Calls, annotation

ROOT = Path(__file__).parents[2]
SEED = 20261122


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    """A sidecar with one annotation in it."""
    path = tmp_path / "a.txt.postil.yaml"
    empty = load(path)
    save(empty, empty.sidecar.put(annotation("ada", 1)))
    return path


def start(sidecar: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.annotations.annotator", str(sidecar), *arguments],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ids(path: Path) -> list[str]:
    loaded = load(path)
    assert loaded.sidecar.damaged == ()
    return [one.id for one in loaded.sidecar.annotations]


def litter(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if one.name.startswith(durable.TEMP_PREFIX)]


# Others


@pytest.mark.parametrize("keep", [(), ("--keep",)], ids=["each loads anew", "each goes on from its last save"])
def test_two_processes_annotate_one_article_at_once(tmp_path: Path, scale: int, keep: tuple[str, ...]) -> None:
    sidecar = tmp_path / "a.txt.postil.yaml"
    count = 20 if scale == 1 else 100
    workers = [start(sidecar, author, str(count), *keep) for author in ("ada", "ben")]
    printed = [one.communicate(timeout=240) for one in workers]
    assert [(one.returncode, said[1]) for one, said in zip(workers, printed, strict=True)] == [(0, ""), (0, "")]
    told = [name for said in printed for name in said[0].split()]
    assert len(told) == 2 * count
    assert sorted(ids(sidecar)) == sorted(told)
    assert litter(tmp_path) == []


# The plug


def test_killed_at_random_moments_what_was_reported_is_there(tmp_path: Path, scale: int) -> None:
    sidecar = tmp_path / "a.txt.postil.yaml"
    moments = random.Random(SEED)  # noqa: S311 - so that a failure comes again
    told: list[str] = []
    for _ in range(15 if scale == 1 else 200):
        with start(sidecar, "ada", "1000000", "--keep") as worker:
            assert worker.stdout is not None
            told.append(worker.stdout.readline().strip())
            time.sleep(moments.uniform(0, 0.06))
            worker.kill()
            told += worker.communicate()[0].split()
            assert worker.returncode == -signal.SIGKILL
        assert set(told) <= set(ids(sidecar))
    last = load(sidecar)
    save(last, last.sidecar.put(annotation("ben", 1)))
    assert len(ids(sidecar)) == len(last.sidecar.annotations) + 1


def test_killed_at_each_system_call_the_file_is_the_old_one_or_the_new_one(sidecar: Path) -> None:
    for number in range(1, 100):
        before = ids(sidecar)
        with start(sidecar, "ben", "1", "--die-at", str(number)) as worker:
            told = worker.communicate()[0].split()
        after = ids(sidecar)
        assert set(before) | set(told) <= set(after)
        assert len(after) <= len(before) + 1
        if worker.returncode == 0:
            break
    assert number > 8  # lock, write, sync, rename, sync: all of them were in the way once


# The disk


@dataclass(frozen=True)
class Fault:
    """A system call of a save that fails, and what the person reads."""

    call: str
    error: int
    match: str
    where: Callable[[Any], bool] = lambda _: True


def _is_temp(path: Any) -> bool:
    return durable.TEMP_PREFIX in str(path)


FAULTS = [
    Fault("write", errno.ENOSPC, "the disk is full; free some space"),
    Fault("write", errno.EDQUOT, "the disk quota is used up"),
    Fault("fsync", errno.EIO, "the disk reported an error"),
    Fault("open", errno.EROFS, "the file system is read-only", _is_temp),
    Fault("open", errno.EACCES, "permission denied; check the owner", _is_temp),
    Fault("rename", errno.EACCES, "permission denied; check the owner"),
    Fault("rename", errno.EXDEV, os.strerror(errno.EXDEV)),
]


def break_down(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    call = getattr(os, fault.call)

    def broken(first: Any, *rest: Any) -> Any:
        if fault.where(first):
            raise OSError(fault.error, os.strerror(fault.error))
        return call(first, *rest)

    monkeypatch.setattr(os, fault.call, broken)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: f"{one.call} {errno.errorcode[one.error]}")
def test_a_failing_disk_leaves_the_old_file_and_the_edit(
    sidecar: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    loaded, before = load(sidecar), sidecar.read_bytes()
    edit = loaded.sidecar.put(annotation("ada", 2))
    with monkeypatch.context() as patch:
        break_down(patch, fault)
        with pytest.raises(InputError, match=fault.match) as raised:
            save(loaded, edit)
    assert raised.value.path == sidecar
    assert sidecar.read_bytes() == before
    assert litter(sidecar.parent) == []
    assert save(loaded, edit).loaded.sidecar == edit
    assert load(sidecar).sidecar == edit


def test_a_folder_that_does_not_confirm_is_told_and_the_next_save_asks_again(
    sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = load(sidecar)
    edit = loaded.sidecar.put(annotation("ada", 2))
    fsync = os.fsync

    def only_files(handle: int) -> None:
        if os.path.isdir(f"/dev/fd/{handle}"):  # noqa: PTH112 - says it shortest
            raise OSError(errno.EIO, "I/O error")
        fsync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", only_files)
        for _ in range(2):
            with pytest.raises(InputError, match="the disk did not confirm it"):
                save(loaded, edit)
    assert save(loaded, edit).loaded.sidecar == edit


def test_whichever_system_call_fails_the_file_is_whole_and_the_edit_can_be_saved(
    sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[str] = []

    def fails(name: str) -> None:
        failed.append(name)
        raise OSError(errno.EIO, "I/O error")

    for number in range(1, 100):
        calls = Calls(number, fails)
        loaded, before = load(sidecar), sidecar.read_bytes()
        edit = loaded.sidecar.put(annotation("ada", number))
        with monkeypatch.context() as patch:
            patch.setattr(durable, "os", calls)
            try:
                save(loaded, edit)
            except InputError:
                assert sidecar.read_bytes() == before or load(sidecar).sidecar == edit
                assert litter(sidecar.parent) == []
        save(loaded, edit)
        assert load(sidecar).sidecar == edit
        if number > len(calls.made):
            break
    assert {"open", "write", "fchmod", "fsync", "close", "rename"} <= set(failed)


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    sidecar = tmp_path / "a.txt.postil.yaml"
    with start(sidecar, "ada", "1000", "--limit", "4096") as worker:
        told, said = worker.communicate()
    assert worker.returncode == 1
    assert "the file would be larger than is allowed here" in said
    assert ids(sidecar) == told.split()
    assert len(told.split()) > 5
    assert litter(tmp_path) == []


def test_a_read_only_file_is_refused_and_not_replaced(sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, before = load(sidecar), sidecar.read_bytes()
    sidecar.chmod(0o444)
    if os.geteuid() == 0:  # root may write anything: ask in its place as somebody who may not
        monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (sidecar, os.W_OK))
    with pytest.raises(InputError, match="permission denied"):
        save(loaded, loaded.sidecar.put(annotation("ada", 2)))
    assert sidecar.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into read-only folders; the failing disk above stands in")
def test_a_read_only_folder_is_refused(sidecar: Path) -> None:
    loaded, before = load(sidecar), sidecar.read_bytes()
    sidecar.parent.chmod(0o555)
    try:
        with pytest.raises(InputError, match="permission denied"):
            save(loaded, loaded.sidecar.put(annotation("ada", 2)))
    finally:
        sidecar.parent.chmod(0o755)
    assert sidecar.read_bytes() == before


def test_a_lock_that_somebody_keeps_leaves_the_edit(sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_LOCK_SECONDS", 0.05)
    loaded = load(sidecar)
    edit = loaded.sidecar.put(replace(annotation("ada", 2), note="mine"))
    with durable.lock(sidecar), pytest.raises(InputError, match="is writing this file"):
        save(loaded, edit)
    assert save(loaded, edit).loaded == Loaded(sidecar, sidecar.read_bytes(), edit)
