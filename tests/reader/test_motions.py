from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import FURNITURE, Block, Label
from reader.motions import Motions, Unit
from reader.sentences import sentences

UNITS: tuple[Unit, ...] = ("word", "sentence", "paragraph")


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "expected",
    [
        ["One.", "Two!", "Three?", "Four"],
        ["Mr. Kim met Dr. Park and Gen. Lee.", "They spoke."],
        ["The U.S. President left.", "He flew home."],
        ["He left the U.S.", "The plane was late."],
        ["It rose 3.5 percent.", "No. 5 fell."],
        ["He said no.", "No one heard."],
        ["J. K. Rowling and Kim J. Park agreed.", "So did I.", "Then we left."],
        ["It began on Jan. 5 in Rome.", "It ended in May."],
        ["Acme Inc. of Ohio sued.", "It lost to Acme Inc.", "The court closed."],
        ['"It is a card," he said.', "She laughed."],
        ['"It is so.', 'That’s without question," he said.', "Next."],
        ['"Is it so?" he asked.', '"It is!" she cried, and left.'],
        ["“Is it so?” he asked.", "“Yes.”", "“No.”"],
        ["(He left.)", "[She stayed.]", "So."],
        ["Wait… for it.", "Wait...", "Now."],
        ["So it was at 5 p.m. on Friday.", "He came at 5 p.m.", "She was there."],
        ["See it.[12]", "Then go."],
        ["今日は雨だ。", "「そうか。」", "明日は？", "晴れ！"],
        ["「本当ですか？」と彼は言った。", "そう。"],
        ["“Why?” — he would not say.", "Enough."],
        ["What?!", "Really."],
        ["“Is it so?” Kim Il asked.", "“Yes!” the Mr. Park cried.", "“No!”", "They left."],
        ["“Is it so?”", "They were silent for long, then someone asked more."],
        ["“Is it so?”", "Mr. Kim has said nothing.", "“No?” the old man asked."],
        ["He lives at 10 Main St.", "She lives in St. Louis."],
        ["1. The first point is clear.", "II. And so is this."],
        ["He rose.", "iPhone sales fell.", "“eBay did.”"],
        ["Il a dit : « Non. »", "Elle est partie."],
        ["यह सच है।", "वह गया।"],
        ["هل هذا صحيح؟", "نعم."],
    ],
)  # fmt: skip
def test_where_sentences_end(expected: list[str]) -> None:
    joiner = "" if any(one.endswith("。") for one in expected) else " "
    assert split(joiner.join(expected)) == expected
    assert split("\xa0".join(expected)) == expected


prose = st.lists(
    st.sampled_from(
        ["Mr. ", "U.S. ", "it ", "He ", "said. ", '." ', "?", "! ", "\n", "\n\n", "\xa0", "。", "3.5", "(", '"']
    )
    | st.text(max_size=3),
    max_size=40,
).map("".join)


def every(motions: Motions, unit: Unit) -> list[tuple[int, int]]:
    found, at = [], -1
    while span := motions.after(unit, at):
        found.append(span)
        at = span[0]
    return found


def labelled(text: str) -> tuple[Block, ...]:
    """Every line a block, every third one furniture."""
    found, at = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            label = (Label.UI, Label.BODY, Label.HEADING)[number % 3]
            found.append(Block(start, at + len(line.rstrip()), label))
        at += len(line) + 1
    return tuple(found)


@given(prose, st.sampled_from(UNITS), st.booleans(), st.booleans())
def test_spans_are_trimmed_not_empty_and_in_order_both_ways(text: str, unit: Unit, label: bool, skip: bool) -> None:
    blocks = labelled(text) if label else ()
    motions = Motions(text, blocks, skip=FURNITURE if skip else ())
    spans = every(motions, unit)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    back, at = [], len(text) + 1
    while span := motions.before(unit, at):
        back.append(span)
        at = span[0]
    assert back == spans[::-1]
    shut = [block for block in blocks if skip and block.label in FURNITURE]
    assert not [span for span in spans for block in shut if span[0] < block.end and block.start < span[1]]


@given(prose, st.sampled_from(["sentence", "paragraph"]))
def test_sentences_and_paragraphs_cover_all_that_is_visible(text: str, unit: Unit) -> None:
    text = re.sub("[-–—]", "", text)  # or it might open with a place
    motions = Motions(text)
    covered = {offset for span in every(motions, unit) for offset in range(*span)}
    assert {offset for offset, one in enumerate(text) if not one.isspace()} <= covered


@given(prose, st.sampled_from(UNITS), st.data())
def test_at_gives_one_of_the_spans_and_the_one_around_the_offset(text: str, unit: Unit, data: st.DataObject) -> None:
    motions = Motions(text)
    spans = every(motions, unit)
    offset = data.draw(st.integers(0, len(text)))
    found = motions.at(unit, offset)
    assert (found in spans) if spans else found is None
    around = [span for span in spans if span[0] <= offset < span[1]]
    assert not around or found == around[0]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("TOKYO (Meridian), Haru Ono - The talks began. They ended.", "The talks began."),
        ("LEMNA, March 4, 2021 (Courier) — The talks began.", "The talks began."),
        ("HASK — The talks began.", "The talks began."),
        ("Nobody came.\n\nTOKYO (Meridian) - The talks began.", "Nobody came."),
        ("The talks — the first - began.", "The talks — the first - began."),
    ],
)
def test_what_an_article_opens_with_is_in_no_sentence(text: str, first: str) -> None:
    motions = Motions(text)
    begin = text.index(first)
    assert motions.at("sentence", 0) == motions.after("sentence", -1) == (begin, begin + len(first))
    last = motions.before("sentence", len(text))
    assert last is not None
    assert "(" not in text[slice(*last)]
    assert motions.at("paragraph", 0) == (0, len(text.partition("\n")[0]))


def test_only_the_first_paragraph_may_open_with_a_place_alone() -> None:
    text = "It began.\n\nNATO — the alliance — came."
    assert Motions(text, [Block(0, 9, Label.BODY), Block(11, len(text), Label.BODY)]).at("sentence", 12) == (
        11,
        len(text),
    )


def test_the_sentence_at_the_end_of_a_line_is_the_one_before_it() -> None:
    motions = Motions("  One.\n\n  Two.\n")
    assert motions.at("sentence", 6) == (2, 6)
    assert motions.at("sentence", 7) == (10, 14)
    assert motions.at("sentence", 8) == (10, 14)
    assert motions.at("sentence", 15) == (10, 14)


def test_a_paragraph_runs_over_hard_wrapped_lines_but_not_over_long_ones() -> None:
    wrapped = "One line of words\nand another one.\n\nNext."
    assert every(Motions(wrapped), "paragraph") == [(0, 34), (36, 41)]
    long = f"{'word ' * 30}\n{'word ' * 30}"
    assert len(every(Motions(long), "paragraph")) == 2
    heading = "A Heading\nAnother Heading"
    assert len(every(Motions(heading, [Block(0, len(heading), Label.HEADING)]), "paragraph")) == 2


def test_no_sentence_crosses_the_edge_of_a_block() -> None:
    text = "a caption without a stop\nbody text"
    blocks = [Block(0, 24, Label.CAPTION), Block(25, 34, Label.BODY)]
    assert every(Motions(text, blocks), "sentence") == [(0, 24), (25, 34)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("don’t re-use U.S. 3.5", ["don’t", "re-use", "U.S", "3.5"]),
        ("“Kim Jong-un,” (said)", ["Kim", "Jong-un", "said"]),
        ("中国とカード2枚", ["中国", "と", "カード", "2", "枚"]),
        ("cafe\u0301 हिन्दी नमस्ते", ["cafe\u0301", "हिन्दी", "नमस्ते"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in every(Motions(text), "word")] == words


def test_sentences_of_the_seeds(seeds: Path) -> None:
    files = sorted(seeds.glob("*.txt"))
    assert files
    for file in files:
        text = file.read_text()
        spans = every(Motions(text), "sentence")
        assert len(spans) > 40
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
        said = [text[start:end] for start, end in spans if text[start:end].endswith("he said.")]
        assert len(said) >= 3
        assert all("," in one for one in said)
