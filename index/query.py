"""The query language: words, "phrases", AND OR NOT, parentheses, prefix*, field:value.  `docs/search.md` is its page.

    any   := all (OR all)*
    all   := one (AND? one)*
    one   := NOT one | -one | ( any ) | field:value | "phrase" | word | prefix*
    value := "phrase" | word | prefix* | ( any )

Punctuation that is not of the language is text, and text without a letter or digit says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from annotations.errors import UsageError
from index.article import Label
from index.nodes import And, In, Node, Not, Or, Text
from index.words import words

__all__ = ["FIELDS", "MAX_BYTES", "MAX_CLAUSES", "MAX_DEPTH", "QueryError", "parse"]

FIELDS = ("title", "speaker", "tag", "kind", "status", "author", "byline", "in", "path", "result", "has")
MAX_BYTES = 4096
MAX_CLAUSES = 256
MAX_DEPTH = 32

_QUOTES = '"“”„‟'
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<phrase>[{_QUOTES}](?P<inside>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}])?)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<not>-(?=[^\s)-])|NOT(?=[\s({_QUOTES}]|$))
    | (?P<and>AND(?=[\s(){_QUOTES}]|$))
    | (?P<or>OR(?=[\s(){_QUOTES}]|$))
    | (?P<field>[^\W\d]\w*):(?!//)
    | (?P<word>[^\s(){_QUOTES}]+)
    )""",
    re.VERBOSE,
)
_LABELS = re.compile(r"\s*(?:\((?P<group>[^()]*)(?P<closed>\))?|(?P<one>[^\s()]+))?")


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


def parse(query: str, *, typing: bool = False) -> Node:
    """The tree of a query.

    Args:
        query: as typed.
        typing: it is still being typed: the last word may go on, an open quote or parenthesis counts as closed, an
            operator at the end waits for its other side, and nothing at all finds nothing.

    Raises:
        QueryError: it does not parse; says where and what to do.
    """
    if len(query.encode("utf-8", "replace")) > MAX_BYTES:
        raise QueryError(f"the query is longer than {MAX_BYTES} bytes", query, 0, hint="search for less at once")
    if not query.strip():
        if typing:
            return Or()
        raise QueryError("there is nothing to search for", query, 0, hint="type a word")
    return _Parser(query, typing=typing).parse()


class _Parser:
    """Recursive descent over one regular expression; `at` is where the next token begins."""

    def __init__(self, query: str, *, typing: bool) -> None:
        self.query = query
        self.typing = typing
        self.at = 0
        self.depth = 0
        self.clauses = 0

    def parse(self) -> Node:
        node = self.any("")
        if self.peek() == "close":
            raise self.error("this parenthesis closes nothing", hint="remove it, or put the text in quotes")
        return node or Or()

    def any(self, field: str) -> Node | None:
        return _joined(Or, self.several(field, self.all, "or"))

    def all(self, field: str) -> Node | None:
        children = self.several(field, self.one, "and")
        while self.peek() in {"phrase", "open", "not", "field", "word"}:
            children += self.several(field, self.one, "and")
        return _joined(And, _within(children))

    def several(self, field: str, part: Callable[[str], Node | None], operator: str) -> list[Node]:
        """Parts with the operator between them; parts that say nothing are left out."""
        children = [part(field)]
        while self.peek() == operator:
            self.take()
            if self.typing and not self.peek():
                break
            children.append(part(field))
        return [child for child in children if child is not None]

    def one(self, field: str) -> Node | None:
        match self.peek():
            case "not":
                return self.nested(lambda: self.negated(field))
            case "open":
                return self.nested(lambda: self.group(field))
            case "field":
                return self.fielded(field)
            case "phrase" | "word":
                return self.text(field)
            case "":
                raise self.error("the query ends where a word should follow", hint="add one, or put it all in quotes")
            case _:
                raise self.error(
                    "a word should stand here", hint="put AND, OR, NOT and parentheses in quotes to search for them"
                )

    def negated(self, field: str) -> Node | None:
        self.take()
        if self.typing and not self.peek():
            return None
        child = self.one(field)
        return None if child is None else Not(child)

    def group(self, field: str) -> Node | None:
        opened = self.take()
        if self.peek() == "close":
            self.take()
            return None
        if self.typing and not self.peek():
            return None
        node = self.any(field)
        if self.peek() == "close":
            self.take()
        elif not self.typing:
            raise self.error("this parenthesis is never closed", opened.start(opened.lastgroup or 0), hint="add a )")
        return node

    def fielded(self, outer: str) -> Node | None:
        found = self.take()
        name, start = found["field"].lower(), found.start("field")
        if outer:
            raise self.error("a field cannot stand inside another", start, hint="close the parenthesis before it")
        if name not in FIELDS:
            hint = f"fields are {', '.join(FIELDS)}; in quotes it is plain text"
            raise self.error(f"there is no field “{found['field']}”", start, hint=hint)
        if name == "in":
            return self.labels(start)
        if not self.peek() and self.typing:
            return None
        if self.peek() not in {"phrase", "open", "word"}:
            raise self.error(f"{name}: needs a value", start, hint=f'such as {name}:word or {name}:"two words"')
        return self.one(name)

    def labels(self, start: int) -> Node | None:
        found = _LABELS.match(self.query, self.at)
        assert found is not None  # noqa: S101 - the pattern matches the empty string
        self.at = found.end()
        self.count(start)
        names = re.split(r"[\s|,]+|\bOR\b", (found["group"] or found["one"] or "").strip())
        names = [name.lower() for name in names if name]
        unknown = [name for name in names if name not in set(Label)]
        if self.typing and (not names or (unknown and self.at == len(self.query))):
            return None
        if unknown or not names:
            what = f"no block is called “{unknown[0]}”" if unknown else "in: needs a block"
            raise self.error(what, start, hint=f"blocks are {', '.join(Label)}")
        if found["group"] is not None and not found["closed"] and not self.typing:
            raise self.error("this parenthesis is never closed", found.start("group") - 1, hint="add a )")
        return In(frozenset(Label(name) for name in names))

    def text(self, field: str) -> Node | None:
        found = self.take()
        quoted = found["phrase"] is not None
        start = found.start("phrase" if quoted else "word")
        self.count(start)
        raw = found["inside"] if quoted else found["word"]
        if quoted and not found["closed"] and not self.typing:
            raise self.error("this quotation mark is never closed", start, hint='add a " at the end of the phrase')
        prefix = not quoted and self.wildcard(raw, start)
        unfinished = self.typing and self.at == len(self.query) and not found["closed"] and not raw[-1:].isspace()
        folded = tuple(words(raw))
        if not folded:
            return None
        return Text(folded, raw.rstrip("*") if prefix else raw, field, quoted, prefix, unfinished and not prefix)

    def wildcard(self, raw: str, start: int) -> bool:
        """Whether the word ends in its only `*`."""
        star = raw.find("*")
        if star < 0 or not words(raw):
            return False
        if star != len(raw) - 1 or star == 0:
            raise self.error(
                "a * can only end a word", start + star, hint='as in sanction*; in quotes, "*" is plain text'
            )
        return True

    def nested(self, part: Callable[[], Node | None]) -> Node | None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"more than {MAX_DEPTH} levels of parentheses and NOT", hint="simplify the query")
        node = part()
        self.depth -= 1
        return node

    def count(self, start: int) -> None:
        self.clauses += 1
        if self.clauses > MAX_CLAUSES:
            raise self.error(f"more than {MAX_CLAUSES} words and phrases", start, hint="search for less at once")

    def peek(self) -> str:
        found = _TOKEN.match(self.query, self.at)
        if found is None:
            return ""
        kind = found.lastgroup or ""
        return "phrase" if kind in {"inside", "closed"} else kind

    def take(self) -> re.Match[str]:
        found = _TOKEN.match(self.query, self.at)
        assert found is not None  # noqa: S101 - callers have peeked
        self.at = found.end()
        return found

    def error(self, what: str, position: int | None = None, *, hint: str) -> QueryError:
        if position is None:
            rest = self.query[self.at :]
            position = self.at + len(rest) - len(rest.lstrip())
        return QueryError(what, self.query, position, hint=hint)


def _joined(kind: type[And | Or], children: list[Node]) -> Node | None:
    if len(children) < 2:
        return children[0] if children else None
    return kind(tuple(children))


def _within(children: list[Node]) -> list[Node]:
    """Children of one `And`, with every `in:` among them applied to the texts of the others."""
    allowed = frozenset(Label)
    rest: list[Node] = []
    for child in children:
        match child:
            case In(labels):
                allowed &= labels
            case Not(In(labels)):
                allowed -= labels
            case _:
                rest.append(child)
    if len(rest) == len(children):
        return children
    limited = [_limit(child, allowed) for child in rest]
    # What was limited says it all; without such a text, the blocks themselves are what is asked for.
    return limited if limited != rest else children


def _limit(node: Node, allowed: frozenset[Label]) -> Node:
    match node:
        case Text(field=""):
            return replace(node, labels=allowed if node.labels is None else node.labels & allowed)
        case And(children) | Or(children):
            return replace(node, children=tuple(_limit(child, allowed) for child in children))
        case Not(child):
            return Not(_limit(child, allowed))
        case _:
            return node
