"""Who is quoted in an article, what they are introduced as, and who said which words."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Block, Label
from index.attributions import Speaker, attributions
from index.library import Library


def article(text: str) -> Article:
    blocks = tuple(
        Block(one.start(), one.end(), Label.HEADING if one[0].startswith("# ") else Label.BODY)
        for one in re.finditer(r"\S(?:.*\S)?(?:\n\S.*)*", text)
    )
    return Article(path="a.txt", text=text, fingerprint="", blocks=blocks, title="", title_from="text")


def speakers(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.affiliation) for one in attributions(article(text)).speakers]


@pytest.mark.parametrize(
    ("text", "name", "affiliation"),
    [
        ('"It is so," Rita Sol, director of the Institute for Rain, Port Alma University, told Meridian.',
         "Rita Sol", "director of the Institute for Rain, Port Alma University"),
        ('"It is so," Rita Sol, a fellow in the Delta’s Water Programme, told Meridian.',
         "Rita Sol", "a fellow in the Delta’s Water Programme"),
        ("“It is so,” said Rita Sol, who has piloted ships for twenty years. “Mind the tide.”",
         "Rita Sol", "has piloted ships for twenty years"),
        ("“It is so,” said Rita Sol, a pilot, in an interview on Friday.", "Rita Sol", "a pilot"),
        ("“It is so,” said Rita Sol, 45, a pilot.", "Rita Sol", "a pilot"),
        ("“It is so,” said Dr. Rita Sol of the Delta Institute.", "Rita Sol", "the Delta Institute"),
        ("Rita Sol of the Delta Institute, who spoke in April, said on Friday that it was so.",
         "Rita Sol", "the Delta Institute"),
        ("Its surveyor, Rita Sol, told the Courier that it was so.", "Rita Sol", "surveyor"),
        ("Port surveyor Rita Sol said it was so.", "Rita Sol", "Port surveyor"),
        ("Osklandic Foreign Minister Jan de Wit announced that it was so.", "Jan de Wit", "Osklandic Foreign Minister"),
        ("Professor Rita Sol from the Delta Institute argued that it was so.", "Rita Sol", "the Delta Institute"),
        ("As the river falls, the harbour could close, Rita Sol suggested.", "Rita Sol", ""),
        ("However, Rita Sol has also repeatedly warned that it is so.", "Rita Sol", ""),
        ("According to Rita Sol, a hydrologist at the Delta Institute, it is so.",
         "Rita Sol", "a hydrologist at the Delta Institute"),
        ("It is so, according to Rita Sol, a hydrologist at the Delta Institute.",
         "Rita Sol", "a hydrologist at the Delta Institute"),
        ('"It is so," J. K. O’Hara-Lee said.', "J. K. O’Hara-Lee", ""),
        ("Łucja Żak, an editor, said it was so.", "Łucja Żak", "an editor"),
        ("Rita\u00a0Sol, a pilot\nof the port, told\u00a0Meridian that it was so.", "Rita Sol", "a pilot of the port"),
        ("Speaking in Hask, Mr. Emil Raske, who heads the river office, said that it was so.",
         "Emil Raske", "heads the river office"),
    ],
)  # fmt: skip
def test_a_speaker_with_the_affiliation_as_printed(text: str, name: str, affiliation: str) -> None:
    assert speakers(text) == [(name, affiliation)]


@pytest.mark.parametrize(
    "text",
    [
        "It was said that it is so.",
        "Experts told Meridian that it is so.",
        "Some officials said it is so. Others denied it.",
        "She said it is so.",
        "The expert said it is so.",
        "The reported figure is so. The talks were called a success.",
        "On Monday the river fell, according to the exchange in Port Alma.",
        '"Rita Sol said it is so."',
        "# Rita Sol Said It Is So",
        "Nobody told the board.",
        "According to the statement, it is so.",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert speakers(text) == []


STORY = """Rita Sol, a hydrologist at the Delta Institute in Tavrograd, told Meridian the river would fall.

Minister Jan Hale of Oskland said it would not. "We have looked," he said.

The Tavrograd-based expert explained that it would.

"One word: rain," the scholar added.

"Another word: sun," Hale said. "And wind," he added.

"A paragraph of nothing but words."

Sol insisted. The ministry of rain was silent. Chinese President Yu Lan was there; Yu stressed that all was well.
"""


def test_surnames_descriptions_and_pronouns_are_somebody() -> None:
    found = attributions(article(STORY))
    assert [(one.name, one.affiliation) for one in found.speakers] == [
        ("Rita Sol", "a hydrologist at the Delta Institute in Tavrograd"),
        ("Jan Hale", "Oskland"),
        ("Yu Lan", "Chinese President"),
    ]

    def said(words: str) -> str:
        start = STORY.index(words)
        near = found.near(start, start + len(words))
        return near.name if near else ""

    assert said("We have looked") == "Jan Hale"
    assert said("One word: rain") == "Rita Sol"
    assert said("Another word: sun") == "Jan Hale"
    assert said("And wind") == "Jan Hale"
    assert said("A paragraph of nothing but words.") == "Jan Hale"
    assert said("all was well") == "Yu Lan"


def test_a_ministry_is_no_person() -> None:
    (one,) = attributions(article("The Foreign Ministry announced that it is so.")).speakers
    assert one == Speaker("Foreign Ministry", "", group=True, said=one.said)


def test_the_seeds(tmp_path: Path, seeds: Path) -> None:
    """The four who are quoted, by the beginnings of the SHA-256 of name and affiliation: no words of theirs here."""
    (tmp_path / "postil.yaml").write_text("postil: 1\n")
    digests: dict[str, str] = {}
    quoted: list[str] = []
    for seed in sorted(seeds.glob("*.txt")):
        (tmp_path / seed.name).write_bytes(seed.read_bytes())
        opened = Library.find(tmp_path).open(seed.name).article
        found = attributions(opened)
        for one in found.speakers:
            digests[one.name] = hashlib.sha256(f"{one.name}|{one.affiliation}".encode()).hexdigest()[:12]
        for quotation in re.finditer(r'"[^"]{30,}"', opened.text):
            near = found.near(*quotation.span())
            quoted.append(digests[near.name] if near else "")
    a, b, c, d = "547ee6a4efa3", "d8064ba75272", "bc427ebdeeea", "05a1c31ed81a"
    assert quoted == [a, a, b, b, b, c, c, c, c, d, d, c, c]


@given(st.text(alphabet='ABab .,"“”\n:-' + "said told Rita Sol according to he the expert", max_size=400))
def test_any_text_has_its_speakers_inside(text: str) -> None:
    found = attributions(article(text))
    assert all(0 <= start < end <= len(text) for one in found.speakers for start, end in one.said)
    assert all(one.name.strip() for one in found.speakers)


@pytest.mark.parametrize("bad", ["said ", "According to ", "A, ", "the expert ", "Mr. ", "x who ", '"', "The Big "])
def test_no_text_takes_long(bad: str) -> None:
    """It ends: a pattern that goes back and forth over such a text would be at it for days."""
    text = bad * (100_000 // len(bad)) + "said"
    assert all(one.name in text for one in attributions(article(text)).speakers)
