"""Every direct quotation of the two seed articles becomes a claim of its speaker: how many keys that takes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from annotations import store
from annotations.model import Annotation
from tests.reader.terminal import COMMAND, Terminal

KEYS = 160
NAMED = ("A", "A", "B", "B", "B", "C", "C", "C", "C", "D", "D", "C", "C")
"""Who says each of the thirteen, in the order of the articles; the letters stand for the digests below."""
WHO = {"A": "547ee6a4efa3", "B": "d8064ba75272", "C": "bc427ebdeeea", "D": "05a1c31ed81a"}
"""The beginnings of the SHA-256 of each speaker's name and affiliation as printed: no words of the articles here."""


def digest(one: Annotation) -> str:
    assert one.claim
    printed = f"{one.claim.speaker}|{one.claim.affiliation}".replace("\xa0", " ")
    return hashlib.sha256(printed.encode()).hexdigest()[:12]


def test_thirteen_quotations_with_their_speakers(tmp_path: Path, seeds: Path) -> None:
    articles = sorted(seeds.glob("*.txt"))
    words = [re.findall(r'"([^"]+?),?"', article.read_text("utf-8")) for article in articles]
    assert [len(one) for one in words] == [5, 8]
    for article in articles:
        (tmp_path / article.name).write_bytes(article.read_bytes())
    (tmp_path / "postil.yaml").write_text("postil: 1\n")
    typed = 0
    with Terminal(COMMAND, tmp_path) as terminal:

        def type_(*keys: str) -> None:
            nonlocal typed
            typed += len(keys)
            terminal.write("".join(keys))

        terminal.until_shown("enter open")
        for open_, quotations in (("\r",), words[0]), (("\x1b", "\x1b[B", "\r"), words[1]):
            type_(*open_)
            terminal.until(lambda: "h highlight" in terminal.text.splitlines()[-1])
            for _ in quotations:
                type_('"', "i", '"', "c", "1", "\r")
            terminal.until_shown("claim saved")
            terminal.until(lambda: len(marks(tmp_path, articles)) in (5, 13))
        type_("q")
        assert terminal.status() == 0
    made = marks(tmp_path, articles)
    assert [one.quote.exact for one in made] == [*words[0], *words[1]]
    assert [digest(one) for one in made] == [WHO[one] for one in NAMED]
    assert typed <= KEYS, f"{typed} keys"


def marks(root: Path, articles: list[Path]) -> list[Annotation]:
    sidecars = [store.sidecar_path(root / article.name) for article in articles]
    return [one for path in sidecars if path.exists() for one in store.load(path).sidecar.annotations]
