"""What the find pane says of its list: how much there is of what, what cannot be there, and what to do without any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from reader.readings import DONE, STATES
from reader.showing import shown

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.search import Results
    from reader.readings import Readings

__all__ = ["amount", "half_typed", "library_line", "more_to_come", "no_articles", "no_hits", "results_line"]


def amount(number: int, what: str) -> str:
    """So many of something."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def library_line(paths: Sequence[str], readings: Readings, only: str, dot: str) -> str:
    """How many articles there are, and how far one is with them; or how many are listed of `only` one state.

    It fits the narrowest pane: of the states it names the one in which there is most to do.
    """
    counts = readings.count(paths)
    if only:
        return f"{only}: {counts[only]:,} of {len(paths):,} (ctrl+t)"
    state = next((state for state in STATES if counts[state]), "")
    many = "all done" if state == DONE else f"{counts[state]:,} {state}"
    return f"{amount(len(paths), 'article')} {dot} {many}" if state else ""


def results_line(results: Results, catalog: Catalog, only: str, how: Sequence[str], dot: str) -> str:
    """How much was found, of what alone (`only`) and `how`, and why there may be more."""
    articles = results.articles or sum(hit.result == "article" for hit in results.hits)
    marks = results.total - articles
    found = [amount(articles, "article")] * bool(articles) + [amount(marks, "annotation")] * bool(marks)
    if only and not found:
        found = [f"no {only}"]
    rest = " so far" if results.late and found else ""
    refused, unread = len(catalog.refused), sum(one.amiss for one in catalog.skipped)
    more = [f"annotations of {amount(refused, 'article')} cannot be read"] * bool(refused)
    more += [f"{amount(unread, 'file')} cannot be read"] * bool(unread)
    return f" {dot} ".join([*filter(None, [f" {dot} ".join(found) + rest]), *how, *more])


def no_articles(root: str, only: str) -> Content:
    """What to do where no article is listed: in the library at `root`, or of `only` one state."""
    if only:
        return Content(f"No article is {only}. ctrl+t lists others; D marks an article done.")
    return (
        Content.styled("No articles here yet.\n\n", "bold")
        + Content("Put .txt or .md files into\n")
        + shown(root, "$primary")
        + Content("\nand press ")
        + Content.styled("f5", "bold $primary")
        + Content(".")
    )


def no_hits(query: str, total: int, meant: str = "") -> Content:
    """What was searched in vain, in how many articles, what may have been meant, and how to find more."""
    return (
        Content.styled("Nothing found.\n\n", "bold")
        + (_did_you_mean(meant) if meant else Content(""))
        + Content(f"Searched {amount(total, 'article')} and what is annotated in them, for ")
        + shown(query, "$accent")
        + Content(".\n\nTo widen: fewer words;\n")
        + Content("word* for all that begins so;\nthis OR that;\nno quotes around a phrase.")
    )


def half_typed(field: str) -> Content:
    """A field was named, with its colon, and what to look for in it is still to be typed."""
    return (
        Content("What should ")
        + shown(field, "$accent")
        + Content(" be?\n\n")
        + Content.styled("ctrl+space", "bold $primary")
        + Content(" offers what there is.")
    )


def more_to_come(query: str) -> Content:
    """Nothing was found in the time there was."""
    return (
        Content.styled("Nothing found so far", "bold")
        + Content(" for ")
        + shown(query, "$accent")
        + Content(".\n\n")
        + Content.styled("enter", "bold $primary")
        + Content(" searches to the end.")
    )


def _did_you_mean(meant: str) -> Content:
    question = Content("Did you mean ") + shown(f"“{meant}”", "bold $accent") + Content("?  ")
    return question + Content.styled("enter", "bold $primary") + Content("\n\n")
