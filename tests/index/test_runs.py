"""What an article's document holds: every word of its text once, in the zone of its block."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Block, Label
from index.documents import article_document, runs
from index.words import words
from index.zones import LABELS

STRETCHES = st.lists(
    st.tuples(st.sampled_from([None, Label.BODY, Label.TITLE, Label.UI]), st.sampled_from(["", " ", "a ", "b c\n\n"])),
    max_size=9,
)


@given(STRETCHES)
def test_every_word_of_the_text_stands_in_its_blocks_zone(stretches: list[tuple[Label | None, str]]) -> None:
    text, blocks, expected = "", [], []
    for label, stretch in stretches:
        if label and stretch:
            blocks.append(Block(len(text), len(text) + len(stretch), label))
        text += stretch
        expected += [(LABELS[label or Label.BODY], word) for word in words(stretch)]
    article = Article(path="a.txt", text=text, fingerprint="", title="", title_from="file-name", blocks=tuple(blocks))
    found = list(runs(article_document(article)))
    assert [(zone, word) for zone, several, _ in found for word in several] == expected
    assert [at for _, several, first in found for at in range(first, first + len(several))] == list(
        range(len(expected))
    )
    assert all(one[0] != other[0] for one, other in pairwise(found))
