from __future__ import annotations

import gc
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotations import strict
from annotations.emit import emit, is_typed
from annotations.errors import InputError
from annotations.load import load_sidecar
from annotations.model import Annotation, Claim, Plain, Position, Quote, Sidecar, Stance, new_id
from annotations.strict import parse
from tests.annotations.anything import few, sidecars, typed

HERE = Path("a.txt.postil.yaml")
ENTRY = """\
  - id: k1
    kind: note
    quote: {exact: so}
    position: {start: 3, end: 5, text: "0123456789abcdef"}
"""
FILE = f"postil: 1\n\nannotations:\n\n  ada:\n\n{ENTRY}"


def refused(text: str | bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        load_sidecar(text if isinstance(text, bytes) else text.encode(), HERE)
    assert caught.value.path == HERE
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_plain_scalar_stays_what_was_typed() -> None:
    data = b"a: no\nb: 12:30\nc: 2026-03-04\nd: 0755\ne: 2026-13-45\nf: '12'\ng: word\nh:\ni: 012x\n12: x\n"
    assert typed(parse(data, HERE)) == {
        "a": ("plain", "no"),
        "b": ("plain", "12:30"),
        "c": ("plain", "2026-03-04"),
        "d": ("plain", "0755"),
        "e": ("plain", "2026-13-45"),
        "f": "12",
        "g": "word",
        "h": ("plain", ""),
        "i": "012x",
        "12": "x",
    }


@given(st.text("0123456789.:_-+eExobTZ YynNoOfF~ull", max_size=12).filter(lambda text: text.strip() == text))
def test_plain_is_what_stock_loaders_read_no_string_in(text: str) -> None:
    try:
        event = list(yaml.parse(f"k: {text}\n", yaml.CSafeLoader))[4]
    except yaml.YAMLError:
        return
    if isinstance(event, yaml.ScalarEvent) and event.value == text:
        resolver = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        assert is_typed(text) == (resolver != "tag:yaml.org,2002:str")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (f"{FILE}    kind: claim\n", 11, "the key kind stands here a second time"),
        ("postil: 1\narticle:\n  a: 1\n  'a': 2\n", 4, "the key a stands here a second time"),
        ("postil: 1\nx: {a: 1,\n a: 2}\n", 3, "the key a stands here a second time"),
        ("postil: 1\nx: &here 1\n", 2, "an anchor, &here"),
        ("postil: 1\nx:\n  *here : 1\n", 3, "an alias, *here"),
        ("postil: 1\nx: !!python/object:os.system a\n", 2, "a tag, tag:yaml.org,2002:python/object:os.system"),
        ("postil: 1\nx: ! a\n", 2, "a tag, !"),
        ("postil: 1\nx: !!set {a: b}\n", 2, "a tag, tag:yaml.org,2002:set"),
        ("postil: 1\nx:\n- &here [a]\n", 3, "an anchor, &here"),
        ("postil: 1\n---\nx: 1\n", 2, "a second document"),
        ("%YAML 1.1\n---\npostil: 1\n", 1, "a directive"),
        ("postil: 1\n? [a]\n: b\n", 2, "a list or mapping stands as a key"),
        ("postil: 1\narticle:\n\ttitle: x\n", 3, "a tab indents the line"),
        ("postil: 1\n<<<<<<< ours\na: b\n=======\na: c\n>>>>>>> theirs\n", 2, "a merge left its conflict markers"),
        ("postil: 1\nx: a\x00b\n", 2, "a control character, U+0000"),
        ("postil: 1\n# \x1b[31m\n", 2, "a control character, U+001B"),
        ("postil: 1\nx: a\x85b\n", 2, "a control character, U+0085"),
        ("postil: 1\nx: a\u2028b\n", 2, "a control character, U+2028"),
        ("postil: 1\n\ufeffx: a\n", 2, "a control character, U+FEFF"),
        ("postil: 1\nx: [a\n", 3, "not YAML: "),
        ("postil: 1\nx: 'a\n", 3, "not YAML: "),
        ("- a\n", 1, "not a sidecar"),
        ("word\n", 1, "not a sidecar"),
        ("article: {}\npostil: 2\n", 2, "written by a newer postil"),
        ("postil: one\n", 1, "`postil:` is not a version number"),
        ("postil: [1]\n", 1, "`postil:` is not a version number"),
        ("postil: 1\narticle: word\n", 2, "`article:` is not a mapping"),
        ("postil: 1\nannotations:\n- a\n", 2, "`annotations:` is not a mapping"),
        ("postil: 1\nannotations:\n  ben:\n  ada:\n    id: k1\n", 4, "the section of ada is not a list"),
    ],
)
def test_what_a_file_may_not_hold(text: str, line: int, what: str) -> None:
    error = refused(text)
    assert error.what.startswith(what)
    assert error.line == line


def test_bytes_that_are_not_utf_8_are_named_by_line() -> None:
    error = refused(b"postil: 1\nx: \xff\n")
    assert (error.line, error.what) == (2, "not UTF-8 (byte 13)")


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "[\n", "[{a: "])
def test_a_hundred_thousand_brackets_are_refused(bracket: str) -> None:
    """By what reads them one by one; anything that goes back at each would be at it for hours."""
    assert refused(bracket * 100_000).what.startswith("nested too deep")


def test_depth_has_a_limit() -> None:
    def deep(levels: int) -> bytes:
        return f"x: {'[' * (levels - 1)}{']' * (levels - 1)}\n".encode()

    parse(deep(strict.DEPTH_LIMIT), HERE)
    refused(deep(strict.DEPTH_LIMIT + 1))


def test_size_and_number_of_values_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(b" " * (strict.SIZE_LIMIT + 1)).what.startswith("too large: 20,000,001 bytes")
    monkeypatch.setattr(strict, "EVENT_LIMIT", 20)
    assert refused("x: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]\n").what.startswith("too many values")


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"# nothing yet\n", b"---\n", b"postil: 1\n", b"postil: 1\nannotations:\n"]
)
def test_nothing_yet_is_an_empty_sidecar(data: bytes) -> None:
    assert load_sidecar(data, HERE) == Sidecar()


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("postil", "\ufeffpostil"), ("postil", "---\npostil")])
def test_line_ends_byte_order_mark_and_document_start_make_no_difference(change: tuple[str, str]) -> None:
    plain = load_sidecar(FILE.encode(), HERE)
    assert load_sidecar(FILE.replace(*change).encode(), HERE) == plain
    assert load_sidecar(FILE.strip().replace(*change).encode(), HERE) == plain


def test_front_matter_of_an_article_is_read_by_the_same_rules() -> None:
    assert parse(b"title: 12\ntags: [a, b]\n", HERE) == {"title": "12", "tags": ["a", "b"]}


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("word", "not a mapping"),
        ("", "not a mapping"),
        ("{id: k2, kind: note}", "quote: missing"),
        ("{id: '', kind: note, quote: {exact: a}, position: {start: 1, end: 2, text: a}}", "id: empty"),
        ("{id: k2, kind: [note], quote: {exact: a}, position: {start: 1, end: 2, text: a}}", "kind: not text"),
        ("{id: k2, kind: note, quote: so, position: {start: 1, end: 2, text: a}}", "quote: not a mapping"),
        (
            "{id: k2, kind: note, quote: {exact: a}, position: {start: -1, end: 2, text: a}}",
            "position.start: not a whole number",
        ),
        (
            "{id: k2, kind: note, quote: {exact: a}, position: {start: 9, end: 2, text: a}}",
            "position.end: before its start",
        ),
        (
            "{id: k2, kind: note, tags: {a: b}, quote: {exact: a}, position: {start: 1, end: 2, text: a}}",
            "tags: not a list",
        ),
        (
            "{id: k2, kind: note, replies: [{id: r1}], quote: {exact: a}, position: {start: 1, end: 2, text: a}}",
            "replies.1.author: missing",
        ),
        ("{id: k1, kind: note, quote: {exact: a}, position: {start: 1, end: 2, text: a}}", "id: k1 is used above"),
    ],
)
def test_one_damaged_entry_hides_no_other(entry: str, reason: str) -> None:
    sidecar = load_sidecar(f"{FILE}\n  - {entry}\n\n{ENTRY.replace('k1', 'k3')}".encode(), HERE)
    assert [one.id for one in sidecar.annotations] == ["k1", "k3"]
    assert [(one.author, one.line, one.reason) for one in sidecar.damaged] == [("ada", 12, reason)]


def test_ids_are_one_space_over_all_sections() -> None:
    sidecar = load_sidecar(f"{FILE}\n  ben:\n\n{ENTRY}".encode(), HERE)
    assert [(one.author, one.line, one.reason) for one in sidecar.damaged] == [("ben", 14, "id: k1 is used above")]


def test_unknown_vocabulary_is_no_reason_to_refuse() -> None:
    assert load_sidecar(FILE.replace("note", "shout").encode(), HERE).annotations[0].kind == "shout"


def test_what_was_typed_unquoted_is_text_where_text_is_due() -> None:
    sidecar = load_sidecar(FILE.replace("kind: note", "kind: note\n    note: 12:30\n    tags: [no, 12]").encode(), HERE)
    (one,) = sidecar.annotations
    assert (one.note, one.tags) == ("12:30", ("no", "12"))
    assert not any(isinstance(text, Plain) for text in (one.note, *one.tags))


def test_sections_are_read_in_position_order() -> None:
    earlier = ENTRY.replace("k1", "k0").replace("start: 3", "start: 1")
    assert [one.id for one in load_sidecar(f"{FILE}\n{earlier}".encode(), HERE).sections["ada"]] == ["k0", "k1"]


@few
@given(sidecars(), st.integers(0), st.binary(min_size=1, max_size=6))
def test_any_damage_to_a_file_is_read_or_refused_and_never_more(sidecar: Sidecar, at: int, noise: bytes) -> None:
    data = emit(sidecar).encode()
    at %= len(data)
    with suppress(InputError):
        load_sidecar(data[:at] + noise + data[at + len(noise) :], HERE)


def test_the_loader_without_libyaml_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict, "LOADER", yaml.SafeLoader)
    assert [one.id for one in load_sidecar(FILE.encode(), HERE).annotations] == ["k1"]
    assert refused(f"{FILE}    kind: claim\n").line == 11
    assert refused("[" * 100_000).what.startswith("nested too deep")


def many(count: int) -> Sidecar:
    claim = Claim(text="A claim", speaker="Zhao Tong", stance=(Stance(toward="talks", value="against"),), status="new")
    one = Annotation(
        id="",
        author="ada",
        kind="claim",
        created="2026-11-22T10:11:12Z",
        tags=("leverage", "china-nk"),
        note="Contrast with Ding.\nSame interview?",
        claim=claim,
        quote=Quote(exact="North Korea is not a card", prefix="no direct links. ", suffix=". Trump promised"),
        position=Position(start=0, end=0, text="bb43ca9ffecd61b1"),
    )
    section = [
        replace(one, id=new_id(), position=Position(start=start, end=start + 9, text="bb43ca9ffecd61b1"))
        for start in range(count)
    ]
    return Sidecar(sections={"ada": tuple(section)})


def test_ten_thousand_annotations_load(scale: int) -> None:
    sidecar = many(1000 * scale)
    assert load_sidecar(emit(sidecar).encode(), HERE) == sidecar
    assert gc.isenabled()
