"""What is a quotation and what is not; going from one to the next, and selecting them."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.article import FURNITURE, Block, Label
from index.library import Library
from reader.motions import Motions
from reader.quotations import Quotation, quotations_in
from reader.quoted import Quotations
from tests.reader.shelf import make_library, opened

DIRECT = re.compile(r'^ *"(?P<words>[^"]+?),?"', re.MULTILINE)


def words(text: str, found: tuple[Quotation, ...] | list[Quotation]) -> list[str]:
    return [text[one.start : one.end] for one in found]


def every(quotations: Quotations) -> list[Quotation]:
    found, at = [], -1
    while one := quotations.after(at):
        found.append(one)
        at = one.start
    return found


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"A b," he said, "C d."', ["A b", "C d."]),
        ("“He said ‘yes, it’s so’ to me,” she said.", ["He said ‘yes, it’s so’ to me"]),
        ("'I am,' he said. It's the workers' rights.", ["I am"]),
        ("‘The workers’ rights are here,’ he said.", ["The workers’ rights are here"]),
        ("rock 'n' roll and 'tis the dogs' own, in the '90s and ’80s", []),
        ("Kim’s dogs’ bowls aren’t Park's", []),
        ('"He told me "no" and left," she said.', ['He told me "no" and left']),
        ('"A, he said. "B," she said.', ["A, he said.", "B"]),
        ('A," he said. "B," she said.', ["B"]),
        ('"If you [the United States] want," he said', ["If you [the United States] want"]),
        ("「今日は『雨』だ」と彼は言った。", ["今日は『雨』だ"]),
        ("« Bonjour », »Hallo«, „Guten Tag“, ”Hej”.", ["Bonjour", "Hallo", "Guten Tag", "Hej"]),
        ('He is 6\'2" tall. "Yes," he said.', ["Yes"]),
        ('"Open to the end. ', ["Open to the end."]),
        ("« Bonjour , » dit-il", ["Bonjour"]),
        ('(“Yes.”) said—"no"—and', ["Yes.", "no"]),
        ('"" "  " x', []),
        ('"I was—" he said. "Go!"', ["I was—", "Go!"]),
        ("“He told me ‘I don’t know,” she said", ["He told me ‘I don’t know"]),
    ],
)
def test_the_words_between_the_marks(text: str, quoted: list[str]) -> None:
    assert words(text, quotations_in(text, 0, len(text))) == quoted


def test_what_is_quoted_in_a_quotation() -> None:
    text = "“She said ‘he cried «go» and went’ to me,” he said."
    (outer,) = quotations_in(text, 0, len(text))
    at = text.index("go")
    assert words(text, outer.around(at, at)) == [
        "She said ‘he cried «go» and went’ to me", "he cried «go» and went", "go",
    ]  # fmt: skip


soup = st.lists(
    st.sampled_from(['"', "'", "“", "”", "‘", "’", "«", "»", "「", "」", "a", "s", "word", " ", ", ", ". ", "—", "("]),
    max_size=40,
).map("".join)


@given(soup)
@example('", , "')
def test_quotations_are_apart_trimmed_and_hold_what_is_in_them(text: str) -> None:
    def check(found: tuple[Quotation, ...], start: int, end: int) -> None:
        assert all(first.closed <= second.opened for first, second in pairwise(found))
        for one in found:
            assert start <= one.opened < one.start < one.end <= one.closed <= end
            assert text[one.start : one.end].strip() == text[one.start : one.end]
            check(one.inner, one.opened + 1, one.closed)

    check(quotations_in(text, 0, len(text)), 0, len(text))


@given(st.lists(soup.map(str.strip).filter(bool), max_size=5).map("\n\n".join))
@example('»"\n\n»"»"\n\n»"')
def test_every_quotation_is_found_from_inside_it_and_they_do_not_overlap(text: str) -> None:
    quotations = Quotations(Motions(text))
    found = every(quotations)
    assert all(first.closed <= second.opened for first, second in pairwise(found))
    for one in found:
        assert {quotations.at(offset) for offset in range(one.opened, one.closed)} == {one}


def test_a_quotation_runs_over_paragraphs_that_begin_with_its_mark_past_page_furniture() -> None:
    paragraphs = [
        "“One goes on",
        "Read This Too",
        "“Two does too",
        "“Three ends,” he said. “A,” he said, “b.”",
        "“C",
        "No",
    ]
    text = "\n\n".join(paragraphs)
    starts = [text.index(one) for one in paragraphs]
    blocks = [Block(at, at + len(one), Label.BODY) for at, one in zip(starts, paragraphs, strict=True)]
    blocks[1] = Block(starts[1], starts[1] + len(paragraphs[1]), Label.RELATED)
    quotations = Quotations(Motions(text, blocks))
    long = text[1 : text.index(",” he")]
    assert words(text, every(quotations)) == [long, "A", "b.", "C"]
    for at in (0, starts[2], starts[3]):
        one = quotations.at(at + 3)
        assert one is not None
        assert text[one.start : one.end] == long


def test_quotations_of_the_seeds_are_those_that_are_spoken(seeds: Path, tmp_path: Path) -> None:
    for seed in seeds.glob("*.txt"):
        (tmp_path / seed.name).write_bytes(seed.read_bytes())
    library, total = Library.create(tmp_path, ["ada"]), 0
    for path in sorted(one.name for one in tmp_path.glob("*.txt")):
        article = library.open(path).article
        for skip in (FURNITURE, ()):
            quotations = Quotations(Motions(article.text, article.blocks, skip=skip))
            spoken = [found.span("words") for found in DIRECT.finditer(article.text)]
            assert [(one.start, one.end) for one in every(quotations)] == spoken
        total += len(spoken)
    assert total == 13


BROKEN = """A Title

He came. "The channel is silting," said Ines, "and 'they' know it," and left. "We wait." Nobody waits for it.

Nothing is said here. Nor here.
"""

BOTH = "The channel is silting,\" said Ines, \"and 'they' know it"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_library(tmp_path / "port", marks=False)
    (root / "broken.txt").write_text(BROKEN)
    return root


SELECTED = [
    (['"', "i", '"'], "The channel is silting"),
    (['"', "i", '"', "i", '"'], BOTH),
    (["s", "2", "i", '"'], BOTH),
    (["2", '"', "i", '"'], "and 'they' know it"),
    (["2", '"', "i", "'"], "they"),
    (["2", '"', *"vlllllo", "i", "'", "i", "'"], "and 'they' know it"),
    (["9", '"', "i", '"'], "We wait."),
    (["3", '"', "i", "s"], '"We wait."'),
    (["3", '"', "2", "i", "s"], '"We wait." Nobody waits for it.'),
    (['"', "v", '"'], BOTH),
    (['"', "i", "w", "i", "w"], "The channel"),
    (['"', "i", "p"], BROKEN.split("\n\n")[1]),
]
NAMES = {'"': "quotation_mark", "'": "apostrophe"}


async def test_keys_that_select_what_is_said(root: Path) -> None:
    async with opened(root, path="broken.txt") as (screen, pilot):
        pane = screen.article.pane
        for keys, passage in SELECTED:
            pane.clear_selection()
            pane.go(BROKEN.index("He came"))
            await pilot.press(*(NAMES.get(key, key) for key in keys))
            start, end = pane.passage
            assert BROKEN[start:end] == passage, keys


async def test_what_may_follow_can_be_clicked(root: Path) -> None:
    async with opened(root, path="broken.txt") as (screen, pilot):
        await pilot.press("quotation_mark", "i")
        await pilot.pause()
        at = screen.footer.render().plain.index("sentence")
        await pilot.click(screen.footer, offset=(at + 1, 0))
        await pilot.pause()
        start, end = screen.article.pane.passage
        assert BROKEN[start:end].startswith('"The channel')
        assert BROKEN[start:end].endswith("left.")
        assert not screen.footer.begun


async def test_where_nothing_is_said_it_says_so(root: Path) -> None:
    async with opened(root, path="broken.txt") as (screen, pilot):
        await pilot.press("G", "i", "quotation_mark")
        await pilot.pause()
        assert "no quotation here" in screen.footer.message
        await pilot.press("quotation_mark")
        await pilot.pause()
        assert screen.footer.message == "no quotation after this place"
        await pilot.press("g", "quotation_mark")
        await pilot.pause()
        assert screen.footer.message == 'i then " selects its words'
