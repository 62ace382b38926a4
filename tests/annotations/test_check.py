"""What is found wrong in a sidecar, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotations.anchor import Placed, State
from annotations.check import RULES, check_sidecar
from annotations.codebook import Code, Codebook, Person
from annotations.emit import emit
from annotations.load import load_sidecar
from annotations.model import Annotation, Claim, Position, Quote, Relation, Review, Sidecar, Stance
from annotations.policy import Policy, load_policy
from annotations.verdicts import digest, missing, standing

PATH = "news.txt.postil.yaml"
BOOK = Codebook(codes=(Code(id="trade"),), people=(Person(name="Zhao Tong", aliases=("Zhao",)),))
ONE = Annotation(
    id="a1", author="ada", kind="claim", created="2026-11-22T10:11:12Z", tags=("trade",),
    claim=Claim(speaker="Zhao", status="new", form="direct"),
    quote=Quote(exact="words"), position=Position(start=3, end=8, text="00"),
)  # fmt: skip
OTHER = replace(ONE, id="b2", author="ben", claim=Claim(speaker="Zhao Tong"))


def found(*annotations: Annotation, placed: tuple[Placed, ...] = (), **more: Any) -> list[tuple[str, int, str]]:
    sidecar = Sidecar(article=more.pop("article", {}))
    for one in annotations:
        sidecar = sidecar.put(one)
    given: dict[str, Any] = {"codebook": BOOK, "policy": Policy(), "known": {"a1", "b2"}, **more}
    data = emit(sidecar).encode()
    return [(one.rule.name, one.line, one.annotation) for one in check_sidecar(PATH, data, sidecar, placed, **given)]


def verdict(annotation: Annotation, said: str = "accepted", author: str = "ben", at: str = "1") -> Review:
    return Review(id=f"v{author}{at}", author=author, verdict=said, of=digest(annotation), created=at)


def test_nothing_is_amiss() -> None:
    assert found(ONE, OTHER, placed=(Placed(ONE, State.SAME, 3, 8),)) == []


@pytest.mark.parametrize("state", [one for one in State if one is not State.SAME])
def test_a_passage_that_is_not_where_it_was(state: State) -> None:
    assert found(ONE, placed=(Placed(ONE, state),)) == [(str(state), 9, "a1")]


@pytest.mark.parametrize("state", list(State))
def test_what_is_retired_is_found_only_where_its_words_are_back_elsewhere(state: State) -> None:
    retired = replace(ONE, retired="2031-05-06T07:08:09Z")
    assert found(retired, placed=(Placed(retired, state),)) == [("moved", 9, "a1")] * (state is State.MOVED)


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("conflict", {"conflicts": {"note": {"ours": "a", "theirs": "b"}}}),
        ("dangling-relation", {"relations": (Relation(type="rebuts", to="gone"),)}),
        ("unknown-word", {"kind": "remark"}),
        ("unknown-word", {"relations": (Relation(type="likes", to="b2"),)}),
        ("unknown-word", {"claim": Claim(speaker="Zhao", form="sung")}),
        ("unknown-word", {"claim": Claim(speaker="Zhao", status="old")}),
        ("unknown-word", {"claim": Claim(speaker="Zhao", stance=(Stance(toward="x", value="maybe"),))}),
        ("unknown-tag", {"tags": ("trade", "traed")}),
        ("unknown-speaker", {"claim": Claim(speaker="Zhao Wei")}),
        ("no-speaker", {"claim": None}),
        ("rejected", {"reviews": (verdict(ONE, "needs-work"),)}),
        ("stale-verdict", {"reviews": (verdict(ONE),), "note": "changed"}),
    ],
)
def test_each_rule(rule: str, wrong: dict[str, Any]) -> None:
    assert found(replace(ONE, **wrong), OTHER) == [(rule, 9, "a1")]


def test_the_same_said_twice_by_one_author_and_not_by_two() -> None:
    assert found(ONE, replace(ONE, id="a2"), OTHER) == [("duplicate", 22, "a2")]


def test_an_undecided_correction_of_the_article() -> None:
    assert found(article={"title": "x", "conflicts": {"title": {"ours": "x"}}}) == [("conflict", 5, "")]


def test_a_damaged_entry() -> None:
    data = b"postil: 1\nannotations:\n  ada:\n  - kind: note\n"
    sidecar = load_sidecar(data, Path(PATH))
    [finding] = check_sidecar(PATH, data, sidecar, (), codebook=BOOK, policy=Policy(), known=())
    assert (finding.rule.name, finding.line) == ("damaged", 4)


def test_a_codebook_with_nothing_in_it_allows_everything() -> None:
    assert found(replace(ONE, tags=("any",), claim=Claim(speaker="Anybody")), codebook=Codebook()) == []


def test_rules_have_one_id_and_one_level_each() -> None:
    assert len({rule.id for rule in RULES.values()}) == len(RULES)
    assert {rule.level for rule in RULES.values()} <= {"note", "warning", "error"}


# Verdicts


def test_a_verdict_is_stale_when_what_it_judged_changed_and_not_when_work_went_on() -> None:
    judged = replace(ONE, reviews=(verdict(ONE),))
    assert ONE.claim
    for same in (
        judged,
        replace(judged, claim=replace(ONE.claim, status="settled")),
        replace(judged, claim=replace(ONE.claim, extra={"ratings": ["true"], "priority": "high"})),
        replace(judged, position=Position(start=9, end=14, text="11"), tags=("trade",)),
    ):
        assert [one.stale for one in standing(same)] == [False]
    for other in (
        replace(judged, note="x"),
        replace(judged, tags=()),
        replace(judged, claim=replace(ONE.claim, speaker="Shi")),
        replace(judged, quote=Quote(exact="other")),
        replace(judged, relations=(Relation(type="rebuts", to="b2"),)),
    ):
        assert [one.stale for one in standing(other)] == [True]


def test_the_digest_is_what_the_format_says_it_is() -> None:
    assert digest(replace(ONE, tags=("b", "a"))) == digest(replace(ONE, tags=("a", "b")))
    assert len(digest(ONE)) == 16
    assert digest(ONE) == "d69ddc1baedcdfcf"  # stored in sidecars: it can never be another


def test_the_last_verdict_of_each_reviewer_stands() -> None:
    one = replace(ONE, reviews=(verdict(ONE, "rejected", at="1"), verdict(ONE, at="2"), verdict(ONE, author="cleo")))
    assert [(each.review.author, each.review.verdict) for each in standing(one)] == [
        ("cleo", "accepted"),
        ("ben", "accepted"),
    ]


@pytest.mark.parametrize(
    ("policy", "authors", "lacking"),
    [
        (Policy(), [], 0),
        (Policy(1), [], 1),
        (Policy(1), ["ada"], 0),
        (Policy(1, not_self=True), ["ada"], 1),
        (Policy(2, not_self=True), ["ada", "ben"], 1),
        (Policy(2), ["cleo", "ben"], 0),
    ],
)
def test_what_a_policy_asks_for(policy: Policy, authors: list[str], lacking: int) -> None:
    one = replace(ONE, reviews=tuple(verdict(ONE, author=author) for author in authors))
    assert missing(one, policy) == lacking
    assert ("not-reviewed" in [name for name, *_ in found(one, policy=policy)]) == bool(lacking)


def test_a_policy_is_read_from_the_library(tmp_path: Path) -> None:
    config = tmp_path / "postil.yaml"
    assert load_policy(config) == Policy()
    config.write_text("postil: 1\nreview: {required: 2, not_self: true}\n")
    assert load_policy(config) == Policy(2, not_self=True)


@pytest.mark.parametrize("wrong", ["required: many", "required: -1", "not_self: 2"])
def test_a_policy_that_makes_no_sense_is_refused(tmp_path: Path, wrong: str) -> None:
    config = tmp_path / "postil.yaml"
    config.write_text(f"postil: 1\nreview: {{{wrong}}}\n")
    with pytest.raises(Exception, match="cannot be"):
        load_policy(config)


def test_the_page_of_rules_is_the_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "check.md").read_text("utf-8")
    rows = [f"| {rule.id} {rule.name} | {rule.level} | {rule.about} |" for rule in RULES.values()]
    assert "\n".join(rows) in page
