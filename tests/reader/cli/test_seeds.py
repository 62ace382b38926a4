"""The command line on two scraped articles: what a person would ask of them, end to end."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from reader.cli import main

from .conftest import Postil

FIRST, SECOND = "000_d01169830d053d92.txt", "002_11db5fa2e6d56f46.txt"


@pytest.fixture
def scraped(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (FIRST, SECOND):
        shutil.copy(seeds / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["--author", "ada", "init"]) == 0
    return tmp_path


def _hits(postil: Postil, query: str) -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = postil("search", query, "--json").json["hits"]
    return hits


@pytest.mark.usefixtures("scraped")
def test_both_are_listed_for_what_they_are(postil: Postil) -> None:
    first, second = postil("list", "--json").json["articles"]
    assert (first["path"], first["title_from"], first["published"]) == (FIRST, "first-sentence", None)
    assert (second["title_from"], second["published"]) == ("text", None)
    shown = postil("show", SECOND, "--json").json
    [title] = [shown["text"][one["start"] : one["end"]] for one in shown["blocks"] if one["label"] == "title"]
    assert title == second["title"]
    for one in (first, second):
        assert (one["dateline"], one["agency"], one["byline"]) == ("MOSCOW", "Sputnik", "Tommy Yang")


@pytest.mark.usefixtures("scraped")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"economic sanctions on Pyongyang"', [FIRST]),
        ('"balancing strategy"', [SECOND]),
        ('"balanced strategies"', []),
        ('"sanctions Pyongyang"', []),
        ("balanc*", [FIRST, SECOND]),
    ],
)
def test_searches_find_what_is_printed(postil: Postil, query: str, found: list[str]) -> None:
    assert sorted(hit["path"] for hit in _hits(postil, query)) == found


def test_a_phrase_with_a_no_break_space_in_it_is_found_where_it_stands(scraped: Path, postil: Postil) -> None:
    [hit] = _hits(postil, '"economic sanctions on Pyongyang"')
    text = postil("show", FIRST, "--json").json["text"]
    assert text[hit["start"] : hit["end"]].replace("\u00a0", " ") == "economic sanctions on Pyongyang"
    assert hit["line"] == text.count("\n", 0, hit["start"]) + 1
    assert (scraped / FIRST).is_file()


def test_claims_are_kept_in_the_texts_own_words(scraped: Path, postil: Postil) -> None:
    before = {name: hashlib.sha256((scraped / name).read_bytes()).digest() for name in (FIRST, SECOND)}
    text = postil("show", FIRST, "--json").json["text"]
    quotes = {"Zhao Tong": "on various levels", "Ding Xueliang": "economic sanctions on Pyongyang"}
    for speaker, quote in quotes.items():
        ran = postil("annotate", FIRST, "--quote", quote, "--kind", "claim", "--speaker", speaker)
        assert (ran.status, ran.err) == (0, "")
    kept = yaml.safe_load((scraped / f"{FIRST}.postil.yaml").read_text())["annotations"]
    for one in next(section for section in kept.values() if section):
        assert one["quote"]["exact"] == text[one["position"]["start"] : one["position"]["end"]]
    [hit] = _hits(postil, 'speaker:"Zhao Tong"')
    assert (hit["result"], hit["kind"]) == ("annotation", "claim")
    assert text[hit["start"] : hit["end"]].replace("\u00a0", " ") == quotes["Zhao Tong"]
    assert before == {name: hashlib.sha256((scraped / name).read_bytes()).digest() for name in (FIRST, SECOND)}
