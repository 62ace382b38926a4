"""Findings as people and programs read them: text, JSON, SARIF, and GitHub's workflow commands."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotations.check import RULES
from reader.display import display

if TYPE_CHECKING:
    from annotations.check import Anchor, Finding

__all__ = ["as_anchor", "as_github", "as_json", "as_sarif", "as_text"]

_SARIF = {"note": "note", "warning": "warning", "error": "error"}
_GITHUB = {"note": "notice", "warning": "warning", "error": "error"}


def as_text(findings: Iterable[Finding]) -> Iterator[str]:
    """A line each: file:line, level, rule, what."""
    for one in findings:
        yield f"{one.path}:{one.line}: {one.rule.level}: {one.message} [{one.rule.id} {one.rule.name}]"


def as_json(findings: Iterable[Finding]) -> dict[str, Any]:
    """Plain values."""
    return {
        "findings": [
            {
                "rule": one.rule.id,
                "name": one.rule.name,
                "level": one.rule.level,
                "path": one.path,
                "line": one.line,
                "message": one.message,
                "annotation": one.annotation or None,
                "anchor": as_anchor(one.anchor) if one.anchor else None,
            }
            for one in findings
        ]
    }


def as_anchor(anchor: Anchor) -> dict[str, Any]:
    """What became of a passage, as plain values; what is not there is None."""
    placed = anchor.placed
    return {
        "state": str(placed.state),
        "method": str(placed.method),
        "confidence": round(placed.confidence, 3),
        "reason": placed.reason,
        "start": placed.start,
        "end": placed.end,
        "was": placed.annotation.quote.exact,
        "now": None if placed.start is None else anchor.words,
        "candidates": [{"start": start, "end": end} for start, end in placed.candidates],
    }


def as_sarif(findings: Iterable[Finding], version: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log of one run; lines count from 1, columns are not given."""
    rules = [
        {
            "id": rule.id,
            "name": rule.name,
            "shortDescription": {"text": rule.about},
            "defaultConfiguration": {"level": _SARIF[rule.level]},
        }
        for rule in RULES.values()
    ]
    results = [
        {
            **({"properties": {"anchor": as_anchor(one.anchor)}} if one.anchor else {}),
            "ruleId": one.rule.id,
            "level": _SARIF[one.rule.level],
            "message": {"text": display(one.message)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(one.path)},
                        "region": {"startLine": one.line},
                    }
                }
            ],
        }
        for one in findings
    ]
    driver = {"name": "postil", "semanticVersion": version, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "utf16CodeUnits", "results": results}],
    }


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/", errors="surrogateescape")


def as_github(findings: Sequence[Finding]) -> Iterator[str]:
    """Workflow commands that put each finding on its line; then the same as text that no command can hide in."""
    for one in findings:
        where = f"file={_property(one.path)},line={one.line},title={_property(f'{one.rule.id} {one.rule.name}')}"
        yield f"::{_GITHUB[one.rule.level]} {where}::{_data(display(one.message))}"
    if findings:
        token = secrets.token_hex(16)
        yield f"::stop-commands::{token}"
        yield from (f"  {line}" for line in as_text(findings))
        yield f"::{token}::"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
