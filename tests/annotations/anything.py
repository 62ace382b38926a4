"""Strategies for any record at all: every Unicode scalar value, every optional part, unknown keys everywhere."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from annotations.model import (
    Annotation,
    Claim,
    Occurrence,
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

few = settings(max_examples=1000 if os.environ.get("POSTIL_NIGHTLY") else 25)
"""For properties of whole sidecars, each of which takes some 30 ms to make up."""

TRICKY = [
    *["", " ", "~", "=", "<<", "-", "?", ":", "a: b", "a:", "a #b", "# a", "no", "On", "NULL", "y", "nan", ".inf"],
    *["12", "-1", "1_000", "0755", "0o17", "0x1F", "1e3", "12e03", "12:30", "1:30:00", "+.5", "2026-03-04", "5d1f0c9a"],
    *["2026-11-22T10:11:12Z", "2026-13-45", "!x", "&a", "*a", "@a", "`a", "%a", "[a]", "{a", "a, b", "why?", "a]"],
    *["- a", "|", ">", "---", "...", "--- a", "<<<<<<< b", '"', "'", "\\", 'a"b', "a'b", "trailing ", "\xa0a\xa0"],
    *["“so”", "a\xadb", "中文：是", "👩\u200d👩\u200d👧", "é", "e\u0301", "\u202eabc", "\ufeffa", "a\u2028b", "a\x85b"],
    *["\ufffe", "\x00", "\x1b[31m", "\x7f", "a\tb", "a\r\nb", "a\nb", "a\nb\n", "a\n\n", "\na", " a\nb", "a \nb"],
    *["a\n \nb", "a\n# b\n- c: d", "a\n<<<<<<< b", "x" * 130, "k" * 1100],
]
texts = st.sampled_from(TRICKY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
words = st.text("abc de", max_size=12) | texts
plains = st.sampled_from(["", "~", "null", "12", "-1", "true", "no", "1.5", "0x1F", "12:30", "2026-03-04"]).map(Plain)
values: st.SearchStrategy[Value] = st.recursive(
    words | plains,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


def extras(kind: type[Any]) -> st.SearchStrategy[dict[str, Value]]:
    known = {one.name for one in fields(kind)} - ({"author"} if kind is Annotation else set())
    return st.just({}) | st.dictionaries(words.filter(lambda key: key not in known), values, max_size=2)


def node(kind: type[Any], /, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, extra=extras(kind), **parts)


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.just(()) | st.lists(strategy, max_size=3).map(tuple)


numbers = st.integers(0, 10**12)
occurrences = node(Occurrence, index=numbers, count=numbers)
quotes = node(Quote, exact=words, was=several(words), prefix=words, suffix=words, occurrence=occurrences)
positions = st.tuples(numbers, numbers).flatmap(
    lambda pair: node(Position, start=st.just(min(pair)), end=st.just(max(pair)), text=words)
)
stances = node(Stance, toward=words, value=words)
claims = node(Claim, text=words, speaker=words, affiliation=words, form=words, status=words, stance=several(stances))
relations = node(Relation, type=words, to=words, note=words)
replies = node(Reply, id=words, author=words, created=words, note=words)
reviews = node(Review, id=words, author=words, verdict=words, of=words, created=words, note=words)


def annotations_of(author: str, name: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Annotation]:
    return node(
        Annotation,
        id=name or words.filter(bool),
        author=st.just(author),
        kind=words,
        created=words,
        tags=several(words),
        note=words,
        claim=st.none() | claims,
        relations=several(relations),
        replies=several(replies),
        reviews=several(reviews),
        conflicts=st.just({}) | st.dictionaries(words, values, max_size=2),
        retired=words,
        quote=quotes,
        position=positions,
    )


@st.composite
def sidecars(draw: st.DrawFn) -> Sidecar:
    sidecar = Sidecar(
        article=draw(st.dictionaries(words, values, max_size=2)),
        sections=dict.fromkeys(draw(st.lists(words, unique=True, max_size=3)), ()),
        extra=draw(
            st.dictionaries(
                words.filter(lambda key: key not in {"postil", "article", "annotations"}), values, max_size=2
            )
        ),
    )
    for author in sidecar.sections:
        for one in draw(st.lists(annotations_of(author), max_size=2)):
            if sidecar.get(one.id) is None:
                sidecar = sidecar.put(one)
    return sidecar


def typed(value: Value) -> Any:
    """A value with `Plain` told from the string that it equals."""
    if isinstance(value, dict):
        return {key: typed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [typed(one) for one in value]
    return ("plain", str(value)) if isinstance(value, Plain) else value
