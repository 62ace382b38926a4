"""The shapes that `--json` prints, field by field.  `docs/cli.md` describes them; no name is ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from annotations.model import Annotation, Plain, Value
from annotations.record import to_record

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.article import Article
    from index.catalog import Catalog, Entry
    from index.scan import Stray
    from index.search import Hit, Results

__all__ = ["candidate", "created", "lines", "listed", "plain", "problems", "results", "shown", "skipped"]

_AROUND = 40
"""Code points of context on either side of a candidate."""


def shown(article: Article, placed: Iterable[Placed]) -> dict[str, Any]:
    """An article as `show` gives it: what is known, text, blocks, annotations in the order of the text."""
    return {
        **_known(article),
        "text": article.text,
        "blocks": [{"start": one.start, "end": one.end, "label": str(one.label)} for one in article.blocks],
        "annotations": [_placed(one) for one in placed],
    }


def listed(entry: Entry, reading: str) -> dict[str, Any]:
    """An article as `list` gives it: what is known, how many annotations it has, and how far the person is with it."""
    return {**_known(entry), "annotations": entry.annotations, "reading": reading}


def skipped(catalog: Catalog) -> list[dict[str, str]]:
    """Files that look like articles and are none, and why."""
    return [{"path": one.path, "why": one.why} for one in catalog.skipped]


def problems(catalog: Catalog) -> list[dict[str, str]]:
    """What needs mending: sidecars that are refused, damaged, or without an article; front matter that is no YAML."""
    refused = [{"path": one.path, "why": one.problem} for one in catalog.entries if one.problem]
    return refused + [{"path": one.path, "why": _alone(one)} for one in catalog.strays]


def lines(skipped: Iterable[Mapping[str, str]], problems: Iterable[Mapping[str, str]]) -> list[str]:
    """The same two for people, a line each."""
    return [f"skipped {one['path']}: {one['why']}" for one in skipped] + [
        f"{one['path']}: {one['why']}" for one in problems
    ]


def _alone(stray: Stray) -> str:
    if stray.follows is None:
        return "its article is gone; bring it back, or remove the sidecar"
    return f"its article is gone, and {stray.follows} has the same text; `postil sidecars --follow` renames it"


def results(query: str, meant: str, found: Results) -> dict[str, Any]:
    """What a search found.

    Args:
        query: as it was given.
        meant: what it should have been, or empty.
        found: the answer.
    """
    return {
        "query": query,
        "total": found.total,
        "articles": found.articles,
        "partial": found.partial,
        "meant": meant or None,
        "facets": {one.name: [{"value": value, "count": count} for value, count in one.values] for one in found.facets},
        "hits": [_hit(one) for one in found.hits],
    }


def created(annotation: Annotation, path: str) -> dict[str, Any]:
    """An annotation that was made or changed: its id and its passage."""
    return {"id": annotation.id, "path": path, "start": annotation.position.start, "end": annotation.position.end}


def candidate(text: str, start: int, end: int) -> dict[str, Any]:
    """A passage that a quote may mean; `line` counts from 1."""
    return {
        "start": start,
        "end": end,
        "line": text.count("\n", 0, start) + 1,
        "snippet": text[max(0, start - _AROUND) : end + _AROUND],
    }


def _known(about: Article | Entry) -> dict[str, Any]:
    return {
        "path": about.path,
        "title": about.title,
        "title_from": about.title_from,
        "published": about.published,
        "agency": about.agency,
        "byline": about.byline,
        "dateline": about.dateline,
        "tags": list(about.tags),
    }


def _placed(placed: Placed) -> dict[str, Any]:
    own = {
        "author": placed.annotation.author,
        "state": str(placed.state),
        "start": placed.start,
        "end": placed.end,
    }
    return {**plain(to_record(placed.annotation)), **own}


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "path": hit.path,
        "title": hit.title,
        "result": hit.result,
        "id": hit.id,
        "kind": hit.kind,
        "speaker": hit.speaker or None,
        "author": hit.author or None,
        "tags": list(hit.tags),
        "status": hit.status or None,
        "score": hit.score,
        "snippet": hit.snippet,
        "block": hit.block,
        "line": hit.line,
        "start": hit.start,
        "end": hit.end,
        "places": hit.places,
        "published": hit.published or None,
        "outlet": hit.outlet or None,
    }


def plain(value: Value) -> Any:
    """A value of a record as JSON has it."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return _scalar(value) if isinstance(value, Plain) else value


def _scalar(value: Plain) -> Any:
    """What a stock YAML loader makes of an unquoted scalar, as far as JSON can say it; else its characters."""
    if value in ("true", "false"):
        return value == "true"
    if value in ("", "~", "null"):
        return None
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() else str(value)
