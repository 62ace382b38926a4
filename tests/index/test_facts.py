"""What an index is told of an article and its annotations: words by zone, values, what they have and are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotations.anchor import Placed, State, describe
from annotations.model import Annotation, Claim, Relation, Reply, Review, Stance
from annotations.names import fold_name
from annotations.verdicts import digest
from index.article import Article, Block, Label
from index.documents import annotation_document, article_document, article_stamp, ledger_document, runs
from index.facts import HAS, IS
from index.zones import AFFILIATION, BYLINE, LABELS, NOTE, SPEAKER, TAG, TITLE

TEXT = "Port shut\n\nThe port was shut, Mia Berg said.\n\nSee also: harbours\n"
ARTICLE = Article(
    path="north/port.txt",
    text=TEXT,
    fingerprint="f",
    blocks=(Block(0, 9, Label.TITLE), Block(11, 44, Label.BODY), Block(46, 64, Label.RELATED)),
    title="Port shut",
    title_from="text",
    published="2018-04",
    agency="The Courier",
    byline="Ann Lee",
    tags=("Ports & Trade",),
)


def annotation(passage: str = "was shut", **fields: Any) -> Annotation:
    start = TEXT.index(passage)
    quote, position = describe(TEXT, start, start + len(passage))
    about: dict[str, Any] = {"id": "a1", "author": "ada", "kind": "highlight"}
    return Annotation(quote=quote, position=position, **about | fields)


def placed(one: Annotation, state: State = State.SAME) -> Placed:
    there = state not in {State.AMBIGUOUS, State.ORPHAN}
    start, end = (one.position.start, one.position.end) if there else (None, None)
    return Placed(one, state, start, end)


def values(document: Any, field: str) -> list[str]:
    return [value.partition("\x1f")[0] for name, value in document.values if name == field]


def test_an_article_has_its_words_by_zone_and_nothing_runs_into_its_text() -> None:
    document = article_document(ARTICLE)
    found = [(zone, words) for zone, words, _ in runs(document) if words]
    assert (LABELS[Label.RELATED], ["see", "also", "harbours"]) in found
    assert found[-4:] == [
        (TITLE, ["port", "shut"]),
        (BYLINE, ["ann", "lee"]),
        (BYLINE, ["the", "courier"]),
        (TAG, ["ports", "trade"]),
    ]
    at = {(zone, *words): first for zone, words, first in runs(document)}
    body = at[LABELS[Label.BODY], "the", "port", "was", "shut", "mia", "berg", "said"]
    assert body == at[LABELS[Label.TITLE], "port", "shut"] + 2
    assert at[TITLE, "port", "shut"] - at[LABELS[Label.RELATED], "see", "also", "harbours"] > 100


def test_an_article_has_its_values() -> None:
    document = article_document(ARTICLE)
    assert values(document, "is") == values(document, "result") == ["article"]
    assert values(document, "in") == ["title", "body", "related"]
    assert values(document, "outlet") == ["the courier"]
    assert values(document, "byline") == ["ann lee"]
    assert values(document, "tag") == ["ports trade"]
    assert values(document, "year") == ["2018"]
    assert values(document, "path") == ["north/port.txt"]
    assert (document.published_first, document.published_last) == (20180401, 20180431)
    assert document.title == "port shut"


def test_what_is_counted_is_kept_as_it_is_printed() -> None:
    found = article_document(replace(ARTICLE, tags=("trade", "Café", "CAFÉ", "cafe", " ")))
    assert [value for name, value in found.values if name == "tag"] == ["trade", "cafe"]
    assert ("outlet", "the courier\x1fThe Courier") in found.values
    assert ("byline", "ann lee") in found.values


@pytest.mark.parametrize(
    ("published", "days", "year"),
    [
        (None, (0, 0), "unknown"),
        ("2018", (20180101, 20181231), "2018"),
        ("2018-04-30", (20180430, 20180430), "2018"),
        ("2018-04-30T10:00Z", (20180430, 20180430), "2018"),
        ("2018-04-30 10:00", (20180430, 20180430), "2018"),
        ("soon", (0, 0), "unknown"),
    ],
)
def test_a_date_is_two_days(published: str | None, days: tuple[int, int], year: str) -> None:
    document = article_document(replace(ARTICLE, published=published))
    assert (document.published_first, document.published_last) == days
    assert values(document, "year") == [year]


def test_an_annotation_says_what_its_article_says_too() -> None:
    document = annotation_document(ARTICLE, placed(annotation()))
    article = article_document(ARTICLE)
    for field in ("path", "year", "outlet"):
        assert values(document, field) == values(article, field)
    assert (document.published_first, document.title) == (article.published_first, article.title)
    assert values(document, "in") == ["body"]
    assert document.owner != article.owner


FULL = annotation(
    kind="claim",
    tags=("Water as Leverage",),
    note="A note",
    claim=Claim(
        text="It is shut",
        speaker="Mia Berg",
        affiliation="Port Authority",
        status="in-review",
        stance=(Stance(toward="Reopening", value="against"),),
    ),
    relations=(Relation(type="supports", to="b2"),),
    replies=(Reply(id="r1", author="ben", created="", note="Which one?"),),
    conflicts={"note": "another"},
)


def test_an_annotation_has_its_words_by_zone() -> None:
    found = [(zone, words) for zone, words, _ in runs(annotation_document(ARTICLE, placed(FULL)))]
    assert found == [
        (LABELS[Label.BODY], ["was", "shut"]),
        (NOTE, ["a", "note"]),
        (NOTE, ["it", "is", "shut"]),
        (NOTE, ["which", "one"]),
        (SPEAKER, ["mia", "berg"]),
        (AFFILIATION, ["port", "authority"]),
        (TAG, ["water", "as", "leverage"]),
    ]


def test_an_annotation_has_its_values() -> None:
    document = annotation_document(ARTICLE, placed(FULL))
    assert values(document, "kind") == ["claim"]
    assert values(document, "author") == ["ada"]
    assert values(document, "status") == ["in review"]
    assert values(document, "speaker") == ["mia berg"]
    assert values(document, "affiliation") == ["port authority"]
    assert values(document, "stance") == ["against", "reopening", "against reopening"]
    assert values(document, "tag") == ["water as leverage"]
    assert set(values(document, "has")) == set(HAS) - {
        *("highlight", "question", "annotation", "verdict", "date", "byline", "outlet")
    }


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ({}, {"highlight"}),
        ({"kind": "question", "note": "why"}, {"question", "note"}),
        ({"kind": "note"}, {"note"}),
        ({"kind": "claim", "claim": Claim()}, {"claim"}),
        ({"kind": "hunch", "note": " "}, set()),
        ({"tags": ("",)}, {"highlight"}),
    ],
)
def test_what_an_annotation_has(fields: dict[str, Any], there: set[str]) -> None:
    assert set(values(annotation_document(ARTICLE, placed(annotation(**fields))), "has")) == there


def test_an_article_has_what_its_annotations_have() -> None:
    bare = replace(ARTICLE, published=None, byline="", agency="", tags=())
    assert values(article_document(bare), "has") == []
    assert values(article_document(ARTICLE), "has") == ["byline", "date", "outlet", "tag"]
    assert set(values(article_document(bare, [placed(FULL)]), "has")) == {
        "annotation",
        *values(annotation_document(bare, placed(FULL)), "has"),
    }


def test_an_article_is_stamped_anew_only_when_its_document_changes() -> None:
    stamp = article_stamp(ARTICLE, [placed(annotation())])
    assert stamp == article_document(ARTICLE, [placed(annotation())]).stamp
    assert stamp == article_stamp(ARTICLE, [placed(annotation("port was")), placed(annotation(author="ben"))])
    assert stamp != article_stamp(ARTICLE)
    assert stamp != article_stamp(ARTICLE, [placed(annotation(note="new"))])
    assert stamp != article_stamp(replace(ARTICLE, published="2018"), [placed(annotation())])


def review(one: Annotation, verdict: str, *, of: str | None = None, author: str = "ben", created: str = "1") -> Review:
    return Review(id=author + created, author=author, verdict=verdict, of=of or digest(one), created=created)


def test_what_an_annotation_is() -> None:
    def what(one: Annotation, state: State = State.SAME) -> list[str]:
        found = values(annotation_document(ARTICLE, placed(one, state)), "is")
        assert set(found) <= set(map(fold_name, IS))
        return found[1:]

    one = annotation()
    assert what(one) == []
    for state in (State.MOVED, State.EDITED, State.AMBIGUOUS, State.ORPHAN):
        assert what(one, state) == [state.value]
    assert what(replace(one, retired="2031"), State.ORPHAN) == ["retired"]
    assert what(replace(one, retired="2031")) == []
    taken_back = (review(one, "rejected"), review(one, "accepted", created="2"))
    assert what(replace(one, reviews=taken_back)) == ["accepted"]
    assert what(replace(one, reviews=(review(one, "needs-work"),))) == ["needs work"]
    assert what(replace(one, reviews=(review(one, "accepted", of="0"),))) == ["stale"]


def test_an_annotation_without_its_passage_keeps_the_words_of_its_quote() -> None:
    document = annotation_document(ARTICLE, placed(annotation(), State.ORPHAN))
    assert next(runs(document))[:2] == (NOTE, ["was", "shut"])
    assert values(document, "in") == []


def test_a_record_has_no_words() -> None:
    assert not list(runs(ledger_document("a.txt", "s")))
