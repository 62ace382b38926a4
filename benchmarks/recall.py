"""Whether what is in an article finds it: passages as phrases, as printed and as people type them."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from annotations.errors import PostilError
from benchmarks.shelves import Shelves, name_of
from benchmarks.table import Line
from index.search import Results, Wanted
from index.words import words
from reader.session import Session

__all__ = ["lines", "of"]

_PASSAGES = 200
_HITS = 100


def _without_marks(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


def _with_marks(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("e", "e\u0301", 1))


def _straight(text: str) -> str:
    return text.translate({0x2018: "'", 0x2019: "'"}).replace("—", "-")


def _curly(text: str) -> str:
    return text.replace("'", "’").replace("-", "\u2011")


def _no_break(text: str) -> str:
    return text.replace(" ", "\u00a0")


_WRITTEN: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "no-break spaces": _no_break,
    "straight quotes": _straight,
    "curly quotes": _curly,
    "capitals": str.upper,
    "small letters": str.lower,
    "without accents": _without_marks,
    "with accents": _with_marks,
    "decomposed": partial(unicodedata.normalize, "NFD"),
}


def lines(shelves: Shelves, size: int) -> Iterator[Line]:
    """Passages of that library."""
    session = Session.start(shelves.library(size))
    yield from _lines(name_of(size), session)
    session.close()


def of(name: str, root: Path) -> Iterator[Line]:
    """Passages of a library that somebody has; it is indexed first."""
    session = Session.start(root)
    session.catalog.refresh()
    session.search.update()
    yield from _lines(name, session)
    session.close()


def _lines(name: str, session: Session) -> Iterator[Line]:
    dice = random.Random(4)  # noqa: S311 - not a secret
    missed = dict.fromkeys(_WRITTEN, 0)
    wrong = places = 0
    for _ in range(_PASSAGES):
        path, passage = _passage(session, dice)
        for way, write in _WRITTEN.items():
            found = session.search.search(f'"{write(passage)}"', Wanted(limit=_HITS))
            if found.total > _HITS:  # what stands on many pages: whether it is found here
                found = session.search.search(f'"{write(passage)}" path:"{path}"', Wanted())
            missed[way] += all(hit.path != path for hit in found.hits)
            counted, others = _wrong(session, found, passage) if way == "as printed" else (0, 0)
            places, wrong = places + counted, wrong + others
    for way, count in missed.items():
        measured = f"{_PASSAGES - count} of {_PASSAGES} found"
        yield Line(f"{name}: passages of 4 to 8 words as phrases, {way}: missed", count, 0, measured)
    yield Line(f"{name}: hits whose place holds other words", wrong, 0, f"{wrong} of {places}")


def _passage(session: Session, dice: random.Random) -> tuple[str, str]:
    """Some words that follow each other on one line of an article, and its path."""
    while True:
        path = dice.choice(session.catalog.paths)
        try:
            text = session.library.open(path).article.text
        except PostilError:
            continue
        line = dice.choice(text.split("\n")).split(" ")
        count = dice.randint(4, 8)
        start = dice.randint(0, max(0, len(line) - count))
        passage = " ".join(line[start : start + count])
        if len(words(passage)) >= 4 and not set(passage) & set('"“”„‟()'):
            return path, passage


def _wrong(session: Session, found: Results, passage: str) -> tuple[int, int]:
    """How many hits have a place, and how many of those hold other words than were sought."""
    places = [hit for hit in found.hits if hit.result == "article" and hit.start is not None]
    texts = [session.library.open(hit.path).article.text[hit.start : hit.end] for hit in places]
    return len(places), sum(words(text) != words(passage) for text in texts)
