"""Keys as they are printed."""

from __future__ import annotations

__all__ = ["CHARACTERS", "key_name"]

CHARACTERS = {
    "slash": "/",
    "question_mark": "?",
    "dollar_sign": "$",
    "exclamation_mark": "!",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
_NAMES = CHARACTERS | {
    "escape": "esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "delete": "del",
}


def key_name(key: str) -> str:
    """A key as it is printed: what stands on the keyboard rather than what it is called."""
    return _NAMES.get(key, key)
