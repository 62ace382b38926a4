"""Two scraped articles with forty annotations, scraped again: what became of each is found, or honestly reported."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotations.anchor import Placed, State, find_quote
from annotations.fold import fold_str
from index.cache import cache_folder
from reader.session import Session
from tests.rescrape import EACH, Passage, Scraped, annotate

GIT = shutil.which("git") or ""


@dataclass(frozen=True)
class Shelf:
    """The library, and of each article what was annotated: the passages and their annotations' ids."""

    root: Path
    articles: dict[str, tuple[Scraped, list[str]]]

    def placed(self) -> list[tuple[Scraped, Passage, Placed]]:
        """What is found by a reader who opens the library anew."""
        session = Session.start(self.root, author="ada")
        found = []
        for path, (scraped, names) in self.articles.items():
            by_id = {one.annotation.id: one for one in session.open(path).placed}
            found += [(scraped, one, by_id[name]) for one, name in zip(scraped.passages, names, strict=True)]
        return found


@pytest.fixture
def annotated(seeds: Path, tmp_path: Path) -> Shelf:
    (tmp_path / "postil.yaml").write_text("postil: 1\nteam: [ada]\n")
    for seed in seeds.glob("*.txt"):
        shutil.copy(seed, tmp_path)
    session = Session.start(tmp_path, author="ada")
    return Shelf(tmp_path, {seed.name: annotate(session, seed.name) for seed in sorted(seeds.glob("*.txt"))})


@pytest.fixture(params=[pytest.param("git", marks=pytest.mark.skipif(not GIT, reason="needs git")), "cache"])
def with_old_texts(annotated: Shelf, request: pytest.FixtureRequest) -> Shelf:
    if request.param == "git":
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
            subprocess.run([GIT, *words], cwd=annotated.root, check=True, capture_output=True)
        shutil.rmtree(cache_folder(annotated.root))
    scrape(annotated)
    return annotated


def scrape(shelf: Shelf) -> None:
    for path, (scraped, _) in shelf.articles.items():
        (shelf.root / path).write_text(scraped.again, encoding="utf-8")


def expected(scraped: Scraped, passage: Passage) -> tuple[int, int] | None:
    """Where the passage stands in the article scraped again; of two copies the second, the first is a pull-quote."""
    return find_quote(scraped.again, passage.now)[-1] if passage.now else None


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def is_wrong(scraped: Scraped, passage: Passage, found: Placed) -> bool:
    """Whether it was put on words that are not its own."""
    if found.start is None or found.end is None:
        return False
    span = expected(scraped, passage)
    return span is None or overlap(span, (found.start, found.end)) < 0.5


def test_there_are_forty_of_them_and_some_of_each_kind(annotated: Shelf) -> None:
    passages = [one for scraped, _ in annotated.articles.values() for one in scraped.passages]
    assert len(passages) == 2 * EACH == 40
    kinds = [one.becomes for one in passages]
    assert [kinds.count(one) for one in State] == [32, 4, 2, 0, 2]
    for scraped, _ in annotated.articles.values():
        assert max(map(len, scraped.again.split("\n"))) == 72
        assert "\u00a0" in scraped.text
        assert not set("\u00a0“”’") & set(scraped.again)


def test_with_the_old_text_each_is_what_became_of_it(with_old_texts: Shelf) -> None:
    found = with_old_texts.placed()
    differ = [(str(one.becomes), str(now.state), scraped.text[one.start : one.end][:40]) for scraped, one, now in found]
    assert [one for one in differ if one[0] != one[1]] == []
    assert not [one for one in found if is_wrong(*one)]
    for scraped, one, now in found:
        if one.becomes in {State.SAME, State.MOVED}:
            assert (now.start, now.end) == expected(scraped, one)
            assert fold_str(scraped.again[now.start : now.end]) == fold_str(scraped.text[one.start : one.end]).strip()
        if one.becomes is State.EDITED:
            assert overlap((now.start or 0, now.end or 0), expected(scraped, one) or (0, 0)) > 0.8


def test_without_the_old_text_none_is_on_wrong_words(annotated: Shelf) -> None:
    shutil.rmtree(cache_folder(annotated.root))
    scrape(annotated)
    found = annotated.placed()
    assert not [one for one in found if is_wrong(*one)]
    assert sum(now.state is one.becomes for _, one, now in found) >= 30


def test_opening_wrote_nothing(with_old_texts: Shelf) -> None:
    before = {path: path.read_bytes() for path in with_old_texts.root.glob("*.yaml")}
    with_old_texts.placed()
    assert {path: path.read_bytes() for path in with_old_texts.root.glob("*.yaml")} == before
