"""Sidecars as text: one canonical form, written so that git shows and merges it well.

UTF-8, LF, fixed order, never an anchor, a tag or a folded line.  A scalar is plain only where no YAML 1.1 or 1.2
loader could read anything but that string; printable text stays raw, so that a quote can be found and pasted back.
"""

from __future__ import annotations

import re

from annotations.model import Plain, Record, Sidecar, Value
from annotations.record import sidecar_record

__all__ = [
    "document",
    "emit",
    "field",
    "flow",
    "inline",
    "is_typed",
    "item",
    "key_text",
    "scalar",
    "section",
    "whole",
]

WIDTH = 120
"""Columns up to which a list or mapping stays on one line."""

_SIMPLE_KEY = 1000  # code points; YAML allows 1024 for a key before its colon
_FLOW_MAPS = frozenset({"occurrence", "position"})
_FLOW_ITEMS = frozenset({"lines", "relations", "replies", "reviews"})
_FLOW_LISTS = frozenset({"stance"})
_BARE = frozenset({"article", "codebook", "people", "team"})
_QUOTED = frozenset({"created", "exact", "of", "retired"})
_ONE_LINE = frozenset({"prefix", "suffix"})  # a few words of context: a quoted line reads better than a block

_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"])
_DIGEST = re.compile(r"[0-9a-f]{8,}")
# What the loaders of YAML 1.1 take for a number, a date, a truth value or nothing, although it stands unquoted.
_TYPED = re.compile(
    r"""
    (?:~|null|Null|NULL|)
    |(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)
    |[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)
    |[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |[0-9]{4}-[0-9]{2}-[0-9]{2}
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
        (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?
    """,
    re.VERBOSE,
)
_TYPED_FIRST = frozenset("0123456789+-.~nNyYtTfFoO")
# C0, DEL, C1, zero-width characters, bidi controls, separators, tag characters, what no loader accepts.
_HIDDEN = (
    "\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
_UNSEEN = f"\x00-\x1f{_HIDDEN}"
_ESCAPED = re.compile(f'["\\\\{_UNSEEN}]')
_NOT_IN_BLOCK = re.compile(f"[\x00-\x09\x0b-\x1f{_HIDDEN}]| $", re.MULTILINE)
_NOT_PLAIN = re.compile(f"[{_UNSEEN}]|:(?: |$)| #| $")
_NOT_PLAIN_IN_FLOW = re.compile(r"[][{},:?]")
_HALVES = re.compile("[\ud800-\udfff]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def emit(sidecar: Sidecar) -> str:
    """The canonical file of a sidecar."""
    return document(sidecar_record(sidecar))


def document(record: Record) -> str:
    """A whole file: a blank line between the top-level keys, authors' sections under `annotations`."""
    return whole("\n".join(_top(key, value) for key, value in record.items()))


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a character, which no UTF-8 can hold and no canonical text has."""
    return _HALVES.sub("\ufffd", text)


def section(author: str, entries: list[Value], indent: int = 2) -> str:
    """One author's section: the bare key, then each entry after a blank line."""
    return f"{_head(author, indent)}\n" + "".join(f"\n{item(one, indent)}" for one in entries)


def field(key: str, value: Value, indent: int) -> str:
    """A key and its value as whole lines, the key at `indent`."""
    head = _head(key, indent)
    line = inline(value, key)
    if line is not None and (isinstance(value, str) or not value or len(head) + len(line) < WIDTH):
        return f"{head} {line}\n" if line else f"{head}\n"
    return f"{head}{_block(key, value, indent)}"


def item(value: Value, indent: int, key: str = "") -> str:
    """One item of the list under `key` as whole lines, its dash at `indent`."""
    line = _one_line(value) if isinstance(value, str) else _flow_item(value, key, indent)
    if line is not None:
        return f"{' ' * indent}- {line}".rstrip(" ") + "\n"
    if isinstance(value, str):
        return f"{' ' * indent}-{_literal(value, indent)}"
    if isinstance(value, dict):
        lines = "".join(field(name, one, indent + 2) for name, one in value.items())
    else:
        lines = "".join(item(one, indent + 2) for one in value)
    return f"{' ' * indent}- {lines[indent + 2 :]}"


def inline(value: Value, key: str = "") -> str | None:
    """A value as it stands on its key's line, or nothing where it takes lines of its own."""
    if isinstance(value, str):
        return _one_line(value, key)
    if not value:
        return "[]" if isinstance(value, list) else "{}"
    if isinstance(value, list):
        flat = all(isinstance(one, str) for one in value) or key in _FLOW_LISTS
    else:
        flat = key in _FLOW_MAPS
    return flow(value) if flat else None


def scalar(text: str, *, flow: bool = False) -> str:
    """A string on one line, plain where that is safe (inside brackets: `flow`), else in double quotes."""
    if isinstance(text, Plain) and is_typed(text):
        return str(text)
    return text if _is_plain(text, flow=flow) else _quoted(text)


def is_typed(text: str) -> bool:
    """Whether a stock loader takes this for a number, a date, a truth value or nothing when it stands unquoted."""
    return (not text or text[0] in _TYPED_FIRST) and _TYPED.fullmatch(text) is not None


def key_text(key: str) -> str:
    """A key as it stands before its colon; keys are strings, whatever they look like."""
    return scalar(str(key), flow=True)


def _top(key: str, value: Value) -> str:
    if key == "annotations" and isinstance(value, dict):
        parts = (
            section(author, one) if isinstance(one, list) else field(author, one, 2) for author, one in value.items()
        )
        return f"{key}:\n" + "".join(f"\n{part}" for part in parts)
    return f"{key}:\n" if key in _BARE and not value else field(key, value, 0)


def _head(key: str, indent: int) -> str:
    text = key_text(key)
    pad = " " * indent
    return f"{pad}{text}:" if len(text) <= _SIMPLE_KEY else f"{pad}? {text}\n{pad}:"


def _block(key: str, value: Value, indent: int) -> str:
    if isinstance(value, str):
        return _literal(value, indent)
    if isinstance(value, dict):
        return "\n" + "".join(field(name, one, indent + 2) for name, one in value.items())
    return "\n" + "".join(item(one, indent, key) for one in value)


def _literal(text: str, indent: int) -> str:
    pad = " " * (indent + 2)
    lines = text.removesuffix("\n").split("\n")
    mark = "|" if text.endswith("\n") else "|-"
    return f" {mark}\n" + "".join(f"{pad}{line}\n" if line else "\n" for line in lines)


def _one_line(text: str, key: str = "") -> str | None:
    if isinstance(text, Plain):
        return scalar(text)
    if key in _ONE_LINE or (key in _QUOTED and "\n" not in text):
        return _quoted(text)
    return None if _is_literal(text) else scalar(text)


def _is_literal(text: str) -> bool:
    """Whether several lines can stand as a block without an editor or a loader changing them."""
    return "\n" in text and text[0] not in " \n" and not text.endswith("\n\n") and not _NOT_IN_BLOCK.search(text)


def _flow_item(value: Value, key: str, indent: int) -> str | None:
    if not value:
        return "[]" if isinstance(value, list) else "{}"
    line = flow(value) if key in _FLOW_ITEMS else None
    return line if line is not None and indent + 2 + len(line) <= WIDTH else None


def flow(value: Value) -> str | None:
    """A value inside brackets, or nothing where it cannot stand there: an empty scalar, lines that want a block."""
    if isinstance(value, str):
        return None if (value == "" and isinstance(value, Plain)) or _is_literal(value) else scalar(value, flow=True)
    if isinstance(value, list):
        parts = [flow(one) for one in value]
        return None if None in parts else f"[{', '.join(map(str, parts))}]"
    parts = [_flow_pair(key, one) for key, one in value.items()]
    return None if None in parts else f"{{{', '.join(map(str, parts))}}}"


def _flow_pair(key: str, value: Value) -> str | None:
    text, line = key_text(key), flow(value)
    return None if line is None or len(text) > _SIMPLE_KEY else f"{text}: {line}"


def _is_plain(text: str, *, flow: bool) -> bool:
    return (
        text[:1].isalpha()
        and text.lower() not in _WORDS
        and not _NOT_PLAIN.search(text)
        and not (flow and _NOT_PLAIN_IN_FLOW.search(text))
        and not _DIGEST.fullmatch(text)
    )


def _quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
