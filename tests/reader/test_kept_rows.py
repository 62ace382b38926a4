"""Rows that are kept are the rows that would be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.article import Block, Label
from reader.kept_rows import KeptRows
from reader.layout import Layout

TEXT = "One sentence here,\nwhich goes on.\n\nAnother paragraph of so many words that it takes rows.\n"
BLOCKS = (Block(0, 33, Label.BODY), Block(35, len(TEXT) - 1, Label.BODY))


def test_a_layout_of_known_rows_is_the_same() -> None:
    found = Layout(TEXT, BLOCKS, 20)
    known = Layout(TEXT, BLOCKS, 20, known=found.pack())
    assert known.complete
    assert len(known) == len(found)
    assert [known.row(row) for row in range(len(known))] == [found.row(row) for row in range(len(found))]


def test_rows_are_kept_for_one_text_its_labels_and_one_way_to_lay_it_out(tmp_path: Path) -> None:
    rows = Layout(TEXT, BLOCKS, 20).pack()
    KeptRows(tmp_path, "mark", BLOCKS).keep("20", rows)
    assert KeptRows(tmp_path, "mark", BLOCKS).recall("20") == rows
    assert KeptRows(tmp_path, "mark", BLOCKS).recall("21") == b""
    assert KeptRows(tmp_path, "other", BLOCKS).recall("20") == b""
    assert KeptRows(tmp_path, "mark", BLOCKS[:1]).recall("20") == b""
    relabelled = (BLOCKS[0]._replace(label=Label.CAPTION), BLOCKS[1])
    assert KeptRows(tmp_path, "mark", relabelled).recall("20") == b""


@pytest.mark.parametrize("damage", [b"", b"\0\0\0\0", b"\0\0\0\0rows of another kind"])
def test_damage_is_as_good_as_nothing(tmp_path: Path, damage: bytes) -> None:
    kept = KeptRows(tmp_path, "mark", BLOCKS)
    kept.keep("20", Layout(TEXT, BLOCKS, 20).pack())
    kept._file("20").write_bytes(damage)
    assert kept.recall("20") == b""
