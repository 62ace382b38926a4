"""Markdown: what the front matter says, and which line is what; the text stays the file's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import canonical
from index.article import Article, Label
from index.formats.markdown import read_markdown

CLIPPING = """\
---
title: "Who Owns the Quay?"
author: ["[[Ida Lund]]", Ken Poe]
published: 2021-03-04
source: The Gazette
tags: [harbour, "#law"]
url: https://example.org/quay
rating: 12:30
---

# Who Owns the Quay?

LOWTOWN (Gazette) - The quay belongs to nobody,
says the registry.

![A quay](quay.jpg)

A Setext Heading
----------------

> "We never asked," the mayor said.
> Nor did anybody else.

- first item
  goes on here
- second item

1. numbered

READ MORE: Old Market Sold

```
code # not a heading

- nor a list
```

## Last Words

***

[1]: https://example.org/1
"""


def labelled(article: Article) -> list[tuple[str, str]]:
    return [(str(one.label), article.text[one.start : one.end].split("\n")[0]) for one in article.blocks]


def test_a_clipping() -> None:
    article = read_markdown("quay.md", CLIPPING)
    assert article.text == CLIPPING
    assert (article.title, article.title_from) == ("Who Owns the Quay?", "metadata")
    assert article.byline == "Ida Lund, Ken Poe"
    assert article.published == "2021-03-04"
    assert article.agency == "The Gazette"
    assert article.dateline == "LOWTOWN"
    assert article.tags == ("harbour", "law")
    assert not article.problem
    assert labelled(article) == [
        ("metadata", "---"),
        ("title", "# Who Owns the Quay?"),
        ("body", "LOWTOWN (Gazette) - The quay belongs to nobody,"),
        ("caption", "![A quay](quay.jpg)"),
        ("heading", "A Setext Heading"),
        ("quote", '> "We never asked," the mayor said.'),
        ("list", "- first item"),
        ("list", "- second item"),
        ("list", "1. numbered"),
        ("related", "READ MORE: Old Market Sold"),
        ("code", "```"),
        ("heading", "## Last Words"),
        ("body", "***"),
        ("metadata", "[1]: https://example.org/1"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Not first\n\n# The **Title** ##\n\nText.", "The Title"),
        ("Two lines\nof title\n===\n\nText.", "Two lines of title"),
        ("# C#", "C#"),
        ("#", "#"),
    ],
)
def test_the_first_heading_of_the_first_level_is_the_title(text: str, title: str) -> None:
    article = read_markdown("a.md", text)
    assert (article.title, article.title_from) == (title, "text")
    assert [block.label for block in article.blocks].count(Label.TITLE) == 1


def test_another_heading_than_the_title_of_the_front_matter_stays_a_heading() -> None:
    article = read_markdown("a.md", "---\ntitle: One\n---\n# Two\n\nText.\n")
    assert article.title == "One"
    assert [str(block.label) for block in article.blocks] == ["metadata", "heading", "body"]


def test_without_any_title_the_first_sentence_stands_in() -> None:
    article = read_markdown("a.md", "Mr. Poe came home. He laughed.\n")
    assert (article.title, article.title_from) == ("Mr. Poe came home.", "first-sentence")


@pytest.mark.parametrize(
    ("yaml", "line"),
    [("title: one\ntitle: two", 3), ("title: &a one", 2), ("[" * 100_000, 2), ("a:\n\tb: c", 3), ("just words", 2)],
)
def test_front_matter_that_is_refused_leaves_the_article_readable(yaml: str, line: int) -> None:
    article = read_markdown("notes/a.md", f"---\n{yaml}\n---\n# Title\n\nText.\n")
    assert article.problem.startswith(f"notes/a.md:{line}: ")
    assert article.title == "Title"
    assert article.blocks[0].label is Label.METADATA
    assert article.published is None


@pytest.mark.parametrize(
    ("yaml", "published"),
    [
        ("date: 2021-03", "2021-03"),
        ('date: "2021-03-04T10:15:00Z"', "2021-03-04T10:15:00Z"),
        ("date: March 4, 2021", "2021-03-04"),
        ("date: yesterday", None),
        ("date: ~", None),
        ("date:", None),
        ("created: 2021-03-04", None),
        ("Published: 2021", "2021"),
    ],
)
def test_dates(yaml: str, published: str | None) -> None:
    assert read_markdown("a.md", f"---\n{yaml}\n---\nText.").published == published


def test_values_stay_what_was_typed() -> None:
    article = read_markdown("a.md", "---\ntitle: no\nauthor: 12:30\ntags: one, two\nkeywords: [three]\n---\nText.")
    assert (article.title, article.byline, article.tags) == ("no", "12:30", ("one", "two"))


@pytest.mark.parametrize(
    "text", ["---\nno end\n\nText.", "--- \n---\n", "---", "----\na: b\n----\n", "---\n---\nText."]
)
def test_what_only_looks_like_front_matter(text: str) -> None:
    assert not read_markdown("a.md", text).problem


def test_a_fence_that_is_never_closed_runs_to_the_end() -> None:
    article = read_markdown("a.md", "Text.\n\n~~~ python\n# no title\n```\n\n- no list\n")
    assert [str(block.label) for block in article.blocks] == ["body", "code"]


@given(st.text(alphabet="#-=`~> *\n1.ab:[]!()\t\xa0é") | st.text())
def test_any_text_is_covered_by_blocks(text: str) -> None:
    article = read_markdown("any.md", canonical(text))
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end
        assert not article.text[at : block.start].strip()
        at = block.end
    assert not article.text[at:].strip()
    assert article.title
