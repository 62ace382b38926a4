"""Merging files: bytes of three versions in, one file out that loses nobody's work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.emit import emit
from annotations.load import load_sidecar
from annotations.merge import merge
from annotations.merge_files import MergedFile, merge_files
from annotations.model import Annotation, Claim, Position, Quote, Record, Relation, Sidecar
from tests.annotations.test_merge_laws import histories, sidecars

PATH = Path("news.txt.postil.yaml")


def annotation(name: str, author: str = "ada", start: int = 3, note: str = "") -> Annotation:
    return Annotation(
        id=name, author=author, kind="note", note=note, created="2026-11-22T10:11:12Z",
        quote=Quote(exact="words"), position=Position(start=start, end=start + 5, text="00"),
    )  # fmt: skip


def file_of(*annotations: Annotation) -> bytes:
    sidecar = Sidecar()
    for one in annotations:
        sidecar = sidecar.put(one)
    return emit(sidecar).encode()


def canon(side: Sidecar) -> bytes:
    """The file postil writes: a number made up for a text is a text there; sections stand where they were made.

    Keys that postil does not know stand in one order, for a merge moves no line of ours.
    """
    sections = {author: tuple(map(ordered, section)) for author, section in sorted(side.sections.items())}
    return emit(load_sidecar(emit(replace(side, sections=sections)).encode(), PATH)).encode()


def ordered(one: Annotation) -> Annotation:
    replies = tuple(replace(each, extra=backwards(each.extra)) for each in one.replies)
    claim = one.claim and replace(one.claim, extra=backwards(one.claim.extra))
    return replace(one, claim=claim, replies=replies, extra=backwards(one.extra))


def backwards(record: Record) -> Record:
    """Not as the alphabet has it, in which a merge puts keys that nothing else tells apart."""
    return dict(sorted(record.items(), reverse=True))


ONE, TWO = annotation("a1"), annotation("b2", "ben", 9)
BOTH = file_of(ONE, TWO)


@given(sidecars(), sidecars())
def test_a_side_that_did_nothing_has_no_say_in_the_bytes(base: Sidecar, side: Sidecar) -> None:
    b, x = canon(base), canon(side)
    assert merge_files(b, x, x, PATH).data == merge_files(b, b, x, PATH).data == merge_files(b, x, b, PATH).data == x


@given(histories())
def test_files_merge_as_their_sidecars_do(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    files = [canon(side) for side in history]
    merged = merge_files(files[0], files[1], files[2], PATH)
    base, ours, theirs = (load_sidecar(one, PATH) for one in files)
    wanted = merge(base, ours, theirs)
    assert not merged.refused
    assert merged.conflicts == wanted.conflicts
    again = load_sidecar(merged.data, PATH)
    assert again == load_sidecar(canon(wanted.sidecar), PATH)
    assert len({one.id for one in again.annotations}) == len(again.annotations)
    assert merge_files(files[0], files[1], files[2], PATH) == merged


@given(histories())
def test_swapping_clean_sides_gives_the_same_file_but_for_its_layout(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    base, ours, theirs = (canon(one) for one in history)
    there, back = merge_files(base, ours, theirs, PATH), merge_files(base, theirs, ours, PATH)
    assert there.clean == back.clean
    if there.clean:
        assert emit(load_sidecar(there.data, PATH)) == emit(load_sidecar(back.data, PATH))


MOOD: Record = {"mood": "grim"}
ZEAL: Record = {"zeal": "high"}
HERS, HIS = ((Relation(type="rebuts", to=name),) for name in ("b2", "c3"))


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (None, replace(ONE, claim=Claim()), replace(ONE, claim=Claim(status="new"))),
        (None, ONE, replace(ONE, extra=MOOD)),
        (ONE, replace(ONE, note="so"), replace(ONE, extra=MOOD)),
        (ONE, replace(ONE, extra=ZEAL), replace(ONE, extra=MOOD)),
        (replace(ONE, relations=HERS, extra=MOOD), replace(ONE, relations=HIS, extra=MOOD), replace(ONE, extra=MOOD)),
    ],
)
def test_a_key_stands_in_the_same_place_whichever_side_is_ours(
    base: Annotation | None, ours: Annotation, theirs: Annotation
) -> None:
    before, one, other = (file_of(*filter(None, [each])) for each in (base, ours, theirs))
    assert merge_files(before, one, other, PATH).data == merge_files(before, other, one, PATH).data


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([ONE, replace(TWO, note="so")], [TWO]),
        ([ONE, TWO, annotation("z1", "zoe"), annotation("d4", "dora")], [ONE, TWO, annotation("m1", "max")]),
    ],
)
def test_a_section_stands_in_the_same_place_whichever_side_is_ours(
    ours: list[Annotation], theirs: list[Annotation]
) -> None:
    one, other = file_of(*ours), file_of(*theirs)
    assert merge_files(BOTH, one, other, PATH).data == merge_files(BOTH, other, one, PATH).data


def test_keys_that_stand_in_another_order_in_theirs_stay_as_ours_has_them() -> None:
    ours, theirs = replace(ONE, extra=MOOD | ZEAL), replace(ONE, extra=ZEAL | MOOD)
    merged = merge_files(b"", file_of(ours), file_of(theirs, TWO), PATH)
    assert merged == MergedFile(file_of(ours, TWO))


def test_what_stands_in_brackets_in_ours_stays_in_them() -> None:
    before, theirs = replace(ONE, extra={"mood": ["grim"]}), replace(ONE, extra={"mood": [["grim"]]})
    merged = merge_files(file_of(before), file_of(replace(before, note="so")), file_of(theirs), PATH)
    assert merged.clean
    assert b"mood: [[grim]]\n" in merged.data


@given(histories())
def test_merging_a_side_again_changes_nothing(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    base, ours, theirs = (canon(one) for one in history)
    merged = merge_files(base, ours, theirs, PATH)
    if merged.clean:
        assert merge_files(base, merged.data, theirs, PATH).data == merged.data


def lines_of(merged: bytes, side: bytes) -> bool:
    """Whether a side's lines all stand in the merged file, in their order."""
    rest = iter(merged.splitlines())
    return all(line in rest for line in side.splitlines())


@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_any_bytes_give_a_file_that_holds_both_sides(base: bytes, ours: bytes, theirs: bytes) -> None:
    merged = merge_files(base, ours, theirs, PATH)
    if merged.refused:
        for side in (ours, theirs):
            tidy = side.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\0", "\ufffd".encode())
            assert lines_of(merged.data, tidy.rstrip(b"\n"))


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"postil: 1\nannotations: [", "cannot be read"),
        (b"\xff\xfe", "not UTF-8"),
        (b"postil: 1\n\0", "control character"),
        (b"postil: 1\npostil: 1\n", "second time"),
        (b"postil: 1\na: &x b\n", "anchor"),
        (b"postil: 1\na: *x\n", "cannot be read"),
        (b"postil: 1\na: !x b\n", "tag"),
        (b"- list\n", "not a sidecar"),
        (b"postil: 2\n", "newer postil"),
        (b"postil: 1\nmood: " + b"x" * 20_000_000, "too large"),
        (b"postil: 1\n<<<<<<< ours\na: b\n=======\na: c\n>>>>>>> theirs\n", "conflict markers"),
        (file_of(ONE) + file_of(ONE).partition(b"  ada:\n")[2], "is used above"),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_side_that_cannot_be_read_is_kept_whole_beside_the_other(broken: bytes, why: str, swapped: bool) -> None:
    ours, theirs = (BOTH, broken) if swapped else (broken, BOTH)
    merged = merge_files(file_of(ONE), ours, theirs, PATH)
    assert why in merged.refused
    assert PATH.name in merged.refused
    assert not merged.clean
    assert lines_of(merged.data, BOTH)
    assert lines_of(merged.data, broken.replace(b"\0", "\ufffd".encode()))
    assert merged.data.count(b"<<<<<<<") >= 1


def test_a_nul_is_said() -> None:
    assert "U+FFFD" in merge_files(b"", BOTH, b"postil: 1\n\0", PATH).remarks[0]


def test_markers_that_stand_there_already_are_told_from_the_new_ones() -> None:
    left = b"postil: 1\n<<<<<<< ours\na: b\n=======\na: c\n>>>>>>> theirs\n"
    merged = merge_files(b"", left, BOTH, PATH)
    assert b"<<<<<<<< ours\n<<<<<<< ours\n" in merged.data


def test_the_marker_size_is_as_asked() -> None:
    assert b"\n" + b"=" * 12 + b"\n" in merge_files(b"", BOTH, b"- x\n", PATH, marker_size=12).data


def test_line_ends_and_marks_are_tidied() -> None:
    theirs = file_of(ONE, TWO, annotation("c3", "cleo", 20))
    windows = b"\xef\xbb\xbf" + file_of(ONE, replace(TWO, note="so")).replace(b"\n", b"\r\n").rstrip()
    merged = merge_files(BOTH, windows, theirs, PATH)
    assert merged.clean
    assert merged.data == file_of(ONE, replace(TWO, note="so"), annotation("c3", "cleo", 20))


def test_an_unreadable_beginning_loses_nothing_and_is_said() -> None:
    merged = merge_files(b"postil: [", BOTH, file_of(ONE, annotation("c3", "cleo")), PATH)
    assert {one.id for one in load_sidecar(merged.data, PATH).annotations} == {"a1", "b2", "c3"}
    assert "is back" in merged.remarks[0]


def test_comments_stay_with_ours_and_theirs_at_the_head_come_along() -> None:
    base = b"# by hand\n" + BOTH
    ours = b"# by hand\n# ours\n" + file_of(ONE, replace(TWO, note="so")).replace(b"  ben:\n", b"  ben:  # new here\n")
    theirs = b"# by hand\n# theirs\n" + file_of(replace(ONE, note="no"), TWO).replace(b"  ada:\n", b"  ada:  # lead\n")
    merged = merge_files(base, ours, theirs, PATH)
    assert merged.data.startswith(b"# by hand\n# ours\n# theirs\n")
    assert b"ben:  # new here" in merged.data
    assert merged.remarks == ("their comment at line 9 is not in it: # lead",)


def test_a_heading_that_one_side_removed_is_gone() -> None:
    base = b"# draft\n" + BOTH
    theirs = file_of(ONE, replace(TWO, note="so"))
    ours = b"# draft\n" + file_of(replace(ONE, note="no"), TWO)
    assert merge_files(base, ours, theirs, PATH).data == file_of(replace(ONE, note="no"), replace(TWO, note="so"))
