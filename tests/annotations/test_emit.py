from __future__ import annotations

import subprocess
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given

from annotations.emit import emit, scalar
from annotations.load import load_sidecar
from annotations.model import (
    Annotation,
    Claim,
    Plain,
    Position,
    Quote,
    Relation,
    Reply,
    Review,
    Sidecar,
    Stance,
    Value,
)
from annotations.record import sidecar_record
from annotations.strict import parse
from tests.annotations.anything import TRICKY, few, sidecars, texts, typed, values

HERE = Path("a.txt.postil.yaml")
ZHAO = Annotation(
    id="kqf3m2xw7tbz4h5a6",
    author="ada",
    kind="claim",
    created="2026-11-22T10:11:12Z",
    tags=("leverage", "china-nk"),
    note="Contrast with Ding, two paragraphs up.\nSame interview as in April?",
    claim=Claim(
        text="China cannot use North Korea as a card in the trade talks.",
        speaker="Zhao Tong",
        affiliation="a fellow in Carnegie’s Nuclear Policy Program",
        form="direct",
        stance=(Stance(toward="north-korea-as-leverage", value="against"),),
        status="new",
    ),
    relations=(Relation(type="contradicts", to="m7nq0cxw7tbz4h5a6"),),
    replies=(Reply(id="r2f3m2xw7tbz4h5a6", author="ben", created="2026-11-22T10:11:12Z", note="Same as in April."),),
    reviews=(
        Review(
            id="v2",
            author="ben",
            verdict="accepted",
            of="5d1f0c9a5d1f0c9a",
            created="2026-11-22T10:11:12Z",
        ),
    ),
    quote=Quote(
        exact="North\xa0Korea is not a card China could use during the trade talks",
        prefix="no direct links to North\xa0Korea. That’s because ",
        suffix=". Trump previously promised that if China cooperates ",
    ),
    position=Position(start=4299, end=4363, text="bb43ca9ffecd61b1"),
)
CANONICAL = dedent("""\
    postil: 1

    article:
      published: "2019-01-08"

    annotations:

      ada:

      - id: kqf3m2xw7tbz4h5a6
        kind: claim
        created: "2026-11-22T10:11:12Z"
        tags: [leverage, china-nk]
        note: |-
          Contrast with Ding, two paragraphs up.
          Same interview as in April?
        claim:
          text: China cannot use North Korea as a card in the trade talks.
          speaker: Zhao Tong
          affiliation: a fellow in Carnegie’s Nuclear Policy Program
          form: direct
          stance: [{toward: north-korea-as-leverage, value: against}]
          status: new
        relations:
        - {type: contradicts, to: m7nq0cxw7tbz4h5a6}
        replies:
        - {id: r2f3m2xw7tbz4h5a6, author: ben, created: "2026-11-22T10:11:12Z", note: Same as in April.}
        reviews:
        - {id: v2, author: ben, verdict: accepted, of: "5d1f0c9a5d1f0c9a", created: "2026-11-22T10:11:12Z"}
        quote:
          exact: "North\xa0Korea is not a card China could use during the trade talks"
          prefix: "no direct links to North\xa0Korea. That’s because "
          suffix: ". Trump previously promised that if China cooperates "
          occurrence: {index: 0, count: 1}
        position: {start: 4299, end: 4363, text: "bb43ca9ffecd61b1"}

      ben:
    """)


def stock(text: str, loader: Any = yaml.CSafeLoader) -> Any:
    return yaml.load(text, loader)  # noqa: S506 - one of the safe ones


def as_stock(value: Value) -> Any:
    """What a stock loader makes of a value of ours."""
    if isinstance(value, dict):
        return {key: as_stock(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_stock(one) for one in value]
    return stock(str(value)) if isinstance(value, Plain) else value


def test_canonical_form() -> None:
    sidecar = Sidecar(article={"published": "2019-01-08"}, sections={"ada": (ZHAO,), "ben": ()})
    assert emit(sidecar) == CANONICAL
    assert load_sidecar(CANONICAL.encode(), HERE) == sidecar


def test_an_empty_sidecar_has_bare_keys() -> None:
    assert (
        emit(Sidecar(sections={"ada": (), "ben": ()})) == "postil: 1\n\narticle:\n\nannotations:\n\n  ada:\n\n  ben:\n"
    )


def test_what_is_too_long_for_its_line_takes_lines() -> None:
    long = Reply(id="r2", author="ben", created="2026-11-22T10:11:12Z", note="word " * 20 + "end")
    short = Reply(id="r3", author="ben", created="2026-11-22T10:11:12Z", note="why?")
    text = emit(Sidecar(sections={"ada": (Annotation(**minimal(), tags=("tag one",) * 20, replies=(long, short)),)}))
    assert "    tags:\n    - tag one\n" in text
    head = "    replies:\n    - id: r2\n      author: ben\n"
    assert f'{head}      created: "2026-11-22T10:11:12Z"\n      note: {long.note}\n' in text
    assert '    - {id: r3, author: ben, created: "2026-11-22T10:11:12Z", note: "why?"}\n' in text


def minimal() -> dict[str, Any]:
    return {
        "id": "k1",
        "author": "ada",
        "kind": "note",
        "quote": Quote(exact="x"),
        "position": Position(start=0, end=1, text="0123456789abcdef"),
    }


@few
@given(sidecars())
def test_emit_load_emit_is_the_identity(sidecar: Sidecar) -> None:
    text = emit(sidecar)
    loaded = load_sidecar(text.encode(), HERE)
    assert not loaded.damaged
    assert loaded == sidecar
    assert emit(loaded) == text


@few
@given(sidecars())
def test_stock_loaders_read_what_we_read(sidecar: Sidecar) -> None:
    text = emit(sidecar)
    ours = parse(text.encode(), HERE)
    record = sidecar_record(sidecar)
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        assert stock(text, loader) == as_stock(ours)
    assert typed(ours) == typed(bare(record))


def bare(record: dict[str, Value]) -> dict[str, Value]:
    """A sidecar's record with empty sections as they are written."""
    sections = record["annotations"]
    assert isinstance(sections, dict)
    written: dict[str, Value] = {key: one or Plain() for key, one in sections.items()}
    return {**record, "article": record["article"] or Plain(), "annotations": written or Plain()}


@given(values)
def test_any_value_comes_back_as_it_was(value: Value) -> None:
    sidecar = Sidecar(extra={"x": value})
    assert typed(load_sidecar(emit(sidecar).encode(), HERE).extra) == typed(sidecar.extra)


@given(texts)
def test_a_scalar_is_the_same_string_to_everyone(text: str) -> None:
    for line in (f"k: {scalar(text)}\n", f"k: [{scalar(text, flow=True)}]\n"):
        assert "\n" not in line[:-1]
        for loader in (yaml.CSafeLoader, yaml.SafeLoader, yaml.CBaseLoader):
            found = yaml.load(line, loader)["k"]  # noqa: S506 - the safe ones, and one that only knows strings
            assert found in (text, [text])


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_text_is_the_same_string_to_everyone(text: str) -> None:
    assert stock(f"k: {scalar(text)}\n") == stock(f"k: {scalar(text)}\n", yaml.SafeLoader) == {"k": text}


@pytest.mark.parametrize(
    "text", ["North\xa0Korea", "Carnegie’s", "中文", "né 👍🏽", "a soft\xadhyphen", "word: “so”".replace(": ", " – ")]
)
def test_printable_text_stays_raw(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    "character",
    list("\x00\x1b\t\x7f\x85\x9b\u2028\u2029\ufeff\u202e\u2066\u200b\u200d\u200e\u061c\u2060\U000e0041\ufffe"),
)
def test_what_acts_or_hides_is_escaped(character: str) -> None:
    line = scalar(f"a{character}b")
    assert line.isascii()
    assert line.isprintable()
    assert stock(line) == f"a{character}b"


def test_half_a_character_becomes_the_replacement_character() -> None:
    text = emit(Sidecar(article={"title": "a\ud800b"}))
    assert emit(load_sidecar(text.encode(), HERE)) == text
    assert "title: a\ufffdb" in text


@pytest.mark.parametrize("text", ["a\nb", "a\n\n  b # c\n", "# not a comment\nx", "- a\n- b", "a: b\n<<<<<<< c"])
def test_several_lines_stand_as_a_block(text: str) -> None:
    written = emit(Sidecar(article={"note": text}))
    assert "note: |" in written
    assert stock(written)["article"]["note"] == text


@pytest.mark.parametrize("text", ["a\tb\nc", "a\x1bb\nc", "a\u202eb\nc", "a \nb", " a\nb", "\na", "a\n\n"])
def test_several_lines_that_a_block_would_change_or_hide_are_quoted(text: str) -> None:
    written = emit(Sidecar(article={"note": text}))
    assert 'note: "' in written
    assert "\\n" in written
    assert stock(written)["article"]["note"] == text


def test_two_people_who_add_at_once_do_not_conflict_in_plain_git(tmp_path: Path) -> None:
    base = Sidecar(sections={"ada": (ZHAO,), "ben": (), "cyd": ()})
    added = [Annotation(**{**minimal(), "id": f"n{author}", "author": author}) for author in ("ada", "ben", "cyd")]
    for ours, theirs in ((0, 1), (1, 2), (0, 2)):
        for name, sidecar in (("base", base), ("ours", base.put(added[ours])), ("theirs", base.put(added[theirs]))):
            (tmp_path / name).write_text(emit(sidecar))
        command = ["git", "merge-file", "-p", "ours", "base", "theirs"]
        result = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert result.returncode == 0
        assert load_sidecar(result.stdout, HERE) == base.put(added[ours]).put(added[theirs])
