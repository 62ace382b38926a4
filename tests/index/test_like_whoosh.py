"""The same queries on an index of Whoosh's own, made of the same words, give the same documents and scores."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from whoosh.analysis import RegexTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import And as WhooshAnd
from whoosh.query import Or as WhooshOr
from whoosh.query import Query, Term
from whoosh.searching import Searcher

from index.article import FURNITURE, Label
from index.documents import Document, Zoned, runs
from index.engine.answer import answer
from index.engine.snapshot import Snapshot
from index.nodes import And, Node, Not, Or, Text
from index.query import parse
from index.search import Wanted
from index.words import stem
from index.zones import LABELS, TITLE, WEIGHTS, ZONES
from tests.index.test_evaluate import article, snapshot_of

DICE = random.Random(11)  # noqa: S311 - not a secret
VOCABULARY = [
    f"{root}{ending}" for root in ("port", "ship", "grain", "talk", "bank") for ending in ("", "s", "ed", "ing")
]
VOCABULARY += [f"w{number}x" for number in range(120)]
ODDS = [1 / (turn + 2) for turn in range(len(VOCABULARY))]


def made(number: int) -> Document:
    lengths = (DICE.randint(2, 9), DICE.randint(20, 400), DICE.randint(0, 30))
    texts = [" ".join(DICE.choices(VOCABULARY, ODDS, k=length)) for length in lengths]
    zones = (TITLE, LABELS[Label.BODY], LABELS[Label.RELATED])
    return article(number, *(Zoned(zone, text) for zone, text in zip(zones, texts, strict=True)))


DOCUMENTS = [made(number) for number in range(240)]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("segments"), [DOCUMENTS[:150], DOCUMENTS[150:]])


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    schema = Schema(stems=TEXT(analyzer=RegexTokenizer("[^ ]+"), phrase=False), path=ID(stored=True))
    index = RamStorage().create_index(schema)
    for batch in (DOCUMENTS[:150], DOCUMENTS[150:]):
        writer = index.writer()
        for one in batch:
            tokens = " ".join(stem(word) + zone for zone, several, _ in runs(one) for word in several)
            writer.add_document(stems=tokens, path=one.order)
        writer.commit(merge=False)
    with index.searcher() as searcher:
        yield searcher


def whoosh(node: Node, *, furniture: bool) -> Query:
    match node:
        case Text():
            zones = {"": set(ZONES), "title": {TITLE}, "body": set(LABELS.values())}[node.field]
            if node.labels is not None:
                zones &= {LABELS[label] for label in node.labels}
            elif not furniture:
                zones -= {LABELS[label] for label in FURNITURE}
            terms = [Term("stems", stem(node.words[0]) + zone, boost=WEIGHTS.get(zone, 1.0)) for zone in sorted(zones)]
            return WhooshOr(terms)
        case Or(children):
            return WhooshOr([whoosh(child, furniture=furniture) for child in children])
        case And(children):
            return WhooshAnd([whoosh(child, furniture=furniture) for child in children if not isinstance(child, Not)])
    raise AssertionError(node)


def queries() -> Iterator[str]:
    for number in range(12):
        one, two, three, four = DICE.sample(VOCABULARY[:60], 4)
        yield from (
            VOCABULARY[number * 3],
            f"{one} {two}",
            f"{one} OR {two} OR {three}",
            f"{one} (title:{two} OR {three}) -{four}",
            f"((in:body {one}) OR title:{two}) {VOCABULARY[number]}",
            f"in:related {one}",
        )


@pytest.mark.parametrize("query", list(queries()))
def test_same_top_twenty_and_scores(snapshot: Snapshot, searcher: Searcher, query: str) -> None:
    node, furniture = parse(query), len(query) % 2 == 0
    unwanted = [child.child for child in getattr(node, "children", ()) if isinstance(child, Not)]
    # Whoosh's own AndNot lets some of the unwanted through where both sides are many terms.
    mask = WhooshOr([whoosh(child, furniture=furniture) for child in unwanted]) if unwanted else None
    theirs = list(searcher.search(whoosh(node, furniture=furniture), limit=None, mask=mask))
    ours = answer(snapshot, node, Wanted(limit=20, furniture=furniture))
    assert ours.total == len(theirs)
    assert [f"{shown[0]:03}.txt" for _, shown in ours.best] == [hit["path"] for hit in theirs[:20]]
    assert [score for score, _ in ours.best] == pytest.approx([hit.score for hit in theirs[:20]], rel=1e-12)
