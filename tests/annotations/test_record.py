from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from annotations.model import Annotation, Claim, Damaged, Occurrence, Plain, Position, Quote, Record, Sidecar, Stance
from annotations.record import annotation_from, in_order, is_nothing, node_from, sidecar_record, to_record
from tests.annotations.anything import annotations_of, few, typed

POSITION: Record = {"start": Plain("3"), "end": Plain("5"), "text": "0123456789abcdef"}
SHORT: Record = {
    "id": "k1",
    "kind": "note",
    "quote": {"exact": "so"},
    "position": POSITION,
}
ONE = Annotation(
    id="k1",
    author="ada",
    kind="note",
    quote=Quote(exact="so"),
    position=Position(start=3, end=5, text="0123456789abcdef"),
)


def test_what_is_empty_is_left_out_and_what_is_left_out_is_empty() -> None:
    quote: Record = {"exact": "so", "occurrence": {"index": "0", "count": "1"}}
    assert to_record(ONE) == {**SHORT, "quote": quote}
    assert annotation_from(SHORT, "ada") == ONE


def test_what_must_stand_there_is_written_even_when_empty() -> None:
    record = to_record(replace(ONE, kind="", quote=Quote(exact="")))
    assert (record["kind"], record["quote"]) == ("", {"exact": "", "occurrence": {"index": "0", "count": "1"}})


def test_numbers_are_written_as_numbers_and_text_that_looks_like_one_as_text() -> None:
    record = to_record(replace(ONE, note="12", quote=Quote(exact="so", occurrence=Occurrence(index=1, count=2))))
    assert typed(record["position"]) == {"start": ("plain", "3"), "end": ("plain", "5"), "text": "0123456789abcdef"}
    assert typed(record["note"]) == "12"


def test_keys_come_in_canonical_order_with_quote_and_position_last() -> None:
    claim = Claim(status="new", stance=(Stance(value="for"), Stance()), text="so")
    record = to_record(replace(ONE, claim=claim, tags=("b", "a"), note="x"))
    assert list(record) == ["id", "kind", "tags", "note", "claim", "quote", "position"]
    assert record["claim"] == {"text": "so", "stance": [{"value": "for"}, {}], "status": "new"}
    assert record["tags"] == ["b", "a"]


def test_unknown_keys_go_back_to_their_place() -> None:
    record: Record = {"id": "k1", "mood": ["grim"], "kind": "note", "zeal": {"a": "b"}}
    record |= {"quote": {"exact": "so", "page": "4", "occurrence": {"index": "0", "count": "1"}}}
    record |= {"position": {"x": "", **POSITION}}
    read = annotation_from(record, "ada")
    assert (read.extra, read.quote.extra) == ({"mood": ["grim"], "zeal": {"a": "b"}}, {"page": "4"})
    written = to_record(replace(read, note="new"))
    assert list(written) == ["id", "mood", "kind", "zeal", "note", "quote", "position"]
    assert [*written["quote"], *written["position"]] == ["exact", "page", "occurrence", "start", "x", "end", "text"]


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        ((), "a b x y quote"),  # nobody knows where they stood: before the quote
        (("x", "a", "b", "y", "quote"), "a x b y quote"),  # one that stood first comes second
        (("a", "b", "quote", "x", "y"), "a b quote x y"),
        (("b", "y", "x", "a", "quote"), "a b y x quote"),  # behind the same key as before
        (("gone", "x", "a"), "a x b y quote"),
    ],
)
def test_the_place_of_an_unknown_key(keys: tuple[str, ...], order: str) -> None:
    known: Record = {"a": "1", "b": "2", "quote": "3"}
    assert " ".join(in_order(known, {"x": "4", "y": "5"}, keys)) == order


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": ["note"]}, "kind: not text"),
        ({"id": ""}, "id: empty"),
        ({"id": Plain("~")}, "id: empty"),
        ({"tags": "a"}, "tags: not a list"),
        ({"tags": ["a", {}]}, "tags.2: not text"),
        ({"quote": []}, "quote: not a mapping"),
        ({"quote": {}}, "quote.exact: missing"),
        ({"quote": {"exact": "so", "occurrence": {"count": "two"}}}, "quote.occurrence.count: not a whole number"),
        ({"position": {"start": "3", "end": "5"}}, "position.text: missing"),
        ({"position": {"start": "٣", "end": "5", "text": ""}}, "position.start: not a whole number"),
        ({"position": {"start": "1" * 16, "end": "5", "text": ""}}, "position.start: not a whole number"),
        ({"position": {"start": "5", "end": "3", "text": ""}}, "position.end: before its start"),
        ({"claim": "so"}, "claim: not a mapping"),
        ({"claim": {"stance": [{}, {"value": {}}]}}, "claim.stance.2.value: not text"),
        ({"replies": [{"id": "r1", "author": "ben", "created": ""}]}, "replies.1.note: missing"),
        ({"conflicts": "so"}, "conflicts: not a mapping"),
    ],
)
def test_what_is_malformed_is_named_by_its_keys(change: Record, reason: str) -> None:
    with pytest.raises(ValueError, match=r": ") as caught:
        annotation_from({**SHORT, **change}, "ada")
    assert str(caught.value) == reason


@pytest.mark.parametrize("key", list(SHORT))
def test_what_must_stand_there_is_missed(key: str) -> None:
    with pytest.raises(ValueError, match=f"^{key}: missing$"):
        annotation_from({name: value for name, value in SHORT.items() if name != key}, "ada")


@pytest.mark.parametrize("record", ["word", Plain(""), ["a"]])
def test_a_record_is_a_mapping(record: Any) -> None:
    with pytest.raises(ValueError, match=r"^not a mapping$"):
        annotation_from(record, "ada")


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_a_bare_key_is_as_good_as_none(nothing: str) -> None:
    assert is_nothing(Plain(nothing))
    assert not is_nothing(nothing)
    bare = dict.fromkeys(("tags", "note", "claim", "relations", "replies", "conflicts"), Plain(nothing))
    assert annotation_from({**SHORT, **bare}, "ada") == ONE
    assert annotation_from({**SHORT, "note": nothing}, "ada").note == nothing


def test_the_author_is_the_section_and_no_key() -> None:
    assert "author" not in to_record(ONE)
    assert annotation_from(SHORT, "ben").author == "ben"
    assert annotation_from({**SHORT, "author": "cyd"}, "ben").extra == {"author": "cyd"}


def test_parts_are_read_alone() -> None:
    assert node_from(Stance, {"value": "for"}) == Stance(value="for")
    with pytest.raises(ValueError, match=r"^value: not text$"):
        node_from(Stance, {"value": []})


def test_a_sidecar_holds_its_damaged_entries_behind_the_others() -> None:
    damaged = Damaged(author="ada", line=3, reason="quote: missing", record={"id": "k2"})
    sidecar = Sidecar(
        sections={"ada": (ONE,), "ben": ()}, damaged=(damaged,), extra={"zeal": "x"}, keys=("zeal", "postil")
    )
    assert sidecar_record(sidecar) == {
        "postil": "1",
        "zeal": "x",
        "article": {},
        "annotations": {"ada": [to_record(ONE), {"id": "k2"}], "ben": []},
    }
    assert list(sidecar_record(sidecar)) == ["postil", "zeal", "article", "annotations"]


@few
@given(annotations_of("ada"))
def test_a_record_holds_all_of_an_annotation(annotation: Annotation) -> None:
    record = to_record(annotation)
    read = annotation_from(record, "ada")
    assert read == annotation
    assert typed(to_record(read)) == typed(record)
    assert list(to_record(read)) == list(record)
