"""What one word, phrase or value of a query means, in the field that it was typed for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from annotations.names import fold_name
from index.article import Label
from index.dates import period
from index.grammar import MAX_FUZZY, ONE_OF, WORDS_OF, QueryError, cited
from index.nodes import Dates, Text
from index.words import words

if TYPE_CHECKING:
    from index.nodes import Node

__all__ = ["Typed", "meant_by"]

_FUZZY = re.compile(r"(?P<word>.+)~(?P<edits>\d*)", re.DOTALL)
_SHORTEST_FUZZY = 3
_LONGEST_DATE = 32
_Problem = Callable[..., QueryError]


@frozen(kw_only=True)
class Typed:
    """A word, phrase or value as it was typed.

    Attributes:
        raw: it, without quotation marks.
        start: where it begins in the query, behind the quotation mark.
        field: whose value it is, or empty.
        quoted: whether it stood in quotation marks.
        after: what was written onto the closing one.
        unfinished: whether it may go on with the next key.
    """

    raw: str
    start: int
    field: str
    quoted: bool
    after: str
    unfinished: bool

    @property
    def exact(self) -> bool:
        """Whether its words neither go on nor differ."""
        return not self.after and (self.quoted or not (self.raw.endswith("*") or _FUZZY.fullmatch(self.raw)))


def meant_by(typed: Typed, problem: _Problem) -> Node | None:
    """Its node; None when it says nothing.

    Raises:
        QueryError: it means nothing that could be found; made by `problem`, from what is wrong, where, and a hint.
    """
    if typed.field in {"published", "year"}:
        return _dates(typed, problem)
    if typed.quoted:
        return _phrase(typed, problem)
    if typed.raw == "*":
        return _anything(typed, problem)
    return _word(typed, problem) if words(typed.raw) else None


def _word(typed: Typed, problem: _Problem) -> Node | None:
    star, fuzzy = typed.raw.find("*"), _FUZZY.fullmatch(typed.raw)
    if star == len(typed.raw) - 1:
        return _text(typed, typed.raw[:-1], prefix=True)
    if star >= 0:
        hint = 'as in sanction*; in quotes, "*" is plain text'
        raise problem("a * can only end a word", typed.start + star, hint=hint)
    if fuzzy and words(fuzzy["word"]):
        return _fuzzy(typed, fuzzy, problem)
    _check_value(typed, problem)
    return _text(typed, typed.raw)


def _text(typed: Typed, raw: str, *, prefix: bool = False, fuzzy: int = 0) -> Node | None:
    folded = tuple(words(raw))
    if not folded:
        return None
    goes_on = typed.unfinished and not prefix and not fuzzy and not raw[-1:].isspace()
    everywhere = typed.field == "body"
    return Text(
        folded,
        raw,
        "" if everywhere else typed.field,
        typed.quoted,
        prefix,
        goes_on,
        frozenset(Label) if everywhere else None,
        fuzzy,
    )


def _phrase(typed: Typed, problem: _Problem) -> Node | None:
    if typed.after not in {"", "*"}:
        hint = "NEAR finds words near each other: trade NEAR/5 talks"
        raise problem("only a * can follow a phrase", typed.start + len(typed.raw) + 1, hint=hint)
    if not typed.after:
        _check_value(typed, problem)
    return _text(typed, typed.raw, prefix=bool(typed.after))


def _anything(typed: Typed, problem: _Problem) -> Node | None:
    if typed.field and typed.field not in {"title", "body", "note", "like"}:
        return Text((), "", typed.field, prefix=True)
    if typed.unfinished:
        return None
    hint = "as in sanction*; tag:* is whatever has a tag; in quotes it is plain text"
    raise problem("a * needs the beginning of a word before it", typed.start, hint=hint)


def _fuzzy(typed: Typed, found: re.Match[str], problem: _Problem) -> Node | None:
    """A word with `~` behind it, and perhaps a number."""
    word, edits = words(found["word"]), found["edits"] or "1"
    at = typed.start + found.end("word")
    if typed.unfinished and (len(word) > 1 or len(word[0]) < _SHORTEST_FUZZY or edits not in {"1", "2"}):
        return _text(typed, typed.raw)
    if edits not in {"1", "2"}:
        raise problem(f"a word can differ by {MAX_FUZZY} letters at most", at, hint="write word~ or word~2")
    if typed.field not in {"", *WORDS_OF}:
        hint = f"{typed.field}: takes whole values, or the beginning of one: {typed.field}:{word[0][:40]}*"
        raise problem("a ~ can only follow a word of a text", at, hint=hint)
    if len(word) > 1 or len(word[0]) < _SHORTEST_FUZZY:
        hint = "as in Pyonyang~; in quotes it is plain text"
        raise problem(f"a ~ can only follow one word of {_SHORTEST_FUZZY} letters or more", at, hint=hint)
    return _text(typed, found["word"], fuzzy=int(edits))


def _dates(typed: Typed, problem: _Problem) -> Node | None:
    try:
        return Dates(*period(typed.raw.strip()))
    except ValueError as error:
        if typed.unfinished:
            return _dates_so_far(typed.raw.strip()[:_LONGEST_DATE])
        hint = f"as in {typed.field}:2018, 2018-04, 2018..2019, 2018-04-03.., ..2019, * or unknown"
        raise problem(str(error), typed.start, hint=hint) from None


def _dates_so_far(raw: str) -> Node | None:
    """What as much of it says as says something."""
    for end in range(len(raw), 0, -1):
        try:
            return Dates(*period(raw[:end]))
        except ValueError:
            continue
    return None


def _check_value(typed: Typed, problem: _Problem) -> None:
    known = ONE_OF.get(typed.field)
    if known is None or typed.unfinished or fold_name(typed.raw) in known:
        return
    hint = f"{typed.field}: takes {', '.join(known.values())}"
    raise problem(f"{typed.field}: knows no {cited(typed.raw)}", typed.start, hint=hint)
