"""Keys as they are printed."""

from __future__ import annotations

__all__ = ["CHARACTERS", "NAMES", "key_name"]

CHARACTERS = {
    "ampersand": "&",
    "apostrophe": "'",
    "asterisk": "*",
    "at": "@",
    "backslash": "\\",
    "circumflex_accent": "^",
    "colon": ":",
    "comma": ",",
    "dollar_sign": "$",
    "equals_sign": "=",
    "exclamation_mark": "!",
    "full_stop": ".",
    "grave_accent": "`",
    "greater_than_sign": ">",
    "left_curly_bracket": "{",
    "left_parenthesis": "(",
    "left_square_bracket": "[",
    "less_than_sign": "<",
    "minus": "-",
    "number_sign": "#",
    "percent_sign": "%",
    "plus": "+",
    "question_mark": "?",
    "quotation_mark": '"',
    "right_curly_bracket": "}",
    "right_parenthesis": ")",
    "right_square_bracket": "]",
    "semicolon": ";",
    "slash": "/",
    "tilde": "~",
    "underscore": "_",
    "vertical_line": "|",
}
NAMES = CHARACTERS | {
    "escape": "esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "delete": "del",
    "letter": "a-z",
    "@": "space",
}


def key_name(key: str) -> str:
    """A key as it is printed: what stands on the keyboard rather than what it is called; a chord as it is typed."""
    if "~" in key:
        first, _, rest = key.partition("~")
        return f"{key_name(first)}{' ' if rest == 'letter' else ''}{key_name(rest)}"
    modifier, plus, last = key.rpartition("+")
    return f"{modifier}{plus}{NAMES.get(last, last)}" if plus and last else NAMES.get(key, key)
