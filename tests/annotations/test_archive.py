"""Texts kept by their fingerprints: what comes back is what was put in, or nothing."""

from __future__ import annotations

import os
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from annotations.archive import Archive
from annotations.text import fingerprint

TEXT = "The envoy\u00a0left — “early”.\n" * 20


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "texts")


def test_a_text_comes_back_and_takes_less_room_than_it_is_long(archive: Archive) -> None:
    assert archive.get(fingerprint(TEXT)) is None
    archive.put(TEXT)
    archive.put(TEXT)
    assert archive.get(fingerprint(TEXT)) == TEXT
    (size,) = archive.sizes().values()
    assert size < len(TEXT) / 2
    assert archive.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "data",
    [b"", b"not packed", zlib.compress(b"another text"), zlib.compress(TEXT.encode())[:-9], zlib.compress(b"\xff")],
)
def test_what_is_not_the_text_that_it_is_named_by_is_dropped(archive: Archive, data: bytes) -> None:
    archive.put(TEXT)
    (archive.folder / fingerprint(TEXT)).write_bytes(data)
    assert archive.get(fingerprint(TEXT)) is None
    assert not [*archive.folder.iterdir()]
    archive.put(TEXT)
    assert archive.get(fingerprint(TEXT)) == TEXT


def test_a_file_that_would_unpack_to_more_than_any_text_is_not_unpacked(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.archive._LARGEST", 100)
    archive.put(TEXT)
    assert archive.get(fingerprint(TEXT)) is None


@pytest.mark.parametrize("name", ["", "..", "../secret", "0" * 15, "0" * 16 + "\n", "ABCDEF0123456789", "/etc/passwd"])
def test_only_fingerprints_name_texts(archive: Archive, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_bytes(zlib.compress(b"x"))
    archive.put(TEXT)
    assert archive.get(name) is None
    assert (tmp_path / "secret").exists()


def test_those_used_longest_ago_make_room(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "texts", limit=480)
    given = [os.urandom(75).hex() for _ in range(6)]  # some 100 bytes each when packed
    for number, text in enumerate(given[:3]):
        archive.put(text)
        os.utime(archive.folder / fingerprint(text), (number, number))
    (archive.folder / "0123456789abcdef.77-1").write_bytes(b"left behind")
    os.utime(archive.folder / "0123456789abcdef.77-1", (0, 0))
    assert archive.get(fingerprint(given[0])) == given[0]
    for text in given[3:]:
        archive.put(text)
    assert archive.get(fingerprint(given[1])) is None
    assert archive.get(fingerprint(given[0])) == given[0], "it was used after the others were written"
    assert archive.get(fingerprint(given[-1])) == given[-1]
    assert sum(archive.sizes().values()) <= 480
    assert len([*archive.folder.iterdir()]) == len(archive.sizes())


def test_a_text_larger_than_all_the_room_is_not_kept(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "texts", limit=10)
    archive.put(TEXT)
    assert archive.sizes() == {}


def put_all(folder: Path) -> None:
    archive = Archive(folder, limit=3000)
    for number in range(60):
        text = f"{number} " * 300
        archive.put(text)
        assert archive.get(fingerprint(text)) in {text, None}


def test_two_processes_keep_texts_in_one_folder(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        for done in [pool.submit(put_all, tmp_path / "texts") for _ in range(2)]:
            done.result(timeout=60)
    archive = Archive(tmp_path / "texts", limit=3000)
    assert archive.sizes()
    assert all(archive.get(name) for name in archive.sizes())
    assert len([*archive.folder.iterdir()]) == len(archive.sizes())


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "texts").write_text("a file")
    with pytest.raises(OSError, match="irectory"):
        Archive(tmp_path / "texts").put(TEXT)
    assert Archive(tmp_path / "texts").get(fingerprint(TEXT)) is None
