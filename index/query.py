"""The query language: words, "phrases", fields, dates, AND OR NOT NEAR, parentheses.  `docs/search.md` is its page.

    any   := all (OR all)*
    all   := near (AND? near)*
    near  := NOT near | -near | one (NEAR one | NEAR/number one)*
    one   := ( any ) | field:value | text
    value := text | ( any )
    text  := "phrase" | "phrase"* | word | word* | word~ | word~2

Punctuation that is not of the language is text, and text without a letter or digit says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from index.article import Label
from index.grammar import (
    FIELDS,
    LABELS,
    MAX_BYTES,
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_NEAR,
    NEAR,
    TOKEN,
    QueryError,
    cited,
    kind_of,
)
from index.nodes import And, In, Near, Node, Not, Or, Text
from index.typed import Typed, meant_by

__all__ = ["QueryError", "parse", "typed_texts"]

_NUMBER = re.compile("[0-9]{1,3}")
_BEGINS_ONE = frozenset({"phrase", "open", "not", "field", "word"})


def parse(query: str, *, typing: bool = False) -> Node:
    """The tree of a query.

    Args:
        query: as typed.
        typing: it is still being typed: the last word may go on, an open quote or parenthesis counts as closed, what
            ends in the middle of an operator, a date or a value waits for its rest, and nothing at all finds nothing.

    Raises:
        QueryError: it does not parse; says where and what to do.
    """
    return _Parser(query, typing=typing).parse()


def typed_texts(query: str) -> list[Typed]:
    """The words and phrases of a query that parses, as they were typed, but for those that must not be there."""
    parser = _Parser(query, typing=True)
    parser.parse()
    return parser.typed


class _Parser:
    """Recursive descent over one regular expression; `at` is where the next token begins."""

    def __init__(self, query: str, *, typing: bool) -> None:
        self.query = query
        self.typing = typing
        self.at = 0
        self.depth = 0
        self.clauses = 0
        self.typed: list[Typed] = []

    def parse(self) -> Node:
        if len(self.query.encode("utf-8", "replace")) > MAX_BYTES:
            raise self.error(f"the query is longer than {MAX_BYTES} bytes", 0, hint="search for less at once")
        if not self.query.strip():
            if self.typing:
                return Or()
            raise self.error("there is nothing to search for", 0, hint="type a word")
        node = self.any("")
        if self.peek() == "close":
            raise self.error("this parenthesis closes nothing", hint="remove it, or put the text in quotes")
        return node or Or()

    def any(self, field: str) -> Node | None:
        return _joined(Or, self.several(field, self.all, "or"))

    def all(self, field: str) -> Node | None:
        children = self.several(field, self.near, "and")
        while self.peek() in _BEGINS_ONE:
            children += self.several(field, self.near, "and")
        return _joined(And, _within(children))

    def several(self, field: str, part: Callable[[str], Node | None], operator: str) -> list[Node]:
        """Parts with the operator between them; parts that say nothing are left out."""
        children = [part(field)]
        while self.peek() == operator:
            self.take()
            if self.waiting():
                break
            children.append(part(field))
        return [child for child in children if child is not None]

    def near(self, field: str) -> Node | None:
        if self.peek() == "not":
            return self.nested(lambda: self.negated(field))
        starts, nodes, distance = [self.here()], [self.one(field)], ""
        while self.peek() == "near":
            operator = self.take()
            if self.waiting():
                break
            number = operator["within"]
            if number is not None and distance not in {"", number}:
                hint = "write the same number each time, or join what is near by AND"
                raise self.error("words near each other have one distance", operator.start("near"), hint=hint)
            distance = self.distance(operator) or distance
            starts.append(self.here())
            nodes.append(self.one(field))
        if len(nodes) == 1:
            return nodes[0]
        texts = [self.beside(node, start) for node, start in zip(nodes, starts, strict=True) if node]
        if len({(text.field, text.labels) for text in texts}) > 1:
            hint = "put both into one parenthesis: title:(trade NEAR talks)"
            raise self.error("words near each other stand in the same field", starts[0], hint=hint)
        return Near(tuple(texts), int(distance or NEAR)) if len(texts) > 1 else texts[0] if texts else None

    def distance(self, operator: re.Match[str]) -> str:
        number = operator["within"]
        if number is not None and not (_NUMBER.fullmatch(number) and int(number) <= MAX_NEAR):
            hint = "as in trade NEAR/5 talks; in quotes it is plain text"
            raise self.error(f"NEAR/ takes a number up to {MAX_NEAR}", operator.start("near"), hint=hint)
        return number or ""

    def beside(self, node: Node, start: int) -> Text:
        if isinstance(node, Text) and node.words and node.field in {"", "title", "note", "byline"}:
            return node
        hint = "as in “trade talks” NEAR sanction*; of other things, AND asks for both"
        raise self.error("NEAR stands between words and phrases of a text", start, hint=hint)

    def one(self, field: str) -> Node | None:
        match self.peek():
            case "open":
                return self.nested(lambda: self.group(field))
            case "field":
                return self.fielded(field)
            case "phrase" | "word":
                return self.text(field)
            case "":
                raise self.error("the query ends where a word should follow", hint="add one, or put it all in quotes")
            case "and" | "or" | "near" if self.typing and self.take().end() == len(self.query):
                return None  # it may be a longer word yet
            case _:
                hint = "put AND, OR, NOT, NEAR and parentheses in quotes to search for them"
                raise self.error("a word should stand here", hint=hint)

    def negated(self, field: str) -> Node | None:
        self.take()
        if self.waiting():
            return None
        known = len(self.typed)
        child = self.near(field)
        del self.typed[known:]
        return None if child is None else Not(child)

    def group(self, field: str) -> Node | None:
        opened = self.take()
        if self.peek() == "close":
            self.take()
            return None
        if self.waiting():
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
        if self.typing and self.query[self.at :] in {"", "/"}:  # it may be an address yet
            self.at = len(self.query)
            return None
        if outer:
            raise self.error("a field cannot stand inside another", start, hint="close the parenthesis before it")
        if name not in FIELDS:
            hint = f"fields are {', '.join(FIELDS)}; in quotes it is plain text"
            raise self.error(f"there is no field {cited(found['field'])}", start, hint=hint)
        if name == "in":
            return self.labels(start)
        if self.waiting():
            return None
        if self.peek() not in {"phrase", "open", "word"}:
            raise self.error(f"{name}: needs a value", start, hint=f'such as {name}:word or {name}:"two words"')
        return self.one(name)

    def labels(self, start: int) -> Node | None:
        found = LABELS.match(self.query, self.at)
        assert found is not None  # noqa: S101 - the pattern matches the empty string
        self.at = found.end()
        self.count(start)
        names = re.split(r"[\s|,]+|\bOR\b", (found["group"] or found["one"] or "").strip())
        names = [name.lower() for name in names if name]
        unknown = [name for name in names if name not in set(Label)]
        if self.typing and (not names or (unknown and self.at == len(self.query))):
            return None
        if unknown or not names:
            what = f"no block is called {cited(unknown[0])}" if unknown else "in: needs a block"
            raise self.error(what, start, hint=f"blocks are {', '.join(Label)}")
        if found["group"] is not None and not found["closed"] and not self.typing:
            raise self.error("this parenthesis is never closed", found.start("group") - 1, hint="add a )")
        return In(frozenset(Label(name) for name in names))

    def text(self, field: str) -> Node | None:
        found = self.take()
        quoted = kind_of(found) == "phrase"
        group = "inside" if quoted else "word"
        typed = Typed(
            raw=found[group],
            start=found.start(group),
            field=field,
            quoted=quoted,
            after=(found["after"] or "") if quoted else "",
            unfinished=self.typing and self.at == len(self.query) and not found["closed"],
        )
        self.count(typed.start)
        if quoted and not found["closed"] and not self.typing:
            hint = 'add a " at the end of the phrase'
            raise self.error("this quotation mark is never closed", found.start("phrase"), hint=hint)
        self.typed.append(typed)
        return meant_by(typed, self.error)

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
        return kind_of(TOKEN.match(self.query, self.at))

    def take(self) -> re.Match[str]:
        found = TOKEN.match(self.query, self.at)
        assert found is not None  # noqa: S101 - callers have peeked
        self.at = found.end()
        return found

    def waiting(self) -> bool:
        """Whether the rest is still to be typed."""
        return self.typing and not self.peek()

    def here(self) -> int:
        """Where the next token begins, or the query ends."""
        rest = self.query[self.at :]
        return self.at + len(rest) - len(rest.lstrip())

    def error(self, what: str, position: int | None = None, *, hint: str) -> QueryError:
        return QueryError(what, self.query, self.here() if position is None else position, hint=hint)


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
            return _limited(node, allowed)
        case Near(texts) if not texts[0].field:
            return replace(node, texts=tuple(_limited(text, allowed) for text in texts))
        case And(children) | Or(children):
            return replace(node, children=tuple(_limit(child, allowed) for child in children))
        case Not(child):
            return Not(_limit(child, allowed))
        case _:
            return node


def _limited(text: Text, allowed: frozenset[Label]) -> Text:
    return replace(text, labels=allowed if text.labels is None else text.labels & allowed)
