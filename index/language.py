"""The query language on one screen: an example and what it finds, for `?` while one types and for `docs/search.md`."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LANGUAGE", "Row", "language_page"]


class Row(NamedTuple):
    """One thing to type.

    Attributes:
        examples: each a query.
        finds: what they find.
    """

    examples: tuple[str, ...]
    finds: str


LANGUAGE = (
    Row(("sanctions",), "the word in any of its forms: sanction, sanctioned"),
    Row(("sanctions talks",), "both, anywhere in one article or annotation"),
    Row(("sanctions OR embargo",), "either; parentheses group, without them OR binds weakest"),
    Row(("sanctions -talks", "sanctions NOT talks"), "the first without the second"),
    Row(('"economic sanctions on"',), "these words as printed, in this order"),
    Row(('"Kim Jong-un"',), "a whole name: also as printed under its aliases in postil.yaml"),
    Row(("sanction*", '"trade sanc"*'), "what begins so"),
    Row(("Pyonyang~", "Pyonyang~2"), "words one letter away, or two, that begin with the same"),
    Row(("trade NEAR talks", "trade NEAR/3 talks"), "at most 10 words between them, or 3, in any order"),
    Row(
        ("title:balance", "body:balance", "note:balance", "byline:yang"),
        "in the title, text, notes, byline or agency",
    ),
    Row(("speaker:Zhao", 'speaker:"Zhao Tong"', "affiliation:carnegie"), "claims of people so called, under any alias"),
    Row(("tag:leverage", "tag:china*", "-tag:*"), "with that tag, with one that begins so, with none"),
    Row(("kind:claim", "status:new", "author:ada"), "annotations by kind, status, author"),
    Row(("stance:against", 'stance:"against sanctions"'), "claims that take that side, and toward what"),
    Row(("outlet:sputnik",), "what that outlet put out, and annotations on it"),
    Row(
        ("published:2018-04", "published:2018..2019", "published:unknown"),
        "by date; 2018-04-03.. is from then on",
    ),
    Row(("in:related", "in:(body|caption) deal", "-in:related"), "in blocks with that label"),
    Row(("has:claim", "has:conflict", "-has:tag"), "what there is: note, reply, verdict, relation, date, …"),
    Row(("is:annotation", "is:orphan", "is:accepted"), "what it is: article, moved, edited, retired, stale, …"),
    Row(("path:news/*", "path:news/summit.txt"), "all of a folder; one article and its annotations"),
    Row(("like:news/summit.txt",), "articles that have much of its vocabulary, best first"),
)


def language_page() -> str:
    """The table of `docs/search.md`."""
    rows = (f"| {' '.join(f'`{_cell(one)}`' for one in row.examples)} | {row.finds} |" for row in LANGUAGE)
    return "\n".join(["| type | to find |", "| --- | --- |", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
