"""What stands over the find pane's list: how much there is of what, and what of it cannot be there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.readings import STATES

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.entry import Entry
    from index.search import Results
    from reader.readings import Readings

__all__ = ["amount", "library_line", "results_line"]


def amount(number: int, what: str) -> str:
    """So many of something."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def library_line(entries: Sequence[Entry], readings: Readings, only: str, dot: str) -> str:
    """How many articles there are, and how far one is with them; or how many are listed of `only` one state."""
    counts = readings.count(entry.path for entry in entries)
    if only:
        return f"{counts[only]:,} of {amount(len(entries), 'article')}: {only} only (ctrl+t)"
    states = [f"{counts[state]:,} {state}" for state in STATES if counts[state]]
    return f" {dot} ".join([amount(len(entries), "article"), *states])


def results_line(results: Results, catalog: Catalog, dot: str) -> str:
    """How much was found, and why there may be more."""
    articles = sum(hit.result == "article" for hit in results.hits)
    marks = len(results.hits) - articles
    found = [amount(articles, "article")] * bool(articles) + [amount(marks, "annotation")] * bool(marks)
    cut = f" of {results.total:,}" if results.total > len(results.hits) else ""
    rest = " so far" if results.late else cut
    refused, unread = len(catalog.refused), sum(one.amiss for one in catalog.skipped)
    more = ["more words begin so"] * results.cut
    more += [f"annotations of {amount(refused, 'article')} cannot be read"] * bool(refused)
    more += [f"{amount(unread, 'file')} cannot be read"] * bool(unread)
    return f" {dot} ".join(filter(None, [f" {dot} ".join(found) + rest, *more]))
