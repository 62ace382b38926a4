from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import platformdirs
import pytest

from annotations import durable
from annotations.durable import lock, real_target, sync, write_atomically
from annotations.errors import InputError


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


# Writing


def test_a_new_file_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    before = os.umask(0o027)
    try:
        write_atomically(file, b"one")
        assert stat.S_IMODE(file.stat().st_mode) == 0o640
        file.chmod(0o604)
        write_atomically(file, b"two")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o604
    assert file.read_bytes() == b"two"
    assert names(tmp_path) == ["a.yaml"]


def test_data_is_on_the_disk_before_the_name_and_the_name_before_the_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, rename = os.fsync, os.rename

    def noted_fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def noted_rename(source: Path, target: Path) -> None:
        done.append(f"rename {source.parent == target.parent}")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "rename", noted_rename)
    write_atomically(tmp_path / "a", b"x")
    assert done == ["file", "rename True", "folder"]


def test_a_write_that_takes_few_bytes_at_a_time_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    write_atomically(tmp_path / "a", b"twelve bytes")
    assert (tmp_path / "a").read_bytes() == b"twelve bytes"


def test_after_a_failed_fsync_a_new_temp_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    fsync = os.fsync

    def fails_once(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        if len(synced) == 1:
            (tmp_path / "keeps the inode busy").hardlink_to(next(tmp_path.glob(f"{durable.TEMP_PREFIX}*")))
            raise OSError(errno.EIO, "I/O error")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fails_once)
    write_atomically(tmp_path / "a", b"x")
    assert synced[0] != synced[1]
    assert (tmp_path / "a").stat().st_ino == synced[1]


def test_a_link_is_refused_unless_it_stays_inside(tmp_path: Path) -> None:
    root, outside = tmp_path / "library", tmp_path / "outside.yaml"
    (root / "deep").mkdir(parents=True)
    outside.write_text("secret")
    inner, link = root / "deep" / "real.yaml", root / "link.yaml"
    inner.write_text("old")
    link.symlink_to(outside)
    for inside in (None, root):
        with pytest.raises(InputError, match="link out of the library"):
            write_atomically(link, b"new", inside=inside)
    assert outside.read_text() == "secret"
    link.unlink()
    link.symlink_to(Path("deep") / "real.yaml")
    with pytest.raises(InputError, match="link out of the library"):
        write_atomically(link, b"new")
    write_atomically(link, b"new", inside=root)
    assert link.is_symlink()
    assert inner.read_bytes() == b"new"


@pytest.mark.parametrize("target", ["nowhere", "link"])
def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(InputError, match="leads nowhere"):
        write_atomically(tmp_path / "link", b"x", inside=tmp_path)
    assert names(tmp_path) == ["link"]


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(InputError, match="not a regular file"):
            write_atomically(tmp_path / name, b"x")
        with pytest.raises(InputError, match="not a regular file"):
            real_target(tmp_path / name, None)


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its folder is gone"):
        write_atomically(tmp_path / "gone" / "a", b"x")
    with pytest.raises(InputError, match="its folder is gone"):
        sync(tmp_path / "gone" / "a")


# Taking turns


def test_the_lock_keeps_threads_apart(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        for _ in range(20):
            with lock(tmp_path / "a"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == [1] * 80


def test_the_lock_says_who_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys; from pathlib import Path; from annotations.durable import lock\n"
        "sys.argv[0] = '/usr/bin/postil'\n"
        "with lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "a"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == b"held\n"
        monkeypatch.setattr(durable, "_LOCK_SECONDS", 0.1)
        with (
            pytest.raises(InputError, match=rf"postil \(process {holder.pid}\) is writing this file"),
            lock(tmp_path / "a"),
        ):
            pass
        with lock(tmp_path / "another"):
            pass
        holder.stdin.close()
        holder.wait()
        with lock(tmp_path / "a"):
            pass


def test_one_file_has_one_lock_by_whatever_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("")
    (tmp_path / "link").symlink_to("a")
    monkeypatch.setattr(durable, "_LOCK_SECONDS", 0.05)
    with lock(tmp_path / "a"), pytest.raises(InputError, match="is writing this file"), lock(tmp_path / "link"):
        pass


def test_locks_are_kept_privately_and_not_in_the_library(tmp_path: Path) -> None:
    with lock(tmp_path / "a"):
        pass
    state = platformdirs.user_state_path("postil")
    assert names(tmp_path) == []
    assert [stat.S_IMODE(one.stat().st_mode) for one in (state, state / "locks")] == [0o700, 0o700]
    (only,) = (state / "locks").iterdir()
    assert stat.S_IMODE(only.stat().st_mode) == 0o600


def test_a_state_folder_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(InputError, match="file/postil/locks"), lock(tmp_path / "a"):
        pass


def test_the_import_is_cheap() -> None:
    code = "import sys, annotations.durable; print('platformdirs' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[2])
    assert ran.stdout == b"False\n"
