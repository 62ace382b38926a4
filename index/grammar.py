"""What the query language is made of: fields, limits, tokens, and the error that names a place in a query."""

from __future__ import annotations

import re

from annotations.errors import UsageError
from annotations.names import fold_name
from index.facts import HAS, IS

__all__ = [
    "FIELDS",
    "LABELS",
    "MAX_BYTES",
    "MAX_CLAUSES",
    "MAX_DEPTH",
    "MAX_FUZZY",
    "MAX_NEAR",
    "NEAR",
    "ONE_OF",
    "TOKEN",
    "WORDS_OF",
    "QueryError",
    "cited",
    "kind_of",
]

WORDS_OF = ("title", "body", "note", "byline", "speaker", "affiliation")
"""Fields that words are looked for in."""
FIELDS = (
    *WORDS_OF,
    *(
        "tag",
        "kind",
        "status",
        "stance",
        "author",
        "outlet",
        "has",
        "is",
        "in",
        "path",
        "like",
        "result",
        "published",
        "year",
    ),
)
MAX_BYTES = 4096
MAX_CLAUSES = 256
MAX_DEPTH = 32
MAX_FUZZY = 2
MAX_NEAR = 100
NEAR = 10
"""How many words may stand between what is `NEAR` each other, if nobody says."""

_CITED = 40
_QUOTES = '"“”„‟'
_ENDS = rf"(?=[\s(){_QUOTES}]|$)"
TOKEN = re.compile(
    rf"""\s*(?:
      (?P<phrase>[{_QUOTES}](?P<inside>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}](?P<after>[*~][^\s(){_QUOTES}]*)?)?)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<not>-(?=[^\s)-])|NOT{_ENDS})
    | (?P<and>AND{_ENDS})
    | (?P<or>OR{_ENDS})
    | (?P<near>NEAR(?:/(?P<within>[^\s(){_QUOTES}]*))?{_ENDS})
    | (?P<field>[^\W\d]\w*):(?!//)
    | (?P<word>[^\s(){_QUOTES}]+)
    )""",
    re.VERBOSE,
)
_PARTS = {"inside": "phrase", "closed": "phrase", "after": "phrase", "within": "near"}
LABELS = re.compile(r"\s*(?:\((?P<group>[^()]*)(?P<closed>\))?|(?P<one>[^\s()]+))?")
"""What follows `in:`."""

ONE_OF = {name: {fold_name(value): value for value in values} for name, values in (("has", HAS), ("is", IS))}
"""Fields of which all values are known: each folded, and as it is written."""


class QueryError(UsageError):
    """A query that does not parse.

    Attributes:
        query: what was typed.
        position: where in it the trouble is, in code points from 0.
    """

    def __init__(self, what: str, query: str, position: int, *, hint: str = "") -> None:
        super().__init__(f"{what} (character {position + 1} of the query)", hint=hint)
        self.query = query
        self.position = position


def kind_of(found: re.Match[str] | None) -> str:
    """Which of the kinds a token is, by its group in `TOKEN`; nothing at the end of the query."""
    kind = (found and found.lastgroup) or ""
    return _PARTS.get(kind, kind)


def cited(typed: str) -> str:
    """What was typed, or the beginning of it, in quotation marks for a message."""
    return f"“{typed if len(typed) <= _CITED else typed[: _CITED - 1] + '…'}”"
