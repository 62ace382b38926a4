"""Speakers and tags used last: in order, each once, and whatever the state file holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model import Claim
from reader.recent import Recent, recent_from


def test_the_last_is_first_and_each_is_there_once() -> None:
    recent = Recent()
    recent.used(("a", "b"), Claim(speaker="Kim Jong Un", affiliation="leader"))
    recent.used((), Claim(speaker="Ines"))
    recent.used(("c", "b"), Claim(speaker="KIM JONG-UN", affiliation="chairman"))
    recent.used(())
    assert recent.tags == ["c", "b", "a"]
    assert recent.speakers == [("KIM JONG-UN", "chairman"), ("Ines", "")]
    assert recent.last_tags == ["c", "b"]
    recent.used((), Claim())
    assert recent.last_tags == []
    for number in range(50):
        recent.used((str(number),))
    assert len(recent.tags) == 20


@pytest.mark.parametrize("found", [None, [], {"speakers": [["a"], 3, ["b", 4]], "tags": "no", "last_tags": [1]}])
def test_what_makes_no_sense_is_nothing(found: Any) -> None:
    assert recent_from(found) == Recent()


@given(st.lists(st.tuples(st.text(min_size=1), st.lists(st.text(), max_size=3)), max_size=30))
def test_what_was_kept_comes_back(used: list[tuple[str, list[str]]]) -> None:
    recent = Recent()
    for speaker, tags in used:
        recent.used(tags, Claim(speaker=f"x{speaker}"))
    kept = asdict(recent)
    assert (
        recent_from({key: [list(one) if isinstance(one, tuple) else one for one in kept[key]] for key in kept})
        == recent
    )
