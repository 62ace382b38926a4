"""What stands in an article finds it: passages at random, each as a phrase, typed as people may vary it."""

from __future__ import annotations

import os
import random
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from index.search import Hit
from index.words import words
from tests.index.shelf import Shelf

SAMPLE = Path(__file__).parents[2] / "reader" / "sample" / "library"
PASSAGES = 200 if os.environ.get("POSTIL_NIGHTLY") else 50


def accented(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub("[aeiounc]", lambda one: one[0] + "\u0301", text))


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text)))


def wide(text: str) -> str:
    return re.sub("[0-9A-Za-z]", lambda one: chr(ord(one[0]) + 0xFEE0), text)


VARIANTS: dict[str, Callable[[str], str]] = {
    "as it stands": str,
    "no-break spaces, curly": lambda text: re.sub(r"\s+", "\u00a0", text.replace("'", "’").replace("-", "–")),
    "blanks, straight": lambda text: re.sub(r"\s+", " ", re.sub("[‘’]", "'", re.sub("[‐‑–—]", "-", text))),
    "upper case": str.upper,
    "swapped case, accents": lambda text: accented(text.swapcase()),
    "no accents": plain,
    "soft hyphens, full width": lambda text: wide(re.sub(r"(?<=\w\w)(?=\w\w)", "\u00ad", text)),
}


class Library:
    """Articles that can be searched, and their texts."""

    def __init__(self, root: Path, *sources: Path) -> None:
        self.shelf = Shelf(root)
        for source in sources:
            shutil.copytree(source, root / source.name, ignore=shutil.ignore_patterns("*.yaml", ".git*"))
        assert self.shelf.update().problem is None
        paths = [entry.path for entry in self.shelf.catalog.entries]
        self.texts = {path: self.shelf.library.read(path).text for path in paths}

    def passages(self, seed: int, least: int, most: int) -> Iterator[tuple[str, str]]:
        """Passages of so many words, at random, with the article each is from."""
        choose = random.Random(seed)  # noqa: S311 - the same ones every time
        places = {path: [one.span() for one in re.finditer(r"\w\S*", text)] for path, text in self.texts.items()}
        paths = sorted(path for path, there in places.items() if len(there) > most)
        for _ in range(PASSAGES):
            path = choose.choice(paths)
            first = choose.randrange(len(places[path]) - most)
            last = first + choose.randint(least, most) - 1
            passage = self.texts[path][places[path][first][0] : places[path][last][1]]
            yield path, re.sub('["“”„‟]', " ", passage)

    def hit(self, path: str, query: str) -> Hit | None:
        return next((hit for hit in self.shelf.hits(query, limit=500) if hit.path == path), None)


@pytest.fixture(scope="module", params=["sample", "seeds"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    source = SAMPLE if request.param == "sample" else request.getfixturevalue("seeds")
    library = Library(tmp_path_factory.mktemp("recall") / "lib", source)
    yield library
    library.shelf.backend.close()


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_passage_finds_its_article(library: Library, variant: str) -> None:
    passages = list(library.passages(7, 4, 8))
    assert len(passages) == PASSAGES
    lost = [passage for path, passage in passages if library.hit(path, f'"{VARIANTS[variant](passage)}"') is None]
    assert lost == []


def test_every_hit_s_offsets_slice_to_the_words_sought(library: Library) -> None:
    for path, passage in library.passages(11, 4, 8):
        hit = library.hit(path, f'"{passage}"')
        assert hit is not None
        assert words(library.texts[path][hit.start : hit.end]) == words(passage)
        assert words(" ".join(hit.snippet[slice(*mark)] for mark in hit.marks)) == words(passage) * len(hit.marks)


def test_what_stands_near_finds_its_article(library: Library) -> None:
    for path, passage in islice(library.passages(13, 5, 8), 40):
        *_, last = first, *_ = words(passage)
        for query in (f"{first} NEAR/99 {last}", f'"{last}" NEAR/99 "{first}"'):
            assert library.hit(path, query), query


CJK = {
    "peking.txt": "北京大学的学生说：朝鲜不是一张牌。\n\n东京塔下，记者问了三个人。\n",
    "tokyo.txt": "東京タワーで記者会見が開かれた。平壌は回答しなかった。\n",
    "seoul.txt": "서울에서 만난 사람들은 북한의 핵실험을 걱정했다.\n",
    "bangkok.txt": "นักข่าวถามประชาชนในกรุงเทพมหานคร\n",
}


def test_any_two_characters_find_a_text_without_blanks(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "lib")
    for path, text in CJK.items():
        shelf.write(path, text)
    shelf.update()
    pairs = [(path, pair) for path, text in CJK.items() for pair in re.findall(r"(?=([^\W\d]{2}))", text)]
    assert len(pairs) > 80
    lost = [(path, pair) for path, pair in pairs if words(pair) and path not in shelf.paths(pair, limit=9)]
    shelf.backend.close()
    assert lost == []
